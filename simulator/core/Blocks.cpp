// Blocks.cpp: finds the basic blocks of decoded code and counts them.
#include "simulator/core/Blocks.h"

#include "simulator/core/Core.h"

#include <set>

namespace dlp {

void opBlock(Core &core, const Op *op, int64_t budget) {
  const auto &entry = *reinterpret_cast<const BlockEntry *>(reinterpret_cast<const char *>(op) + core.blocks->toEntry);
  countBlock(*core.blocks, entry);
  [[clang::musttail]] return entry.run(core, op, budget);
}

namespace {

constexpr uint64_t kLineBytes = 64;

bool isConditional(ScalarId id) { return id >= ScalarId::BEQ && id <= ScalarId::BGEU; }
bool leaves(ScalarId id) {
  return id == ScalarId::JAL || id == ScalarId::JALR || isConditional(id) || id == ScalarId::Xdlp ||
         id == ScalarId::ECALL || id == ScalarId::EBREAK;
}

} // namespace

const BlockTable &Program::countBlocks(const std::function<uint32_t(const Op &)> &cost, uint32_t cacheSlots) {
  if (counted)
    return *counted;
  decodeAll();
  hot.forget(); // what is translated does not count
  separatePairs();
  counted = std::make_unique<BlockTable>();
  const Op *begin = ops.data(), *end = begin + textBytes / 2;
  // Where code may be entered other than by falling into it. A place too many only makes two blocks of one.
  std::vector<bool> starts(ops.size());
  auto start = [&](uint64_t pc) {
    if (const Op *op = opAt(pc))
      starts[size_t(op - begin)] = true;
  };
  const Op *before = nullptr;
  for (const Op *op = begin; op < end; before = op, op = op->next()) {
    const uint64_t pc = pcOf(op);
    if (before == nullptr || pc / kLineBytes != pcOf(before) / kLineBytes || leaves(ScalarId(before->id)))
      start(pc);
    if (ScalarId(op->id) == ScalarId::JAL || isConditional(ScalarId(op->id)))
      start(pc + uint64_t(op->imm & ~int64_t{1}));
    // A call of a far function: auipc rd; jalr rd.
    if (before && ScalarId(op->id) == ScalarId::JALR && ScalarId(before->id) == ScalarId::AUIPC &&
        before->rd == op->rs1)
      start(uint64_t(before->imm + op->imm));
  }
  // Tables of jumps and pointers to functions are words of data.
  for (const ImageSegment &segment : parsed.segments) {
    if (segment.executable)
      continue;
    for (size_t at = 0; at + 4 <= segment.bytes.size(); at += 4)
      start(segment.bytes[at] | uint64_t(segment.bytes[at + 1]) << 8 | uint64_t(segment.bytes[at + 2]) << 16 |
            uint64_t(segment.bytes[at + 3]) << 24);
  }
  counted->entries.assign(ops.size(), {});
  // Number 0 stands for what ran before the first block.
  counted->blocks.push_back({0, 0, 0, 0});
  for (const Op *op = begin; op < end; op = op->next()) {
    const uint64_t pc = pcOf(op);
    if (starts[size_t(op - begin)]) {
      BlockEntry &entry = counted->entries[size_t(op - begin)];
      const auto line = uint32_t(pc / kLineBytes);
      entry = {op->run, 0, uint32_t(counted->blocks.size()), line, line % cacheSlots};
      counted->blocks.push_back({pc, 0, 0, 0});
      ops[size_t(op - begin)].run = opBlock;
    }
    auto &block = counted->blocks.back();
    block.bytes += op->length();
    block.cost += cost(*op);
    ++block.instructions;
  }
  for (BlockEntry &entry : counted->entries)
    if (entry.run)
      entry.cost = counted->blocks[entry.number].cost;
  return *counted;
}

void Program::startCounting(BlockCounter &counter) const {
  counter.toEntry =
      reinterpret_cast<const char *>(counted->entries.data()) - reinterpret_cast<const char *>(ops.data());
  counter.counts.assign(counted->blocks.size(), {});
  counter.cycles = counter.missCycles = 0;
  counter.current = 0;
}

} // namespace dlp

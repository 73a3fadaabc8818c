// Program.cpp: loading of images and decoding on first execution.
#include "simulator/core/Program.h"

#include <algorithm>
#include <cstring>

namespace dlp {
namespace {

// The hand-written handlers, one per row. A row without one does not link.
#define DLP_HANDLER(ROW, CAMEL)                                                                                        \
  }                                                                                                                    \
  uint64_t exec##CAMEL(Exec &x, const CAMEL##Ops &ops, Variant v);                                                     \
  namespace {
#include "codegen/isa/Handlers.inc"
#undef DLP_HANDLER

using Handler = uint64_t (*)(Exec &, const uint64_t *, Variant);

// Operand structs are the operands as 64-bit words in the order of the row.
template <typename Ops> Ops operandsFrom(const uint64_t *words) {
  Ops ops{};
  if constexpr (sizeof(Ops) >= 8)
    std::memcpy(&ops, words, sizeof(Ops));
  return ops;
}

constexpr Handler kHandlers[] = {
#define DLP_HANDLER(ROW, CAMEL)                                                                                        \
  [](Exec &x, const uint64_t *words, Variant v) { return exec##CAMEL(x, operandsFrom<CAMEL##Ops>(words), v); },
#include "codegen/isa/Handlers.inc"
#undef DLP_HANDLER
};

constexpr uint64_t kMaxTextBytes = 32 * kMiB;
constexpr unsigned kGuardOps = 4; // the longest instruction, in halfwords

} // namespace

std::unique_ptr<Program> Program::load(std::vector<uint8_t> elf, std::string &error) {
  auto program = std::make_unique<Program>();
  program->bytes = std::move(elf);
  auto image = readDeviceImage(program->bytes, error);
  if (!image)
    return nullptr;
  program->parsed = std::move(*image);

  uint64_t textEnd = 0;
  program->textBase = ~uint64_t{0};
  for (const ImageSegment &s : program->parsed.segments) {
    if (s.writable) {
      HostMemory block;
      if (!block.map(s.memoryBytes)) {
        error = "the host has no memory left for the variables of this program";
        return nullptr;
      }
      std::copy(s.bytes.begin(), s.bytes.end(), block.data());
      program->memory.push_back({s.address, s.memoryBytes, block.data(), true});
      program->data.push_back(std::move(block));
    } else {
      // Never written through: find() refuses stores to ROM.
      program->memory.push_back({s.address, s.memoryBytes, const_cast<uint8_t *>(s.bytes.data()), false});
    }
    if (s.executable) {
      program->textBase = std::min(program->textBase, s.address);
      textEnd = std::max(textEnd, s.address + s.memoryBytes);
    }
  }
  if (textEnd) {
    program->textBytes = textEnd - program->textBase;
    if (program->textBytes > kMaxTextBytes || (program->textBase & 1)) {
      error = "damaged device image: its code is spread over " + std::to_string(program->textBytes) + " bytes";
      return nullptr;
    }
    program->ops.assign(program->textBytes / 2 + 1 + kGuardOps, Op{opDecode, 0, 0, 0, 0, 0, 0, sizeof(Op), 0});
  }
  return program;
}

OpFunction *Program::functionAlone(const Op *op) const {
  constexpr uint8_t kStackPointer = 2;
  return op->rs1 == kStackPointer ? stackStoreFunction(ScalarId(op->id)) : runFunction(ScalarId(op->id));
}

// The halfword of code at `offset`, zero (an illegal instruction) where there is none.
uint32_t Program::halfAt(uint64_t offset) const {
  auto half = parsed.bytesAt(textBase + offset, 2);
  return half.size() == 2 ? half[0] | half[1] << 8 : 0;
}

void Program::decodeOp(const Op *at) {
  Op &op = ops[at - ops.data()];
  uint64_t offset = uint64_t(at - ops.data()) * 2, pc = textBase + offset;
  uint32_t word = halfAt(offset) | halfAt(offset + 2) << 16;
  op = decodeScalar(word, pc);
  // The two words compilers emit for code that must never run.
  if (word == 0xc0001073 || (word & 0xffff) == 0) {
    op.run = opUnimp;
    return;
  }
  ScalarId id = ScalarId(op.id);
  if (id == ScalarId::Xdlp) {
    uint64_t full = word | uint64_t(halfAt(offset + 4)) << 32 | uint64_t(halfAt(offset + 6)) << 48;
    auto insn = decode(full);
    if (!insn) {
      op.run = opIllegal;
      return;
    }
    const InsnInfo &info = insnInfo(insn->id);
    uint8_t result = info.hasResult && insn->regs[0] ? insn->regs[0] : 32;
    op.run = opXdlp;
    op.imm = int64_t(xdlpInsns.size());
    bool isCopy = info.engine == Engine::IO || info.engine == Engine::Move || info.engine == Engine::Dyn;
    bool asynchronous = std::string_view(info.mnemonic).find(".async") != std::string_view::npos;
    xdlpInsns.push_back({*insn, &info, kHandlers[unsigned(insn->id)], pc, result, isCopy, asynchronous});
    return;
  }
  if (id == ScalarId::Illegal) {
    op.run = opIllegal;
    return;
  }
  bool jumps = id == ScalarId::JAL || (id >= ScalarId::BEQ && id <= ScalarId::BGEU);
  if (jumps && !opAt(pc + uint64_t(op.imm)))
    op.imm |= 1; // odd: the jump leaves the code; it faults if it is taken
  op.run = functionAlone(at);
  if (pairing)
    pairWithEarlier(at);
}

// Code comes to an instruction from the one before it first, so that one is decoded by now. What lies before it in
// memory may also be the end of a longer instruction: then `next` of that Op is not this one, or it never ran.
void Program::pairWithEarlier(const Op *second) {
  for (const Op *first : {second - 1, second - 2}) {
    if (first < ops.data() || first->run == opDecode || first->next() != second)
      continue;
    OpFunction *both = pairFunction(*first, *second);
    if (!both || first->run != functionAlone(first))
      continue;
    ops[first - ops.data()].run = both;
    pairs.push_back(first);
  }
}

// Breakpoints and the starts of counted blocks must be seen.
void Program::separatePairs() {
  pairing = false;
  for (const Op *op : pairs)
    ops[op - ops.data()].run = functionAlone(op);
  pairs.clear();
}

void Program::decodeAll() {
  if (decodedAll)
    return;
  decodedAll = true;
  const Op *end = ops.data() + textBytes / 2;
  for (const Op *op = ops.data(); op < end; op = op->next())
    if (op->run == opDecode)
      decodeOp(op);
  pairing = false; // from now on other threads may run the earlier Op
}

std::vector<uint64_t> Program::asynchronousCopies() const {
  std::vector<uint64_t> addresses;
  for (const XdlpInsn &insn : xdlpInsns)
    if (insn.asynchronous)
      addresses.push_back(insn.pc);
  return addresses;
}

void Program::patch(const Op *at, StopCondition *condition) {
  ensureDecoded(at);
  hot.retire();
  separatePairs();
  Op &op = ops[at - ops.data()];
  Patched &patched = patches.try_emplace(at, Patched{op.run, 0, {}}).first->second;
  if (condition)
    patched.conditions.push_back(condition);
  else
    ++patched.count;
  op.run = opBreakpoint;
}

void Program::unpatch(const Op *at, StopCondition *condition) {
  auto it = patches.find(at);
  Patched &patched = it->second;
  if (condition)
    patched.conditions.erase(std::find(patched.conditions.begin(), patched.conditions.end(), condition));
  else
    --patched.count;
  if (patched.count || !patched.conditions.empty())
    return;
  ops[at - ops.data()].run = it->second.run;
  patches.erase(it);
}

bool Program::stops(Core &core, const Op *op) const {
  auto it = patches.find(op);
  if (it == patches.end())
    return false;
  return it->second.count || std::any_of(it->second.conditions.begin(), it->second.conditions.end(),
                                         [&](StopCondition *condition) { return condition->holds(core); });
}

std::string Program::disassemble(uint64_t pc) const {
  const Op *op = opAt(pc);
  if (!op || op->run == opDecode)
    return "";
  if (runOf(op) == opXdlp)
    return dlp::disassemble(xdlp(op).word);
  return disassembleScalar(*op);
}

} // namespace dlp

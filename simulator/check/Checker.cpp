// Checker.cpp: tells every check what it is told, in a fixed order, and keeps the pieces of running instructions.
#include "simulator/check/Checker.h"

#include "simulator/check/Check.h"

#include <cstring>

namespace dlp::check {

uint64_t baseOf(const Instruction &instruction, const MemoryPiece &piece) {
  unsigned i = 0;
  for (const OperandInfo &operand : instruction.insn.info->operands) {
    if (operand.kind != OperandKind::Value && std::strcmp(operand.name, piece.operand) == 0)
      return instruction.operands[i];
    ++i;
  }
  return piece.address;
}

namespace {

class Checker : public CheckObserver {
public:
  explicit Checker(const Options &options) : context(options) {
    checks.push_back(makeBoundsCheck(context));
    checks.push_back(makeHazardCheck(context)); // before uninitialised: a copy on its way explains unwritten bytes
    checks.push_back(makeUninitialisedCheck(context));
    checks.push_back(makeRaceCheck(context));
    checks.push_back(makeBarrierCheck(context));
    if (options.wants(Kind::Number))
      checks.push_back(makeNumberCheck(context));
    if (options.orders)
      checks.push_back(makeOrderCheck(context));
    if (options.allArchs)
      checks.push_back(makeArchCheck(context));
    checks.push_back(makeResourceCheck(context));
    checks.push_back(makeRuleCheck(context));
    checks.push_back(makeMemoryCoreCheck(context));
    checks.push_back(makeFaultCheck(context)); // last: it knows what the others found
    for (auto &check : checks)
      if (check->watchesScalar())
        ofScalar.push_back(check.get());
  }

  void allocated(uint64_t base, uint64_t bytes) override {
    context.allocated(base, bytes);
    for (auto &check : checks)
      check->allocated(base, bytes);
  }
  void released(uint64_t base, uint64_t bytes) override {
    context.released(base);
    for (auto &check : checks)
      check->released(base, bytes);
  }
  void hostWrote(uint64_t address, uint64_t bytes) override {
    for (auto &check : checks)
      check->hostWrote(address, bytes);
  }
  void hostRead(uint64_t address, uint64_t bytes) override {
    for (auto &check : checks)
      check->hostRead(address, bytes);
    context.report.flush();
  }
  void hostCopied(uint64_t dst, uint64_t src, uint64_t bytes) override {
    for (auto &check : checks)
      check->hostCopied(dst, src, bytes);
  }

  void launchBegins(Launch &launch) override {
    context.launchBegins(launch);
    running.clear();
    for (auto &check : checks)
      check->launchBegins(launch);
  }
  void launchEnds(Launch &launch, const Fault *fault) override {
    for (auto &check : checks)
      check->launchEnds(launch, fault);
    context.report.flush();
  }
  void taskBegins(Core &core) override {
    context.taskBegins(core);
    for (auto &check : checks)
      check->taskBegins(core);
  }
  void taskEnds(Core &core) override {
    for (auto &check : checks)
      check->taskEnds(core);
  }
  void scalar(Core &core, uint64_t address, uint64_t bytes, bool write) override {
    for (Check *check : ofScalar)
      check->scalar(core, address, bytes, write);
  }
  void issues(Core &core, const Instruction &instruction) override {
    for (auto &check : checks)
      check->issues(core, instruction);
  }
  void announces(Core &core, const Instruction &instruction, const MemoryPiece &piece) override {
    for (auto &check : checks)
      check->announces(core, instruction, piece);
  }
  void skips(Core &core, const Instruction &instruction) override {
    for (auto &check : checks)
      check->skips(core, instruction);
  }
  void begins(Core &core, const Instruction &instruction) override {
    running.push_back(pieces.size());
    context.executes(core, instruction.insn.pc);
    for (auto &check : checks)
      check->begins(core, instruction);
  }
  void accesses(Core &core, const Instruction &instruction, const MemoryPiece &piece) override {
    pieces.push_back(piece);
    for (auto &check : checks)
      check->accesses(core, instruction, piece);
  }
  // An instruction may run inside another one: the copies that a sync waits for.
  void ends(Core &core, const Instruction &instruction) override {
    size_t first = running.back();
    running.pop_back();
    std::span<const MemoryPiece> own(pieces.data() + first, pieces.size() - first);
    for (auto &check : checks)
      check->done(core, instruction, own);
    pieces.resize(first);
  }
  unsigned ordersWanted() const override { return context.report.options.orders; }
  void ordersCompared(const OrderResult &result) override {
    for (auto &check : checks)
      check->ordersCompared(result);
    context.report.flush();
  }
  void meet(std::span<Core *const> cores) override {
    for (auto &check : checks)
      check->meet(cores);
  }
  uint64_t finish() override {
    for (auto &check : checks)
      check->finish();
    return context.report.finish();
  }

private:
  Context context;
  std::vector<std::unique_ptr<Check>> checks;
  std::vector<Check *> ofScalar;
  std::vector<MemoryPiece> pieces;
  std::vector<size_t> running; // first piece of each instruction that executes
};

} // namespace

std::unique_ptr<CheckObserver> makeChecker(const Options &options) { return std::make_unique<Checker>(options); }

} // namespace dlp::check

// Checker.cpp: tells every check what it is told, in a fixed order.
#include "simulator/check/Checker.h"

#include "simulator/check/Check.h"
#include "simulator/check/Pieces.h"
#include "simulator/check/ScalarPath.h"

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
    auto add = [&](std::unique_ptr<Check> check) -> Check & {
      if (check->watchesScalar())
        path.add(*check);
      checks.push_back(std::move(check));
      return *checks.back();
    };
    add(makeBoundsCheck(context));
    path.setHazards(add(makeHazardCheck(context))); // before uninitialised: a copy on its way explains unwritten bytes
    add(makeUninitialisedCheck(context));
    if (options.wants(Kind::Race) || options.wants(Kind::Sync))
      add(makeRaceCheck(context));
    add(makeBarrierCheck(context));
    if (options.wants(Kind::Number))
      add(makeNumberCheck(context));
    if (options.orders)
      add(makeOrderCheck(context));
    if (options.allArchs)
      add(makeArchCheck(context));
    add(makeResourceCheck(context));
    add(makeRuleCheck(context));
    add(makeMemoryCoreCheck(context));
    add(makeFaultCheck(context)); // last: it knows what the others found
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
    path.launchBegins();
    pieces.clear();
    for (auto &check : checks)
      check->launchBegins(launch);
  }
  void launchEnds(Launch &launch, const Fault *fault) override {
    for (auto &core : launch.allCores())
      path.endRuns(*core);
    for (auto &check : checks)
      check->launchEnds(launch, fault);
    context.report.flush();
  }
  void taskBegins(Core &core) override {
    context.taskBegins(core);
    path.taskBegins(core);
    for (auto &check : checks)
      check->taskBegins(core);
  }
  void taskEnds(Core &core) override {
    path.endRuns(core);
    for (auto &check : checks)
      check->taskEnds(core);
  }
  void scalar(Core &core, uint64_t address, uint64_t bytes, bool write) override {
    path.access(core, address, bytes, write);
  }
  void issues(Core &core, const Instruction &instruction) override {
    if (instruction.insn.info->engine == Engine::Sync)
      path.endRuns(core);
    context.issues(core, instruction.insn.pc);
    for (auto &check : checks)
      check->issues(core, instruction);
  }
  void announces(Core &core, const Instruction &instruction, const MemoryPiece &piece) override {
    for (auto &check : checks)
      check->announces(core, instruction, piece);
  }
  void skips(Core &core, const Instruction &instruction) override {
    context.issues(core, instruction.insn.pc);
    for (auto &check : checks)
      check->skips(core, instruction);
  }
  void begins(Core &core, const Instruction &instruction) override {
    pieces.begin();
    context.begins(core, instruction.insn.pc);
    for (auto &check : checks)
      check->begins(core, instruction);
  }
  void accesses(Core &core, const Instruction &instruction, const MemoryPiece &piece) override {
    pieces.add(piece);
    for (auto &check : checks)
      check->accesses(core, instruction, piece);
  }
  void ends(Core &core, const Instruction &instruction) override {
    pieces.end([&](std::span<const MemoryPiece> own) {
      for (auto &check : checks)
        check->done(core, instruction, own);
    });
    context.ends();
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
  void arrived(Core &core, uint64_t barrier, uint64_t times) override {
    for (auto &check : checks)
      check->arrived(core, barrier, times);
  }
  void passed(Core &core, uint64_t barrier, uint64_t times) override {
    for (auto &check : checks)
      check->passed(core, barrier, times);
  }
  uint64_t finish(bool stopped) override {
    if (!stopped)
      for (auto &check : checks)
        check->finish();
    return context.report.finish(!stopped);
  }

private:
  Context context;
  std::vector<std::unique_ptr<Check>> checks;
  ScalarPath path{context};
  Pieces pieces;
};

} // namespace

std::unique_ptr<CheckObserver> makeChecker(const Options &options) { return std::make_unique<Checker>(options); }

} // namespace dlp::check

// Probe.cpp: an Exec that reads the real memories and writes nowhere.
#include "simulator/core/Probe.h"

#include "simulator/core/Core.h"

#include <vector>

namespace dlp {
namespace {

class Probe : public Exec {
public:
  Probe(Core &core, const Instruction &instruction) : core(core), instruction(instruction) {}

  const uint8_t *read(uint64_t address, uint64_t bytes, SpaceMask allowed, const char *operand) override {
    const uint8_t *host = core.view.find(address, bytes, allowed, false, {operand, this});
    core.observer->announces(core, instruction, {address, bytes, false, operand});
    return host;
  }
  uint8_t *write(uint64_t address, uint64_t bytes, SpaceMask allowed, const char *operand) override {
    core.view.find(address, bytes, allowed, true, {operand, this});
    core.observer->announces(core, instruction, {address, bytes, true, operand});
    return room(bytes);
  }
  uint8_t *writeRemoteSram(uint64_t cluster, uint64_t address, uint64_t bytes, const char *operand) override {
    core.observer->announces(core, instruction, {address, bytes, true, operand, cluster, true});
    return room(bytes);
  }
  bool isMemoryCore() const override { return core.isMemoryCore(); }
  const MachineConfig &machine() const override { return core.machine(); }
  std::string mnemonic() const override { return core.mnemonic(); }

private:
  // Nothing reads it back: one piece of memory, as large as the largest request, serves all.
  uint8_t *room(uint64_t bytes) {
    static std::vector<uint8_t> scratch;
    if (scratch.size() < bytes)
      scratch.resize(bytes);
    return scratch.data();
  }

  Core &core;
  const Instruction &instruction;
};

} // namespace

void announcePieces(Core &core, const Instruction &instruction) {
  Probe probe(core, instruction);
  try {
    instruction.insn.handler(probe, instruction.operands, instruction.insn.word.variant);
  } catch (const FaultException &) {
    // It will be raised when the instruction executes.
  }
}

} // namespace dlp

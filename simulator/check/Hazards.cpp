// Hazards.cpp: work of one core in different queues that touches the same bytes without a sync between.
//
// Each core has four agents: its scalar unit, and the Compute, IO and Move queues. Work is ordered behind earlier work
// of its own agent, and behind what the scalar unit had waited for when it issued. A vector clock for each agent holds
// how much of every other agent's work is known to be over. A synchronous copy waits for its queue and for Compute, and
// the scalar unit sees results of Compute without a sync; both are how the language works.
#include "simulator/check/Check.h"

#include <algorithm>
#include <cstring>

namespace dlp::check {
namespace {

enum Agent : uint8_t { kScalar, kCompute, kIo, kMove, kAgents };

constexpr const char *kSyncs[kAgents] = {"", "__sync_compute()", "__sync_io()", "__sync_move()"};
constexpr const char *kWork[kAgents] = {"", "computation", "asynchronous copy", "asynchronous copy"};

// Bytes that work which may not be over yet reads or writes.
struct Use {
  uint64_t address, end, pc, sequence;
  bool write;
};

struct CoreState {
  uint64_t clock[kAgents][kAgents] = {}; // [agent][other]: last work of `other` that is over before work of `agent`
  std::vector<Use> open[kAgents];

  void join(Agent agent, Agent producer) {
    for (unsigned a = 0; a < kAgents; ++a)
      clock[agent][a] = std::max(clock[agent][a], clock[producer][a]);
  }
  // Later work waits for the scalar unit anyhow: what that has waited for is over for all.
  bool copiesOpen() const { return !open[kIo].empty() || !open[kMove].empty(); }
  void forgetFinished() {
    for (unsigned a = kCompute; a < kAgents; ++a)
      if (!open[a].empty() && open[a].front().sequence <= clock[kScalar][a])
        std::erase_if(open[a], [&](const Use &use) { return use.sequence <= clock[kScalar][a]; });
  }
};

class HazardCheck : public Check {
public:
  using Check::Check;
  void launchBegins(Launch &) override { cores.assign(context.coreCount(), {}); }
  void taskBegins(Core &core) override {
    stateOf(core) = CoreState();
    tellOpen(core);
  }

  void issues(Core &core, const Instruction &instruction) override {
    CoreState &state = stateOf(core);
    const XdlpInsn &insn = instruction.insn;
    if (insn.info->engine == Engine::Sync) {
      waits(state, insn, instruction.operands);
      return tellOpen(core);
    }
    if (insn.info->engine == Engine::Compute)
      return start(state, kCompute);
    if (!insn.isCopy)
      return;
    Agent queue = instruction.queue == Queue::Io ? kIo : kMove;
    if (insn.asynchronous)
      return start(state, queue);
    state.join(kScalar, queue);
    state.join(kScalar, kCompute);
    state.forgetFinished();
    tellOpen(core);
  }

  void announces(Core &core, const Instruction &instruction, const MemoryPiece &piece) override {
    Agent queue = instruction.queue == Queue::Io ? kIo : kMove;
    uses(core, queue, piece.address, piece.bytes, piece.write, instruction.insn.pc, baseOf(instruction, piece));
  }

  void accesses(Core &core, const Instruction &instruction, const MemoryPiece &piece) override {
    const XdlpInsn &insn = instruction.insn;
    if (insn.isCopy && insn.asynchronous)
      return; // announced
    Agent agent = insn.info->engine == Engine::Compute ? kCompute : kScalar;
    if (!piece.remote)
      uses(core, agent, piece.address, piece.bytes, piece.write, insn.pc, baseOf(instruction, piece));
  }

  void scalar(Core &core, uint64_t address, uint64_t bytes, bool write) override {
    if (stateOf(core).copiesOpen())
      uses(core, kScalar, address, bytes, write, core.currentPc(), address);
  }

private:
  // New work of a queue: behind its earlier work and all the scalar unit has waited for.
  static void start(CoreState &state, Agent agent) {
    state.join(agent, kScalar);
    ++state.clock[agent][agent];
  }

  static void waits(CoreState &state, const XdlpInsn &insn, const uint64_t *operands) {
    switch (insn.word.id) {
    case InsnId::SYNC_IO:
      state.join(kScalar, kIo);
      break;
    case InsnId::SYNC_MOVE:
      state.join(kScalar, kMove);
      break;
    case InsnId::SYNC_COMPUTE:
      state.join(kScalar, kCompute);
      break;
    case InsnId::SYNC_MASK: {
      // Bits of the masks, as the row says: 1 IO, 2 Move, 4 Compute.
      constexpr struct {
        uint64_t bit;
        Agent agent;
      } kBits[] = {{1, kIo}, {2, kMove}, {4, kCompute}};
      constexpr uint64_t kAll = 7;
      for (auto producer : kBits)
        for (auto consumer : kBits)
          if ((operands[0] & producer.bit) && (operands[1] & consumer.bit))
            state.join(consumer.agent, producer.agent);
      // When every queue waits, so does the core.
      for (auto producer : kBits)
        if ((operands[0] & producer.bit) && operands[1] == kAll)
          state.join(kScalar, producer.agent);
      break;
    }
    default: // sync and all barriers drain the core, other work of the family does not
      if (std::string_view name = insn.info->mnemonic; name != "sync" && !name.starts_with("barrier"))
        return;
      for (Agent agent : {kCompute, kIo, kMove})
        state.join(kScalar, agent);
      break;
    }
    state.forgetFinished();
  }

  void uses(Core &core, Agent agent, uint64_t address, uint64_t bytes, bool write, uint64_t pc, uint64_t base) {
    CoreState &state = stateOf(core);
    for (Agent other : {kCompute, kIo, kMove}) {
      if (other == agent || state.open[other].empty() || (other == kCompute && agent == kScalar))
        continue;
      for (const Use &use : state.open[other])
        if (use.address < address + bytes && address < use.end && (write || use.write) &&
            use.sequence > state.clock[agent][other]) {
          report(core, agent, other, use, std::max(address, use.address), write, pc, base);
          break;
        }
    }
    if (agent == kScalar)
      return;
    auto &open = state.open[agent];
    uint64_t sequence = state.clock[agent][agent];
    if (!open.empty() && open.back().sequence == sequence && open.back().write == write && open.back().end == address) {
      open.back().end += bytes;
      return;
    }
    constexpr size_t kMost = 512; // computations between two syncs; older ones are over in any real program
    if (agent == kCompute && open.size() >= kMost)
      open.erase(open.begin(), open.begin() + kMost / 2);
    open.push_back({address, address + bytes, pc, sequence, write});
    tellOpen(core);
  }

  void report(Core &core, Agent agent, Agent other, const Use &use, uint64_t address, bool write, uint64_t pc,
              uint64_t base) {
    Finding f = context.findingAt(Kind::Hazard, core, pc);
    Place earlier = context.placeOf(use.pc);
    const Object *object = context.objectAt(address);
    object = object ? object : context.objectAt(base);
    f.object = object ? object->name : "";
    std::string name = object ? object->describe() : std::string(spaceName(CoreView::spaceOf(address)));
    std::string verb = write ? " writes " : " reads ";
    std::string line = earlier.line ? "line " + std::to_string(earlier.line) : earlier.where();
    f.what =
        (agent == kScalar && core.mnemonic().empty() ? std::string("this line") : context.operationAt(f.place, core)) +
        verb + name + (use.write ? write ? ", which the " : " before the " : ", which the ") + kWork[other] + " of " +
        line +
        (use.write ? write ? " may not have written yet" : " is known to have written it" : " may still be reading");
    f.notes.push_back({std::string("the ") + kWork[other] + " is here", earlier});
    f.fix = std::string("call ") + kSyncs[other] + " (or __sync()) between " + line + " and this line";
    context.report.add(std::move(f));
  }

  void tellOpen(const Core &core) { context.copiesOpen[context.ordinal(core)] = stateOf(core).copiesOpen(); }
  CoreState &stateOf(const Core &core) { return cores[context.ordinal(core)]; }

  std::vector<CoreState> cores;
};

} // namespace

std::unique_ptr<Check> makeHazardCheck(Context &context) { return std::make_unique<HazardCheck>(context); }

} // namespace dlp::check

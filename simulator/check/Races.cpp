// Races.cpp: accesses of two tasks, or of a core and its memory core, to the same bytes without a barrier between.
//
// Tasks of different union tasks are never ordered. Those of one union task are, by vector clocks that barriers join.
// What the simulator's fixed order of turns happens to be plays no part, so a race is found in every run.
#include "simulator/check/AccessMap.h"
#include "simulator/check/Check.h"

#include <algorithm>

namespace dlp::check {
namespace {

// One task on one core; a memory core's run beside a union task is one too.
struct AgentState {
  uint32_t unionIndex = 0;
  uint32_t index = 0; // in its union
  std::string who;
  bool memoryCore = false;
};

class RaceCheck : public Check {
public:
  using Check::Check;
  bool watchesScalar() const override { return true; }

  void launchBegins(Launch &launch) override {
    agents.assign(1, {});
    running.assign(context.coreCount(), {});
    recent.assign(kRecent, {});
    unionSizes.clear();
    global.clear();
    halves.clear();
    srams.clear();
    isUnion = launch.launchRequest().type != TaskType::Block;
  }

  void taskBegins(Core &core) override {
    uint32_t unionIndex = isUnion ? core.task.unionIndex : uint32_t(agents.size());
    uint32_t index = unionSizes[unionIndex]++;
    agents.push_back({unionIndex, index, Context::who(core), core.isMemoryCore()});
    Running state;
    state.agent = uint32_t(agents.size() - 1);
    state.clock.assign(index + 1, 0);
    state.clock[index] = 1;
    stateOf(core) = state;
    bool first = core.coreIndex() == 0 && index == 0;
    if (first && isUnion)
      srams.clear(); // the union task before left its SRAM to this one
  }

  void issues(Core &core, const Instruction &instruction) override {
    // A lock is named by its two numbers; 0 means none, so they are counted from 1.
    std::string_view name = instruction.insn.info->mnemonic;
    if (name == "lock") {
      stateOf(core).lock = (instruction.operands[0] << 32 | uint32_t(instruction.operands[1])) + 1;
      stateOf(core).lockPc = instruction.insn.pc;
    } else if (name == "unlock") {
      stateOf(core).lock = 0;
    }
  }

  void taskEnds(Core &core) override {
    Running &state = stateOf(core);
    if (!state.lock)
      return;
    Finding f = context.findingAt(Kind::Sync, core, state.lockPc);
    f.object = "lock";
    f.what = "the task ends with the lock that " + context.operationAt(f.place, core) +
             " took here; tasks that want it wait for ever";
    f.fix = "give it back on every path to the end of the kernel";
    context.report.add(std::move(f));
    state.lock = 0;
  }

  void meet(std::span<Core *const> cores) override {
    std::vector<uint32_t> joined;
    for (Core *core : cores)
      join(joined, stateOf(*core).clock);
    for (Core *core : cores) {
      Running &state = stateOf(*core);
      state.clock = joined;
      ++state.clock[agents[state.agent].index];
    }
  }

  // What a core did before it arrives at a barrier in halves is over for all that pass it.
  void arrived(Core &core, uint64_t barrier, uint64_t times) override {
    Running &state = stateOf(core);
    join(halves[{barrier, times}], state.clock);
    ++state.clock[agents[state.agent].index];
  }
  void passed(Core &core, uint64_t barrier, uint64_t times) override {
    join(stateOf(core).clock, halves[{barrier, times}]);
  }

  void scalarRun(Core &core, const ScalarRun &run) override {
    // Scalar code touches the same places again and again. What the map holds already needs no second entry.
    const Running &state = stateOf(core);
    if (!state.lock) { // under a lock the history is another one
      Recent now{run.begin, run.end, state.agent, state.clock[agents[state.agent].index], run.write};
      Recent &last = recent[(run.begin / 4 * 0x9e3779b1u + run.write) % kRecent];
      if (last == now)
        return;
      last = now;
    }
    touch(core, run.begin, run.end - run.begin, run.write, core.clusterIndex(), false, run.pc, &run);
  }

  void accesses(Core &core, const Instruction &instruction, const MemoryPiece &piece) override {
    uint64_t cluster = core.clusterIndex();
    if (piece.remote)
      if (Core *other = context.launch().coreOfCluster(core, piece.clusterOfUnion))
        cluster = other->clusterIndex();
    bool atomic = std::string_view(instruction.insn.info->mnemonic).starts_with("atom");
    touch(core, piece.address, piece.bytes, piece.write, cluster, atomic, instruction.insn.pc, nullptr,
          piece.write ? sameWhoeverCopies(instruction) : 0);
  }

private:
  // A number for what a copy from device memory or a fill writes, by its operands; 0: operands do not say.
  static uint64_t sameWhoeverCopies(const Instruction &instruction) {
    if (!instruction.insn.isCopy)
      return 0;
    uint64_t number = 0xcbf29ce484222325;
    unsigned at = 0;
    for (const OperandInfo &operand : instruction.insn.info->operands) {
      const uint64_t value = instruction.operands[at++];
      if (operand.kind == OperandKind::Read && CoreView::spaceOf(value) != Space::Gdram)
        return 0;
      number = (number ^ value) * 0x100000001b3;
    }
    return number | 1;
  }

  struct Running {
    uint32_t agent = 0;
    std::vector<uint32_t> clock;   // by index in the union
    uint64_t lock = 0, lockPc = 0; // held; 0: none
  };

  static void join(std::vector<uint32_t> &clock, const std::vector<uint32_t> &other) {
    clock.resize(std::max(clock.size(), other.size()));
    for (size_t i = 0; i < other.size(); ++i)
      clock[i] = std::max(clock[i], other[i]);
  }

  Running &stateOf(const Core &core) { return running[context.ordinal(core)]; }

  void touch(Core &core, uint64_t address, uint64_t bytes, bool write, uint64_t cluster, bool atomic, uint64_t pc,
             const ScalarRun *scalar, uint64_t copies = 0) {
    Space space = CoreView::spaceOf(address);
    if ((space != Space::Gdram && space != Space::Sram) || !bytes)
      return;
    AccessMap &map = space == Space::Sram ? srams[cluster] : global;
    Running &state = stateOf(core);
    Access now{state.agent, state.clock[agents[state.agent].index], pc, atomic, state.lock, copies};
    History fresh; // of bytes that nobody touched before
    (write ? fresh.write : fresh.reads[0]) = now;
    if (map.extend(address, address + bytes, fresh))
      return;
    map.update(address, address + bytes, [&](uint64_t begin, uint64_t end, History &history) {
      if (conflicts(state, now, history.write))
        report(core, now, history.write, begin, end, write, true, scalar);
      else if (write)
        for (const Access &read : history.reads)
          if (conflicts(state, now, read)) {
            report(core, now, read, begin, end, true, false, scalar);
            break;
          }
      if (write) {
        history.write = now;
        history.reads = {};
      } else if (history.reads[0].agent == now.agent) {
        history.reads[0] = now;
      } else {
        history.reads[1] = history.reads[0];
        history.reads[0] = now;
      }
    });
  }

  bool conflicts(const Running &state, const Access &now, const Access &other) const {
    if (!other.agent || other.agent == now.agent || (now.atomic && other.atomic) ||
        (now.lock && now.lock == other.lock))
      return false;
    const AgentState &mine = agents[now.agent], &theirs = agents[other.agent];
    if (mine.unionIndex != theirs.unionIndex)
      return true;
    return theirs.index >= state.clock.size() || state.clock[theirs.index] < other.time;
  }

  void report(Core &core, const Access &now, const Access &other, uint64_t begin, uint64_t end, bool write,
              bool otherWrites, const ScalarRun *scalar) {
    Finding f = context.findingAt(Kind::Race, core, now.pc);
    if (scalar)
      f.iteration = scalar->executionOf(begin, end);
    const Object *object = context.objectAt(begin);
    f.object = object ? object->name : "";
    std::string name = object ? object->describe() : std::string(spaceName(CoreView::spaceOf(begin)));
    uint64_t offset = object ? begin - object->address : 0, bytes = end - begin;
    std::string operation = scalar ? "this line" : context.operationAt(f.place, core);
    f.what = operation + (write ? " writes " : " reads ") + std::to_string(bytes) + (bytes == 1 ? " byte" : " bytes") +
             " at offset " + std::to_string(offset) + " of " + name + ", which " + agents[other.agent].who +
             (otherWrites ? " writes" : " reads") + " without a barrier between";
    Place otherPlace = context.placeOf(other.pc);
    // A kernel without guards runs its scalar code on the memory core too, as the task of core 0: the same line twice.
    const bool sameLine =
        now.pc == other.pc || (f.place.line && f.place.line == otherPlace.line && f.place.file == otherPlace.file);
    const bool forgetsMemoryCore = scalar && sameLine && agents[now.agent].memoryCore != agents[other.agent].memoryCore;
    const bool sameBytes = write && otherWrites && now.pc == other.pc &&
                           (scalar ? scalar->same : now.copies && now.copies == other.copies);
    f.hint = forgetsMemoryCore || sameBytes;
    if (sameBytes)
      f.what += ", the same bytes in this run";
    f.notes.push_back(
        {std::string("the other ") + (otherWrites ? "write" : "read") + " is here, of " + agents[other.agent].who,
         std::move(otherPlace)});
    bool together = agents[now.agent].unionIndex == agents[other.agent].unionIndex;
    f.fix = forgetsMemoryCore ? "guard scalar code of the cores with __is_ipu()"
            : sameBytes       ? "let one task write them: nothing but the values makes this harmless"
            : !together       ? "tasks of different unions are never ordered: give each its own part of the memory"
            : write && otherWrites
                ? "give each task its own part, or put a barrier between"
                : "put __sync_cluster() (one cluster) or __sync_all() (the whole union task) between the two lines";
    context.report.add(std::move(f));
  }

  bool isUnion = false;
  std::vector<AgentState> agents; // 0: nobody
  std::vector<Running> running;   // by core
  struct Recent {
    uint64_t begin = 0, end = 0;
    uint32_t agent = 0, time = 0;
    bool write = false;
    bool operator==(const Recent &) const = default;
  };
  static constexpr size_t kRecent = 1 << 16;
  std::vector<Recent> recent;
  std::map<uint32_t, uint32_t> unionSizes;
  AccessMap global;
  std::map<std::pair<uint64_t, uint64_t>, std::vector<uint32_t>> halves; // clocks of those who arrived
  std::map<uint64_t, AccessMap> srams;                                   // by cluster
};

} // namespace

std::unique_ptr<Check> makeRaceCheck(Context &context) { return std::make_unique<RaceCheck>(context); }

} // namespace dlp::check

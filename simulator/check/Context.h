// Context.h: what all checks know: the running kernel, its variables, the device memory, and source lines.
#ifndef OPENBANG_SIMULATOR_CHECK_CONTEXT_H
#define OPENBANG_SIMULATOR_CHECK_CONTEXT_H

#include "simulator/check/Report.h"
#include "simulator/core/Launch.h"

#include <map>
#include <memory>
#include <unordered_map>

namespace dlp::check {

// A variable, or an allocation of device memory.
struct Object {
  std::string name; // "'a'", "parameter 2", "device memory"
  std::string type; // "float[512]", may be empty
  uint64_t address, bytes, range;
  Space space;
  Place declared; // without a file: unknown

  uint64_t end() const { return address + range; }
  bool contains(uint64_t a) const { return a - address < range; }
  // "'a' (float[512], 2048 bytes of NRAM)"
  std::string describe() const;
  uint64_t elementBytes() const; // 1 when the type does not say
};

class Context {
public:
  explicit Context(Options options) : report(std::move(options)) {}

  Report report;

  void launchBegins(Launch &launch);
  Launch &launch() const { return *running; }
  const std::string &kernelName() const { return running->runningKernel().displayName; }

  Place placeOf(uint64_t pc);
  // The builtin at a place, "__memcpy"; the instruction's mnemonic where the source does not say.
  std::string operationAt(const Place &place, const Core &core) const;

  // The address of the same byte in WRAM table 0; other addresses as they are.
  uint64_t normalised(uint64_t address) const;
  // Variable of the running kernel or allocation that holds an address, null: none.
  const Object *objectAt(uint64_t address) const;
  // The same, or the nearest in the same memory that ends at or before it.
  const Object *nearestBelow(uint64_t address) const;
  // The largest variable of the running kernel in a memory, null: none.
  const Object *largestIn(Space space) const;
  bool knowsVariables() const { return !variables->empty(); }
  // The object around an address that scalar code has just touched. False: none, or it is not known.
  bool scalarObject(const Core &core, uint64_t address, struct ScalarReach &reach) const;
  // By ordinal: asynchronous copies of this core are on their way. The hazard check keeps it.
  std::vector<uint8_t> copiesOpen;
  // True for the stack of a core: memory no check follows.
  static bool isStack(const Core &core, uint64_t address);

  // Position of a core among all of the card.
  size_t ordinal(const Core &core) const { return core.clusterIndex() * coresInCluster + core.coreIndex(); }
  size_t coreCount() const { return running->allCores().size(); }

  // Counts how often each task has executed an instruction. Xdlp instructions issue, and then execute between begin and
  // end, at once or later; of scalar code only loads and stores are counted, and told now and then.
  void taskBegins(const Core &core) { executions[ordinal(core)].clear(); }
  void issues(const Core &core, uint64_t pc) { ++executions[ordinal(core)][pc].issued; }
  void begins(const Core &core, uint64_t pc) {
    ++executions[ordinal(core)][pc].executed;
    ++executing;
  }
  void ends() { --executing; }
  void hasExecuted(const Core &core, uint64_t pc, uint64_t times) { executions[ordinal(core)][pc] = {times, times}; }
  // Which execution of an instruction by its task this is, from 1; 0: it is not counted.
  uint64_t executionOf(const Core &core, uint64_t pc) const;

  // A finding of the kernel at an instruction of a core; the caller adds `what` and the rest.
  Finding findingAt(Kind kind, const Core &core, uint64_t pc);
  static std::string who(const Core &core);

  void allocated(uint64_t base, uint64_t bytes) { allocations[base] = {base, bytes}; }
  void released(uint64_t base) { allocations.erase(base); }
  struct Allocation {
    uint64_t base, bytes;
  };
  const std::map<uint64_t, Allocation> &liveAllocations() const { return allocations; }

private:
  struct Symbols {
    SourceLines lines;
    std::map<uint64_t, Place> places;
    std::vector<std::vector<Object>> variables; // by kernel, sorted by address
    explicit Symbols(const Program &program);
  };
  std::string asInLineTable(const std::string &path, uint64_t pc) const;
  std::string lineText(const std::string &file, uint32_t line);
  const Object *allocationObject(const Allocation &allocation) const;

  Launch *running = nullptr;
  size_t coresInCluster = 0;
  struct Executions {
    uint64_t issued = 0, executed = 0;
  };
  std::vector<std::unordered_map<uint64_t, Executions>> executions; // by core: pc to numbers
  unsigned executing = 0; // instructions between their begin and their end: one may wait for older ones
  Symbols *symbols = nullptr;
  const std::vector<Object> *variables = nullptr;
  std::map<const Program *, std::unique_ptr<Symbols>> programs;
  std::map<uint64_t, Allocation> allocations;
  mutable std::map<uint64_t, Object> allocationObjects; // of this launch
  std::map<std::string, std::vector<std::string>> files;
};

} // namespace dlp::check

#endif // OPENBANG_SIMULATOR_CHECK_CONTEXT_H

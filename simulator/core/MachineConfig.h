// MachineConfig.h: the facts of one simulated card, read from simulator/machines/<name>.json.
//
// The files have one schema (MachineConfig.cpp checks it): every key is required, unknown keys and nonsense values are
// refused with a sentence that names the file and the key.
#ifndef OPENBANG_SIMULATOR_CORE_MACHINECONFIG_H
#define OPENBANG_SIMULATOR_CORE_MACHINECONFIG_H

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

namespace dlp {

// A number of the timing model: what it is measured in and where it comes from.
struct TimingParameter {
  double value = 0;
  std::string unit;
  std::string basis;  // documented, inferred, assumed, fitted, unpublished; or set, by the user
  std::string source; // where that is written, or what it was fitted to
};

struct MachineConfig {
  std::string name;            // mlu370-x8
  std::string title;           // one line for users
  std::string file;            // where it was read from
  std::vector<uint32_t> archs; // values of __BANG_ARCH__ it runs
  uint32_t clusters = 0;
  uint32_t coresPerCluster = 0;
  bool memoryCore = false;                               // every cluster has one
  uint64_t nramBytes = 0, wramBytes = 0, ldramBytes = 0; // per core
  uint64_t sramBytes = 0;                                // per cluster; 0: none
  uint64_t gdramBytes = 0;
  uint32_t queueDepth = 0; // asynchronous operations an engine holds
  std::map<std::string, TimingParameter> timing;

  // WRAM is kWramTables lookup tables one after the other.
  uint64_t wramTableBytes() const;
  bool acceptsArch(uint32_t arch) const;
};

// Parses one machine file's text; `file` is its name for messages. On failure returns nullopt and sets `error`.
std::optional<MachineConfig> parseMachine(const std::string &text, const std::string &file, std::string &error);

// Finds a machine: a path to a .json file, or a name looked up in the `share/openbang/machines` folder that belongs to
// this library. An empty name means the default, mlu370-x8.
std::optional<MachineConfig> loadMachine(const std::string &nameOrPath, std::string &error);

// The machine that the environment variable BANG_MACHINE chooses, or the default.
std::optional<MachineConfig> machineFromEnvironment(std::string &error);

// The same for a process with a card per entry: "mlu370-x8*2" is two cards of one machine.
std::optional<std::vector<MachineConfig>> machinesFromEnvironment(std::string &error);

// Names of the installed machines, sorted.
std::vector<std::string> installedMachines();

} // namespace dlp

#endif // OPENBANG_SIMULATOR_CORE_MACHINECONFIG_H

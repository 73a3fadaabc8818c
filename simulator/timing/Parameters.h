// Parameters.h: the numbers of the timing model as values, read from a machine file's "timing" object.
//
// Parameters.inc has the rows: their keys, units and bounds. A machine that leaves a row out cannot be timed before the
// user gives the value: what is not published is not invented here.
#ifndef OPENBANG_SIMULATOR_TIMING_PARAMETERS_H
#define OPENBANG_SIMULATOR_TIMING_PARAMETERS_H

#include "simulator/core/MachineConfig.h"

#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace dlp::timing {

struct ParameterRow {
  const char *key, *unit, *setName;
  double lowest, highest;
  const char *summary;
};

std::span<const ParameterRow> parameterRows();
// By key or by name for --set; null: there is none.
const ParameterRow *findParameter(std::string_view name);

struct Parameters {
#define DLP_PARAMETER(KEY, UNIT, SET, LOW, HIGH, SUMMARY) double KEY = 0;
#include "simulator/timing/Parameters.inc"
#undef DLP_PARAMETER
  // Bytes of a core cycle.
  double perCycle(double gigabytesPerSecond) const { return gigabytesPerSecond / clock; }
  double cycles(double nanoseconds) const { return nanoseconds * clock; }
  double nanoseconds(double cycles) const { return cycles / clock; }
};

// A row of a machine file: the sentence that says what is wrong with it, or nothing.
std::optional<std::string> checkParameter(const std::string &key, const TimingParameter &parameter);

// The machine's parameters; on failure sets `error`.
std::optional<Parameters> parametersOf(const MachineConfig &machine, std::string &error);

// Changes the machine as --set does: "dram_gbps=614", "nram_kb=1536". False with `error`.
bool applySetting(MachineConfig &machine, std::string_view setting, std::string &error);

} // namespace dlp::timing

#endif // OPENBANG_SIMULATOR_TIMING_PARAMETERS_H

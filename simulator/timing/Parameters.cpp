// Parameters.cpp: rows, checks and settings of the timing model's numbers.
#include "simulator/timing/Parameters.h"

#include "codegen/isa/AddressMap.h"

#include <charconv>
#include <cmath>
#include <sstream>

namespace dlp::timing {
namespace {

constexpr ParameterRow kRows[] = {
#define DLP_PARAMETER(KEY, UNIT, SET, LOW, HIGH, SUMMARY) {#KEY, UNIT, SET, LOW, HIGH, SUMMARY},
#include "simulator/timing/Parameters.inc"
#undef DLP_PARAMETER
};

// Facts of a machine that are no timing parameters but may be set too.
struct SizeRow {
  const char *setName;
  uint64_t lowest, highest, unit;
  uint64_t MachineConfig::*value;
};
constexpr SizeRow kSizes[] = {
    {"nram_kb", 64, (kWramBase - kNramBase) / kKiB, kKiB, &MachineConfig::nramBytes},
    {"wram_kb", 64, (kSramBase - kWramBase) / kKiB, kKiB, &MachineConfig::wramBytes},
    {"sram_kb", 0, (kRomBase - kSramBase) / kKiB, kKiB, &MachineConfig::sramBytes},
};

std::string plain(double value) {
  std::ostringstream text;
  text << value;
  return text.str();
}

std::optional<std::string> outOfBounds(const ParameterRow &row, double value) {
  if (std::isfinite(value) && value >= row.lowest && value <= row.highest)
    return std::nullopt;
  return "is " + plain(value) + ", expected " + plain(row.lowest) + " to " + plain(row.highest) + " " + row.unit;
}

} // namespace

std::span<const ParameterRow> parameterRows() { return kRows; }

const ParameterRow *findParameter(std::string_view name) {
  for (const ParameterRow &row : kRows)
    if (name == row.key || name == row.setName)
      return &row;
  return nullptr;
}

std::optional<std::string> checkParameter(const std::string &key, const TimingParameter &parameter) {
  const ParameterRow *row = findParameter(key);
  if (!row || key != row->key)
    return "is no parameter of the timing model";
  if (parameter.unit != row->unit)
    return "has the unit \"" + parameter.unit + "\", expected \"" + row->unit + "\"";
  return outOfBounds(*row, parameter.value);
}

std::optional<Parameters> parametersOf(const MachineConfig &machine, std::string &error) {
  Parameters p;
  auto get = [&](const char *key, double &value) {
    auto it = machine.timing.find(key);
    if (it != machine.timing.end()) {
      value = it->second.value;
      return;
    }
    if (error.empty())
      error = "machine " + machine.name + " cannot be timed: nobody has published '" + key + "'; give it with --set " +
              findParameter(key)->setName + "=...";
  };
  error.clear();
#define DLP_PARAMETER(KEY, UNIT, SET, LOW, HIGH, SUMMARY) get(#KEY, p.KEY);
#include "simulator/timing/Parameters.inc"
#undef DLP_PARAMETER
  if (!error.empty())
    return std::nullopt;
  return p;
}

bool applySetting(MachineConfig &machine, std::string_view setting, std::string &error) {
  size_t equals = setting.find('=');
  std::string name(setting.substr(0, equals));
  std::string_view text = equals == std::string_view::npos ? "" : setting.substr(equals + 1);
  double value = 0;
  auto [end, failure] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (text.empty() || failure != std::errc() || end != text.data() + text.size()) {
    error = "'" + std::string(setting) + "' is no setting, expected a name and a number such as dram_gbps=614";
    return false;
  }
  if (const ParameterRow *row = findParameter(name)) {
    if (auto wrong = outOfBounds(*row, value)) {
      error = "'" + name + "' " + *wrong;
      return false;
    }
    machine.timing[row->key] = {value, row->unit, "set", "the command line"};
    return true;
  }
  for (const SizeRow &row : kSizes) {
    if (name != row.setName)
      continue;
    if (value != std::floor(value) || value < double(row.lowest) || value > double(row.highest)) {
      error = "'" + name + "' is " + std::string(text) + ", expected a whole number from " +
              std::to_string(row.lowest) + " to " + std::to_string(row.highest);
      return false;
    }
    machine.*row.value = uint64_t(value) * row.unit;
    if (row.value == &MachineConfig::wramBytes && machine.wramBytes % (kWramTables * 64)) {
      error = "'wram_kb' is " + std::string(text) + ", expected a multiple of 4";
      return false;
    }
    return true;
  }
  error = "'" + name + "' is no parameter of the timing model; docs/timing.md lists them";
  return false;
}

} // namespace dlp::timing

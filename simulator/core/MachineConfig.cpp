// MachineConfig.cpp: reads and checks machine files, and finds the installed ones.
#include "simulator/core/MachineConfig.h"

#include "codegen/isa/CardRanges.h"
#include "simulator/core/Installed.h"
#include "simulator/timing/Parameters.h"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <charconv>
#include <cmath>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <sstream>

namespace fs = std::filesystem;

namespace dlp {
namespace {

using Json = nlohmann::json;
constexpr char kDefaultMachine[] = "mlu370-x8";

struct SchemaError {
  std::string text;
};

// Reads the keys of one object; finish() refuses the ones nobody asked for.
class Reader {
public:
  Reader(const Json &object, std::string file, std::string prefix)
      : object(object), file(std::move(file)), prefix(std::move(prefix)) {}

  const Json &get(const char *key) {
    seen.push_back(key);
    auto it = object.find(key);
    if (it == object.end())
      refuse(key, "is missing");
    return *it;
  }

  uint64_t integer(const char *key, uint64_t low, uint64_t high) {
    const Json &v = get(key);
    if (!v.is_number_unsigned() || v.get<uint64_t>() < low || v.get<uint64_t>() > high)
      refuse(key, "is " + v.dump() + ", expected a whole number from " + std::to_string(low) + " to " +
                      std::to_string(high));
    return v.get<uint64_t>();
  }

  std::string text(const char *key) {
    const Json &v = get(key);
    if (!v.is_string() || v.get<std::string>().empty())
      refuse(key, "is " + v.dump() + ", expected a text");
    return v.get<std::string>();
  }

  bool flag(const char *key) {
    const Json &v = get(key);
    if (!v.is_boolean())
      refuse(key, "is " + v.dump() + ", expected true or false");
    return v.get<bool>();
  }

  double number(const char *key) {
    const Json &v = get(key);
    if (!v.is_number() || !std::isfinite(v.get<double>()) || v.get<double>() < 0)
      refuse(key, "is " + v.dump() + ", expected a number that is not below zero");
    return v.get<double>();
  }

  void finish() {
    for (const auto &item : object.items())
      if (std::find(seen.begin(), seen.end(), item.key()) == seen.end())
        refuse(item.key(), "is not a key of a machine file");
  }

  [[noreturn]] void refuse(const std::string &key, const std::string &what) {
    throw SchemaError{"machine file " + file + ": '" + prefix + key + "' " + what};
  }

private:
  const Json &object;
  std::string file, prefix;
  std::vector<std::string> seen;
};

void readTiming(const Json &object, const std::string &file, MachineConfig &config) {
  for (const auto &item : object.items()) {
    Reader r(item.value(), file, "timing." + item.key() + ".");
    TimingParameter p{r.number("value"), r.text("unit"), r.text("basis"), r.text("source")};
    if (p.basis != "documented" && p.basis != "inferred" && p.basis != "assumed" && p.basis != "fitted" &&
        p.basis != "unpublished")
      r.refuse("basis", "is \"" + p.basis + "\", expected documented, inferred, assumed, fitted or unpublished");
    if (auto wrong = timing::checkParameter(item.key(), p))
      throw SchemaError{"machine file " + file + ": 'timing." + item.key() + "' " + *wrong};
    r.finish();
    config.timing[item.key()] = p;
  }
}

MachineConfig readMachine(const Json &json, const std::string &file) {
  Reader r(json, file, "");
  MachineConfig c;
  c.file = file;
  c.name = r.text("name");
  c.title = r.text("title");
  const Json &archs = r.get("archs");
  if (!archs.is_array() || archs.empty())
    r.refuse("archs", "is " + archs.dump() + ", expected a list of arch numbers such as [372]");
  for (const Json &a : archs) {
    if (!a.is_number_unsigned() || a.get<uint64_t>() < 100 || a.get<uint64_t>() > 9999)
      r.refuse("archs", "holds " + a.dump() + ", expected arch numbers such as 372");
    c.archs.push_back(a.get<uint32_t>());
  }
  c.clusters = r.integer("clusters", 1, 16);
  c.coresPerCluster = r.integer("coresPerCluster", 1, 16);
  c.memoryCore = r.flag("memoryCore");
  // The upper bounds are the windows of the address map.
  c.nramBytes = r.integer("nramKB", 64, (kWramBase - kNramBase) / kKiB) * kKiB;
  c.wramBytes = r.integer("wramKB", 64, (kSramBase - kWramBase) / kKiB) * kKiB;
  if (c.wramBytes % (kWramTables * 64))
    r.refuse("wramKB", "is " + std::to_string(c.wramBytes / kKiB) + ", expected a multiple of 4");
  c.sramBytes = r.integer("sramKB", 0, (kRomBase - kSramBase) / kKiB) * kKiB;
  if (c.memoryCore && !c.sramBytes)
    r.refuse("sramKB", "is 0, but a machine with memory cores needs SRAM");
  c.ldramBytes = r.integer("ldramMB", 1, (kViewBase - kLdramBase) / kMiB) * kMiB;
  c.gdramBytes = r.integer("gdramMB", 64, 1024 * 1024) * kMiB;
  c.queueDepth = r.integer("queueDepth", 1, 1024);
  const Json &timing = r.get("timing");
  if (!timing.is_object())
    r.refuse("timing", "is not an object of parameters");
  readTiming(timing, file, c);
  r.finish();
  return c;
}

fs::path machinesFolder() { return findInstalled("share/openbang/machines"); }

} // namespace

uint64_t MachineConfig::wramTableBytes() const { return wramBytes / kWramTables; }

bool MachineConfig::acceptsArch(uint32_t arch) const {
  return std::find(archs.begin(), archs.end(), arch) != archs.end();
}

std::optional<MachineConfig> parseMachine(const std::string &text, const std::string &file, std::string &error) {
  try {
    Json json = Json::parse(text, nullptr, true, true);
    if (!json.is_object())
      throw SchemaError{"machine file " + file + ": expected one JSON object"};
    return readMachine(json, file);
  } catch (const SchemaError &e) {
    error = e.text;
  } catch (const Json::exception &e) {
    // The library's text starts with its own identifier in brackets.
    std::string what = e.what();
    size_t end = what.find("] ");
    error = "machine file " + file + ": not valid JSON: " + (end == std::string::npos ? what : what.substr(end + 2));
  }
  return std::nullopt;
}

std::optional<MachineConfig> loadMachine(const std::string &nameOrPath, std::string &error) {
  std::string name = nameOrPath.empty() ? kDefaultMachine : nameOrPath;
  bool isPath = name.find('/') != std::string::npos || fs::path(name).extension() == ".json";
  fs::path path = isPath ? fs::path(name) : machinesFolder() / (name + ".json");
  std::error_code ec;
  if (!fs::is_regular_file(path, ec)) {
    if (isPath) {
      error = "cannot read machine file " + name;
      return std::nullopt;
    }
    error = "unknown machine '" + name + "', expected a path to a .json file or one of:";
    std::vector<std::string> known = installedMachines();
    for (const std::string &k : known)
      error += " " + k;
    if (known.empty())
      error += " (no machine files are installed beside this program, under share/openbang/machines)";
    return std::nullopt;
  }
  std::ifstream in(path, std::ios::binary);
  std::stringstream text;
  text << in.rdbuf();
  if (!in) {
    error = "cannot read machine file " + path.string();
    return std::nullopt;
  }
  return parseMachine(text.str(), path.string(), error);
}

std::optional<std::vector<MachineConfig>> machinesFromEnvironment(std::string &error) {
  const char *variable = std::getenv("BANG_MACHINE");
  std::string name = variable ? variable : "";
  uint64_t count = 1;
  // A path may contain a star; a number behind the last one makes it a count.
  if (size_t star = name.rfind('*'); star != std::string::npos) {
    const std::string text = name.substr(star + 1);
    const char *end = text.data() + text.size();
    auto [rest, problem] = std::from_chars(text.data(), end, count);
    if (problem != std::errc() || rest != end || count == 0 || count > kMaxCards) {
      error = "BANG_MACHINE: '" + text + "' in '" + name + "' is no number of cards, expected 1 to " +
              std::to_string(kMaxCards) + " behind the star, for example mlu370-x8*2";
      return std::nullopt;
    }
    name.resize(star);
  }
  auto machine = loadMachine(name, error);
  if (machine)
    return std::vector<MachineConfig>(count, *machine);
  if (!name.empty())
    error = "BANG_MACHINE: " + error;
  return std::nullopt;
}

std::optional<MachineConfig> machineFromEnvironment(std::string &error) {
  auto machines = machinesFromEnvironment(error);
  if (!machines)
    return std::nullopt;
  return machines->front();
}

std::vector<std::string> installedMachines() {
  std::vector<std::string> names;
  std::error_code ec;
  for (const auto &entry : fs::directory_iterator(machinesFolder(), ec))
    if (entry.path().extension() == ".json")
      names.push_back(entry.path().stem().string());
  std::sort(names.begin(), names.end());
  return names;
}

} // namespace dlp

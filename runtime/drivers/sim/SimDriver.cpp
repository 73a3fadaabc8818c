// SimDriver.cpp: the simulated card behind the device interface.
#include "codegen/object/DeviceImage.h"
#include "codegen/object/ImageVariables.h"
#include "runtime/core/Driver.h"
#include "runtime/drivers/sim/Measure.h"
#include "simulator/Device.h"
#include "simulator/check/Checker.h"
#include "simulator/core/Interrupt.h"
#include "simulator/core/MachineConfig.h"
#include "simulator/debug/CoreDump.h"
#include "simulator/debug/Server.h"
#include "simulator/fidelity/Fidelity.h"
#include "simulator/timing/Profile.h"
#include "simulator/timing/Timer.h"

#include <algorithm>
#include <chrono>
#include <cmath>
#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <map>
#include <mutex>
#include <shared_mutex>
#include <string_view>

namespace cnrt {

namespace {

// What BANG_TOOL asked for.
struct Tools {
  bool stats = false;
  std::shared_ptr<Measure> measure; // of all cards
  std::unique_ptr<dlp::check::CheckObserver> checker;
  std::unique_ptr<dlp::fidelity::FidelityObserver> fidelity;
  std::unique_ptr<dlp::debug::Server> debugServer;
  std::unique_ptr<dlp::debug::CoreDumper> coreDumper; // of BANG_COREDUMP
  std::unique_ptr<dlp::timing::Timer> timer;          // of BANG_TIMING
  std::unique_ptr<dlp::timing::Profiler> profiler;    // looks at the timer's launches
};

volatile std::sig_atomic_t interrupted = 0;

// Ctrl-C ends the program as ever, but the profile of what has happened comes first.
void watch(dlp::timing::Timer &timer, dlp::timing::Profiler &profiler) {
  timer.watchesUses = true;
  timer.progress = dlp::timing::Progress::atTerminal();
  timer.launched = [&profiler](const dlp::timing::LaunchRecord &record) { profiler.launched(record); };
  timer.interrupted = [] { return interrupted != 0; };
  timer.stopped = [&timer, &profiler] {
    profiler.finish(timer.nanoseconds());
    std::signal(SIGINT, SIG_DFL);
    std::raise(SIGINT);
  };
  std::signal(SIGINT, [](int) { interrupted = 1; });
}

// "timelines,window=KERNEL:CORE:TIMES,trace=FILE,report=FILE": all may be absent; the report comes last. Colons stand
// for the commas of a window.
bool readProfileWishes(std::string_view text, dlp::timing::ProfileWishes &wishes, std::string &error) {
  constexpr std::string_view kTimelines = "timelines", kWindow = "window=", kTrace = "trace=", kReport = "report=";
  while (!text.empty() && !text.starts_with(kReport)) {
    const std::string_view wish = text.substr(0, text.find(','));
    if (wish == kTimelines) {
      wishes.timelines = true;
    } else if (wish.starts_with(kWindow)) {
      std::string window(wish.substr(kWindow.size()));
      std::replace(window.begin(), window.end(), ':', ',');
      if (!dlp::timing::Window::parse(window, wishes.window, error))
        return false;
    } else if (wish.starts_with(kTrace)) {
      wishes.trace = wish.substr(kTrace.size());
    } else {
      error = "expected prof or prof:timelines,window=KERNEL:CORE:TIMES,trace=FILE,report=FILE";
      return false;
    }
    text.remove_prefix(std::min(wish.size() + 1, text.size()));
  }
  wishes.report = text.substr(std::min(kReport.size(), text.size()));
  return true;
}

// "unix:/path", "127.0.0.1:port", or one of them behind "check:" or "check=<options of check>:".
bool makeDebugger(std::string_view text, Tools &tools, std::string &error) {
  constexpr std::string_view kCheck = "check";
  std::optional<dlp::check::Options> options;
  if (text.starts_with("check:") || text.starts_with("check=")) {
    const std::string_view wishes = text.substr(0, text.find(':'));
    text.remove_prefix(std::min(wishes.size() + 1, text.size()));
    options = dlp::check::parseOptions(wishes.substr(std::min(kCheck.size() + 1, wishes.size())), error);
    if (!options)
      return false;
  }
  tools.debugServer = dlp::debug::makeServer(text, error);
  if (!tools.debugServer || !options)
    return bool(tools.debugServer);
  options->found = [&findings = tools.debugServer->findings()](const dlp::check::Finding &finding) {
    if (!finding.hint)
      findings.found(dlp::check::kindName(finding.kind) + (": " + finding.what), finding.place.pc,
                     finding.place.where());
  };
  tools.checker = dlp::check::makeChecker(*options);
  return true;
}

class SimDriver : public Driver {
public:
  SimDriver(dlp::MachineConfig machine, uint32_t ordinal, Tools tools);

  const DeviceFacts &facts() const override { return deviceFacts; }
  std::shared_ptr<const KernelInfo> findKernel(int image, const std::string &kernel) const override;
  Status validate(const LaunchWork &work) const override;

  uint64_t allocate(uint64_t bytes) override { return device.allocate(bytes); }
  Status release(uint64_t address) override { return from(device.release(address)); }
  void memoryInfo(uint64_t &freeBytes, uint64_t &totalBytes) override { device.memoryInfo(freeBytes, totalBytes); }
  Status write(uint64_t address, const void *host, uint64_t bytes) override {
    return from(device.write(address, host, bytes));
  }
  Status read(void *host, uint64_t address, uint64_t bytes) override {
    dlp::Error error = device.read(host, address, bytes);
    if (tools.measure && !error)
      tools.measure->copiedToHost(host, bytes);
    return from(error);
  }
  Status copy(uint64_t dst, uint64_t src, uint64_t bytes) override { return from(device.copy(dst, src, bytes)); }
  Status fill(uint64_t address, uint8_t byte, uint64_t bytes) override {
    return from(device.fill(address, byte, bytes));
  }
  Status loadImage(std::span<const uint8_t> image, int &id) override;
  void unloadImage(int id) override;
  uint64_t findVariable(int image, const std::string &name, uint64_t &bytes) const override;
  Status launch(const LaunchWork &work) override;
  std::optional<std::chrono::nanoseconds> clock() const override {
    if (!tools.timer)
      return std::nullopt;
    return std::chrono::nanoseconds(std::llround(tools.timer->nanoseconds()));
  }
  void finish() override {
    reportTools(/*stopped=*/false);
    if (tools.measure)
      tools.measure->write();
    if (tools.debugServer)
      tools.debugServer->finish();
    if (tools.profiler)
      tools.profiler->finish(tools.timer->nanoseconds());
  }

private:
  struct Image {
    std::map<std::string, std::shared_ptr<const KernelInfo>> kernels;
    std::map<std::string, uint64_t> nramBytes; // by kernel
    std::map<std::string, dlp::ImageVariable> variables;
  };

  // The device's sentences are complete; the code is the caller's mistake.
  static Status from(const dlp::Error &error) {
    return error ? Status{cnrtErrorArgsInvalid, *error, false} : success();
  }
  static dlp::LaunchRequest request(const LaunchWork &work);

  void reportTools(bool stopped);
  std::string nameOf(const LaunchWork &work) const;
  void printStats(const LaunchWork &work, const dlp::LaunchStats &stats, std::chrono::nanoseconds time) const;

  dlp::MachineConfig machine;
  DeviceFacts deviceFacts;
  Tools tools; // outlive the device
  dlp::Device device;
  // The device answers validate() while it runs a kernel, but not while its images change.
  mutable std::shared_mutex imageMutex;
  std::map<int, Image> images;
};

DeviceFacts factsOf(const dlp::MachineConfig &machine) {
  DeviceFacts facts;
  facts.machine = machine.name;
  // The title says more than the name of the card; programs compare and print the name.
  facts.title = machine.title.substr(0, machine.title.find_first_of(",:;"));
  facts.archs = machine.archs;
  facts.clusters = machine.clusters;
  facts.coresPerCluster = machine.coresPerCluster;
  facts.nramBytes = machine.nramBytes;
  facts.wramBytes = machine.wramBytes;
  facts.ldramBytes = machine.ldramBytes;
  facts.sramBytes = machine.sramBytes;
  facts.gdramBytes = machine.gdramBytes;
  if (auto clock = machine.timing.find("clock"); clock != machine.timing.end())
    facts.clusterClockKhz = static_cast<uint32_t>(clock->second.value * 1e6); // the file says GHz
  if (auto bandwidth = machine.timing.find("gdramBandwidth"); bandwidth != machine.timing.end())
    facts.memoryMegabytesPerSecond = static_cast<uint32_t>(bandwidth->second.value * 1e3 + 0.5); // the file says GB/s
  return facts;
}

SimDriver::SimDriver(dlp::MachineConfig config, uint32_t ordinal, Tools chosen)
    : machine(std::move(config)), deviceFacts(factsOf(machine)), tools(std::move(chosen)), device(machine, ordinal) {
  if (tools.checker)
    device.attach(tools.debugServer ? tools.debugServer->stopAtFindings(*tools.checker) : *tools.checker);
  if (tools.fidelity)
    device.attach(*tools.fidelity);
  if (tools.measure && tools.measure->watchesCores())
    device.attach(*tools.measure);
  if (tools.profiler)
    watch(*tools.timer, *tools.profiler);
  if (tools.timer)
    device.attach(*tools.timer);
  if (tools.debugServer)
    device.attach(tools.debugServer->debugger());
  else if (tools.coreDumper)
    device.attach(*tools.coreDumper);
}

std::shared_ptr<const KernelInfo> SimDriver::findKernel(int image, const std::string &kernel) const {
  std::shared_lock lock(imageMutex);
  auto found = images.find(image);
  if (found == images.end())
    return nullptr;
  auto it = found->second.kernels.find(kernel);
  return it == found->second.kernels.end() ? nullptr : it->second;
}

dlp::LaunchRequest SimDriver::request(const LaunchWork &work) {
  return {work.image,
          work.kernel,
          {work.dim.x, work.dim.y, work.dim.z},
          static_cast<dlp::TaskType>(work.type),
          work.params};
}

Status SimDriver::validate(const LaunchWork &work) const {
  std::shared_lock lock(imageMutex);
  return from(device.validate(request(work)));
}

Status SimDriver::loadImage(std::span<const uint8_t> bytes, int &id) {
  std::string error;
  std::optional<dlp::DeviceImage> image = dlp::readDeviceImage(bytes, error);
  if (!image)
    return {cnrtErrorUnsupportedKernelVersion, error, false};
  std::unique_lock lock(imageMutex);
  if (dlp::Error error = device.loadImage(bytes, id))
    return {cnrtErrorUnsupportedKernelVersion, *error, false};
  Image &loaded = images[id];
  loaded.variables = dlp::readImageVariables(bytes);
  for (dlp::ImageKernel &kernel : image->kernels) {
    loaded.nramBytes[kernel.name] = kernel.nramBytes;
    loaded.kernels[kernel.name] =
        std::make_shared<const KernelInfo>(KernelInfo{kernel.displayName, std::move(kernel.params), kernel.paramBytes});
  }
  return success();
}

void SimDriver::unloadImage(int id) {
  std::unique_lock lock(imageMutex);
  images.erase(id);
  device.unloadImage(id);
}

uint64_t SimDriver::findVariable(int image, const std::string &name, uint64_t &bytes) const {
  std::shared_lock lock(imageMutex);
  auto found = images.find(image);
  if (found == images.end())
    return 0;
  auto it = found->second.variables.find(name);
  if (it == found->second.variables.end())
    return 0;
  bytes = it->second.size;
  return device.variableAddress(image, it->second.address);
}

cnrtRet_t codeOf(dlp::FaultKind kind) {
  switch (kind) {
  case dlp::FaultKind::Assert:
    return cnrtErrorAssert;
  case dlp::FaultKind::Trap:
    return cnrtErrorKernelUserTrap;
  case dlp::FaultKind::HostMemory:
    return cnrtErrorSysNoMem;
  default:
    return cnrtErrorKernelTrap;
  }
}

std::string SimDriver::nameOf(const LaunchWork &work) const {
  std::shared_ptr<const KernelInfo> kernel = findKernel(work.image, work.kernel);
  return kernel ? kernel->displayName : work.kernel;
}

// One line per launch, for scripts: the numbers are the last words, because a kernel's name may contain spaces.
void SimDriver::printStats(const LaunchWork &work, const dlp::LaunchStats &stats, std::chrono::nanoseconds time) const {
  std::fprintf(stderr, "bang: kernel %s instructions %llu host_ms %.3f", nameOf(work).c_str(),
               static_cast<unsigned long long>(stats.instructions),
               std::chrono::duration<double, std::milli>(time).count());
  if (tools.timer)
    std::fprintf(stderr, " model_us %.3f", tools.timer->lastLaunch() / 1e3);
  std::fputc('\n', stderr);
}

void SimDriver::reportTools(bool stopped) {
  if (tools.checker)
    tools.checker->finish(stopped);
  if (!tools.fidelity)
    return;
  std::fflush(stdout);
  std::fputs(tools.fidelity->report().c_str(), stderr);
}

Status SimDriver::launch(const LaunchWork &work) {
  // Kernel output goes to the C library's stdout, where it keeps its place among the program's own output.
  dlp::LaunchHost host;
  host.print = [](std::string_view text) { std::fwrite(text.data(), 1, text.size(), stdout); };
  dlp::LaunchStats stats;
  const auto start = std::chrono::steady_clock::now();
  std::optional<dlp::Fault> fault = device.launch(request(work), host, &stats);
  if (tools.stats)
    printStats(work, stats, std::chrono::steady_clock::now() - start);
  // Also where the signal came too late to interrupt: a fault of the kernel itself was first, or its end.
  if (dlp::interruptingSignal()) {
    std::fflush(stdout);
    if (fault)
      std::fputs(fault->describe().c_str(), stderr);
    reportTools(/*stopped=*/true);
    dlp::endBySignal();
  }
  if (tools.measure)
    tools.measure->launched(nameOf(work), stats.instructions, images.at(work.image).nramBytes.at(work.kernel),
                            tools.timer ? std::optional(tools.timer->lastLaunch()) : std::nullopt);
  return fault ? Status{codeOf(fault->kind), fault->describe(), false} : success();
}

// BANG_TIMING: 0 or empty: no model; 1: the model; else settings of it, "dram_gbps=614,nram_kb=1536". Settings change
// the machines.
Status readTiming(std::vector<dlp::MachineConfig> &machines, bool &timed) {
  const char *variable = std::getenv("BANG_TIMING");
  std::string_view text = variable ? variable : "";
  timed = text != "" && text != "0";
  std::string error;
  if (!timed || text == "1")
    return success();
  while (!text.empty()) {
    const size_t end = std::min(text.find(','), text.size());
    for (dlp::MachineConfig &machine : machines)
      if (!dlp::timing::applySetting(machine, text.substr(0, end), error))
        return failure(cnrtErrorInit, "BANG_TIMING is '%s': %s", variable, error.c_str());
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  return success();
}

} // namespace

Status createDrivers(Drivers &drivers) {
  std::string error;
  auto machines = dlp::machinesFromEnvironment(error);
  if (!machines)
    return {cnrtErrorInit, error, false};
  const char *variable = std::getenv("BANG_TOOL");
  const std::string_view tool = variable ? variable : "";
  Tools tools;
  constexpr std::string_view kDebug = "debug:", kMeasure = "measure:";
  std::shared_ptr<Measure> measure;
  const bool profiles = tool == "prof" || tool.starts_with("prof:");
  dlp::timing::ProfileWishes wishes;
  if (tool == "check" || tool.starts_with("check:")) {
    std::optional<dlp::check::Options> options =
        dlp::check::parseOptions(tool.substr(std::min<size_t>(6, tool.size())), error);
    if (!options)
      return failure(cnrtErrorInit, "BANG_TOOL is '%s': %s", variable, error.c_str());
    tools.checker = dlp::check::makeChecker(*options);
  } else if (tool.starts_with(kDebug)) {
    if (!makeDebugger(tool.substr(kDebug.size()), tools, error))
      return failure(cnrtErrorInit, "BANG_TOOL is '%s': %s", variable, error.c_str());
  } else if (tool == "fidelity") {
    tools.fidelity = dlp::fidelity::makeFidelityObserver();
  } else if (tool.starts_with(kMeasure)) {
    measure = Measure::make(tool.substr(kMeasure.size()), error);
    if (!measure)
      return failure(cnrtErrorInit, "BANG_TOOL is '%s': %s", variable, error.c_str());
  } else if (profiles) {
    if (!readProfileWishes(tool.substr(std::min<size_t>(5, tool.size())), wishes, error))
      return failure(cnrtErrorInit, "BANG_TOOL is '%s': %s", variable, error.c_str());
  } else if (tool != "" && tool != "stats") {
    return failure(
        cnrtErrorInit,
        "BANG_TOOL is '%s', expected check (what is wrong with the kernels), prof (where the cycles go), stats (a line "
        "for each launch), measure:report=<file> (sums, and a hash of the results), fidelity (how close to a card) or "
        "debug:unix:/path (a debugger comes)",
        variable);
  }
  // Reports and files of one program are those of one card, and a debugger sees one.
  if ((tools.checker || tools.debugServer || tools.fidelity || profiles) && machines->size() != 1)
    return failure(cnrtErrorInit, "BANG_TOOL is %s, which watches one card, but BANG_MACHINE gives %zu; choose one",
                   tools.debugServer ? "debug"
                   : tools.checker   ? "check"
                   : tools.fidelity  ? "fidelity"
                                     : "prof",
                   machines->size());
  bool timed = false;
  if (Status status = readTiming(*machines, timed); !status.ok())
    return status;
  if (timed && (tools.checker || tools.debugServer || tools.fidelity))
    return failure(cnrtErrorInit,
                   "BANG_TIMING is set, but programs are not timed under BANG_TOOL=%s; set one of the two",
                   tools.debugServer ? "debug"
                   : tools.checker   ? "check"
                                     : "fidelity");
  if (timed && measure && measure->watchesCores())
    return failure(cnrtErrorInit,
                   "BANG_TIMING is set, but bytes are counted in runs that are not timed; leave out one of "
                   "BANG_TIMING and 'bytes' in BANG_TOOL=measure");
  if (!tools.debugServer) // which stops kernels at Ctrl-C in its own way
    dlp::stopKernelsAtSignals();
  const char *coreFile = std::getenv("BANG_COREDUMP");
  for (dlp::MachineConfig &machine : *machines) {
    Tools own = std::move(tools); // the one card has them
    own.stats = tool == "stats";
    own.measure = measure;
    if (timed || profiles) {
      const auto parameters = dlp::timing::parametersOf(machine, error);
      if (!parameters)
        return failure(cnrtErrorInit, "BANG_TIMING: %s", error.c_str());
      using namespace dlp::timing;
      own.timer = std::make_unique<Timer>(machine, *parameters, profiles ? Profiler::kKeptBytes : Timer::kMostBytes);
      if (profiles)
        own.profiler = std::make_unique<Profiler>(machine, *parameters, wishes);
    }
    if (coreFile && *coreFile)
      own.coreDumper = std::make_unique<dlp::debug::CoreDumper>(coreFile);
    drivers.push_back(std::make_unique<SimDriver>(std::move(machine), drivers.size(), std::move(own)));
  }
  return success();
}

} // namespace cnrt

// Device.cpp: the simulated card: its memories, the programs it holds, and launches.
#include "simulator/Device.h"

#include "codegen/isa/CardRanges.h"
#include "simulator/core/Launch.h"
#include "simulator/core/Orders.h"

#include <algorithm>
#include <cstdlib>
#include <cstring>
#include <map>
#include <thread>

namespace dlp {
namespace {

constexpr unsigned kMostHostThreads = 16;

std::string hex(uint64_t v) {
  char text[24];
  std::snprintf(text, sizeof text, "0x%llx", static_cast<unsigned long long>(v));
  return text;
}

// The bound of BANG_MAX_INSTRUCTIONS, or none.
bool readInstructionLimit(uint64_t &limit) {
  limit = ~uint64_t{0};
  const char *text = std::getenv("BANG_MAX_INSTRUCTIONS");
  if (!text || !*text)
    return true;
  char *end = nullptr;
  errno = 0;
  unsigned long long value = std::strtoull(text, &end, 10);
  if (*end || errno || value == 0 || text[0] == '-')
    return false;
  limit = value;
  return true;
}

// BANG_HOST_THREADS: on how many threads of the host cores may run. Results do not depend on it.
bool readHostThreads(unsigned &threads) {
  static const unsigned processors = std::thread::hardware_concurrency(); // asking takes longer than a small launch
  threads = std::clamp(processors, 1u, kMostHostThreads);
  const char *text = std::getenv("BANG_HOST_THREADS");
  if (!text || !*text)
    return true;
  char *end = nullptr;
  unsigned long value = std::strtoul(text, &end, 10);
  if (*end || value == 0 || value > kMostHostThreads || text[0] == '-')
    return false;
  threads = unsigned(value);
  return true;
}

unsigned hostThreads() {
  unsigned threads;
  readHostThreads(threads);
  return threads;
}

std::string kilobytes(uint64_t bytes) { return std::to_string((bytes + kKiB - 1) / kKiB) + " KB"; }

} // namespace

struct Device::Impl {
  Impl(const MachineConfig &config, uint32_t ordinal)
      : config(config), base(gdramBaseOf(ordinal)), gdram(config.gdramBytes, base) {
    shared.gdram = &gdram;
    for (uint32_t c = 0; c < config.clusters; ++c) {
      srams.push_back(std::make_unique<ScratchMemory>(config.sramBytes));
      for (uint32_t k = 0; k < config.coresPerCluster + config.memoryCore; ++k) {
        bool memoryCore = k == config.coresPerCluster;
        // Inferred: published kernels without guards read NRAM with scalar code on the memory core, too, between
        // barriers it takes part in. They are right when it sees what its own scalar code stored, and zero elsewhere.
        memories.push_back(std::make_unique<CoreMemory>(
            CoreMemory{ScratchMemory(config.nramBytes, memoryCore ? 0 : kFreshPattern),
                       ScratchMemory(memoryCore ? 0 : config.wramBytes), HostMemory(), config.ldramBytes}));
        cores.push_back(
            std::make_unique<Core>(this->config, c, k, *memories.back(), *srams.back(), shared, memoryCore));
      }
    }
  }

  // Host memory of [address, address + bytes) inside one allocation; otherwise null, and `error` says why.
  uint8_t *find(uint64_t address, uint64_t bytes, const char *what, Error &error) const {
    for (const Region &window : shared.windows)
      if (address >= window.base && address - window.base < window.size &&
          bytes <= window.size - (address - window.base))
        return window.host + (address - window.base);
    const Gdram::Block *block = gdram.find(address);
    if (!block) {
      error = std::string(what) + " at " + hex(address) +
              (address == 0              ? " uses a null device pointer"
               : gdram.wasFreed(address) ? " uses device memory that was freed"
                                         : " is no address of allocated device memory");
      return nullptr;
    }
    uint64_t offset = address - block->base;
    if (bytes > block->size - offset) {
      error = std::string(what) + " of " + std::to_string(bytes) + " bytes at " + hex(address) + " reaches " +
              std::to_string(bytes - (block->size - offset)) + " bytes past the end of its allocation of " +
              std::to_string(block->size) + " bytes";
      return nullptr;
    }
    return block->host.data() + offset;
  }

  // Windows are never many at once; a program that loads images for ever uses them in turn.
  static constexpr uint64_t kWindowBytes = kDeviceDataEnd - kDeviceDataBase;
  uint64_t windowOf(int id) const {
    return base + kVariableWindows + id % ((kCardStride - kVariableWindows) / kWindowBytes) * kWindowBytes;
  }

  // After an image came or went.
  void showVariables() {
    shared.windows.clear();
    for (const auto &[id, program] : programs)
      for (const Region &region : program->regions())
        if (region.writable)
          shared.windows.push_back({windowOf(id) + (region.base - kDeviceDataBase), region.size, region.host, true});
  }

  void forgetOnChip();
  void compareOrders(const LaunchRequest &request, Program &program, const ImageKernel &kernel, uint64_t limit,
                     const MemoryImage &before);

  MachineConfig config;
  uint64_t base; // of this card's device memory
  Gdram gdram;
  SharedMemory shared;
  std::vector<std::unique_ptr<ScratchMemory>> srams;
  std::vector<std::unique_ptr<CoreMemory>> memories;
  std::vector<std::unique_ptr<Core>> cores;
  Observer *observer = nullptr;
  std::map<int, std::unique_ptr<Program>> programs;
  int nextProgram = 1;
  Debugger *debugger = nullptr;
  Round round{hostThreads()};
};

Device::Device(const MachineConfig &config, uint32_t ordinal) : impl(std::make_unique<Impl>(config, ordinal)) {}
Device::~Device() = default;

void Device::attach(Debugger &debugger) { impl->debugger = &debugger; }

const MachineConfig &Device::config() const { return impl->config; }

void Device::attach(Observer &observer) {
  impl->observer = &observer;
  for (auto &core : impl->cores)
    core->observer = &observer;
}

uint64_t Device::allocate(uint64_t bytes) {
  uint64_t address = impl->gdram.allocate(bytes);
  if (address && impl->observer)
    impl->observer->allocated(address, impl->gdram.find(address)->size);
  return address;
}

Error Device::release(uint64_t address) {
  const Gdram::Block *freed = impl->gdram.find(address);
  uint64_t bytes = freed ? freed->size : 0;
  if (impl->gdram.release(address)) {
    if (impl->observer)
      impl->observer->released(address, bytes);
    return std::nullopt;
  }
  if (const Gdram::Block *block = impl->gdram.find(address))
    return "cannot free " + hex(address) + ": it lies inside the allocation that starts at " + hex(block->base);
  if (impl->gdram.wasFreed(address))
    return "cannot free " + hex(address) + ": it was freed before";
  return "cannot free " + hex(address) + ": it is no allocated device memory";
}

void Device::memoryInfo(uint64_t &freeBytes, uint64_t &totalBytes) const {
  freeBytes = impl->gdram.freeBytes();
  totalBytes = impl->gdram.totalBytes();
}

std::optional<Device::Allocation> Device::findAllocation(uint64_t address) const {
  const Gdram::Block *block = impl->gdram.find(address);
  if (!block)
    return std::nullopt;
  return Allocation{block->base, block->size};
}

Error Device::write(uint64_t address, const void *host, uint64_t bytes) {
  Error error;
  if (bytes)
    if (uint8_t *p = impl->find(address, bytes, "a copy to the device", error)) {
      std::memcpy(p, host, bytes);
      if (impl->observer)
        impl->observer->hostWrote(address, bytes);
    }
  return error;
}

Error Device::read(void *host, uint64_t address, uint64_t bytes) const {
  Error error;
  if (bytes)
    if (const uint8_t *p = impl->find(address, bytes, "a copy from the device", error)) {
      std::memcpy(host, p, bytes);
      if (impl->observer)
        impl->observer->hostRead(address, bytes);
    }
  return error;
}

Error Device::copy(uint64_t dst, uint64_t src, uint64_t bytes) {
  Error error;
  if (!bytes)
    return error;
  const uint8_t *from = impl->find(src, bytes, "the source of a device copy", error);
  uint8_t *to = from ? impl->find(dst, bytes, "the destination of a device copy", error) : nullptr;
  if (to) {
    std::memmove(to, from, bytes);
    if (impl->observer)
      impl->observer->hostCopied(dst, src, bytes);
  }
  return error;
}

Error Device::fill(uint64_t address, uint8_t byte, uint64_t bytes) {
  Error error;
  if (bytes)
    if (uint8_t *p = impl->find(address, bytes, "a fill of device memory", error)) {
      std::memset(p, byte, bytes);
      if (impl->observer)
        impl->observer->hostWrote(address, bytes);
    }
  return error;
}

Error Device::loadImage(std::span<const uint8_t> elf, int &id) {
  std::string error;
  auto program = Program::load({elf.begin(), elf.end()}, error);
  if (!program)
    return error;
  uint32_t arch = program->image().arch;
  if (!impl->config.acceptsArch(arch)) {
    std::string accepted;
    for (uint32_t a : impl->config.archs)
      accepted += (accepted.empty() ? "" : ", ") + std::to_string(a);
    return "this program is compiled for arch " + std::to_string(arch) + ", but machine " + impl->config.name +
           " runs arch " + accepted + "; compile with --bang-mlu-arch=mtp_" + std::to_string(impl->config.archs[0]) +
           " or choose another machine with BANG_MACHINE";
  }
  id = impl->nextProgram++;
  impl->programs[id] = std::move(program);
  impl->showVariables();
  return std::nullopt;
}

void Device::unloadImage(int id) {
  impl->programs.erase(id);
  impl->showVariables();
}

uint64_t Device::variableAddress(int id, uint64_t address) const {
  return impl->windowOf(id) + (address - kDeviceDataBase);
}

Error Device::validate(const LaunchRequest &request) const {
  const MachineConfig &m = impl->config;
  auto it = impl->programs.find(request.image);
  if (it == impl->programs.end())
    return "the program of this launch is not loaded";
  const ImageKernel *kernel = it->second->image().findKernel(request.kernel);
  if (!kernel)
    return "the program has no kernel '" + std::string(request.kernel) + "'";
  const std::string who = "kernel " + kernel->displayName;

  const Dim3 &d = request.dim;
  if (!d.x || !d.y || !d.z)
    return who + " is launched with dimension " + std::to_string(d.x) + " x " + std::to_string(d.y) + " x " +
           std::to_string(d.z) + ", expected at least 1 in each direction";
  if (uint64_t(d.x) * d.y > 0xffffffff || uint64_t(d.x) * d.y * d.z > 0xffffffff)
    return who + " is launched with more than 4294967295 tasks";
  switch (request.type) {
  case TaskType::Block:
    break;
  case TaskType::Union1:
  case TaskType::Union2:
  case TaskType::Union4:
  case TaskType::Union8:
  case TaskType::Union16: {
    uint32_t clusters = uint32_t(request.type) / 4, tasks = clusters * m.coresPerCluster;
    std::string name = "UNION" + std::to_string(clusters);
    if (clusters > m.clusters)
      return who + " is launched as " + name + ", but machine " + m.name + " has " + std::to_string(m.clusters) +
             (m.clusters == 1 ? " cluster" : " clusters");
    if (d.x % tasks)
      return who + " is launched as " + name + " with dimension x = " + std::to_string(d.x) +
             ", expected a multiple of " + std::to_string(tasks) + " (" + std::to_string(clusters) +
             (clusters == 1 ? " cluster" : " clusters") + " of " + std::to_string(m.coresPerCluster) +
             (m.coresPerCluster == 1 ? " core)" : " cores)");
    break;
  }
  default:
    return who + " is launched with a task type that does not exist: " + std::to_string(uint32_t(request.type));
  }
  if (request.params.size() != kernel->paramBytes)
    return who + " takes " + std::to_string(kernel->paramBytes) + " bytes of parameters, but " +
           std::to_string(request.params.size()) + " are given";

  struct Need {
    const char *memory;
    uint64_t bytes, available;
  };
  bool stackOnNram = !(kernel->flags & kKernelStackOnLdram);
  for (const Need &need : {Need{"NRAM", kernel->nramBytes + (stackOnNram ? kMinStackBytes : 0), m.nramBytes},
                           Need{"WRAM", kernel->wramBytes, m.wramBytes}, Need{"SRAM", kernel->sramBytes, m.sramBytes},
                           Need{"LDRAM", kernel->ldramBytes + kMinStackBytes, m.ldramBytes}})
    if (need.bytes > need.available)
      return who + " needs " + kilobytes(need.bytes) + " of " + need.memory + ", but machine " + m.name + " has " +
             kilobytes(need.available);
  uint64_t limit;
  if (!readInstructionLimit(limit))
    return std::string("BANG_MAX_INSTRUCTIONS is '") + std::getenv("BANG_MAX_INSTRUCTIONS") +
           "', expected a whole number above zero";
  unsigned threads;
  if (!readHostThreads(threads))
    return std::string("BANG_HOST_THREADS is '") + std::getenv("BANG_HOST_THREADS") +
           "', expected a number from 1 to " + std::to_string(kMostHostThreads);
  if (!HotCode::understandsSetting())
    return std::string("BANG_JIT is '") + std::getenv("BANG_JIT") + "', expected 0, 1 or eager";
  return std::nullopt;
}

// Every order starts from fresh on-chip memories, so that no run sees what another left there.
void Device::Impl::forgetOnChip() {
  for (auto &sram : srams)
    sram->forget();
  for (auto &memory : memories) {
    memory->nram.forget();
    memory->wram.forget();
    memory->ldram = HostMemory();
  }
}

void Device::Impl::compareOrders(const LaunchRequest &request, Program &program, const ImageKernel &kernel,
                                 uint64_t limit, const MemoryImage &before) {
  MemoryImage after(gdram, program.regions());
  auto observe = [&](Observer *watcher) {
    for (auto &core : cores)
      core->observer = watcher;
  };
  LaunchHost silent;
  silent.print = [](std::string_view) {};
  observe(nullptr);
  auto run = [&](const CopyTiming &timing) {
    forgetOnChip();
    LaunchRequest again = request;
    again.timing = timing;
    LaunchStats stats;
    return Launch(config, cores, program, kernel, again, silent, limit, round).run(stats);
  };
  OrderResult result = dlp::compareOrders(observer->ordersWanted(), before, after, program.asynchronousCopies(), run);
  observe(observer);
  observer->ordersCompared(result);
}

std::optional<Fault> Device::launch(const LaunchRequest &request, const LaunchHost &host, LaunchStats *stats) {
  Program &program = *impl->programs.at(request.image);
  const ImageKernel &kernel = *program.image().findKernel(request.kernel);
  uint64_t limit = 0;
  readInstructionLimit(limit);
  std::vector<uint8_t> params(request.params.begin(), request.params.end());
  impl->shared.image = program.regions();
  impl->shared.params = {kParamBase, params.size(), params.data(), false};
  LaunchStats counted;
  std::optional<MemoryImage> before;
  if (impl->observer && impl->observer->ordersWanted() > 1) {
    impl->forgetOnChip();
    before.emplace(impl->gdram, program.regions());
  }
  Launch launch(impl->config, impl->cores, program, kernel, request, host, limit, impl->round);
  launch.debugger = impl->debugger;
  std::optional<Fault> fault = launch.run(counted);
  if (before && !fault)
    impl->compareOrders(request, program, kernel, limit, *before);
  impl->shared.image.clear();
  impl->shared.params = {};
  if (stats)
    *stats = counted;
  return fault;
}

} // namespace dlp

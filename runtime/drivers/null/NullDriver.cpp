// NullDriver.cpp: a card made of host memory.
#include "runtime/drivers/null/NullDriver.h"

#include "codegen/isa/CardRanges.h"

#include <cstring>
#include <mutex>

namespace cnrt {

static std::map<std::string, NullDriver::Kernel> &kernels() {
  static std::map<std::string, NullDriver::Kernel> table;
  return table;
}

void NullDriver::defineKernel(const std::string &name, Kernel kernel) { kernels()[name] = std::move(kernel); }

Status NullDriver::createOne(Drivers &drivers) {
  drivers.push_back(std::make_unique<NullDriver>());
  return success();
}

Status NullDriver::createTwo(Drivers &drivers) {
  drivers.push_back(std::make_unique<NullDriver>());
  drivers.push_back(std::make_unique<NullDriver>(1));
  return success();
}

NullDriver::NullDriver(unsigned ordinal) : base(dlp::gdramBaseOf(ordinal)), nextAddress(base) {
  deviceFacts.machine = "null";
  deviceFacts.title = "Null device";
  deviceFacts.archs = {372};
  deviceFacts.clusters = 2;
  deviceFacts.coresPerCluster = 4;
  deviceFacts.nramBytes = 768 * dlp::kKiB;
  deviceFacts.wramBytes = dlp::kMiB;
  deviceFacts.sramBytes = 4 * dlp::kMiB;
  deviceFacts.ldramBytes = 16 * dlp::kMiB;
  deviceFacts.gdramBytes = 64 * dlp::kMiB;
  deviceFacts.memoryMegabytesPerSecond = 307200;
}

std::shared_ptr<const KernelInfo> NullDriver::findKernel(int, const std::string &kernel) const {
  auto it = kernels().find(kernel);
  return it == kernels().end() ? nullptr : std::make_shared<const KernelInfo>(it->second.info);
}

Status NullDriver::validate(const LaunchWork &work) const {
  if (work.dim.x && work.dim.y && work.dim.z)
    return success();
  return failure(cnrtErrorArgsInvalid, "a dimension of the launch is zero, expected at least one task");
}

uint64_t NullDriver::allocate(uint64_t bytes) {
  if (bytes > deviceFacts.gdramBytes - usedBytes)
    return 0;
  uint64_t address = nextAddress;
  nextAddress += (bytes + 255) / 256 * 256;
  usedBytes += bytes;
  blocks[address].resize(bytes);
  return address;
}

Status NullDriver::release(uint64_t address) {
  usedBytes -= blocks.at(address).size();
  blocks.erase(address);
  return success();
}

void NullDriver::memoryInfo(uint64_t &freeBytes, uint64_t &totalBytes) {
  totalBytes = deviceFacts.gdramBytes;
  freeBytes = totalBytes - usedBytes;
}

// The runtime has checked that the address is inside a block.
uint8_t *NullDriver::at(uint64_t address) {
  auto it = std::prev(blocks.upper_bound(address));
  return it->second.data() + (address - it->first);
}

Status NullDriver::write(uint64_t address, const void *host, uint64_t bytes) {
  std::memcpy(at(address), host, bytes);
  return success();
}

Status NullDriver::read(void *host, uint64_t address, uint64_t bytes) {
  std::memcpy(host, at(address), bytes);
  return success();
}

Status NullDriver::copy(uint64_t dst, uint64_t src, uint64_t bytes) {
  std::memmove(at(dst), at(src), bytes);
  return success();
}

Status NullDriver::fill(uint64_t address, uint8_t byte, uint64_t bytes) {
  std::memset(at(address), byte, bytes);
  return success();
}

Status NullDriver::loadImage(std::span<const uint8_t>, int &id) {
  id = nextImage++;
  return success();
}

void NullDriver::unloadImage(int) {}

uint64_t NullDriver::findVariable(int image, const std::string &name, uint64_t &bytes) const {
  auto [it, isNew] = variables.try_emplace({image, name});
  if (isNew) {
    it->second = base + dlp::kVariableWindows + variables.size() * 256;
    blocks[it->second].resize(kVariableBytes);
  }
  bytes = kVariableBytes;
  return it->second;
}

Status NullDriver::launch(const LaunchWork &work) {
  return kernels().at(work.kernel).run({work, [this](uint64_t address) { return at(address); }});
}

} // namespace cnrt

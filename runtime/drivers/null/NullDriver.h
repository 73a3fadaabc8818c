// NullDriver.h: the smallest card: host memory, and host functions in place of kernels. A skeleton to clone for other
// cards, and the card of the runtime's unit tests.
#ifndef OPENBANG_RUNTIME_DRIVERS_NULL_NULLDRIVER_H
#define OPENBANG_RUNTIME_DRIVERS_NULL_NULLDRIVER_H

#include "runtime/core/Driver.h"

#include <functional>
#include <map>
#include <set>

namespace cnrt {

class NullDriver : public Driver {
public:
  // What a host function sees when it runs as a kernel: the launch, and device memory as host memory.
  struct Call {
    const LaunchWork &work;
    std::function<void *(uint64_t address)> memory;
  };
  struct Kernel {
    KernelInfo info;
    std::function<Status(const Call &)> run;
  };

  // Every image "contains" all kernels that are defined here.
  static void defineKernel(const std::string &name, Kernel kernel);
  // Every image also contains a variable for each name: so many bytes.
  static constexpr uint64_t kVariableBytes = 16;
  static Status createOne(Drivers &drivers);
  static Status createTwo(Drivers &drivers);

  explicit NullDriver(unsigned ordinal = 0);
  const DeviceFacts &facts() const override { return deviceFacts; }
  std::shared_ptr<const KernelInfo> findKernel(int image, const std::string &kernel) const override;
  Status validate(const LaunchWork &work) const override;

  uint64_t allocate(uint64_t bytes) override;
  Status release(uint64_t address) override;
  void memoryInfo(uint64_t &freeBytes, uint64_t &totalBytes) override;
  Status write(uint64_t address, const void *host, uint64_t bytes) override;
  Status read(void *host, uint64_t address, uint64_t bytes) override;
  Status copy(uint64_t dst, uint64_t src, uint64_t bytes) override;
  Status fill(uint64_t address, uint8_t byte, uint64_t bytes) override;
  Status loadImage(std::span<const uint8_t> image, int &id) override;
  void unloadImage(int id) override;
  uint64_t findVariable(int image, const std::string &name, uint64_t &bytes) const override;
  Status launch(const LaunchWork &work) override;

private:
  uint8_t *at(uint64_t address);

  DeviceFacts deviceFacts;
  // Variables come into being when they are first asked for.
  mutable std::map<uint64_t, std::vector<uint8_t>> blocks;
  mutable std::map<std::pair<int, std::string>, uint64_t> variables;
  uint64_t base;
  uint64_t nextAddress, usedBytes = 0;
  int nextImage = 1;
};

} // namespace cnrt

#endif // OPENBANG_RUNTIME_DRIVERS_NULL_NULLDRIVER_H

// Driver.h: the device interface: everything the runtime asks of a card. Simulated, real or fake cards implement it.
//
// Threads: facts(), findKernel() and validate() may be called by any thread at any time; everything else is called by
// the runtime's one device thread (core/Executor.h), so a driver needs no lock around its device.
#ifndef OPENBANG_RUNTIME_CORE_DRIVER_H
#define OPENBANG_RUNTIME_CORE_DRIVER_H

#include "codegen/object/ImageFormat.h"
#include "runtime/core/Status.h"

#include <chrono>
#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

namespace cnrt {

// What host code may ask about a card. 0 in a rate or in l2Bytes means: not known.
struct DeviceFacts {
  std::string machine;         // short name, for example mlu370-x8
  std::string title;           // what cnDeviceGetName answers
  std::vector<uint32_t> archs; // values of __BANG_ARCH__ it runs, the native one first
  uint32_t clusters = 0, coresPerCluster = 0;
  uint64_t nramBytes = 0, wramBytes = 0, ldramBytes = 0; // of a core
  uint64_t sramBytes = 0;                                // of a cluster
  uint64_t gdramBytes = 0, l2Bytes = 0;
  uint32_t clusterClockKhz = 0, memoryClockKhz = 0, memoryBusBits = 0;
  uint32_t memoryMegabytesPerSecond = 0;
};

// What the runtime must know of a kernel to build its parameter block.
struct KernelInfo {
  std::string displayName; // demangled
  std::vector<dlp::ParamRecord> params;
  uint32_t paramBytes = 0;
};

struct LaunchWork {
  int image = 0;
  std::string kernel; // mangled name
  cnrtDim3_t dim = {1, 1, 1};
  cnrtFunctionType_t type = cnrtFuncTypeBlock;
  std::vector<uint8_t> params; // the packed parameter block
};

class Driver {
public:
  virtual ~Driver() = default;

  virtual const DeviceFacts &facts() const = 0;
  virtual std::shared_ptr<const KernelInfo> findKernel(int image, const std::string &kernel) const = 0; // null: none
  // Checks the launch configuration against the machine, without running.
  virtual Status validate(const LaunchWork &work) const = 0;

  virtual uint64_t allocate(uint64_t bytes) = 0; // 0: out of memory
  virtual Status release(uint64_t address) = 0;
  virtual void memoryInfo(uint64_t &freeBytes, uint64_t &totalBytes) = 0;
  // Ranges are inside one live allocation: the runtime has checked them.
  virtual Status write(uint64_t address, const void *host, uint64_t bytes) = 0;
  virtual Status read(void *host, uint64_t address, uint64_t bytes) = 0;
  virtual Status copy(uint64_t dst, uint64_t src, uint64_t bytes) = 0;
  virtual Status fill(uint64_t address, uint8_t byte, uint64_t bytes) = 0;

  virtual Status loadImage(std::span<const uint8_t> image, int &id) = 0;
  virtual void unloadImage(int id) = 0;
  // Where the __mlu_device__ variable `name` (mangled) of an image lies, for host and kernels. 0: the image has none.
  virtual uint64_t findVariable(int image, const std::string &name, uint64_t &bytes) const = 0;
  // Runs to completion. A kernel's fault is a failure whose message is the whole report.
  virtual Status launch(const LaunchWork &work) = 0;
  // How much time has passed on the card since the program began; nothing: the card's time is that of the host.
  virtual std::optional<std::chrono::nanoseconds> clock() const { return std::nullopt; }
  // The program ends; its device work is over. Tools report now.
  virtual void finish() {}
};

// Makes the cards of this process, at least one, with device memories at addresses of their own. Every libcnrt links
// exactly one definition of createDrivers.
using Drivers = std::vector<std::unique_ptr<Driver>>;
using DriverFactory = Status (*)(Drivers &drivers);
Status createDrivers(Drivers &drivers);

} // namespace cnrt

#endif // OPENBANG_RUNTIME_CORE_DRIVER_H

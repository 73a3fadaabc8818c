// Device.h: the simulated card, as runtime and tools see it. No LLVM, no CNRT words.
//
// A Device is single-threaded: callers serialise. Kernels run to completion inside launch(). All addresses are device
// addresses of GDRAM (codegen/isa/AddressMap.h).
#ifndef OPENBANG_SIMULATOR_DEVICE_H
#define OPENBANG_SIMULATOR_DEVICE_H

#include "codegen/isa/AddressMap.h"

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace dlp {

class Debugger;       // simulator/core/Debugger.h
struct MachineConfig; // simulator/core/MachineConfig.h
class Observer;       // simulator/core/Observer.h

enum class FaultKind : uint8_t {
  IllegalInstruction,
  NullAccess,   // below 64 KiB
  OutOfBounds,  // outside every window, past the end of a memory, outside every GDRAM allocation
  UseAfterFree, // inside a freed GDRAM allocation
  ReadOnly,     // store to code, constants or parameters
  WrongSpace,   // this access cannot reach that memory (scalar to WRAM, vector operand in GDRAM, ...)
  Misaligned,
  BadOperand, // an instruction's operand has a value it does not accept (zero count, negative stride, ...)
  StackOverflow,
  Deadlock, // every core waits
  BarrierMismatch,
  Assert,
  Trap,
  InstructionLimit, // BANG_MAX_INSTRUCTIONS
  Interrupted,      // Ctrl-C
  HostMemory,       // the host has none left
};

// The first fault of a launch; the device stops there. Empty fields are unknown.
struct Fault {
  FaultKind kind;
  std::string message;    // one sentence: what was found and what was expected, in BANG words
  std::string kernel;     // demangled
  std::string sourceFile; // from the line table
  uint32_t sourceLine = 0, sourceColumn = 0;
  uint32_t cluster = 0, core = 0; // core 0x80 is the memory core
  uint64_t task = 0;
  uint64_t pc = 0;
  std::string instruction; // disassembly
  std::string space;       // NRAM, WRAM, SRAM, LDRAM, GDRAM, ROM
  uint64_t address = 0, size = 0;
  std::string queue;              // scalar, compute, io, move
  std::vector<std::string> cores; // Interrupted: where each one was
  std::string describe() const;   // all of it as the lines a user reads
};

enum class TaskType : uint32_t { Block = 1, Union1 = 4, Union2 = 8, Union4 = 16, Union8 = 32, Union16 = 64 };

struct Dim3 {
  uint32_t x = 1, y = 1, z = 1;
};

struct LaunchStats {
  uint64_t instructions = 0; // scalar and Xdlp, all cores
};

// When asynchronous copies happen, between their issue and the sync that waits for them. Late is the usual order.
struct CopyTiming {
  enum Kind : uint8_t { Late, Earliest, OneLine, Random } kind = Late;
  uint64_t value = 0; // OneLine: code address of the copy that happens at once; Random: the seed
};

// What compared orders of a launch gave.
struct OrderResult {
  unsigned tried = 0;
  bool same = true;
  // Where they are not the same: the shortest order found, and what it changes.
  CopyTiming timing;
  uint64_t address = 0, differentBytes = 0;
  std::string faultMessage; // it faults
};

struct LaunchRequest {
  int image;               // from loadImage
  std::string_view kernel; // mangled name
  Dim3 dim;
  TaskType type = TaskType::Block;
  std::span<const uint8_t> params; // packed parameter block, KernelRecord::paramBytes long
  CopyTiming timing = {};
};

// What a launch asks of the program around it.
struct LaunchHost {
  std::function<void(std::string_view text)> print; // __bang_printf output; default: stdout
};

// A short error of a call: empty means success.
using Error = std::optional<std::string>;

class Device {
public:
  // `ordinal`: which one of the process's cards, below kMaxCards; their device memories have addresses of their own.
  explicit Device(const MachineConfig &config, uint32_t ordinal = 0);
  ~Device();

  const MachineConfig &config() const;

  // Before the first use; the observer outlives the device's last call.
  void attach(Observer &observer);
  // Before the first launch; the debugger outlives the last one.
  void attach(Debugger &debugger);

  // GDRAM. Addresses are 256-byte aligned (chosen); 0 means out of memory.
  uint64_t allocate(uint64_t bytes);
  Error release(uint64_t address);
  void memoryInfo(uint64_t &freeBytes, uint64_t &totalBytes) const;
  // Size of the live allocation that contains the address and its base; nullopt when none does.
  struct Allocation {
    uint64_t base, size;
  };
  std::optional<Allocation> findAllocation(uint64_t address) const;
  Error write(uint64_t address, const void *host, uint64_t bytes);
  Error read(void *host, uint64_t address, uint64_t bytes) const;
  Error copy(uint64_t dst, uint64_t src, uint64_t bytes);
  Error fill(uint64_t address, uint8_t byte, uint64_t bytes);

  // Takes a linked device image (copied). On error `id` is untouched.
  Error loadImage(std::span<const uint8_t> elf, int &id);
  void unloadImage(int id);
  // Where the host, and kernels of every image, reach the __mlu_device__ variable at link address `address` of an
  // image.
  uint64_t variableAddress(int id, uint64_t address) const;

  // Checks the launch configuration and the kernel's name without running: the sentence for the user, or nothing.
  Error validate(const LaunchRequest &request) const;
  // Runs to completion. nullopt: success. Requires validate() to have succeeded.
  std::optional<Fault> launch(const LaunchRequest &request, const LaunchHost &host, LaunchStats *stats = nullptr);

private:
  struct Impl;
  std::unique_ptr<Impl> impl;
};

} // namespace dlp

#endif // OPENBANG_SIMULATOR_DEVICE_H

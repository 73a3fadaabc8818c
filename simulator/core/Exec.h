// Exec.h: all that the handler of an Xdlp instruction sees of the machine.
//
// A handler is `uint64_t exec<Row>(Exec &x, const <Row>Ops &ops, Variant v)`; its return value goes to the row's result
// register. The core has read the operands (registers and descriptor) when the instruction issued, and decides when the
// handler runs: at once, or when its queue drains. The core also leaves out instructions that this core does not
// execute (compute and NRAM/WRAM copies on a memory core, SRAM to off-chip copies on other cores): handlers never see
// those.
//
// A handler asks for memory with read() and write(), once per contiguous piece, and works on the host pointers it gets;
// they stay valid until it returns. Anything wrong throws FaultException, which stops the device; the core adds kernel,
// core, task, pc, source line and instruction.
#ifndef OPENBANG_SIMULATOR_CORE_EXEC_H
#define OPENBANG_SIMULATOR_CORE_EXEC_H

#include "codegen/isa/AddressMap.h"
#include "simulator/Device.h"
#include "simulator/core/MachineConfig.h"

#include <cstdint>
#include <string>
#include <string_view>

namespace dlp {

// A set of spaces, one bit each.
using SpaceMask = uint32_t;
constexpr SpaceMask maskOf(Space s) { return 1u << static_cast<unsigned>(s); }
inline constexpr SpaceMask kInNram = maskOf(Space::Nram), kInWram = maskOf(Space::Wram), kInSram = maskOf(Space::Sram),
                           kInLdram = maskOf(Space::Ldram), kInGdram = maskOf(Space::Gdram),
                           kInRom = maskOf(Space::Rom), kInParam = maskOf(Space::Param);

// NRAM, WRAM, SRAM, LDRAM, GDRAM, ROM.
const char *spaceName(Space space);

struct FaultException {
  FaultKind kind;
  std::string message;
  Space space = Space::None;
  uint64_t address = 0, size = 0;
};

class Exec {
public:
  virtual ~Exec() = default;

  // Host memory behind [address, address + bytes), which must lie in one memory of `allowed`; `operand` is the row's
  // operand name, for messages. Zero bytes are fine anywhere. GDRAM means allocations and __mlu_device__ variables;
  // where it may be read, constants (ROM) and kernel parameters may be too.
  virtual const uint8_t *read(uint64_t address, uint64_t bytes, SpaceMask allowed, const char *operand) = 0;
  virtual uint8_t *write(uint64_t address, uint64_t bytes, SpaceMask allowed, const char *operand) = 0;

  // The SRAM of cluster `cluster` of this union task at SRAM-window address `address`, for writing.
  virtual uint8_t *writeRemoteSram(uint64_t cluster, uint64_t address, uint64_t bytes, const char *operand) = 0;

  virtual bool isMemoryCore() const = 0;
  virtual const MachineConfig &machine() const = 0;

  // Mnemonic with suffixes of the instruction that runs, for messages: "vadd.f16".
  virtual std::string mnemonic() const = 0;

  // "vadd.f16: n is 0, expected at least 1"
  [[noreturn]] void badOperand(std::string_view operand, int64_t value, std::string_view expected) const;
  // "vadd.f16: dst is at 0x200001, expected a multiple of 2"
  [[noreturn]] void misaligned(std::string_view operand, uint64_t address, uint64_t alignment) const;
  // Any other fault: `message` says what was found and what was expected; the mnemonic is put in front.
  [[noreturn]] void fault(FaultKind kind, std::string_view message, uint64_t address = 0, uint64_t bytes = 0) const;
};

} // namespace dlp

#endif // OPENBANG_SIMULATOR_CORE_EXEC_H

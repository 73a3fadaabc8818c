// Registers.h: the registers of a core for debuggers, by the numbers that targetXml() gives them.
#ifndef OPENBANG_SIMULATOR_DEBUG_REGISTERS_H
#define OPENBANG_SIMULATOR_DEBUG_REGISTERS_H

#include "simulator/debug/Target.h"

#include <optional>
#include <string>

namespace dlp::debug {

inline constexpr unsigned kPcRegister = 32;

// Names, sizes and groups, in the format of the protocol.
const std::string &targetXml();
unsigned registerCount();
unsigned registerBytes(unsigned number);
std::string registerName(unsigned number);
// nullopt: no such register.
std::optional<uint64_t> readRegister(const Core &core, unsigned number);
// Where a core is: at the barrier it waits at, or before the instruction that runs next.
uint64_t pcOf(const Core &core);
// False: no such register, a read-only one, or a value it cannot hold.
bool writeRegister(Target &target, Core &core, unsigned number, uint64_t value);

} // namespace dlp::debug

#endif // OPENBANG_SIMULATOR_DEBUG_REGISTERS_H

// Exec.cpp: the faults that handlers raise.
#include "simulator/core/Exec.h"

#include "simulator/memory/CoreView.h"

namespace dlp {

const char *spaceName(Space space) {
  switch (space) {
  case Space::None:
    return "";
  case Space::Nram:
    return "NRAM";
  case Space::Wram:
    return "WRAM";
  case Space::Sram:
    return "SRAM";
  case Space::Ldram:
    return "LDRAM";
  case Space::Gdram:
    return "GDRAM";
  case Space::Rom:
    return "ROM";
  case Space::Param:
    return "kernel parameters";
  }
  return "";
}

void Exec::badOperand(std::string_view operand, int64_t value, std::string_view expected) const {
  throw FaultException{FaultKind::BadOperand, mnemonic() + ": " + std::string(operand) + " is " +
                                                  std::to_string(value) + ", expected " + std::string(expected)};
}

void Exec::misaligned(std::string_view operand, uint64_t address, uint64_t alignment) const {
  char hex[24];
  snprintf(hex, sizeof hex, "0x%llx", static_cast<unsigned long long>(address));
  throw FaultException{FaultKind::Misaligned,
                       mnemonic() + ": " + std::string(operand) + " is at " + hex + ", expected a multiple of " +
                           std::to_string(alignment),
                       CoreView::spaceOf(address), address, 0};
}

void Exec::fault(FaultKind kind, std::string_view message, uint64_t address, uint64_t bytes) const {
  throw FaultException{kind, mnemonic() + ": " + std::string(message),
                       address ? CoreView::spaceOf(address) : Space::None, address, bytes};
}

} // namespace dlp

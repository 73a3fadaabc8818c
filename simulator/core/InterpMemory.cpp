// InterpMemory.cpp: loads, stores and atomic operations of the scalar unit.
//
// Cores take turns, so every atomic is one by nature; an sc succeeds when the reserved word still holds its value.
#include "simulator/core/Interp.h"
#include "simulator/core/Steps.h"

#include <algorithm>
#include <type_traits>

namespace dlp {
namespace {

using steps::loadFrom;
using steps::storeTo;

[[noreturn]] void overflow(Core &core, uint64_t address, unsigned bytes) {
  throw FaultException{FaultKind::StackOverflow,
                       "the stack grew into the kernel's variables; use less local memory or fewer nested calls, or "
                       "compile with -bang-stack-on-ldram",
                       CoreView::spaceOf(core.view.withoutTag(address)), core.view.withoutTag(address), bytes};
}

// Words of atomics must be aligned, as on any RISC-V machine.
uint8_t *atomicWord(Core &core, const Op *op, unsigned bytes) {
  core.op = op;
  uint64_t address = core.x[op->rs1];
  if (address & (bytes - 1))
    throw FaultException{FaultKind::Misaligned, "an atomic operation on an address that is no multiple of its size",
                         CoreView::spaceOf(core.view.withoutTag(address)), core.view.withoutTag(address), bytes};
  return core.view.store(address, bytes);
}

} // namespace

// The usual access runs through a remembered window; what that does not hold, or what faults, takes the function that
// finds the memory, as a tail call, so that the usual one saves no registers.
#define DLP_LOAD(ID, TYPE, DEST, EXTEND)                                                                               \
  DLP_UNUSUAL(find##ID) {                                                                                              \
    core.op = op;                                                                                                      \
    const uint8_t *from = core.view.load(core.x[op->rs1] + uint64_t(op->imm), sizeof(TYPE));                           \
    core.DEST[op->rd] = steps::EXTEND(loadFrom<TYPE>(from));                                                           \
    DLP_NEXT();                                                                                                        \
  }                                                                                                                    \
  DLP_OP(ID) {                                                                                                         \
    uint8_t *from;                                                                                                     \
    if (!core.view.seenLoad(core.x[op->rs1] + uint64_t(op->imm), from)) [[unlikely]]                                   \
      DLP_OTHERWISE(find##ID);                                                                                         \
    core.DEST[op->rd] = steps::EXTEND(loadFrom<TYPE>(from));                                                           \
    DLP_NEXT();                                                                                                        \
  }
#define DLP_STORE(ID, TYPE, SOURCE)                                                                                    \
  DLP_UNUSUAL(find##ID) {                                                                                              \
    core.op = op;                                                                                                      \
    storeTo<TYPE>(core.view.store(core.x[op->rs1] + uint64_t(op->imm), sizeof(TYPE)), TYPE(core.SOURCE[op->rs2]));     \
    DLP_NEXT();                                                                                                        \
  }                                                                                                                    \
  DLP_OP(ID) {                                                                                                         \
    uint8_t *to;                                                                                                       \
    if (!core.view.seenStore(core.x[op->rs1] + uint64_t(op->imm), to)) [[unlikely]]                                    \
      DLP_OTHERWISE(find##ID);                                                                                         \
    storeTo<TYPE>(to, TYPE(core.SOURCE[op->rs2]));                                                                     \
    DLP_NEXT();                                                                                                        \
  }                                                                                                                    \
  DLP_UNUSUAL(find##ID##_SP) {                                                                                         \
    core.op = op;                                                                                                      \
    uint64_t address = core.x[op->rs1] + uint64_t(op->imm);                                                            \
    if (address < core.stackLimit) [[unlikely]]                                                                        \
      overflow(core, address, sizeof(TYPE));                                                                           \
    storeTo<TYPE>(core.view.store(address, sizeof(TYPE)), TYPE(core.SOURCE[op->rs2]));                                 \
    DLP_NEXT();                                                                                                        \
  }                                                                                                                    \
  DLP_OP(ID##_SP) {                                                                                                    \
    uint64_t address = core.x[op->rs1] + uint64_t(op->imm);                                                            \
    uint8_t *to;                                                                                                       \
    if (!core.view.seenStore(address, to) || address < core.stackLimit) [[unlikely]]                                   \
      DLP_OTHERWISE(find##ID##_SP);                                                                                    \
    storeTo<TYPE>(to, TYPE(core.SOURCE[op->rs2]));                                                                     \
    DLP_NEXT();                                                                                                        \
  }

DLP_LOAD(LB, int8_t, x, extended)
DLP_LOAD(LH, int16_t, x, extended)
DLP_LOAD(LW, int32_t, x, extended)
DLP_LOAD(LD, uint64_t, x, extended)
DLP_LOAD(LBU, uint8_t, x, extended)
DLP_LOAD(LHU, uint16_t, x, extended)
DLP_LOAD(LWU, uint32_t, x, extended)
DLP_LOAD(FLH, uint16_t, f, boxed)
DLP_LOAD(FLW, uint32_t, f, boxed)
DLP_LOAD(FLD, uint64_t, f, boxed)
DLP_STORE(SB, uint8_t, x)
DLP_STORE(SH, uint16_t, x)
DLP_STORE(SW, uint32_t, x)
DLP_STORE(SD, uint64_t, x)
DLP_STORE(FSH, uint16_t, f)
DLP_STORE(FSW, uint32_t, f)
DLP_STORE(FSD, uint64_t, f)

#define DLP_LOAD_RESERVED(ID, TYPE)                                                                                    \
  DLP_OP(ID) {                                                                                                         \
    TYPE value = loadFrom<TYPE>(atomicWord(core, op, sizeof(TYPE)));                                                   \
    core.reserved = true;                                                                                              \
    core.reservedAddress = core.x[op->rs1];                                                                            \
    core.reservedValue = uint64_t(int64_t(value));                                                                     \
    core.x[op->rd] = uint64_t(int64_t(value));                                                                         \
    DLP_NEXT();                                                                                                        \
  }
#define DLP_STORE_CONDITIONAL(ID, TYPE)                                                                                \
  DLP_OP(ID) {                                                                                                         \
    uint8_t *word = atomicWord(core, op, sizeof(TYPE));                                                                \
    bool holds = core.reserved && core.reservedAddress == core.x[op->rs1] &&                                           \
                 uint64_t(int64_t(loadFrom<TYPE>(word))) == core.reservedValue;                                        \
    if (holds)                                                                                                         \
      storeTo<TYPE>(word, TYPE(core.x[op->rs2]));                                                                      \
    core.reserved = false;                                                                                             \
    core.x[op->rd] = !holds;                                                                                           \
    DLP_NEXT();                                                                                                        \
  }
DLP_LOAD_RESERVED(LR_W, int32_t)
DLP_LOAD_RESERVED(LR_D, int64_t)
DLP_STORE_CONDITIONAL(SC_W, int32_t)
DLP_STORE_CONDITIONAL(SC_D, int64_t)

// `old` and `value` have the type of the operation.
#define DLP_AMO(ID, TYPE, NEW)                                                                                         \
  DLP_OP(ID) {                                                                                                         \
    uint8_t *word = atomicWord(core, op, sizeof(TYPE));                                                                \
    TYPE old = loadFrom<TYPE>(word), value = TYPE(core.x[op->rs2]);                                                    \
    storeTo<TYPE>(word, TYPE(NEW));                                                                                    \
    core.x[op->rd] = uint64_t(int64_t(std::make_signed_t<TYPE>(old)));                                                 \
    DLP_NEXT();                                                                                                        \
  }
#define DLP_AMO_BOTH(ID, SIGN, NEW)                                                                                    \
  DLP_AMO(ID##_W, SIGN##32_t, NEW)                                                                                     \
  DLP_AMO(ID##_D, SIGN##64_t, NEW)

DLP_AMO_BOTH(AMOSWAP, uint, ((void)old, value))
DLP_AMO_BOTH(AMOADD, uint, old + value)
DLP_AMO_BOTH(AMOXOR, uint, old ^ value)
DLP_AMO_BOTH(AMOAND, uint, old &value)
DLP_AMO_BOTH(AMOOR, uint, old | value)
DLP_AMO_BOTH(AMOMIN, int, std::min(old, value))
DLP_AMO_BOTH(AMOMAX, int, std::max(old, value))
DLP_AMO_BOTH(AMOMINU, uint, std::min(old, value))
DLP_AMO_BOTH(AMOMAXU, uint, std::max(old, value))

} // namespace dlp

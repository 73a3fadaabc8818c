// InterpFloat.cpp: scalar floating point: F, D, Zfh and Zfbfmin.
//
// f32 and f64 run on the host while the rounding mode is to nearest-even; their exception flags collect in the host's
// status word until someone asks (Core::harvestHostFlags). Other modes, f16 and every NaN result take SoftFloat.
// Narrow values are NaN-boxed: a register that does not hold ones above a narrow value reads as the canonical NaN.
#include "simulator/core/Interp.h"

#include <bit>
#include <cmath>
#include <type_traits>

// Host operations must neither move nor vanish: their flags count.
#pragma STDC FENV_ACCESS ON

namespace dlp {
namespace {

template <unsigned Bits> constexpr FloatFormat kFormat = Bits == 16 ? kF16 : Bits == 32 ? kF32 : kF64;

template <unsigned Bits> uint64_t unbox(uint64_t reg, FloatFormat format = kFormat<Bits>) {
  if constexpr (Bits == 64)
    return reg;
  constexpr uint64_t low = (uint64_t{1} << (Bits & 63)) - 1;
  return (reg | low) == ~uint64_t{0} ? reg & low : format.canonicalNan();
}

template <unsigned Bits> uint64_t box(uint64_t value) {
  if constexpr (Bits == 64)
    return value;
  return value | ~uint64_t{0} << (Bits & 63);
}

float asFloat(uint64_t v) { return std::bit_cast<float>(uint32_t(v)); }
double asDouble(uint64_t v) { return std::bit_cast<double>(v); }

[[noreturn]] void badRounding(Core &core, const Op *op) {
  core.op = op;
  throw FaultException{FaultKind::IllegalInstruction, "a float instruction under a rounding mode that does not exist"};
}

unsigned modeOf(Core &core, const Op *op) {
  unsigned mode = op->rm == 7 ? core.roundMode : op->rm;
  if (mode > 4) [[unlikely]]
    badRounding(core, op);
  return mode;
}

// Runs `operation` on a SoftFloat in this mode and keeps the flags.
template <typename Operation> uint64_t soft(Core &core, unsigned mode, Operation operation) {
  SoftFloat s{RoundMode(mode), 0};
  uint64_t result = operation(s);
  core.floatFlags |= s.flags;
  return result;
}

template <unsigned Bits> using HostFloat = std::conditional_t<Bits == 32, float, double>;
template <unsigned Bits> HostFloat<Bits> asHost(uint64_t v) {
  if constexpr (Bits == 32)
    return asFloat(v);
  else
    return asDouble(v);
}
template <unsigned Bits> uint64_t bitsOf(HostFloat<Bits> v) {
  if constexpr (Bits == 32)
    return std::bit_cast<uint32_t>(v);
  else
    return std::bit_cast<uint64_t>(v);
}

// Whether the host computes what this instruction asks: rounding to nearest even, operands of the right width.
bool roundsAsHost(const Core &core, const Op *op) { return (op->rm == 7 ? core.roundMode : op->rm) == 0; }
template <unsigned Bits> bool areBoxed(uint64_t both) {
  return Bits == 64 || both >> (Bits & 63) == ~uint64_t{0} >> (Bits & 63);
}

// A two-operand operation on the host; false when it is work for SoftFloat, as every NaN result is.
template <unsigned Bits, typename Host> bool onHost(const Core &core, const Op *op, uint64_t &result, Host host) {
  if constexpr (Bits == 16) {
    return false;
  } else {
    const uint64_t a = core.f[op->rs1], b = core.f[op->rs2];
    if (!roundsAsHost(core, op) || !areBoxed<Bits>(a & b))
      return false;
    const HostFloat<Bits> r = host(asHost<Bits>(a), asHost<Bits>(b));
    result = box<Bits>(bitsOf<Bits>(r));
    return !std::isnan(r);
  }
}

// The same for comparisons: NaN operands raise flags of their own.
template <unsigned Bits, typename Host>
bool comparesOnHost(const Core &core, const Op *op, uint64_t &result, Host host) {
  if constexpr (Bits == 16) {
    return false;
  } else {
    const uint64_t ra = core.f[op->rs1], rb = core.f[op->rs2];
    const HostFloat<Bits> a = asHost<Bits>(ra), b = asHost<Bits>(rb);
    if (!areBoxed<Bits>(ra & rb) || std::isnan(a) || std::isnan(b))
      return false;
    result = host(a, b);
    return true;
  }
}

// From a signed integer.
template <unsigned Bits> bool fromIntegerOnHost(const Core &core, const Op *op, uint64_t &result, int64_t value) {
  if constexpr (Bits == 16) {
    return false;
  } else {
    if (!roundsAsHost(core, op))
      return false;
    result = box<Bits>(bitsOf<Bits>(HostFloat<Bits>(value)));
    return true;
  }
}

// To a signed integer of `Width` bits, toward zero, as C casts do; the limits are left to SoftFloat.
template <unsigned Bits, unsigned Width> bool toIntegerOnHost(const Core &core, const Op *op, uint64_t &result) {
  if constexpr (Bits == 16) {
    return false;
  } else {
    constexpr HostFloat<Bits> kLimit = HostFloat<Bits>(uint64_t{1} << (Width - 1));
    const uint64_t reg = core.f[op->rs1];
    const HostFloat<Bits> v = asHost<Bits>(reg);
    if (RoundMode(op->rm) != RoundMode::Zero || !areBoxed<Bits>(reg) || !(std::fabs(v) < kLimit))
      return false;
    result = Width == 32 ? uint64_t(int64_t(int32_t(v))) : uint64_t(int64_t(v));
    return true;
  }
}

// A two-operand operation in software.
template <unsigned Bits, typename Operation> uint64_t inSoftware(Core &core, const Op *op, Operation operation) {
  const unsigned mode = modeOf(core, op);
  const uint64_t a = unbox<Bits>(core.f[op->rs1]), b = unbox<Bits>(core.f[op->rs2]);
  return box<Bits>(soft(core, mode, [&](SoftFloat &s) { return operation(s, a, b); }));
}

// +-(a * b) +- c: the signs are flipped on the operands, so that there is one rounding.
template <unsigned Bits, bool NegateProduct, bool NegateAddend>
bool fusedOnHost(const Core &core, const Op *op, uint64_t &result) {
  if constexpr (Bits == 16) {
    return false;
  } else {
    const uint64_t a = core.f[op->rs1], b = core.f[op->rs2], c = core.f[op->rs3];
    if (!roundsAsHost(core, op) || !areBoxed<Bits>(a & b & c))
      return false;
    const HostFloat<Bits> factor = asHost<Bits>(a), addend = asHost<Bits>(c);
    const HostFloat<Bits> r =
        std::fma(NegateProduct ? -factor : factor, asHost<Bits>(b), NegateAddend ? -addend : addend);
    result = box<Bits>(bitsOf<Bits>(r));
    return !std::isnan(r);
  }
}

template <unsigned Bits, bool NegateProduct, bool NegateAddend> uint64_t fused(Core &core, const Op *op) {
  constexpr FloatFormat format = kFormat<Bits>;
  uint64_t a = unbox<Bits>(core.f[op->rs1]), b = unbox<Bits>(core.f[op->rs2]), c = unbox<Bits>(core.f[op->rs3]);
  if (NegateProduct)
    a ^= format.signBit();
  if (NegateAddend)
    c ^= format.signBit();
  return box<Bits>(soft(core, modeOf(core, op), [&](SoftFloat &s) { return s.fma(format, a, b, c); }));
}

// Negative operands are left to SoftFloat.
template <unsigned Bits> bool squareRootOnHost(const Core &core, const Op *op, uint64_t &result) {
  if constexpr (Bits == 16) {
    return false;
  } else {
    const uint64_t a = core.f[op->rs1];
    if (!roundsAsHost(core, op) || !areBoxed<Bits>(a) || a >> (Bits - 1) & 1)
      return false;
    const HostFloat<Bits> r = std::sqrt(asHost<Bits>(a));
    result = box<Bits>(bitsOf<Bits>(r));
    return !std::isnan(r);
  }
}

template <unsigned Bits> uint64_t squareRoot(Core &core, const Op *op) {
  const uint64_t a = unbox<Bits>(core.f[op->rs1]);
  return box<Bits>(soft(core, modeOf(core, op), [&](SoftFloat &s) { return s.sqrt(kFormat<Bits>, a); }));
}

template <unsigned Bits> uint64_t toInteger(Core &core, const Op *op, unsigned bits, bool isSigned) {
  uint64_t a = unbox<Bits>(core.f[op->rs1]);
  return soft(core, modeOf(core, op), [&](SoftFloat &s) { return s.toInteger(kFormat<Bits>, a, bits, isSigned); });
}

template <unsigned Bits> uint64_t fromInteger(Core &core, const Op *op, uint64_t value, bool isSigned) {
  return box<Bits>(
      soft(core, modeOf(core, op), [&](SoftFloat &s) { return s.fromInteger(kFormat<Bits>, value, isSigned); }));
}

template <unsigned Bits> uint64_t injectSign(Core &core, const Op *op, uint64_t keep, uint64_t flip) {
  // sign of the result = (keep & sign of rs1) ^ sign of rs2 ^ flip
  constexpr uint64_t sign = kFormat<Bits>.signBit();
  uint64_t a = unbox<Bits>(core.f[op->rs1]), b = unbox<Bits>(core.f[op->rs2]);
  return box<Bits>((a & ~sign) | (((a & keep) ^ b ^ flip) & sign));
}

template <unsigned Bits, typename Operation> uint64_t exact(Core &core, const Op *op, Operation operation) {
  uint64_t a = unbox<Bits>(core.f[op->rs1]), b = unbox<Bits>(core.f[op->rs2]);
  return soft(core, 0, [&](SoftFloat &s) -> uint64_t { return operation(s, a, b); });
}

template <unsigned To, unsigned From>
uint64_t convert(Core &core, const Op *op, FloatFormat to = kFormat<To>, FloatFormat from = kFormat<From>) {
  uint64_t a = unbox<From>(core.f[op->rs1], from);
  return box<To>(soft(core, modeOf(core, op), [&](SoftFloat &s) { return s.convert(to, from, a); }));
}

} // namespace

#define DLP_F(ID, VALUE)                                                                                               \
  DLP_OP(ID) {                                                                                                         \
    core.f[op->rd] = VALUE;                                                                                            \
    DLP_NEXT();                                                                                                        \
  }
#define DLP_X(ID, VALUE)                                                                                               \
  DLP_OP(ID) {                                                                                                         \
    core.x[op->rd] = VALUE;                                                                                            \
    DLP_NEXT();                                                                                                        \
  }
#define SOFT2(NAME, BITS) [](SoftFloat &s, uint64_t a, uint64_t b) { return s.NAME(kFormat<BITS>, a, b); }
#define HOST2(OPERATOR) [](auto a, auto b) { return a OPERATOR b; }

// HOST computes on the host and says whether it could; SOFTWARE is the whole truth, in a function of its own, so that
// the usual one saves no registers.
#define DLP_EITHER(ID, DEST, HOST, SOFTWARE)                                                                           \
  DLP_UNUSUAL(soft##ID) {                                                                                              \
    core.DEST[op->rd] = SOFTWARE;                                                                                      \
    DLP_NEXT();                                                                                                        \
  }                                                                                                                    \
  DLP_OP(ID) {                                                                                                         \
    uint64_t result = 0;                                                                                               \
    if (!HOST) [[unlikely]]                                                                                            \
      DLP_OTHERWISE(soft##ID);                                                                                         \
    core.DEST[op->rd] = result;                                                                                        \
    DLP_NEXT();                                                                                                        \
  }
#define DLP_ARITHMETIC(ID, BITS, OPERATOR, NAME)                                                                       \
  DLP_EITHER(ID, f, onHost<BITS>(core, op, result, HOST2(OPERATOR)), inSoftware<BITS>(core, op, SOFT2(NAME, BITS)))
#define DLP_FUSED(ID, BITS, NEGATE_PRODUCT, NEGATE_ADDEND)                                                             \
  DLP_EITHER(ID, f, (fusedOnHost<BITS, NEGATE_PRODUCT, NEGATE_ADDEND>(core, op, result)),                              \
             (fused<BITS, NEGATE_PRODUCT, NEGATE_ADDEND>(core, op)))
#define DLP_COMPARISON(ID, BITS, OPERATOR, NAME)                                                                       \
  DLP_EITHER(ID, x, comparesOnHost<BITS>(core, op, result, HOST2(OPERATOR)), exact<BITS>(core, op, SOFT2(NAME, BITS)))
#define DLP_TO_INTEGER(ID, BITS, WIDTH)                                                                                \
  DLP_EITHER(ID, x, (toIntegerOnHost<BITS, WIDTH>(core, op, result)), toInteger<BITS>(core, op, WIDTH, true))
#define DLP_FROM_INTEGER(ID, BITS, VALUE)                                                                              \
  DLP_EITHER(ID, f, fromIntegerOnHost<BITS>(core, op, result, VALUE),                                                  \
             fromInteger<BITS>(core, op, uint64_t(VALUE), true))

#define DLP_ALL_OF(S, BITS)                                                                                            \
  DLP_ARITHMETIC(FADD_##S, BITS, +, add)                                                                               \
  DLP_ARITHMETIC(FSUB_##S, BITS, -, sub)                                                                               \
  DLP_ARITHMETIC(FMUL_##S, BITS, *, mul)                                                                               \
  DLP_ARITHMETIC(FDIV_##S, BITS, /, div)                                                                               \
  DLP_EITHER(FSQRT_##S, f, squareRootOnHost<BITS>(core, op, result), squareRoot<BITS>(core, op))                       \
  DLP_FUSED(FMADD_##S, BITS, false, false)                                                                             \
  DLP_FUSED(FMSUB_##S, BITS, false, true)                                                                              \
  DLP_FUSED(FNMSUB_##S, BITS, true, false)                                                                             \
  DLP_FUSED(FNMADD_##S, BITS, true, true)                                                                              \
  DLP_F(FSGNJ_##S, injectSign<BITS>(core, op, 0, 0))                                                                   \
  DLP_F(FSGNJN_##S, injectSign<BITS>(core, op, 0, ~uint64_t{0}))                                                       \
  DLP_F(FSGNJX_##S, injectSign<BITS>(core, op, ~uint64_t{0}, 0))                                                       \
  DLP_F(FMIN_##S, box<BITS>(exact<BITS>(core, op, SOFT2(min, BITS))))                                                  \
  DLP_F(FMAX_##S, box<BITS>(exact<BITS>(core, op, SOFT2(max, BITS))))                                                  \
  DLP_COMPARISON(FEQ_##S, BITS, ==, equal)                                                                             \
  DLP_COMPARISON(FLT_##S, BITS, <, less)                                                                               \
  DLP_COMPARISON(FLE_##S, BITS, <=, lessEqual)                                                                         \
  DLP_TO_INTEGER(FCVT_W_##S, BITS, 32)                                                                                 \
  DLP_X(FCVT_WU_##S, toInteger<BITS>(core, op, 32, false))                                                             \
  DLP_TO_INTEGER(FCVT_L_##S, BITS, 64)                                                                                 \
  DLP_X(FCVT_LU_##S, toInteger<BITS>(core, op, 64, false))                                                             \
  DLP_FROM_INTEGER(FCVT_FROM_W_##S, BITS, int64_t(int32_t(core.x[op->rs1])))                                           \
  DLP_F(FCVT_FROM_WU_##S, fromInteger<BITS>(core, op, uint32_t(core.x[op->rs1]), false))                               \
  DLP_FROM_INTEGER(FCVT_FROM_L_##S, BITS, int64_t(core.x[op->rs1]))                                                    \
  DLP_F(FCVT_FROM_LU_##S, fromInteger<BITS>(core, op, core.x[op->rs1], false))                                         \
  DLP_X(FCLASS_##S, classifyFloat(kFormat<BITS>, unbox<BITS>(core.f[op->rs1])))                                        \
  DLP_F(FMV_FROM_X_##S, box<BITS>(core.x[op->rs1] & (~uint64_t{0} >> (64 - BITS))))

DLP_ALL_OF(H, 16)
DLP_ALL_OF(S, 32)
DLP_ALL_OF(D, 64)

// Moves to integer registers keep the bits and extend the sign.
DLP_X(FMV_TO_X_H, uint64_t(int64_t(int16_t(core.f[op->rs1]))))
DLP_X(FMV_TO_X_S, uint64_t(int64_t(int32_t(core.f[op->rs1]))))
DLP_X(FMV_TO_X_D, core.f[op->rs1])

DLP_F(FCVT_S_D, (convert<32, 64>(core, op)))
DLP_F(FCVT_D_S, (convert<64, 32>(core, op)))
DLP_F(FCVT_S_H, (convert<32, 16>(core, op)))
DLP_F(FCVT_H_S, (convert<16, 32>(core, op)))
DLP_F(FCVT_D_H, (convert<64, 16>(core, op)))
DLP_F(FCVT_H_D, (convert<16, 64>(core, op)))
DLP_F(FCVT_BF16_S, (convert<16, 32>(core, op, kBf16)))
DLP_F(FCVT_S_BF16, (convert<32, 16>(core, op, kF32, kBf16)))

} // namespace dlp

// InterpFloat.cpp: scalar floating point: F, D, Zfh and Zfbfmin.
//
// f32 and f64 run on the host while the rounding mode is to nearest-even; their exception flags collect in the host's
// status word until someone asks (Core::harvestHostFlags). Other modes, f16 and every NaN result take SoftFloat.
// Narrow values are NaN-boxed: a register that does not hold ones above a narrow value reads as the canonical NaN.
#include "simulator/core/Interp.h"

#include <bit>
#include <cmath>

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

// A two-operand operation: `host` computes it on the host type, `operation` in software.
template <unsigned Bits, typename Host, typename Operation>
uint64_t binary(Core &core, const Op *op, Host host, Operation operation) {
  unsigned mode = modeOf(core, op);
  uint64_t a = unbox<Bits>(core.f[op->rs1]), b = unbox<Bits>(core.f[op->rs2]);
  if constexpr (Bits == 32) {
    if (mode == 0) {
      float r = host(asFloat(a), asFloat(b));
      if (!std::isnan(r)) [[likely]]
        return box<32>(std::bit_cast<uint32_t>(r));
    }
  } else if constexpr (Bits == 64) {
    if (mode == 0) {
      double r = host(asDouble(a), asDouble(b));
      if (!std::isnan(r)) [[likely]]
        return std::bit_cast<uint64_t>(r);
    }
  }
  return box<Bits>(soft(core, mode, [&](SoftFloat &s) { return operation(s, a, b); }));
}

// +-(a * b) +- c: the signs are flipped on the operands, so that there is one rounding.
template <unsigned Bits, bool NegateProduct, bool NegateAddend> uint64_t fused(Core &core, const Op *op) {
  constexpr FloatFormat format = kFormat<Bits>;
  unsigned mode = modeOf(core, op);
  uint64_t a = unbox<Bits>(core.f[op->rs1]), b = unbox<Bits>(core.f[op->rs2]), c = unbox<Bits>(core.f[op->rs3]);
  if (NegateProduct)
    a ^= format.signBit();
  if (NegateAddend)
    c ^= format.signBit();
  if constexpr (Bits == 32) {
    if (mode == 0) {
      float r = std::fma(asFloat(a), asFloat(b), asFloat(c));
      if (!std::isnan(r)) [[likely]]
        return box<32>(std::bit_cast<uint32_t>(r));
    }
  } else if constexpr (Bits == 64) {
    if (mode == 0) {
      double r = std::fma(asDouble(a), asDouble(b), asDouble(c));
      if (!std::isnan(r)) [[likely]]
        return std::bit_cast<uint64_t>(r);
    }
  }
  return box<Bits>(soft(core, mode, [&](SoftFloat &s) { return s.fma(format, a, b, c); }));
}

template <unsigned Bits> uint64_t squareRoot(Core &core, const Op *op) {
  unsigned mode = modeOf(core, op);
  uint64_t a = unbox<Bits>(core.f[op->rs1]);
  if constexpr (Bits == 32) {
    if (mode == 0 && !(a >> 31))
      if (float r = std::sqrt(asFloat(a)); !std::isnan(r))
        return box<32>(std::bit_cast<uint32_t>(r));
  } else if constexpr (Bits == 64) {
    if (mode == 0 && !(a >> 63))
      if (double r = std::sqrt(asDouble(a)); !std::isnan(r))
        return std::bit_cast<uint64_t>(r);
  }
  return box<Bits>(soft(core, mode, [&](SoftFloat &s) { return s.sqrt(kFormat<Bits>, a); }));
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

#define DLP_ALL_OF(S, BITS)                                                                                            \
  DLP_F(FADD_##S, binary<BITS>(core, op, HOST2(+), SOFT2(add, BITS)))                                                  \
  DLP_F(FSUB_##S, binary<BITS>(core, op, HOST2(-), SOFT2(sub, BITS)))                                                  \
  DLP_F(FMUL_##S, binary<BITS>(core, op, HOST2(*), SOFT2(mul, BITS)))                                                  \
  DLP_F(FDIV_##S, binary<BITS>(core, op, HOST2(/), SOFT2(div, BITS)))                                                  \
  DLP_F(FSQRT_##S, squareRoot<BITS>(core, op))                                                                         \
  DLP_F(FMADD_##S, (fused<BITS, false, false>(core, op)))                                                              \
  DLP_F(FMSUB_##S, (fused<BITS, false, true>(core, op)))                                                               \
  DLP_F(FNMSUB_##S, (fused<BITS, true, false>(core, op)))                                                              \
  DLP_F(FNMADD_##S, (fused<BITS, true, true>(core, op)))                                                               \
  DLP_F(FSGNJ_##S, injectSign<BITS>(core, op, 0, 0))                                                                   \
  DLP_F(FSGNJN_##S, injectSign<BITS>(core, op, 0, ~uint64_t{0}))                                                       \
  DLP_F(FSGNJX_##S, injectSign<BITS>(core, op, ~uint64_t{0}, 0))                                                       \
  DLP_F(FMIN_##S, box<BITS>(exact<BITS>(core, op, SOFT2(min, BITS))))                                                  \
  DLP_F(FMAX_##S, box<BITS>(exact<BITS>(core, op, SOFT2(max, BITS))))                                                  \
  DLP_X(FEQ_##S, exact<BITS>(core, op, SOFT2(equal, BITS)))                                                            \
  DLP_X(FLT_##S, exact<BITS>(core, op, SOFT2(less, BITS)))                                                             \
  DLP_X(FLE_##S, exact<BITS>(core, op, SOFT2(lessEqual, BITS)))                                                        \
  DLP_X(FCVT_W_##S, toInteger<BITS>(core, op, 32, true))                                                               \
  DLP_X(FCVT_WU_##S, toInteger<BITS>(core, op, 32, false))                                                             \
  DLP_X(FCVT_L_##S, toInteger<BITS>(core, op, 64, true))                                                               \
  DLP_X(FCVT_LU_##S, toInteger<BITS>(core, op, 64, false))                                                             \
  DLP_F(FCVT_FROM_W_##S, fromInteger<BITS>(core, op, uint64_t(int64_t(int32_t(core.x[op->rs1]))), true))               \
  DLP_F(FCVT_FROM_WU_##S, fromInteger<BITS>(core, op, uint32_t(core.x[op->rs1]), false))                               \
  DLP_F(FCVT_FROM_L_##S, fromInteger<BITS>(core, op, core.x[op->rs1], true))                                           \
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

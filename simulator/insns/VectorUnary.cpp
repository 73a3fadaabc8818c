// VectorUnary.cpp: one vector in, one out; fills and moves.
//
// Functions without an exact result (exp, log, sin, ...) are computed in f64 and rounded to f32, then to the element
// type: the error in f32 is a half unit in the last place and a trace (chosen: the hardware's tables are not published,
// kernels are written for the mathematical function).
#include "simulator/insns/Elements.h"
#include "simulator/insns/Handlers.h"
#include "simulator/insns/Operands.h"

#include <algorithm>
#include <cmath>
#include <cstring>

namespace dlp {
namespace {

// The source is the destination itself or lies apart from it. 16-bit floats go through f32 in blocks.
template <class Op, class T> void mapUnary(T *dst, const T *src, uint64_t n) {
  if constexpr (isFloat<T> && sizeof(T) == 2 && !requires { Op::kOnBits; }) {
    constexpr uint64_t kBlock = 256;
    float lanes[kBlock];
    for (uint64_t done = 0; done < n; done += kBlock) {
      const uint64_t count = std::min(kBlock, n - done);
      widen(src + done, lanes, count);
      mapUnary<Op, float>(lanes, lanes, count);
      narrow(lanes, dst + done, count);
    }
  } else if constexpr (requires { Op::kCallsLibrary; }) {
    for (uint64_t i = 0; i < n; ++i)
      dst[i] = Op::lane(src[i]);
  } else {
#pragma clang loop vectorize(assume_safety)
    for (uint64_t i = 0; i < n; ++i)
      dst[i] = Op::lane(src[i]);
  }
}

template <class Op, class T, class Ops> void runUnary(Exec &x, const Ops &ops) {
  const uint64_t n = checkCount(x, "n", ops.n);
  const T *a = readElements<T>(x, ops.src, n, "src");
  T *dst = writeElements<T>(x, ops.dst, n, "dst");
  Source<T> src(a, n, dst, n * sizeof(T), InPlace::Allowed);
  mapUnary<Op, T>(dst, src, n);
}

// The element with its sign bit cleared or flipped; also of NaN, whose other bits stay.
float signCleared(float v) { return std::bit_cast<float>(std::bit_cast<uint32_t>(v) & 0x7fffffff); }
template <class T> T signCleared(T v) { return {uint16_t(v.bits & 0x7fff)}; }
float signFlipped(float v) { return std::bit_cast<float>(std::bit_cast<uint32_t>(v) ^ 0x80000000); }
template <class T> T signFlipped(T v) { return {uint16_t(v.bits ^ 0x8000)}; }

struct Abs {
  static constexpr bool kOnBits = true;
  template <class T> static T lane(T v) {
    if constexpr (isFloat<T>)
      return signCleared(v);
    else
      return v < T(0) ? T(0u - uint32_t(v)) : v; // the most negative value stays
  }
};
struct Neg {
  static constexpr bool kOnBits = true;
  template <class T> static T lane(T v) {
    if constexpr (isFloat<T>)
      return signFlipped(v);
    else
      return T(0u - uint32_t(v));
  }
};
struct Not {
  template <class T> static T lane(T v) { return T(v == 0); }
};
struct BitNot {
  template <class T> static T lane(T v) { return T(~v); }
};
// As maximum with 0 on the right: -0 stays, NaN gives NaN.
struct Relu {
  template <class T> static T lane(T v) {
    const T result = v < 0 ? T(0) : v;
    if constexpr (isFloat<T>)
      return canonical(result);
    else
      return result;
  }
};

// Operations on floats in terms of f32.
template <float (*f)(float)> struct ByFloat {
  static float lane(float v) { return canonical(f(v)); }
};
float square(float v) { return v * v; }
float sign(float v) { return v >= 0 ? 1.0f : -1.0f; } // chosen: NaN gives -1
float squareRoot(float v) { return std::sqrt(v); }
float reciprocal(float v) { return 1.0f / v; }
float floorOf(float v) {
  constexpr float kWhole = 0x1p23f; // from here on every float is a whole number
  const float near = std::fabs(v) < kWhole ? v : 0.0f;
  const float truncated = float(int32_t(near));
  const float floored = truncated > near ? truncated - 1.0f : truncated;
  return std::fabs(v) < kWhole ? std::copysign(floored, v) : v;
}

// Functions in terms of f64.
template <double (*f)(double)> struct ByDouble {
  static constexpr bool kCallsLibrary = true;
  static float lane(float v) { return canonical(float(f(v))); }
};
double rsqrt(double v) { return 1.0 / std::sqrt(v); }
double sigmoid(double v) { return 1.0 / (1.0 + std::exp(-v)); }
double softplus(double v) { return v > 0 ? v + std::log1p(std::exp(-v)) : std::log1p(std::exp(v)); }
double tanhGelu(double v) {
  constexpr double kScale = 0.79788456080286535588; // sqrt(2 / pi)
  // 0.5 (1 + tanh u) is 1 / (1 + e to the -2u), which keeps its precision where it is small.
  return v == -INFINITY ? -0.0 : v / (1 + std::exp(-2 * kScale * (v + 0.044715 * v * v * v)));
}
// x * Phi(x); erfc keeps its precision where Phi is small. The limit at -inf is -0.
double gelu(double v) { return v == -INFINITY ? -0.0 : 0.5 * v * std::erfc(-v * M_SQRT1_2); }

} // namespace

#define DLP_VECTOR_UNARY(ROW, OP, WITH)                                                                                \
  uint64_t exec##ROW(Exec &x, const ROW##Ops &ops, Variant v) {                                                        \
    WITH(v.e0, [&](auto t) { runUnary<OP, typename decltype(t)::type>(x, ops); });                                     \
    return 0;                                                                                                          \
  }

DLP_VECTOR_UNARY(Vabs, Abs, withNumber)
DLP_VECTOR_UNARY(Vneg, Neg, withNumber)
DLP_VECTOR_UNARY(Vnot, Not, withNumber)
DLP_VECTOR_UNARY(Vbnot, BitNot, withBits)
DLP_VECTOR_UNARY(Vrelu, Relu, withNumber)
DLP_VECTOR_UNARY(Vsquare, ByFloat<square>, withFloat)
DLP_VECTOR_UNARY(Vsign, ByFloat<sign>, withFloat)
DLP_VECTOR_UNARY(Vsqrt, ByFloat<squareRoot>, withFloat)
DLP_VECTOR_UNARY(Vrecip, ByFloat<reciprocal>, withFloat)
DLP_VECTOR_UNARY(Vfloor, ByFloat<floorOf>, withFloat)
DLP_VECTOR_UNARY(Vrsqrt, ByDouble<rsqrt>, withFloat)
DLP_VECTOR_UNARY(Vexp, ByDouble<std::exp>, withFloat)
DLP_VECTOR_UNARY(Vexp2, ByDouble<std::exp2>, withFloat)
DLP_VECTOR_UNARY(Vlog, ByDouble<std::log>, withFloat)
DLP_VECTOR_UNARY(Vlog2, ByDouble<std::log2>, withFloat)
DLP_VECTOR_UNARY(Vsin, ByDouble<std::sin>, withFloat)
DLP_VECTOR_UNARY(Vcos, ByDouble<std::cos>, withFloat)
DLP_VECTOR_UNARY(Vtanh, ByDouble<std::tanh>, withFloat)
DLP_VECTOR_UNARY(Vsigmoid, ByDouble<sigmoid>, withFloat)
DLP_VECTOR_UNARY(Vgelu, ByDouble<gelu>, withFloat)
DLP_VECTOR_UNARY(Vgelup, ByDouble<tanhGelu>, withFloat)
DLP_VECTOR_UNARY(Vsoftplus, ByDouble<softplus>, withFloat)

uint64_t execVround(Exec &x, const VroundOps &ops, Variant v) {
  withFloat(v.e0, [&](auto t) {
    using T = typename decltype(t)::type;
    if (Rounding(v.mode) == Rounding::RD)
      runUnary<ByDouble<std::round>, T>(x, ops);
    else
      runUnary<ByDouble<std::nearbyint>, T>(x, ops);
  });
  return 0;
}

uint64_t execVmove(Exec &x, const VmoveOps &ops, Variant v) {
  const uint64_t n = checkCount(x, "n", ops.n);
  withBits(v.e0, [&](auto t) {
    using T = typename decltype(t)::type;
    const T *src = readElements<T>(x, ops.src, n, "src");
    T *dst = writeElements<T>(x, ops.dst, n, "dst");
    std::memmove(dst, src, n * sizeof(T));
  });
  return 0;
}

uint64_t execVset(Exec &x, const VsetOps &ops, Variant v) {
  const uint64_t n = checkCount(x, "n", ops.n);
  withBits(v.e0, [&](auto t) {
    using T = typename decltype(t)::type;
    std::fill_n(writeElements<T>(x, ops.dst, n, "dst"), n, T(ops.value));
  });
  return 0;
}

} // namespace dlp

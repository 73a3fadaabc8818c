// VectorUnary.cpp: one vector in, one out; fills and moves.
//
// Functions without an exact result (log, sin, ...) are computed in f64 and rounded to f32, then to the element type:
// the error in f32 is a half unit in the last place and a trace; exp, which is computed in f32, is off by 0.7 of
// a unit at most (chosen: the hardware's tables are not published, kernels are written for the mathematical function).
#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "simulator/insns/VectorUnary.cpp"
#include <hwy/foreach_target.h>

#include "simulator/insns/Elements.h"
#include "simulator/insns/Math-inl.h"
#include "simulator/insns/Operands.h"
#include "simulator/insns/Simd.h"

#include <algorithm>
#include <cmath>
#include <cstring>

HWY_BEFORE_NAMESPACE();
namespace dlp {
namespace HWY_NAMESPACE {
namespace {

namespace hn = hwy::HWY_NAMESPACE;

constexpr uint64_t kBlock = 256;

// As many elements as a vector has lanes of what Op computes in.
template <class Op> HWY_INLINE void oneVector(float *dst, const float *src) {
  const typename Op::Tag d;
  const auto x = hn::LoadU(d, src), result = Op::lanes(x);
  const auto isNaN = hn::Or(hn::IsNaN(x), hn::IsNaN(result));
  const auto canonicalNaN = hn::BitCast(d, hn::Set(hn::RebindToUnsigned<typename Op::Tag>(), kFloatNaN));
  hn::StoreU(hn::IfThenElse(isNaN, canonicalNaN, result), d, dst);
}
template <class Op> void mapVectors(float *dst, const float *src, uint64_t n) {
  const uint64_t lanes = hn::Lanes(typename Op::Tag());
  uint64_t i = 0;
  for (; i + lanes <= n; i += lanes)
    oneVector<Op>(dst + i, src + i);
  HWY_ALIGN float rest[hn::MaxLanes(typename Op::Tag())] = {};
  std::copy(src + i, src + n, rest);
  oneVector<Op>(rest, rest);
  std::copy(rest, rest + (n - i), dst + i);
}

// The source is the destination itself or lies apart from it. 16-bit floats go through f32 in blocks.
template <class Op, class T> void mapUnary(T *dst, const T *src, uint64_t n) {
  if constexpr (isFloat<T> && sizeof(T) == 2 && !requires { Op::kOnBits; }) {
    float lanes[kBlock];
    for (uint64_t done = 0; done < n; done += kBlock) {
      const uint64_t count = std::min(kBlock, n - done);
      widen(src + done, lanes, count);
      mapUnary<Op, float>(lanes, lanes, count);
      narrow(lanes, dst + done, count);
    }
  } else if constexpr (requires { typename Op::Tag; }) {
    mapVectors<Op>(dst, src, n);
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

// Functions on vectors of f32 and of f64, of a single f64, and of the C library.
template <math::F (*f)(math::F)> struct ByFloats {
  using Tag = math::FloatLanes;
  HWY_INLINE static math::F lanes(math::F v) { return f(v); }
};
template <math::V (*f)(math::V)> struct ByDoubles {
  using Tag = math::Floats;
  HWY_INLINE static hn::Vec<Tag> lanes(hn::Vec<Tag> v) { return math::demote(f(math::promote(v))); }
};
template <double (*f)(double)> struct ByDouble {
  static float lane(float v) { return canonical(float(f(v))); }
};
template <double (*f)(double)> struct ByLibrary : ByDouble<f> {
  static constexpr bool kCallsLibrary = true;
};
double rsqrt(double v) { return 1.0 / std::sqrt(v); }
// x * Phi(x); erfc keeps its precision where Phi is small. The limit at -inf is -0.
double gelu(double v) { return v == -INFINITY ? -0.0 : 0.5 * v * std::erfc(-v * M_SQRT1_2); }

} // namespace

#undef DLP_VECTOR_UNARY
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
DLP_VECTOR_UNARY(Vexp, ByFloats<math::expOfFloats>, withFloat)
DLP_VECTOR_UNARY(Vexp2, ByDoubles<math::exp2>, withFloat)
DLP_VECTOR_UNARY(Vlog, ByDoubles<math::log>, withFloat)
DLP_VECTOR_UNARY(Vlog2, ByDoubles<math::log2>, withFloat)
DLP_VECTOR_UNARY(Vsin, ByDoubles<math::sin>, withFloat)
DLP_VECTOR_UNARY(Vcos, ByDoubles<math::cos>, withFloat)
DLP_VECTOR_UNARY(Vtanh, ByDoubles<math::tanh>, withFloat)
DLP_VECTOR_UNARY(Vsigmoid, ByDoubles<math::sigmoid>, withFloat)
DLP_VECTOR_UNARY(Vgelu, ByLibrary<gelu>, withFloat)
DLP_VECTOR_UNARY(Vgelup, ByDoubles<math::tanhGelu>, withFloat)
DLP_VECTOR_UNARY(Vsoftplus, ByDoubles<math::softplus>, withFloat)

uint64_t execVround(Exec &x, const VroundOps &ops, Variant v) {
  withFloat(v.e0, [&](auto t) {
    using T = typename decltype(t)::type;
    if (Rounding(v.mode) == Rounding::RD)
      runUnary<ByLibrary<std::round>, T>(x, ops);
    else
      runUnary<ByLibrary<std::nearbyint>, T>(x, ops);
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

} // namespace HWY_NAMESPACE
} // namespace dlp
HWY_AFTER_NAMESPACE();

#if HWY_ONCE
namespace dlp {
DLP_DISPATCH(Vabs)
DLP_DISPATCH(Vneg)
DLP_DISPATCH(Vnot)
DLP_DISPATCH(Vbnot)
DLP_DISPATCH(Vrelu)
DLP_DISPATCH(Vsquare)
DLP_DISPATCH(Vsign)
DLP_DISPATCH(Vsqrt)
DLP_DISPATCH(Vrecip)
DLP_DISPATCH(Vfloor)
DLP_DISPATCH(Vrsqrt)
DLP_DISPATCH(Vexp)
DLP_DISPATCH(Vexp2)
DLP_DISPATCH(Vlog)
DLP_DISPATCH(Vlog2)
DLP_DISPATCH(Vsin)
DLP_DISPATCH(Vcos)
DLP_DISPATCH(Vtanh)
DLP_DISPATCH(Vsigmoid)
DLP_DISPATCH(Vgelu)
DLP_DISPATCH(Vgelup)
DLP_DISPATCH(Vsoftplus)
DLP_DISPATCH(Vround)
DLP_DISPATCH(Vmove)
DLP_DISPATCH(Vset)
} // namespace dlp
#endif // HWY_ONCE

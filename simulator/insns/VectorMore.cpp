// VectorMore.cpp: two-operand rows of VectorMore.td: remainders, high products, sums toward zero, extremes that say
// what a NaN does, unordered comparisons, saturating arithmetic; shifts and other rows of one vector.
#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "simulator/insns/VectorMore.cpp"
#include <hwy/foreach_target.h>

#include "simulator/insns/Round-inl.h"
#include "simulator/insns/VectorBinary-inl.h"

#include <algorithm>
#include <bit>
#include <cfloat>
#include <cmath>
#include <limits>

HWY_BEFORE_NAMESPACE();
namespace dlp {
namespace HWY_NAMESPACE {
namespace {

struct Rem {
  static constexpr bool kCallsLibrary = true;
  template <class T> static T lane(T a, T b) {
    if constexpr (isFloat<T>)
      return canonical(std::fmod(a, b));
    else
      return T(int64_t(a) % int64_t(b));
  }
  template <class T> static void check(const Exec &x, const char *name, const T *b, uint64_t n) {
    checkDivisors(x, name, b, n);
  }
};

struct MulHigh {
  template <class T> static T lane(T a, T b) {
    using Wide = std::conditional_t<std::is_signed_v<T>, int64_t, uint64_t>;
    return T((Wide(a) * Wide(b)) >> (8 * sizeof(T)));
  }
};

// The error of the nearest sum tells whether it lies beyond the exact one; then the next value toward zero is one bit
// less. Truncating the f32 sum again to 16 bits is truncating the exact sum.
struct AddToZero {
  static constexpr Direction kDirection = Direction::ToZero;
  template <class T> static T lane(T a, T b) {
    const float sum = a + b, part = sum - a, error = (a - (sum - part)) + (b - part);
    const bool beyond = (sum > 0 && error < 0) || (sum < 0 && error > 0);
    const float truncated = std::bit_cast<float>(std::bit_cast<uint32_t>(sum) - beyond);
    const bool overflow = std::fabs(sum) == INFINITY && std::fabs(a) != INFINITY && std::fabs(b) != INFINITY;
    return canonical(overflow ? std::copysign(FLT_MAX, sum) : truncated);
  }
};

// lhs where the two are equal (also +0 and -0).
struct MaxNumber {
  template <class T> static T lane(T a, T b) { return canonical(b > a || a != a ? b : a); }
};
struct MinNumber {
  template <class T> static T lane(T a, T b) { return canonical(b < a || a != a ? b : a); }
};
struct MaxNaN {
  template <class T> static T lane(T a, T b) { return canonical(b > a || b != b ? (a != a ? a : b) : a); }
};
struct MinNaN {
  template <class T> static T lane(T a, T b) { return canonical(b < a || b != b ? (a != a ? a : b) : a); }
};

struct EqU {
  template <class T> static T lane(T a, T b) { return T(!(a < b || a > b)); }
};
struct NeU {
  template <class T> static T lane(T a, T b) { return T(a != b); }
};
struct LtU {
  template <class T> static T lane(T a, T b) { return T(!(a >= b)); }
};
struct LeU {
  template <class T> static T lane(T a, T b) { return T(!(a > b)); }
};
struct GtU {
  template <class T> static T lane(T a, T b) { return T(!(a <= b)); }
};
struct GeU {
  template <class T> static T lane(T a, T b) { return T(!(a < b)); }
};

template <class T> T saturate(int64_t v) {
  return T(std::clamp<int64_t>(v, std::numeric_limits<T>::min(), std::numeric_limits<T>::max()));
}
struct AddSaturated {
  template <class T> static T lane(T a, T b) { return saturate<T>(int64_t(a) + int64_t(b)); }
};
struct SubSaturated {
  template <class T> static T lane(T a, T b) { return saturate<T>(int64_t(a) - int64_t(b)); }
};
struct MulSaturated {
  // The product of two u32 needs all 64 bits.
  template <class T> static T lane(T a, T b) {
    if constexpr (std::is_same_v<T, uint32_t>)
      return T(std::min<uint64_t>(uint64_t(a) * b, UINT32_MAX));
    else
      return saturate<T>(int64_t(a) * int64_t(b));
  }
};

struct Relun {
  template <class T> static T lane(T v, T cap) {
    const T positive = v < 0 ? T(0) : v;
    const T result = cap < positive ? cap : positive;
    if constexpr (isFloat<T>)
      return canonical(result);
    else
      return result;
  }
};

// Squares of floats are exact in f64 and do not overflow there.
struct Hypot {
  template <class T> static T lane(T a, T b) {
    const double root = std::sqrt(double(a) * a + double(b) * b);
    const bool infinite = std::fabs(a) == INFINITY || std::fabs(b) == INFINITY;
    return canonical(infinite ? INFINITY : float(root));
  }
};

template <class T> struct Op {
  using type = T;
};

template <class F> void withIntegers(uint8_t e, F f) {
  withNumber(e, [&](auto t) {
    if constexpr (!isFloat<typename decltype(t)::type>)
      f(t);
  });
}

// The operation of a mode, numbered as in VectorMore.td.
template <class F> void withPick(uint8_t mode, F f) {
  return mode == 1   ? f(Op<MaxNumber>{})
         : mode == 2 ? f(Op<MinNumber>{})
         : mode == 3 ? f(Op<MaxNaN>{})
                     : f(Op<MinNaN>{});
}
template <class F> void withUnordered(uint8_t mode, F f) {
  return mode == 7    ? f(Op<EqU>{})
         : mode == 8  ? f(Op<NeU>{})
         : mode == 9  ? f(Op<LtU>{})
         : mode == 10 ? f(Op<LeU>{})
         : mode == 11 ? f(Op<GtU>{})
                      : f(Op<GeU>{});
}
template <class F> void withSaturated(uint8_t mode, F f) {
  return mode == 1 ? f(Op<AddSaturated>{}) : mode == 2 ? f(Op<SubSaturated>{}) : f(Op<MulSaturated>{});
}

enum ShiftMode : uint8_t { Sll = 1, Srl, Sra, Rol, Ror };

template <ShiftMode kMode, class T> HWY_INLINE T shiftLane(T v, unsigned bits) {
  using U = std::make_unsigned_t<T>;
  constexpr unsigned kWidth = 8 * sizeof(T);
  if constexpr (kMode == Sll)
    return bits < kWidth ? T(uint32_t(U(v)) << bits) : T(0);
  else if constexpr (kMode == Srl)
    return bits < kWidth ? T(uint32_t(U(v)) >> bits) : T(0);
  else if constexpr (kMode == Sra)
    return T(std::make_signed_t<T>(v) >> std::min(bits, kWidth - 1));
  else if constexpr (kMode == Rol)
    return T(std::rotl(U(v), int(bits % kWidth)));
  else
    return T(std::rotr(U(v), int(bits % kWidth)));
}

template <ShiftMode kMode, class T> void shiftLanes(T *dst, const T *src, unsigned bits, uint64_t n) {
#pragma clang loop vectorize(assume_safety)
  for (uint64_t i = 0; i < n; ++i)
    dst[i] = shiftLane<kMode>(src[i], bits);
}

// The operands of a scalar form under their usual names.
struct ScalarForm {
  uint64_t dst, src, value, n;
};

} // namespace

#undef DLP_VECTOR_MODES
#define DLP_VECTOR_MODES(ROW, SELECT, WITH)                                                                            \
  uint64_t exec##ROW(Exec &x, const ROW##Ops &ops, Variant v) {                                                        \
    SELECT(v.mode, [&](auto op) {                                                                                      \
      WITH(v.e0, [&](auto t) { runVector<typename decltype(op)::type, typename decltype(t)::type>(x, ops); });         \
    });                                                                                                                \
    return 0;                                                                                                          \
  }                                                                                                                    \
  uint64_t exec##ROW##Vs(Exec &x, const ROW##VsOps &ops, Variant v) {                                                  \
    SELECT(v.mode, [&](auto op) {                                                                                      \
      WITH(v.e0, [&](auto t) { runScalar<typename decltype(op)::type, typename decltype(t)::type>(x, ops); });         \
    });                                                                                                                \
    return 0;                                                                                                          \
  }                                                                                                                    \
  uint64_t exec##ROW##Cy(Exec &x, const ROW##CyOps &ops, Variant v) {                                                  \
    SELECT(v.mode, [&](auto op) {                                                                                      \
      WITH(v.e0, [&](auto t) { runCycle<typename decltype(op)::type, typename decltype(t)::type>(x, ops); });          \
    });                                                                                                                \
    return 0;                                                                                                          \
  }

DLP_VECTOR_BINARY(Vrem, Rem, withNumber)
DLP_VECTOR_BINARY(Vmulh, MulHigh, withIntegers)
DLP_VECTOR_BINARY(Vaddtz, AddToZero, withFloat)
DLP_VECTOR_MODES(Vpick, withPick, withFloat)
DLP_VECTOR_MODES(Vcmpu, withUnordered, withNumber)
DLP_VECTOR_MODES(Vsat, withSaturated, withIntegers)

uint64_t execVshift(Exec &x, const VshiftOps &ops, Variant v) {
  withIntegers(v.e0, [&](auto t) {
    using T = typename decltype(t)::type;
    const uint64_t n = checkCount(x, "n", ops.n);
    const T *a = readElements<T>(x, ops.src, n, "src");
    T *dst = writeElements<T>(x, ops.dst, n, "dst");
    Source<T> source(a, n, dst, n * sizeof(T), InPlace::Allowed);
    constexpr uint64_t kWidest = 64;
    const bool rotates = v.mode == Rol || v.mode == Ror;
    const auto bits = unsigned(rotates ? ops.bits % kWidest : std::min(ops.bits, kWidest));
    const auto shift = v.mode == Sll   ? shiftLanes<Sll, T>
                       : v.mode == Srl ? shiftLanes<Srl, T>
                       : v.mode == Sra ? shiftLanes<Sra, T>
                       : v.mode == Rol ? shiftLanes<Rol, T>
                                       : shiftLanes<Ror, T>;
    shift(dst, source, bits, n);
  });
  return 0;
}

uint64_t execVrelun(Exec &x, const VrelunOps &ops, Variant v) {
  withNumber(v.e0, [&](auto t) {
    runScalar<Relun, typename decltype(t)::type>(x, ScalarForm{ops.dst, ops.src, ops.cap, ops.n});
  });
  return 0;
}

uint64_t execVhypot(Exec &x, const VhypotOps &ops, Variant v) {
  withFloat(v.e0, [&](auto t) { runVector<Hypot, typename decltype(t)::type>(x, ops); });
  return 0;
}

uint64_t execVmod64(Exec &x, const Vmod64Ops &ops, Variant) {
  const uint64_t n = checkCount(x, "n", ops.n);
  if (ops.value == 0)
    x.badOperand("value", 0, "a divisor other than 0");
  const uint64_t *a = readElements<uint64_t>(x, ops.src, n, "src");
  uint64_t *dst = writeElements<uint64_t>(x, ops.dst, n, "dst");
  Source<uint64_t> source(a, n, dst, n * sizeof(uint64_t), InPlace::Allowed);
  const uint64_t *src = source;
  for (uint64_t i = 0; i < n; ++i)
    dst[i] = src[i] % ops.value;
  return 0;
}

template <class T> static void countUp(Exec &x, const ViotaOps &ops) {
  const uint64_t n = checkCount(x, "n", ops.n);
  T *dst = writeElements<T>(x, ops.dst, n, "dst");
#pragma clang loop vectorize(assume_safety)
  for (uint64_t i = 0; i < n; ++i)
    if constexpr (isFloat<T>)
      dst[i] = roundLane<Rounding::RN, T>(double(i));
    else
      dst[i] = T(i);
}

uint64_t execViota(Exec &x, const ViotaOps &ops, Variant v) {
  withWide(v.e0, [&](auto t) { countUp<typename decltype(t)::type>(x, ops); });
  return 0;
}

template <class D, class S> static void squareWide(Exec &x, const VsquarewOps &ops) {
  const uint64_t n = checkCount(x, "n", ops.n);
  const S *a = readElements<S>(x, ops.src, n, "src");
  D *dst = writeElements<D>(x, ops.dst, n, "dst");
  Source<S> source(a, n, dst, n * sizeof(D), InPlace::Copy);
  const S *src = source;
  for (uint64_t i = 0; i < n; ++i)
    dst[i] = D(uint32_t(src[i]) * uint32_t(src[i]));
}

uint64_t execVsquarew(Exec &x, const VsquarewOps &ops, Variant v) {
  switch (Suffix(v.e1)) {
  case Suffix::I8:
    squareWide<int16_t, int8_t>(x, ops);
    break;
  case Suffix::I16:
    squareWide<int32_t, int16_t>(x, ops);
    break;
  case Suffix::U8:
    squareWide<uint16_t, uint8_t>(x, ops);
    break;
  default:
    squareWide<uint32_t, uint16_t>(x, ops);
    break;
  }
  return 0;
}

// The product rounds to f32, then the sum; the element type rounds once (chosen).
template <class T>
static void scaleRows(Exec &x, uint64_t dstAt, uint64_t wAt, uint64_t srcAt, const uint64_t *accAt, uint64_t p,
                      uint64_t c) {
  const uint64_t n = checkProduct(x, {{"p", p}, {"c", c}}), bytes = n * sizeof(T);
  const T *w = readElements<T>(x, wAt, p, "w"), *a = readElements<T>(x, srcAt, n, "src");
  const T *added = accAt ? readElements<T>(x, *accAt, n, "acc") : nullptr;
  T *dst = writeElements<T>(x, dstAt, n, "dst");
  const Source<T> factors(w, p, dst, bytes, InPlace::Copy), source(a, n, dst, bytes, InPlace::Allowed),
      sums(added, added ? n : 0, dst, bytes, InPlace::Allowed);
  const T *factor = factors, *src = source, *acc = sums;
  for (uint64_t i = 0; i < n; ++i) {
    const float product = toFloat(src[i]) * toFloat(factor[i / c]);
    dst[i] = fromFloat<T>(added ? product + toFloat(acc[i]) : product);
  }
}

uint64_t execVrowmul(Exec &x, const VrowmulOps &ops, Variant v) {
  withFloat(v.e0,
            [&](auto t) { scaleRows<typename decltype(t)::type>(x, ops.dst, ops.w, ops.src, nullptr, ops.p, ops.c); });
  return 0;
}

uint64_t execVrowmuladd(Exec &x, const VrowmuladdOps &ops, Variant v) {
  withFloat(v.e0,
            [&](auto t) { scaleRows<typename decltype(t)::type>(x, ops.dst, ops.w, ops.src, &ops.acc, ops.p, ops.c); });
  return 0;
}

} // namespace HWY_NAMESPACE
} // namespace dlp
HWY_AFTER_NAMESPACE();

#if HWY_ONCE
namespace dlp {
DLP_DISPATCH_BINARY(Vrem)
DLP_DISPATCH_BINARY(Vmulh)
DLP_DISPATCH_BINARY(Vaddtz)
DLP_DISPATCH_BINARY(Vpick)
DLP_DISPATCH_BINARY(Vcmpu)
DLP_DISPATCH_BINARY(Vsat)
DLP_DISPATCH(Vshift)
DLP_DISPATCH(Vrelun)
DLP_DISPATCH(Vhypot)
DLP_DISPATCH(Vmod64)
DLP_DISPATCH(Viota)
DLP_DISPATCH(Vsquarew)
DLP_DISPATCH(Vrowmul)
DLP_DISPATCH(Vrowmuladd)
} // namespace dlp
#endif // HWY_ONCE

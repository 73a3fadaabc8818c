// VectorBinary-inl.h: the three forms of a two-operand row (vector, scalar, cycling), for any operation on lanes.
//
// An operation is a type with `template <class T> static T lane(T a, T b)` for f32, integers and raw bits. Loops over
// lanes are compiled once for each instruction set (Simd.h).

// Per-target include guard, as Highway asks.
#if defined(OPENBANG_SIMULATOR_INSNS_VECTORBINARY_INL_H) == defined(HWY_TARGET_TOGGLE)
#ifdef OPENBANG_SIMULATOR_INSNS_VECTORBINARY_INL_H
#undef OPENBANG_SIMULATOR_INSNS_VECTORBINARY_INL_H
#else
#define OPENBANG_SIMULATOR_INSNS_VECTORBINARY_INL_H
#endif

#include "simulator/insns/Elements.h"
#include "simulator/insns/Handlers.h"
#include "simulator/insns/Operands.h"
#include "simulator/insns/Simd.h"

#include <algorithm>
#include <string>
#include <vector>

#include <hwy/highway.h> // once for each instruction set

HWY_BEFORE_NAMESPACE();
namespace dlp {
namespace HWY_NAMESPACE {

// Sources are the destination itself or lie apart from it, so lanes are independent. 16-bit floats go through f32 in
// blocks that stay in the first cache: the conversions have wide loops of their own.
inline constexpr uint64_t kBlock = 256;

// 16-bit results round to nearest even, or as the operation says.
template <class Op, class T> void narrowLanes(const float *lanes, T *dst, uint64_t n) {
  if constexpr (requires { Op::kDirection; })
    narrow(lanes, dst, n, Op::kDirection);
  else
    narrow(lanes, dst, n);
}

template <class Op, class T> void mapLanes(T *dst, const T *a, const T *b, uint64_t n) {
  if constexpr (isFloat<T> && sizeof(T) == 2) {
    float left[kBlock], right[kBlock];
    for (uint64_t done = 0; done < n; done += kBlock) {
      const uint64_t count = std::min(kBlock, n - done);
      widen(a + done, left, count);
      widen(b + done, right, count);
      mapLanes<Op, float>(left, left, right, count);
      narrowLanes<Op>(left, dst + done, count);
    }
  } else if constexpr (requires { Op::kCallsLibrary; }) {
    for (uint64_t i = 0; i < n; ++i)
      dst[i] = Op::template lane<T>(a[i], b[i]);
  } else {
#pragma clang loop vectorize(assume_safety)
    for (uint64_t i = 0; i < n; ++i)
      dst[i] = Op::template lane<T>(a[i], b[i]);
  }
}

template <class Op, class T> void mapScalar(T *dst, const T *a, T b, uint64_t n) {
  if constexpr (isFloat<T> && sizeof(T) == 2) {
    float left[kBlock];
    const float right = toFloat(b);
    for (uint64_t done = 0; done < n; done += kBlock) {
      const uint64_t count = std::min(kBlock, n - done);
      widen(a + done, left, count);
      mapScalar<Op, float>(left, left, right, count);
      narrowLanes<Op>(left, dst + done, count);
    }
  } else if constexpr (requires { Op::kCallsLibrary; }) {
    for (uint64_t i = 0; i < n; ++i)
      dst[i] = Op::template lane<T>(a[i], b);
  } else {
#pragma clang loop vectorize(assume_safety)
    for (uint64_t i = 0; i < n; ++i)
      dst[i] = Op::template lane<T>(a[i], b);
  }
}

// An operation may refuse values of its second operand.
template <class Op, class T> void checkSecond(const Exec &x, const char *name, const T *b, uint64_t n) {
  if constexpr (requires { Op::check(x, name, b, n); })
    Op::check(x, name, b, n);
}

// Chosen: an integer quotient or remainder by zero is a fault. The reference asks for divisors other than 0.
template <class T> void checkDivisors(const Exec &x, const char *name, const T *b, uint64_t n) {
  if constexpr (!isFloat<T>) {
    const T *zero = std::find(b, b + n, T(0));
    if (zero != b + n)
      x.fault(FaultKind::BadOperand,
              "element " + std::to_string(zero - b) + " of " + name + " is 0, expected divisors other than 0");
  }
}

template <class Op, class T, class Ops> void runVector(Exec &x, const Ops &ops) {
  const uint64_t n = checkCount(x, "n", ops.n);
  const T *a = readElements<T>(x, ops.lhs, n, "lhs"), *b = readElements<T>(x, ops.rhs, n, "rhs");
  checkSecond<Op>(x, "rhs", b, n);
  T *dst = writeElements<T>(x, ops.dst, n, "dst");
  Source<T> lhs(a, n, dst, n * sizeof(T), InPlace::Allowed), rhs(b, n, dst, n * sizeof(T), InPlace::Allowed);
  mapLanes<Op, T>(dst, lhs, rhs, n);
}

template <class Op, class T, class Ops> void runScalar(Exec &x, const Ops &ops) {
  const uint64_t n = checkCount(x, "n", ops.n);
  const T value = fromRegister<T>(ops.value);
  checkSecond<Op>(x, "value", &value, 1);
  const T *a = readElements<T>(x, ops.src, n, "src");
  T *dst = writeElements<T>(x, ops.dst, n, "dst");
  Source<T> src(a, n, dst, n * sizeof(T), InPlace::Allowed);
  mapScalar<Op, T>(dst, src, value, n);
}

template <class Op, class T, class Ops> void runCycle(Exec &x, const Ops &ops) {
  const uint64_t n = checkCount(x, "n", ops.n), segN = checkCount(x, "seg_n", ops.seg_n);
  if (n % segN)
    x.badOperand("n", int64_t(n), "a multiple of seg_n = " + std::to_string(segN));
  const T *a = readElements<T>(x, ops.src, n, "src"), *b = readElements<T>(x, ops.seg, segN, "seg");
  checkSecond<Op>(x, "seg", b, segN);
  T *dst = writeElements<T>(x, ops.dst, n, "dst");
  Source<T> src(a, n, dst, n * sizeof(T), InPlace::Allowed), seg(b, segN, dst, n * sizeof(T), InPlace::Copy);
  // Short segments repeat in a longer one, which keeps the loop over lanes long.
  constexpr uint64_t kLongEnough = 512;
  std::vector<T> repeated;
  const T *pattern = seg;
  uint64_t period = segN;
  if (segN < kLongEnough && segN < n) {
    period = std::min(n, segN * (kLongEnough / segN));
    repeated.resize(period);
    for (uint64_t i = 0; i < period; ++i)
      repeated[i] = pattern[i % segN];
    pattern = repeated.data();
  }
  for (uint64_t done = 0; done < n; done += period)
    mapLanes<Op, T>(dst + done, src + done, pattern, std::min(period, n - done));
}

} // namespace HWY_NAMESPACE
} // namespace dlp
HWY_AFTER_NAMESPACE();

// Defines the handlers of one row of VecBinary: WITH chooses the element types. Behind them, for all instruction sets,
// the row needs DLP_DISPATCH_BINARY.
#undef DLP_VECTOR_BINARY
#define DLP_VECTOR_BINARY(ROW, OP, WITH)                                                                               \
  uint64_t exec##ROW(Exec &x, const ROW##Ops &ops, Variant v) {                                                        \
    WITH(v.e0, [&](auto t) { runVector<OP, typename decltype(t)::type>(x, ops); });                                    \
    return 0;                                                                                                          \
  }                                                                                                                    \
  uint64_t exec##ROW##Vs(Exec &x, const ROW##VsOps &ops, Variant v) {                                                  \
    WITH(v.e0, [&](auto t) { runScalar<OP, typename decltype(t)::type>(x, ops); });                                    \
    return 0;                                                                                                          \
  }                                                                                                                    \
  uint64_t exec##ROW##Cy(Exec &x, const ROW##CyOps &ops, Variant v) {                                                  \
    WITH(v.e0, [&](auto t) { runCycle<OP, typename decltype(t)::type>(x, ops); });                                     \
    return 0;                                                                                                          \
  }

#undef DLP_DISPATCH_BINARY
#define DLP_DISPATCH_BINARY(ROW)                                                                                       \
  DLP_DISPATCH(ROW)                                                                                                    \
  DLP_DISPATCH(ROW##Vs)                                                                                                \
  DLP_DISPATCH(ROW##Cy)

#endif // per-target include guard

// Fuse.cpp: two operations on three operands, and chains of operations on each element.
//
// vfuse computes floats in f64 and rounds once, vchain rounds after each step (chosen: the reference leaves both open;
// the exact sum or product of two elements needs no more than f64 has). Integers wrap.
#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "simulator/insns/Fuse.cpp"
#include <hwy/foreach_target.h>

#include "simulator/insns/Elements.h"
#include "simulator/insns/Operands.h"
#include "simulator/insns/Round-inl.h"
#include "simulator/insns/Simd.h"

#include <algorithm>
#include <string>
#include <type_traits>

HWY_BEFORE_NAMESPACE();
namespace dlp {
namespace HWY_NAMESPACE {
namespace {

constexpr uint64_t kBlock = 256;

// What a block of elements computes in.
template <class T> using Wide = std::conditional_t<isFloat<T>, double, uint32_t>;

template <class T> void widenLanes(const T *src, uint64_t n, Wide<T> *out) {
  if constexpr (isFloat<T> && sizeof(T) == 2) {
    float lanes[kBlock];
    widen(src, lanes, n);
    widenLanes(lanes, n, out);
  } else {
#pragma clang loop vectorize(assume_safety)
    for (uint64_t i = 0; i < n; ++i)
      out[i] = Wide<T>(src[i]);
  }
}

template <class T> void narrowLanes(const Wide<T> *src, uint64_t n, T *dst) {
  if constexpr (isFloat<T>) {
    roundLanes<Rounding::RN>(src, dst, n);
  } else {
#pragma clang loop vectorize(assume_safety)
    for (uint64_t i = 0; i < n; ++i)
      dst[i] = T(src[i]);
  }
}

// A vector that repeats every `period` elements; a scalar is one of period 1.
template <class T> struct Operand {
  const T *data;
  uint64_t period;

  void widen(uint64_t first, uint64_t count, Wide<T> *out) const {
    if (period == 1) {
      widenLanes(data, 1, out);
      std::fill(out + 1, out + count, *out);
      return;
    }
    for (uint64_t i = 0, at = first % period; i < count; at = 0) {
      const uint64_t run = std::min(count - i, period - at);
      widenLanes(data + at, run, out + i);
      i += run;
    }
  }
};

template <class W> void fuseBlock(uint64_t code, W *a, const W *b, const W *c, uint64_t n) {
  const auto each = [&](auto f) {
#pragma clang loop vectorize(assume_safety)
    for (uint64_t i = 0; i < n; ++i)
      a[i] = f(a[i], b[i], c[i]);
  };
  switch (code) {
  case 0:
    return each([](W x, W y, W z) { return x * y + z; });
  case 1:
    return each([](W x, W y, W z) { return x * y - z; });
  case 2:
    return each([](W x, W y, W z) { return (x + y) * z; });
  case 3:
    return each([](W x, W y, W z) { return (x - y) * z; });
  case 4:
    return each([](W x, W y, W z) { return x + y + z; });
  case 5:
    return each([](W x, W y, W z) { return x + y - z; });
  case 6:
    return each([](W x, W y, W z) { return x - y - z; });
  default:
    return each([](W x, W y, W z) { return x - y + z; });
  }
}

template <class T> void fuse(T *dst, const T *src, Operand<T> second, Operand<T> third, uint64_t n, uint64_t code) {
  Wide<T> a[kBlock], b[kBlock], c[kBlock];
  for (uint64_t done = 0; done < n; done += kBlock) {
    const uint64_t count = std::min(kBlock, n - done);
    Operand<T>{src, n}.widen(done, count, a);
    second.widen(done, count, b);
    third.widen(done, count, c);
    fuseBlock(code, a, b, c, count);
    narrowLanes<T>(a, count, dst + done);
  }
}

template <class T, class Ops> void runFuse(Exec &x, const Ops &ops, bool vectorB, bool vectorC) {
  const uint64_t n = checkCount(x, "n", ops.n);
  uint64_t segN = 1;
  if constexpr (requires { ops.seg_n; }) {
    segN = checkCount(x, "seg_n", ops.seg_n);
    if (n % segN)
      x.badOperand("n", int64_t(n), "a multiple of seg_n = " + std::to_string(segN));
  }
  if (ops.code > 7)
    x.badOperand("code", int64_t(ops.code), "FUSION_FMA to FUSION_FSA, 0 to 7");
  const T *a = readElements<T>(x, ops.a, n, "a");
  const T *b = vectorB ? readElements<T>(x, ops.b, segN, "b") : nullptr;
  const T *c = vectorC ? readElements<T>(x, ops.c, segN, "c") : nullptr;
  const T scalarB = fromRegister<T>(ops.b), scalarC = fromRegister<T>(ops.c);
  T *dst = writeElements<T>(x, ops.dst, n, "dst");
  const uint64_t bytes = n * sizeof(T);
  const auto whole = segN == n ? InPlace::Allowed : InPlace::Copy;
  Source<T> srcA(a, n, dst, bytes, InPlace::Allowed), srcB(b, vectorB ? segN : 0, dst, bytes, whole),
      srcC(c, vectorC ? segN : 0, dst, bytes, whole);
  const Operand<T> second = vectorB ? Operand<T>{srcB, segN} : Operand<T>{&scalarB, 1};
  const Operand<T> third = vectorC ? Operand<T>{srcC, segN} : Operand<T>{&scalarC, 1};
  fuse<T>(dst, srcA, second, third, n, ops.code);
}

// The steps of a chain, as codegen/isa/Fuse.td numbers them.
enum class Step : uint8_t { End, Add, Sub, Mul, And, Or, Eq, Ne, Lt, Le, Gt, Ge, Max, Min };

// One step on one element; rounds to the element type. NaN sums and products are canonical.
template <Step kStep, class T> HWY_INLINE T stepLane(T left, T right) {
  const Computed<T> a = load(left), b = load(right);
  const auto truth = [](bool v) { return store<T>(Computed<T>(v)); };
  if constexpr (kStep == Step::Eq)
    return truth(a == b);
  else if constexpr (kStep == Step::Ne)
    return truth(a < b || a > b);
  else if constexpr (kStep == Step::Lt)
    return truth(a < b);
  else if constexpr (kStep == Step::Le)
    return truth(a <= b);
  else if constexpr (kStep == Step::Gt)
    return truth(a > b);
  else if constexpr (kStep == Step::Ge)
    return truth(a >= b);
  else if constexpr (kStep == Step::Max)
    return b > a ? right : left;
  else if constexpr (kStep == Step::Min)
    return b < a ? right : left;
  else if constexpr (isFloat<T>)
    return store<T>(kStep == Step::Add ? a + b : kStep == Step::Sub ? a - b : a * b);
  else if constexpr (kStep == Step::And)
    return T(left & right);
  else if constexpr (kStep == Step::Or)
    return T(left | right);
  else
    return T(kStep == Step::Add   ? uint32_t(left) + uint32_t(right)
             : kStep == Step::Sub ? uint32_t(left) - uint32_t(right)
                                  : uint32_t(left) * uint32_t(right));
}

template <Step kStep, class T> void stepBlock(T *values, const T *operands, uint64_t n) {
#pragma clang loop vectorize(assume_safety)
  for (uint64_t i = 0; i < n; ++i)
    values[i] = stepLane<kStep>(values[i], operands[i]);
}

// Null: elements of this type have no such step.
template <class T> auto stepOf(Step step) -> void (*)(T *, const T *, uint64_t) {
  switch (step) {
  case Step::Add:
    return stepBlock<Step::Add, T>;
  case Step::Sub:
    return stepBlock<Step::Sub, T>;
  case Step::Mul:
    return stepBlock<Step::Mul, T>;
  case Step::And:
    return isFloat<T> ? nullptr : stepBlock<Step::And, T>;
  case Step::Or:
    return isFloat<T> ? nullptr : stepBlock<Step::Or, T>;
  case Step::Eq:
    return stepBlock<Step::Eq, T>;
  case Step::Ne:
    return stepBlock<Step::Ne, T>;
  case Step::Lt:
    return stepBlock<Step::Lt, T>;
  case Step::Le:
    return stepBlock<Step::Le, T>;
  case Step::Gt:
    return stepBlock<Step::Gt, T>;
  case Step::Ge:
    return stepBlock<Step::Ge, T>;
  case Step::Max:
    return stepBlock<Step::Max, T>;
  case Step::Min:
    return stepBlock<Step::Min, T>;
  case Step::End:
    break;
  }
  return nullptr;
}

template <class T> void runChain(Exec &x, const VchainOps &ops) {
  const uint64_t n = checkCount(x, "n", ops.n), bytes = n * sizeof(T);
  const T *vectors[] = {readElements<T>(x, ops.v0, n, "v0"), readElements<T>(x, ops.v1, n, "v1"),
                        readElements<T>(x, ops.v2, n, "v2")};
  const T *a = readElements<T>(x, ops.src, n, "src");
  T *dst = writeElements<T>(x, ops.dst, n, "dst");
  const Source<T> src(a, n, dst, bytes, InPlace::Allowed), stable[] = {{vectors[0], n, dst, bytes, InPlace::Allowed},
                                                                       {vectors[1], n, dst, bytes, InPlace::Allowed},
                                                                       {vectors[2], n, dst, bytes, InPlace::Allowed}};
  const T scalars[] = {fromRegister<T>(ops.x0), fromRegister<T>(ops.x1), fromRegister<T>(ops.x2),
                       fromRegister<T>(ops.x3)};
  constexpr uint64_t kMost = std::extent_v<decltype(scalars)>;
  uint64_t steps = 0;
  void (*run[kMost])(T *, const T *, uint64_t);
  uint8_t from[kMost]; // which vector; 0: the scalar
  for (; steps < kMost && ops.steps >> (8 * steps) & 0xff; ++steps) {
    const uint8_t step = uint8_t(ops.steps >> (8 * steps));
    run[steps] = stepOf<T>(Step(step & 15));
    from[steps] = step >> 4 & 3;
    if (!run[steps])
      x.badOperand("steps", int64_t(ops.steps), "operations of this element type in each byte");
  }
  T values[kBlock], repeated[kBlock];
  for (uint64_t done = 0; done < n; done += kBlock) {
    const uint64_t count = std::min(kBlock, n - done);
    std::copy_n(static_cast<const T *>(src) + done, count, values);
    for (uint64_t k = 0; k < steps; ++k) {
      const T *operand = repeated;
      if (from[k])
        operand = static_cast<const T *>(stable[from[k] - 1]) + done;
      else
        std::fill_n(repeated, count, scalars[k]);
      run[k](values, operand, count);
    }
    std::copy_n(values, count, dst + done);
  }
}

} // namespace

#undef DLP_FUSE
#define DLP_FUSE(ROW, VECTOR_B, VECTOR_C)                                                                              \
  uint64_t exec##ROW(Exec &x, const ROW##Ops &ops, Variant v) {                                                        \
    withNumber(v.e0, [&](auto t) { runFuse<typename decltype(t)::type>(x, ops, VECTOR_B, VECTOR_C); });                \
    return 0;                                                                                                          \
  }

DLP_FUSE(Vfuse, true, true)
DLP_FUSE(VfuseVs, true, false)
DLP_FUSE(VfuseSv, false, true)
DLP_FUSE(VfuseSs, false, false)

uint64_t execVchain(Exec &x, const VchainOps &ops, Variant v) {
  withNumber(v.e0, [&](auto t) { runChain<typename decltype(t)::type>(x, ops); });
  return 0;
}

} // namespace HWY_NAMESPACE
} // namespace dlp
HWY_AFTER_NAMESPACE();

#if HWY_ONCE
namespace dlp {
DLP_DISPATCH(Vfuse)
DLP_DISPATCH(VfuseVs)
DLP_DISPATCH(VfuseSv)
DLP_DISPATCH(VfuseSs)
DLP_DISPATCH(Vchain)
} // namespace dlp
#endif // HWY_ONCE

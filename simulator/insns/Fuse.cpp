// Fuse.cpp: two operations on three operands, and chains of operations on each element.
//
// vfuse computes floats in f64 and rounds once, vchain rounds after each step (chosen: the reference leaves both open;
// the exact sum or product of two elements needs no more than f64 has). Integers wrap.
#include "simulator/insns/Elements.h"
#include "simulator/insns/Handlers.h"
#include "simulator/insns/Operands.h"
#include "simulator/numeric/Round.h"

#include <algorithm>
#include <iterator>
#include <optional>
#include <string>

namespace dlp {
namespace {

constexpr uint64_t kBlock = 256;

// What a block of elements computes in.
template <class T> using Wide = std::conditional_t<isFloat<T>, double, uint32_t>;

template <class T> Wide<T> widenLane(T v) {
  if constexpr (isFloat<T>)
    return toDouble(v);
  else
    return uint32_t(v);
}

template <class T> T narrowLane(Wide<T> v) {
  if constexpr (isFloat<T>)
    return roundTo<T>(v, Rounding::RN);
  else
    return T(v);
}

// A vector that repeats every `period` elements; a scalar is one of period 1.
template <class T> struct Operand {
  const T *data;
  uint64_t period;

  void widen(uint64_t first, uint64_t count, Wide<T> *out) const {
    for (uint64_t i = 0, at = first % period; i < count; ++i, at = at + 1 == period ? 0 : at + 1)
      out[i] = widenLane(data[at]);
  }
};

template <class W> void fuseBlock(uint64_t code, W *a, const W *b, const W *c, uint64_t n) {
  const auto each = [&](auto f) {
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
    for (uint64_t i = 0; i < count; ++i)
      dst[done + i] = narrowLane<T>(a[i]);
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

template <class T> std::optional<T> stepLane(Step step, T left, T right) {
  const Computed<T> a = load(left), b = load(right);
  const auto truth = [](bool v) { return store<T>(Computed<T>(v)); };
  switch (step) {
  case Step::Add:
    return narrowLane<T>(widenLane(left) + widenLane(right));
  case Step::Sub:
    return narrowLane<T>(widenLane(left) - widenLane(right));
  case Step::Mul:
    return narrowLane<T>(widenLane(left) * widenLane(right));
  case Step::And:
  case Step::Or:
    if constexpr (!isFloat<T>)
      return step == Step::And ? T(left & right) : T(left | right);
    else
      return std::nullopt;
  case Step::Eq:
    return truth(a == b);
  case Step::Ne:
    return truth(a < b || a > b);
  case Step::Lt:
    return truth(a < b);
  case Step::Le:
    return truth(a <= b);
  case Step::Gt:
    return truth(a > b);
  case Step::Ge:
    return truth(a >= b);
  case Step::Max:
    return b > a ? right : left;
  case Step::Min:
    return b < a ? right : left;
  case Step::End:
    break;
  }
  return std::nullopt;
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
  for (uint64_t i = 0; i < n; ++i) {
    T value = static_cast<const T *>(src)[i];
    for (size_t k = 0; k < std::size(scalars) && ops.steps >> (8 * k) & 0xff; ++k) {
      const uint8_t step = uint8_t(ops.steps >> (8 * k)), from = step >> 4 & 3;
      const T operand = from ? static_cast<const T *>(stable[from - 1])[i] : scalars[k];
      const std::optional<T> result = stepLane<T>(Step(step & 15), value, operand);
      if (!result)
        x.badOperand("steps", int64_t(ops.steps), "operations of this element type in each byte");
      value = *result;
    }
    dst[i] = value;
  }
}

} // namespace

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

} // namespace dlp

// VectorArith.cpp: sum, difference, product, quotient, maximum and minimum of two vectors.
//
// Floats round once to nearest even, subnormals are kept, NaN results are canonical (chosen: the reference leaves
// rounding and subnormals open; this is what its explicit _tz forms imply). f16 and bf16 compute in f32 and round
// again, which gives the correctly rounded result for these operations. Integers wrap.
#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "simulator/insns/VectorArith.cpp"
#include <hwy/foreach_target.h>

#include "simulator/insns/VectorBinary-inl.h"

#include <algorithm>

HWY_BEFORE_NAMESPACE();
namespace dlp {
namespace HWY_NAMESPACE {
namespace {

// Unsigned, so that results wrap; narrower types would compute in int.
template <class T> using Wrapping = std::conditional_t<sizeof(T) == 8, uint64_t, uint32_t>;

struct Add {
  template <class T> static T lane(T a, T b) {
    if constexpr (isFloat<T>)
      return canonical(a + b);
    else
      return T(Wrapping<T>(a) + Wrapping<T>(b));
  }
};

struct Sub {
  template <class T> static T lane(T a, T b) {
    if constexpr (isFloat<T>)
      return canonical(a - b);
    else
      return T(Wrapping<T>(a) - Wrapping<T>(b));
  }
};

struct Mul {
  template <class T> static T lane(T a, T b) {
    if constexpr (isFloat<T>)
      return canonical(a * b);
    else
      return T(Wrapping<T>(a) * Wrapping<T>(b));
  }
};

struct Div {
  template <class T> static T lane(T a, T b) {
    if constexpr (isFloat<T>)
      return canonical(a / b);
    else
      return T(int64_t(a) / int64_t(b)); // the most negative value by -1 wraps to itself
  }
  template <class T> static void check(const Exec &x, const char *name, const T *b, uint64_t n) {
    checkDivisors(x, name, b, n);
  }
};

// lhs where the two are equal (also +0 and -0) or either is NaN.
struct Max {
  template <class T> static T lane(T a, T b) {
    const T result = b > a ? b : a;
    if constexpr (isFloat<T>)
      return canonical(result);
    else
      return result;
  }
};

struct Min {
  template <class T> static T lane(T a, T b) {
    const T result = b < a ? b : a;
    if constexpr (isFloat<T>)
      return canonical(result);
    else
      return result;
  }
};

} // namespace

DLP_VECTOR_BINARY(Vadd, Add, withWide)
DLP_VECTOR_BINARY(Vsub, Sub, withWide)
DLP_VECTOR_BINARY(Vmul, Mul, withWide)
DLP_VECTOR_BINARY(Vdiv, Div, withNumber)
DLP_VECTOR_BINARY(Vmax, Max, withNumber)
DLP_VECTOR_BINARY(Vmin, Min, withNumber)

} // namespace HWY_NAMESPACE
} // namespace dlp
HWY_AFTER_NAMESPACE();

#if HWY_ONCE
namespace dlp {
DLP_DISPATCH_BINARY(Vadd)
DLP_DISPATCH_BINARY(Vsub)
DLP_DISPATCH_BINARY(Vmul)
DLP_DISPATCH_BINARY(Vdiv)
DLP_DISPATCH_BINARY(Vmax)
DLP_DISPATCH_BINARY(Vmin)
} // namespace dlp
#endif // HWY_ONCE

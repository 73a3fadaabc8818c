// Compare.cpp: ordered comparisons. 1 or 0 in the element type; 0 where either operand is NaN, for "differs" too.
#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "simulator/insns/Compare.cpp"
#include <hwy/foreach_target.h>

#include "simulator/insns/VectorBinary-inl.h"

HWY_BEFORE_NAMESPACE();
namespace dlp {
namespace HWY_NAMESPACE {
namespace {

struct Eq {
  template <class T> static T lane(T a, T b) { return T(a == b); }
};
struct Ne {
  template <class T> static T lane(T a, T b) { return T(a < b || a > b); }
};
struct Lt {
  template <class T> static T lane(T a, T b) { return T(a < b); }
};
struct Le {
  template <class T> static T lane(T a, T b) { return T(a <= b); }
};
struct Gt {
  template <class T> static T lane(T a, T b) { return T(a > b); }
};
struct Ge {
  template <class T> static T lane(T a, T b) { return T(a >= b); }
};

} // namespace

DLP_VECTOR_BINARY(Veq, Eq, withNumber)
DLP_VECTOR_BINARY(Vne, Ne, withNumber)
DLP_VECTOR_BINARY(Vlt, Lt, withNumber)
DLP_VECTOR_BINARY(Vle, Le, withNumber)
DLP_VECTOR_BINARY(Vgt, Gt, withNumber)
DLP_VECTOR_BINARY(Vge, Ge, withNumber)

} // namespace HWY_NAMESPACE
} // namespace dlp
HWY_AFTER_NAMESPACE();

#if HWY_ONCE
namespace dlp {
DLP_DISPATCH_BINARY(Veq)
DLP_DISPATCH_BINARY(Vne)
DLP_DISPATCH_BINARY(Vlt)
DLP_DISPATCH_BINARY(Vle)
DLP_DISPATCH_BINARY(Vgt)
DLP_DISPATCH_BINARY(Vge)
} // namespace dlp
#endif // HWY_ONCE

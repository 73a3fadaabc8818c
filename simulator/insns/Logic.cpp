// Logic.cpp: logical operations on non-zero tests (a NaN is not zero, -0 is) and bitwise operations.
#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "simulator/insns/Logic.cpp"
#include <hwy/foreach_target.h>

#include "simulator/insns/VectorBinary-inl.h"

HWY_BEFORE_NAMESPACE();
namespace dlp {
namespace HWY_NAMESPACE {
namespace {

struct And {
  template <class T> static T lane(T a, T b) { return T(a != 0 && b != 0); }
};
struct Or {
  template <class T> static T lane(T a, T b) { return T(a != 0 || b != 0); }
};
struct Xor {
  template <class T> static T lane(T a, T b) { return T((a != 0) != (b != 0)); }
};
struct BitAnd {
  template <class T> static T lane(T a, T b) { return a & b; }
};
struct BitOr {
  template <class T> static T lane(T a, T b) { return a | b; }
};
struct BitXor {
  template <class T> static T lane(T a, T b) { return a ^ b; }
};

} // namespace

DLP_VECTOR_BINARY(Vand, And, withNumber)
DLP_VECTOR_BINARY(Vor, Or, withNumber)
DLP_VECTOR_BINARY(Vxor, Xor, withNumber)
DLP_VECTOR_BINARY(Vband, BitAnd, withBits)
DLP_VECTOR_BINARY(Vbor, BitOr, withBits)
DLP_VECTOR_BINARY(Vbxor, BitXor, withBits)

} // namespace HWY_NAMESPACE
} // namespace dlp
HWY_AFTER_NAMESPACE();

#if HWY_ONCE
namespace dlp {
DLP_DISPATCH_BINARY(Vand)
DLP_DISPATCH_BINARY(Vor)
DLP_DISPATCH_BINARY(Vxor)
DLP_DISPATCH_BINARY(Vband)
DLP_DISPATCH_BINARY(Vbor)
DLP_DISPATCH_BINARY(Vbxor)
} // namespace dlp
#endif // HWY_ONCE

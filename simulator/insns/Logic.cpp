// Logic.cpp: logical operations on non-zero tests (a NaN is not zero, -0 is) and bitwise operations.
#include "simulator/insns/VectorBinary.h"

namespace dlp {
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

} // namespace dlp

// Compare.cpp: ordered comparisons. 1 or 0 in the element type; 0 where either operand is NaN, for "differs" too.
#include "simulator/insns/VectorBinary.h"

namespace dlp {
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

} // namespace dlp

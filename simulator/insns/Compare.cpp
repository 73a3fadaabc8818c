// Compare.cpp: ordered comparisons. 1 or 0 in the element type; 0 where either operand is NaN, for "differs" too.
#include "simulator/insns/VectorBinary.h"

namespace dlp {
namespace {

struct Eq {
  template <class T> static T lane(T a, T b) { return truth<T>(load(a) == load(b)); }
};
struct Ne {
  template <class T> static T lane(T a, T b) {
    const Computed<T> l = load(a), r = load(b);
    return truth<T>(l < r || l > r);
  }
};
struct Lt {
  template <class T> static T lane(T a, T b) { return truth<T>(load(a) < load(b)); }
};
struct Le {
  template <class T> static T lane(T a, T b) { return truth<T>(load(a) <= load(b)); }
};
struct Gt {
  template <class T> static T lane(T a, T b) { return truth<T>(load(a) > load(b)); }
};
struct Ge {
  template <class T> static T lane(T a, T b) { return truth<T>(load(a) >= load(b)); }
};

}  // namespace

DLP_VECTOR_BINARY(Veq, Eq, withNumber)
DLP_VECTOR_BINARY(Vne, Ne, withNumber)
DLP_VECTOR_BINARY(Vlt, Lt, withNumber)
DLP_VECTOR_BINARY(Vle, Le, withNumber)
DLP_VECTOR_BINARY(Vgt, Gt, withNumber)
DLP_VECTOR_BINARY(Vge, Ge, withNumber)

}  // namespace dlp

// bang_fusor.h: a chain of element-wise operations on one vector.
//
//   bang::experimental::fusor<float>(dst, src, n).mul(2.0f).sqrt().add(eps);
//
// The first operation reads `src`, each later one what the one before left in `dst`. Chosen: every operation rounds, as
// the builtin of the same name does; only published uses of the class are known, not its documentation.
#ifndef OPENBANG_BANG_FUSOR_H
#define OPENBANG_BANG_FUSOR_H

#include "bang.h"

namespace bang {
namespace experimental {

template <typename T> class fusor {
public:
  __mlu_func__ fusor(T *dst, const T *src, unsigned n) : dst(dst), src(const_cast<T *>(src)), n(n) {}

  __mlu_func__ fusor &add(T value) { return __bang_add_scalar(dst, src, value, n), next(); }
  __mlu_func__ fusor &sub(T value) { return __bang_sub_scalar(dst, src, value, n), next(); }
  __mlu_func__ fusor &mul(T value) { return __bang_mul_scalar(dst, src, value, n), next(); }
  __mlu_func__ fusor &add(const T *other) { return __bang_add(dst, src, const_cast<T *>(other), n), next(); }
  __mlu_func__ fusor &sub(const T *other) { return __bang_sub(dst, src, const_cast<T *>(other), n), next(); }
  __mlu_func__ fusor &mul(const T *other) { return __bang_mul(dst, src, const_cast<T *>(other), n), next(); }
  __mlu_func__ fusor &sqrt() { return __bang_sqrt(dst, src, n), next(); }
  __mlu_func__ fusor &abs() { return __bang_abs(dst, src, n), next(); }

private:
  __mlu_func__ fusor &next() {
    src = dst;
    return *this;
  }

  T *dst, *src;
  unsigned n;
};

}  // namespace experimental
}  // namespace bang

#endif  // OPENBANG_BANG_FUSOR_H

// steps.h: small steps that rows need however they are cut.
#ifndef BANGOPS_ROWS_STEPS_H
#define BANGOPS_ROWS_STEPS_H

#include "common/device.h"

namespace bangops {

// x in the type that a formula works in: x itself, or widened to another buffer.
template <class W, class T> __mlu_func__ W *worked(T *x, float *wide, int n) {
  if constexpr (std::is_same<T, W>::value) {
    return x;
  } else {
    widen(wide, x, n);
    return wide;
  }
}

// Numbers in another buffer, in the type of that.
template <class T, class W> __mlu_func__ void leave(T *to, const W *from, int n) {
  if constexpr (std::is_same<T, W>::value) {
    if (to != from)
      __bang_move(to, from, n * sizeof(T));
  } else if constexpr (std::is_same<T, float>::value) {
    widen(to, from, n);
  } else if constexpr (std::is_same<T, bfloat16_t>::value && std::is_same<W, half>::value) {
    __bang_half2bfloat16_rn(to, from, n);
  } else {
    narrow(to, from, n);
  }
}

// The type of exponential functions of what is below a maximum: half for all elements of 16 bits. It has them in a
// quarter of the time, and more digits than they need; what is too far below for a half gives 0 as it would in float.
template <class T> struct ExponentialOf {
  using Type = half;
};
template <> struct ExponentialOf<float> {
  using Type = float;
};

// d = x - m, where subtract(d) subtracts m: in x itself, if it may be, else in `other`. bfloat16_t has too few digits
// for the difference, so it is taken in float.
template <class T, class Subtract>
__mlu_func__ typename ExponentialOf<T>::Type *below(T *x, float *wide, float *other, int n, Subtract subtract) {
  if constexpr (std::is_same<T, bfloat16_t>::value) {
    half *d = reinterpret_cast<half *>(other);
    widen(wide, x, n);
    subtract(wide);
    narrow(d, wide, n);
    return d;
  } else {
    subtract(x);
    return x;
  }
}

// y = y * by + more, where one or both may be null; both repeat after `period` elements.
template <class T> __mlu_func__ void affine(T *y, const T *by, const T *more, int n, int period) {
  if (by && more)
    __bang_fusion(FUSION_FMA, y, y, by, more, n, period);
  else if (by)
    __bang_cycle_mul(y, y, by, n, period);
  else if (more)
    __bang_cycle_add(y, y, more, n, period);
}

// The largest or the smallest element and, if wanted, its place; `best` has room for a few elements.
template <class T> __mlu_func__ float extreme(T *best, const T *x, int n, bool largest, int *place = nullptr) {
  if (largest)
    __bang_argmax(best, x, n);
  else
    __bang_argmin(best, x, n);
  if (place)
    __builtin_memcpy(place, best + 1, sizeof(*place));  // a word behind the value, which may be half a word
  return static_cast<float>(best[0]);
}

}  // namespace bangops

#endif  // BANGOPS_ROWS_STEPS_H

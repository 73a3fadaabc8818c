// formulas.h: what each row of BANGOPS_FORMULAS computes, on one tile in NRAM.
//
// Inputs may be overwritten; each output is a buffer of its own. Everything is computed in float, in int by the
// formulas that the table allows it for, and in the narrow type itself where computeNarrow says so.
#ifndef BANGOPS_FORMULAS_H
#define BANGOPS_FORMULAS_H

#include "common/device.h"
#include "elementwise/elementwise.h"

namespace bangops {

template <class W> struct Tile {
  W *in[kMaxInputs], *out[kMaxOutputs], *scratch;
  int stride;  // from one scratch tile to the next, in elements
  int n;
  int64_t first;  // index of the first element in the tensor
  const float *numbers;
  uint32_t seed;
};

using Floats = Tile<float>;

// The formulas that exist for int, too.
template <class W> __mlu_func__ bool computeAny(Formula formula, const Tile<W> &t) {
  W *y = t.out[0], *a = t.in[0], *b = t.in[1];
  switch (formula) {
  case Formula::Abs: __bang_abs(y, a, t.n); return true;
  case Formula::Neg: __bang_neg(y, a, t.n); return true;
  case Formula::Add: __bang_add(y, a, b, t.n); return true;
  case Formula::Sub: __bang_sub(y, a, b, t.n); return true;
  case Formula::Mul: __bang_mul(y, a, b, t.n); return true;
  case Formula::Max: __bang_maxequal(y, a, b, t.n); return true;
  case Formula::Min: __bang_minequal(y, a, b, t.n); return true;
  default: return false;
  }
}

// sign: 1, 0 or -1
__mlu_func__ inline void sign(const Floats &t) {
  __bang_gt_scalar(t.out[0], t.in[0], 0.0f, t.n);
  __bang_lt_scalar(t.scratch, t.in[0], 0.0f, t.n);
  __bang_sub(t.out[0], t.out[0], t.scratch, t.n);
}

// (a - b)^p by squaring, p a whole number
__mlu_func__ inline void powerDifference(const Floats &t) {
  float *y = t.out[0], *base = t.in[0];
  __bang_sub(base, t.in[0], t.in[1], t.n);
  __bang_write_value(y, t.n, 1.0f);
  for (unsigned p = static_cast<unsigned>(t.numbers[0]); p != 0; p /= 2) {
    if (p % 2)
      __bang_mul(y, y, base, t.n);
    __bang_mul(base, base, base, t.n);
  }
}

// y = max(x, 0) + alpha * min(x, 0): leaky relu, and prelu with a tile of slopes
__mlu_func__ inline void leakyRelu(const Floats &t) {
  __bang_maxeq_scalar(t.out[0], t.in[0], 0.0f, t.n);
  __bang_mineq_scalar(t.in[0], t.in[0], 0.0f, t.n);
  __bang_mul_scalar(t.in[0], t.in[0], t.numbers[0], t.n);
  __bang_add(t.out[0], t.out[0], t.in[0], t.n);
}
__mlu_func__ inline void prelu(const Floats &t) {
  __bang_maxeq_scalar(t.out[0], t.in[0], 0.0f, t.n);
  __bang_mineq_scalar(t.in[0], t.in[0], 0.0f, t.n);
  __bang_mul(t.in[0], t.in[0], t.in[1], t.n);
  __bang_add(t.out[0], t.out[0], t.in[0], t.n);
}
// max(x, 0) + alpha * (e^min(x, 0) - 1)
__mlu_func__ inline void elu(const Floats &t) {
  __bang_maxeq_scalar(t.out[0], t.in[0], 0.0f, t.n);
  __bang_mineq_scalar(t.in[0], t.in[0], 0.0f, t.n);
  __bang_active_exp(t.in[0], t.in[0], t.n);
  __bang_fusion(FUSION_FSM, t.in[0], t.in[0], 1.0f, t.numbers[0], t.n);
  __bang_add(t.out[0], t.out[0], t.in[0], t.n);
}
// In half, e^x - 1 would lose most of its digits for x next to 0; (e^x + 1) * tanh(x / 2) is the same and loses none.
__mlu_func__ inline void elu(const Tile<half> &t) {
  half *bent = t.scratch;
  __bang_maxeq_scalar(t.out[0], t.in[0], half(0), t.n);
  __bang_mineq_scalar(t.in[0], t.in[0], half(0), t.n);
  __bang_mul_scalar(bent, t.in[0], half(0.5f), t.n);
  __bang_active_tanh(bent, bent, t.n);
  __bang_active_exp(t.in[0], t.in[0], t.n);
  __bang_fusion(FUSION_FAM, t.in[0], t.in[0], half(1), bent, t.n, t.n);
  __bang_mul_scalar(t.in[0], t.in[0], static_cast<half>(t.numbers[0]), t.n);
  __bang_add(t.out[0], t.out[0], t.in[0], t.n);
}
template <class W> __mlu_func__ void silu(const Tile<W> &t) {
  __bang_active_sigmoid(t.out[0], t.in[0], t.n);
  __bang_mul(t.out[0], t.out[0], t.in[0], t.n);
}

// dy * (x > 0 ? 1 : alpha)
__mlu_func__ inline void leakyReluBack(const Floats &t, float alpha) {
  __bang_gt_scalar(t.out[0], t.in[0], 0.0f, t.n);
  __bang_mul_scalar(t.out[0], t.out[0], 1.0f - alpha, t.n);
  __bang_add_scalar(t.out[0], t.out[0], alpha, t.n);
  __bang_mul(t.out[0], t.out[0], t.in[1], t.n);
}
// dy * (x > 0 ? 1 : alpha * e^x); e^min(x, 0) is 1 for positive x
template <class W> __mlu_func__ void eluBack(const Tile<W> &t) {
  const W alpha = static_cast<W>(t.numbers[0]);
  __bang_gt_scalar(t.scratch, t.in[0], W(0), t.n);
  __bang_mineq_scalar(t.in[0], t.in[0], W(0), t.n);
  __bang_active_exp(t.out[0], t.in[0], t.n);
  __bang_mul_scalar(t.out[0], t.out[0], alpha, t.n);
  __bang_fusion(FUSION_FMA, t.out[0], t.scratch, static_cast<W>(W(1) - alpha), t.out[0], t.n, t.n);
  __bang_mul(t.out[0], t.out[0], t.in[1], t.n);
}
// y = s * (1 - s) with s = sigmoid(x). 1 - s is sigmoid(-x): no difference of nearly equal numbers. x becomes -x.
template <class W> __mlu_func__ void sigmoidSlope(W *y, W *x, int n) {
  __bang_active_sigmoid(y, x, n);
  __bang_neg(x, x, n);
  __bang_active_sigmoid(x, x, n);
  __bang_mul(y, y, x, n);
}
template <class W> __mlu_func__ void sigmoidBack(const Tile<W> &t) {
  sigmoidSlope(t.out[0], t.in[0], t.n);
  __bang_mul(t.out[0], t.out[0], t.in[1], t.n);
}
// dy * (1 - tanh(x)^2); tanh(x) is 2 sigmoid(2 x) - 1, so its slope is 4 times that of sigmoid at 2 x
template <class W> __mlu_func__ void tanhBack(const Tile<W> &t) {
  __bang_mul_scalar(t.in[0], t.in[0], W(2), t.n);
  sigmoidSlope(t.out[0], t.in[0], t.n);
  __bang_mul_scalar(t.out[0], t.out[0], W(4), t.n);
  __bang_mul(t.out[0], t.out[0], t.in[1], t.n);
}
// y = P + x * p with the normal distribution P and its density p = e^(-x^2 / 2 - log(sqrt(2 pi))). There is no instruction
// for P alone, but gelu(x) = x * P; where x is so near to 0 that its square vanishes, a tiny number takes its place, whose P
// is 1/2 as well in the precision of W.
template <class W> __mlu_func__ void geluSlope(W *y, const W *x, W *safe, W *density, int n) {
  const W tiny = static_cast<W>(sizeof(W) == 4 ? 1e-20f : 5e-4f);
  __bang_mul(density, x, x, n);
  __bang_not(safe, density, n);
  __bang_fusion(FUSION_FMA, density, density, static_cast<W>(-0.5f), static_cast<W>(-0.9189385332f), n);
  __bang_fusion(FUSION_FMA, safe, safe, tiny, x, n, n);
  __bang_active_exp(density, density, n);
  __bang_active_gelu(y, safe, n);
  __bang_div(y, y, safe, n);
  __bang_fusion(FUSION_FMA, y, density, x, y, n, n);
}
template <class W> __mlu_func__ void geluBack(const Tile<W> &t) {
  geluSlope(t.out[0], t.in[0], t.scratch, t.scratch + t.stride, t.n);
  __bang_mul(t.out[0], t.out[0], t.in[1], t.n);
}
// bfloat16_t has no gelu. The slope changes only for x from -16 to 16, which half holds, and half has more digits.
__mlu_func__ inline void geluBack(const Tile<bfloat16_t> &t) {
  half *x = reinterpret_cast<half *>(t.in[0]), *y = reinterpret_cast<half *>(t.out[0]);
  half *safe = reinterpret_cast<half *>(t.scratch), *density = safe + t.stride;
  __bang_maxeq_scalar(t.in[0], t.in[0], static_cast<bfloat16_t>(-16.0f), t.n);
  __bang_mineq_scalar(t.in[0], t.in[0], static_cast<bfloat16_t>(16.0f), t.n);
  __bang_bfloat162half_rn(x, t.in[0], t.n);
  geluSlope(y, x, safe, density, t.n);
  __bang_half2bfloat16_rn(t.out[0], y, t.n);
  __bang_mul(t.out[0], t.out[0], t.in[1], t.n);
}
// dy * s * (1 + x * (1 - s)) with s = sigmoid(x)
template <class W> __mlu_func__ void siluBack(const Tile<W> &t) {
  W *rest = t.scratch;  // 1 - s
  __bang_active_sigmoid(t.out[0], t.in[0], t.n);
  __bang_neg(rest, t.in[0], t.n);
  __bang_active_sigmoid(rest, rest, t.n);
  __bang_mul(rest, rest, t.in[0], t.n);
  __bang_fusion(FUSION_FAM, t.out[0], rest, W(1), t.out[0], t.n, t.n);
  __bang_mul(t.out[0], t.out[0], t.in[1], t.n);
}
// x, slope, dy: dx = dy * (x > 0 ? 1 : slope); dslope = dy * min(x, 0)
__mlu_func__ inline void preluBack(const Floats &t) {
  __bang_gt_scalar(t.scratch, t.in[0], 0.0f, t.n);
  __bang_mineq_scalar(t.in[0], t.in[0], 0.0f, t.n);
  __bang_mul(t.out[1], t.in[0], t.in[2], t.n);
  __bang_not(t.in[0], t.scratch, t.n);
  __bang_mul(t.in[0], t.in[0], t.in[1], t.n);
  __bang_add(t.in[0], t.in[0], t.scratch, t.n);
  __bang_mul(t.out[0], t.in[0], t.in[2], t.n);
}

// A counter-based generator: the bits of element i are a hash of i and the seed, so tiles and cores do not matter. The
// hash is the finisher of MurmurHash3, two rounds of shift, xor and multiply. Its 32 bits serve two elements: element i
// has the lower 16 bits of hash i / 2 when i is even, else the upper ones. Gives 1 where an element stays, else 0;
// numbers[0] is p * 2^16.
template <class W> __mlu_func__ uint16_t *keepMask(const Tile<W> &t) {
  constexpr uint32_t kStep = 0x9e3779b9u;
  uint32_t *bits = reinterpret_cast<uint32_t *>(t.scratch),
           *shifted = reinterpret_cast<uint32_t *>(t.scratch + t.stride);
  const int words = (t.n + 1) / 2;
  __bang_incseq(bits, words);
  __bang_fusion(FUSION_FMA, bits, bits, kStep, static_cast<uint32_t>(t.first / 2) * kStep + t.seed, words);
  __bang_srl(shifted, bits, 16u, words);
  __bang_bxor(bits, bits, shifted, words);
  __bang_mul_scalar(bits, bits, 0x85ebca6bu, words);
  __bang_srl(shifted, bits, 13u, words);
  __bang_bxor(bits, bits, shifted, words);
  __bang_mul_scalar(bits, bits, 0xc2b2ae35u, words);
  __bang_srl(shifted, bits, 16u, words);
  __bang_bxor(bits, bits, shifted, words);
  uint16_t *keep = reinterpret_cast<uint16_t *>(bits);
  __bang_ge_scalar(keep, keep, static_cast<uint16_t>(t.numbers[0]), t.n);
  return keep;
}
__mlu_func__ inline void dropout(const Floats &t) {
  float *factor = t.scratch + t.stride;
  __bang_uint162float(factor, keepMask(t), t.n, 0);
  __bang_mul(t.out[0], t.in[0], factor, t.n);
  __bang_mul_scalar(t.out[0], t.out[0], t.numbers[1], t.n);
}
// Elements of 16 bits: the whole number 1 keeps the bits of an element, 0 leaves those of a zero.
template <class W> __mlu_func__ void dropout(const Tile<W> &t) {
  uint16_t *y = reinterpret_cast<uint16_t *>(t.out[0]);
  __bang_mul_scalar(t.out[0], t.in[0], static_cast<W>(t.numbers[1]), t.n);
  __bang_mul(y, y, keepMask(t), t.n);
}

// w, gradient, v: v = momentum * v + gradient + decay * w; w = w - rate * v. Numbers: rate, momentum, decay.
__mlu_func__ inline void sgd(const Floats &t) {
  float *w = t.in[0], *v = t.out[1];
  __bang_fusion(FUSION_FMA, v, t.in[2], t.numbers[1], t.in[1], t.n, t.n);
  __bang_fusion(FUSION_FMA, v, w, t.numbers[2], v, t.n, t.n);
  __bang_fusion(FUSION_FMA, t.out[0], v, -t.numbers[0], w, t.n, t.n);
}
// w, gradient, m, v. Numbers: rate / (1 - beta1^step), beta1, beta2, epsilon, 1 / sqrt(1 - beta2^step).
__mlu_func__ inline void adam(const Floats &t) {
  float *g = t.in[1], *m = t.out[1], *v = t.out[2];
  __bang_mul_scalar(m, t.in[2], t.numbers[1], t.n);
  __bang_fusion(FUSION_FMA, m, g, 1.0f - t.numbers[1], m, t.n, t.n);
  __bang_mul_scalar(v, t.in[3], t.numbers[2], t.n);
  __bang_mul(g, g, g, t.n);
  __bang_fusion(FUSION_FMA, v, g, 1.0f - t.numbers[2], v, t.n, t.n);
  __bang_sqrt(g, v, t.n);
  __bang_fusion(FUSION_FMA, g, g, t.numbers[4], t.numbers[3], t.n);
  __bang_div(g, m, g, t.n);
  __bang_fusion(FUSION_FMA, t.out[0], g, -t.numbers[0], t.in[0], t.n, t.n);
}

// Input, forget, candidate and output gate before their activations, and c; gives h and the new c.
__mlu_func__ inline void lstmCell(const Floats &t) {
  float *h = t.out[0], *c = t.out[1];
  __bang_active_sigmoid(t.in[0], t.in[0], t.n);
  __bang_active_sigmoid(t.in[1], t.in[1], t.n);
  __bang_active_tanh(t.in[2], t.in[2], t.n);
  __bang_active_sigmoid(t.in[3], t.in[3], t.n);
  __bang_mul(c, t.in[1], t.in[4], t.n);
  __bang_mul(t.in[0], t.in[0], t.in[2], t.n);
  __bang_add(c, c, t.in[0], t.n);
  __bang_active_tanh(h, c, t.n);
  __bang_mul(h, h, t.in[3], t.n);
}

// Functions of the vector unit, which rounds them once: whichever floating-point type they are computed in, the result
// in the narrow one is the same or nearly so. In a type of 16 bits they take a quarter of the time.
template <class W> __mlu_func__ bool computeFunction(Formula formula, const Tile<W> &t) {
  W *y = t.out[0], *x = t.in[0];
  switch (formula) {
  case Formula::Sqrt: __bang_sqrt(y, x, t.n); return true;
  case Formula::Rsqrt: __bang_rsqrt(y, x, t.n); return true;
  case Formula::Recip: __bang_recip(y, x, t.n); return true;
  case Formula::Exp: __bang_active_exp(y, x, t.n); return true;
  case Formula::Log: __bang_active_log(y, x, t.n); return true;
  case Formula::Div: __bang_div(y, x, t.in[1], t.n); return true;
  case Formula::Sigmoid: __bang_active_sigmoid(y, x, t.n); return true;
  case Formula::Tanh: __bang_active_tanh(y, x, t.n); return true;
  default: return false;
  }
}

__mlu_func__ inline void compute(Formula formula, const Floats &t) {
  if (computeAny(formula, t) || computeFunction(formula, t))
    return;
  float *y = t.out[0], *x = t.in[0];
  switch (formula) {
  case Formula::Sign: sign(t); break;
  case Formula::Square: __bang_square(y, x, t.n); break;
  case Formula::Scale: __bang_fusion(FUSION_FMA, y, x, t.numbers[0], t.numbers[1], t.n); break;
  case Formula::PowerDifference: powerDifference(t); break;
  case Formula::Relu: __bang_relu(y, x, t.n); break;
  case Formula::LeakyRelu: leakyRelu(t); break;
  case Formula::Elu: elu(t); break;
  case Formula::Gelu: __bang_active_gelu(y, x, t.n); break;
  case Formula::Silu: silu(t); break;
  case Formula::ReluBack: leakyReluBack(t, 0.0f); break;
  case Formula::LeakyReluBack: leakyReluBack(t, t.numbers[0]); break;
  case Formula::EluBack: eluBack(t); break;
  case Formula::SigmoidBack: sigmoidBack(t); break;
  case Formula::TanhBack: tanhBack(t); break;
  case Formula::GeluBack: geluBack(t); break;
  case Formula::SiluBack: siluBack(t); break;
  case Formula::PRelu: prelu(t); break;
  case Formula::PReluBack: preluBack(t); break;
  case Formula::Dropout: dropout(t); break;
  case Formula::SquaredError:
    __bang_sub(x, x, t.in[1], t.n);
    __bang_square(y, x, t.n);
    break;
  case Formula::SquaredErrorBack:
    __bang_sub(x, x, t.in[1], t.n);
    __bang_mul_scalar(y, x, t.numbers[0], t.n);
    break;
  case Formula::Sgd: sgd(t); break;
  case Formula::Adam: adam(t); break;
  case Formula::LstmCell: lstmCell(t); break;
  default: break;
  }
}
// What is computed in the elements' type of 16 bits, without a conversion; false for the other formulas, which take
// float. Half keeps 11 digits, so a few steps that lose no more than their rounding are allowed, too.
__mlu_func__ inline bool computeNarrow(Formula formula, const Tile<half> &t) {
  switch (formula) {
  case Formula::Elu: elu(t); return true;
  case Formula::Gelu: __bang_active_gelu(t.out[0], t.in[0], t.n); return true;
  case Formula::Silu: silu(t); return true;
  case Formula::EluBack: eluBack(t); return true;
  case Formula::SigmoidBack: sigmoidBack(t); return true;
  case Formula::TanhBack: tanhBack(t); return true;
  case Formula::GeluBack: geluBack(t); return true;
  case Formula::SiluBack: siluBack(t); return true;
  case Formula::Dropout: dropout(t); return true;
  default: return computeAny(formula, t) || computeFunction(formula, t);
  }
}
__mlu_func__ inline bool computeNarrow(Formula formula, const Tile<bfloat16_t> &t) {
  switch (formula) {
  case Formula::GeluBack: geluBack(t); return true;
  case Formula::Dropout: dropout(t); return true;
  default: return computeAny(formula, t) || computeFunction(formula, t);
  }
}

__mlu_func__ inline void compute(Formula formula, const Tile<int> &t) { computeAny(formula, t); }

}  // namespace bangops

#endif  // BANGOPS_FORMULAS_H

// formulas.h: what each row of BANGOPS_FORMULAS computes, on one tile in NRAM.
//
// Inputs may be overwritten; each output is a buffer of its own. Everything is computed in float, or in int by the
// formulas that the table allows it for.
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
  __bang_sub_scalar(t.in[0], t.in[0], 1.0f, t.n);
  __bang_mul_scalar(t.in[0], t.in[0], t.numbers[0], t.n);
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
__mlu_func__ inline void eluBack(const Floats &t) {
  __bang_gt_scalar(t.scratch, t.in[0], 0.0f, t.n);
  __bang_mineq_scalar(t.in[0], t.in[0], 0.0f, t.n);
  __bang_active_exp(t.out[0], t.in[0], t.n);
  __bang_mul_scalar(t.out[0], t.out[0], t.numbers[0], t.n);
  __bang_mul_scalar(t.scratch, t.scratch, 1.0f - t.numbers[0], t.n);
  __bang_add(t.out[0], t.out[0], t.scratch, t.n);
  __bang_mul(t.out[0], t.out[0], t.in[1], t.n);
}
// dy * s * (1 - s) with s = sigmoid(x)
__mlu_func__ inline void sigmoidBack(const Floats &t) {
  __bang_active_sigmoid(t.out[0], t.in[0], t.n);
  __bang_mul(t.in[0], t.out[0], t.out[0], t.n);
  __bang_sub(t.out[0], t.out[0], t.in[0], t.n);
  __bang_mul(t.out[0], t.out[0], t.in[1], t.n);
}
// dy * (1 - tanh(x)^2)
__mlu_func__ inline void tanhBack(const Floats &t) {
  __bang_active_tanh(t.out[0], t.in[0], t.n);
  __bang_mul(t.out[0], t.out[0], t.out[0], t.n);
  __bang_mul(t.out[0], t.out[0], t.in[1], t.n);
  __bang_sub(t.out[0], t.in[1], t.out[0], t.n);
}
// dy * (P + x * p) with the normal distribution P and its density p. There is no instruction for P alone, but
// gelu(x) = x * P; where x is next to 0 it is replaced by a number whose P is 1/2 as well, in the precision of W.
template <class W> __mlu_func__ void geluBack(const Tile<W> &t) {
  W *safe = t.scratch, *small = t.scratch + t.stride;
  const W tiny = static_cast<W>(sizeof(W) == 4 ? 1e-20f : 1e-4f);
  __bang_abs(small, t.in[0], t.n);
  __bang_lt_scalar(small, small, tiny, t.n);
  __bang_mul_scalar(small, small, tiny + tiny, t.n);
  __bang_add(safe, t.in[0], small, t.n);
  __bang_active_gelu(t.out[0], safe, t.n);
  __bang_div(t.out[0], t.out[0], safe, t.n);
  __bang_mul(small, t.in[0], t.in[0], t.n);
  __bang_mul_scalar(small, small, static_cast<W>(-0.5f), t.n);
  __bang_active_exp(small, small, t.n);
  __bang_mul(small, small, t.in[0], t.n);
  __bang_mul_scalar(small, small, static_cast<W>(0.3989422804f), t.n);
  __bang_add(t.out[0], t.out[0], small, t.n);
  __bang_mul(t.out[0], t.out[0], t.in[1], t.n);
}
// dy * s * (1 + x * (1 - s)) with s = sigmoid(x)
__mlu_func__ inline void siluBack(const Floats &t) {
  __bang_active_sigmoid(t.scratch, t.in[0], t.n);
  __bang_mul_scalar(t.out[0], t.scratch, -1.0f, t.n);
  __bang_add_scalar(t.out[0], t.out[0], 1.0f, t.n);
  __bang_mul(t.out[0], t.out[0], t.in[0], t.n);
  __bang_add_scalar(t.out[0], t.out[0], 1.0f, t.n);
  __bang_mul(t.out[0], t.out[0], t.scratch, t.n);
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
// hash is the finisher of MurmurHash3, two rounds of shift, xor and multiply.
__mlu_func__ inline void dropout(const Floats &t) {
  uint32_t *bits = reinterpret_cast<uint32_t *>(t.scratch), *shifted = bits + t.stride;
  __bang_incseq(bits, t.n);
  __bang_add_scalar(bits, bits, static_cast<uint32_t>(t.first), t.n);
  __bang_mul_scalar(bits, bits, 0x9e3779b9u, t.n);
  __bang_add_scalar(bits, bits, t.seed, t.n);
  __bang_srl(shifted, bits, 16u, t.n);
  __bang_bxor(bits, bits, shifted, t.n);
  __bang_mul_scalar(bits, bits, 0x85ebca6bu, t.n);
  __bang_srl(shifted, bits, 13u, t.n);
  __bang_bxor(bits, bits, shifted, t.n);
  __bang_mul_scalar(bits, bits, 0xc2b2ae35u, t.n);
  __bang_srl(shifted, bits, 16u, t.n);
  __bang_bxor(bits, bits, shifted, t.n);
  // The upper 24 bits are a whole number that float holds exactly; numbers[0] is p * 2^24.
  __bang_srl(bits, bits, 8u, t.n);
  float *chance = reinterpret_cast<float *>(shifted);
  __bang_int322float(chance, reinterpret_cast<int *>(bits), t.n, 0);
  __bang_ge_scalar(chance, chance, t.numbers[0], t.n);
  __bang_mul_scalar(chance, chance, t.numbers[1], t.n);
  __bang_mul(t.out[0], t.in[0], chance, t.n);
}

// w, gradient, v: v = momentum * v + gradient + decay * w; w = w - rate * v. Numbers: rate, momentum, decay.
__mlu_func__ inline void sgd(const Floats &t) {
  __bang_mul_scalar(t.out[1], t.in[2], t.numbers[1], t.n);
  __bang_add(t.out[1], t.out[1], t.in[1], t.n);
  __bang_mul_scalar(t.in[2], t.in[0], t.numbers[2], t.n);
  __bang_add(t.out[1], t.out[1], t.in[2], t.n);
  __bang_mul_scalar(t.in[2], t.out[1], t.numbers[0], t.n);
  __bang_sub(t.out[0], t.in[0], t.in[2], t.n);
}
// w, gradient, m, v. Numbers: rate / (1 - beta1^step), beta1, beta2, epsilon, 1 / sqrt(1 - beta2^step).
__mlu_func__ inline void adam(const Floats &t) {
  float *g = t.in[1], *m = t.out[1], *v = t.out[2];
  __bang_mul_scalar(m, t.in[2], t.numbers[1], t.n);
  __bang_mul_scalar(t.scratch, g, 1.0f - t.numbers[1], t.n);
  __bang_add(m, m, t.scratch, t.n);
  __bang_mul_scalar(v, t.in[3], t.numbers[2], t.n);
  __bang_mul(g, g, g, t.n);
  __bang_mul_scalar(g, g, 1.0f - t.numbers[2], t.n);
  __bang_add(v, v, g, t.n);
  __bang_sqrt(g, v, t.n);
  __bang_mul_scalar(g, g, t.numbers[4], t.n);
  __bang_add_scalar(g, g, t.numbers[3], t.n);
  __bang_div(g, m, g, t.n);
  __bang_mul_scalar(g, g, t.numbers[0], t.n);
  __bang_sub(t.out[0], t.in[0], g, t.n);
}

// a, b, cosines, sines: a cos - b sin and b cos + a sin
__mlu_func__ inline void rotate(const Floats &t) {
  float *a = t.in[0], *b = t.in[1];
  __bang_mul(t.out[0], a, t.in[2], t.n);
  __bang_mul(t.scratch, b, t.in[3], t.n);
  __bang_sub(t.out[0], t.out[0], t.scratch, t.n);
  __bang_mul(t.out[1], b, t.in[2], t.n);
  __bang_mul(t.scratch, a, t.in[3], t.n);
  __bang_add(t.out[1], t.out[1], t.scratch, t.n);
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

__mlu_func__ inline void compute(Formula formula, const Floats &t) {
  if (computeAny(formula, t))
    return;
  float *y = t.out[0], *x = t.in[0];
  switch (formula) {
  case Formula::Sign: sign(t); break;
  case Formula::Square: __bang_square(y, x, t.n); break;
  case Formula::Sqrt: __bang_sqrt(y, x, t.n); break;
  case Formula::Rsqrt: __bang_rsqrt(y, x, t.n); break;
  case Formula::Recip: __bang_recip(y, x, t.n); break;
  case Formula::Exp: __bang_active_exp(y, x, t.n); break;
  case Formula::Log: __bang_active_log(y, x, t.n); break;
  case Formula::Scale: __bang_fusion(FUSION_FMA, y, x, t.numbers[0], t.numbers[1], t.n); break;
  case Formula::Div: __bang_div(y, x, t.in[1], t.n); break;
  case Formula::PowerDifference: powerDifference(t); break;
  case Formula::Relu: __bang_relu(y, x, t.n); break;
  case Formula::LeakyRelu: leakyRelu(t); break;
  case Formula::Elu: elu(t); break;
  case Formula::Sigmoid: __bang_active_sigmoid(y, x, t.n); break;
  case Formula::Tanh: __bang_active_tanh(y, x, t.n); break;
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
  case Formula::SquaredError: __bang_sub(x, x, t.in[1], t.n); __bang_square(y, x, t.n); break;
  case Formula::SquaredErrorBack:
    __bang_sub(x, x, t.in[1], t.n);
    __bang_mul_scalar(y, x, t.numbers[0], t.n);
    break;
  case Formula::Sgd: sgd(t); break;
  case Formula::Adam: adam(t); break;
  case Formula::Rotate: rotate(t); break;
  case Formula::LstmCell: lstmCell(t); break;
  default: break;
  }
}
// What is computed in half where the elements are: a function of the vector unit takes a quarter of the time that it takes
// in float, its result is rounded once either way, and neither side is converted. False for the other formulas.
__mlu_func__ inline bool computeNarrow(Formula formula, const Tile<half> &t) {
  half *y = t.out[0], *x = t.in[0];
  switch (formula) {
  case Formula::Sigmoid: __bang_active_sigmoid(y, x, t.n); return true;
  case Formula::Tanh: __bang_active_tanh(y, x, t.n); return true;
  case Formula::Gelu: __bang_active_gelu(y, x, t.n); return true;
  case Formula::Silu: silu(t); return true;
  case Formula::GeluBack: geluBack(t); return true;
  default: return computeAny(formula, t);
  }
}

__mlu_func__ inline void compute(Formula formula, const Tile<int> &t) { computeAny(formula, t); }

}  // namespace bangops

#endif  // BANGOPS_FORMULAS_H

// reference.h: the formulas of this family in double, written from their definitions.
#ifndef BANGOPS_ELEMENTWISE_REFERENCE_H
#define BANGOPS_ELEMENTWISE_REFERENCE_H

#include <bangops.h>

#include <cmath>

namespace bangops_test {

inline double unary(bangopsUnaryOp_t op, double alpha, double beta, double x) {
  switch (op) {
  case BANGOPS_ABS: return std::fabs(x);
  case BANGOPS_NEG: return -x;
  case BANGOPS_SIGN: return x > 0 ? 1 : x < 0 ? -1 : 0;
  case BANGOPS_SQUARE: return x * x;
  case BANGOPS_SQRT: return std::sqrt(x);
  case BANGOPS_RSQRT: return 1 / std::sqrt(x);
  case BANGOPS_RECIP: return 1 / x;
  case BANGOPS_EXP: return std::exp(x);
  case BANGOPS_LOG: return std::log(x);
  case BANGOPS_SCALE: return alpha * x + beta;
  }
  return NAN;
}

inline double binary(bangopsBinaryOp_t op, double alpha, double a, double b) {
  switch (op) {
  case BANGOPS_ADD: return a + b;
  case BANGOPS_SUB: return a - b;
  case BANGOPS_MUL: return a * b;
  case BANGOPS_DIV: return a / b;
  case BANGOPS_MAX: return std::fmax(a, b);
  case BANGOPS_MIN: return std::fmin(a, b);
  case BANGOPS_POWER_DIFFERENCE: return std::pow(a - b, alpha);
  }
  return NAN;
}

inline double normal(double x) { return 0.5 * std::erfc(-x / std::sqrt(2.0)); }

inline double activation(bangopsActivation_t op, double alpha, double x) {
  switch (op) {
  case BANGOPS_RELU: return x > 0 ? x : 0;
  case BANGOPS_LEAKY_RELU: return x > 0 ? x : alpha * x;
  case BANGOPS_ELU: return x > 0 ? x : alpha * std::expm1(x);
  case BANGOPS_SIGMOID: return 1 / (1 + std::exp(-x));
  case BANGOPS_TANH: return std::tanh(x);
  case BANGOPS_GELU: return x * normal(x);
  case BANGOPS_SILU: return x / (1 + std::exp(-x));
  }
  return NAN;
}

inline double derivative(bangopsActivation_t op, double alpha, double x) {
  const double s = 1 / (1 + std::exp(-x)), t = std::tanh(x);
  switch (op) {
  case BANGOPS_RELU: return x > 0 ? 1 : 0;
  case BANGOPS_LEAKY_RELU: return x > 0 ? 1 : alpha;
  case BANGOPS_ELU: return x > 0 ? 1 : alpha * std::exp(x);
  case BANGOPS_SIGMOID: return s * (1 - s);
  case BANGOPS_TANH: return 1 - t * t;
  case BANGOPS_GELU: return normal(x) + x * std::exp(-x * x / 2) / std::sqrt(2 * 3.14159265358979323846);
  case BANGOPS_SILU: return s * (1 + x * (1 - s));
  }
  return NAN;
}

// The generator of dropout, one element at a time: half of a hash of the counter. p is a multiple of 2^-16.
inline bool dropped(uint32_t index, uint32_t seed, double p) {
  uint32_t h = index / 2 * 0x9e3779b9u + seed;
  h = (h ^ h >> 16) * 0x85ebca6bu;
  h = (h ^ h >> 13) * 0xc2b2ae35u;
  h ^= h >> 16;
  return (index % 2 ? h >> 16 : h & 0xffff) < p * 65536;
}

}  // namespace bangops_test

#endif  // BANGOPS_ELEMENTWISE_REFERENCE_H

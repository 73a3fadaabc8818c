// Activation.cpp: oracles of transcendental functions, in double. Each is right within 2 ulp of its type.
#include "test/Matrix/lib/Oracles.h"

namespace matrix {

constexpr double kUlps = 2;

static Add expOf("active_exp", unary([](double a) { return std::exp(a); }, kUlps));
static Add logOf("active_log", unary([](double a) { return std::log(a); }, kUlps));
static Add recip("active_recip", unary([](double a) { return 1 / a; }, kUlps));
static Add sqrtOf("active_sqrt", unary([](double a) { return std::sqrt(a); }, kUlps));
static Add rsqrt("rsqrt active_rsqrt", unary([](double a) { return 1 / std::sqrt(a); }, kUlps));
static Add sigmoid("active_sigmoid", unary([](double a) { return 1 / (1 + std::exp(-a)); }, kUlps));
static Add tanhOf("active_tanh", unary([](double a) { return std::tanh(a); }, kUlps));
static Add gelu("active_gelu",
                unary([](double a) { return std::isinf(a) && a < 0 ? -0.0 : a * 0.5 * std::erfc(-a / std::sqrt(2.0)); },
                      kUlps));
static Add sign("active_sign", unary([](double a) { return a >= 0 ? 1.0 : -1.0; }));
static Add sinOf("sin active_sin", unary([](double a) { return std::sin(a); }, kUlps));
static Add cosOf("cos active_cos", unary([](double a) { return std::cos(a); }, kUlps));
static Add exp2Of("pow2", unary([](double a) { return std::exp2(a); }, kUlps));
static Add log2Of("log2", unary([](double a) { return std::log2(a); }, kUlps));

} // namespace matrix

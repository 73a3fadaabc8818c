// elementwise.h: the table of element-wise formulas, and what the host half tells the kernel.
#ifndef BANGOPS_ELEMENTWISE_H
#define BANGOPS_ELEMENTWISE_H

#include "common/host.h"

namespace bangops {

// X(name, inputs, outputs, scratch tiles, also for i32). The formulas are in formulas.h under the same names.
#define BANGOPS_FORMULAS(X)                                                                                           \
  X(Abs, 1, 1, 0, true)                                                                                               \
  X(Neg, 1, 1, 0, true)                                                                                               \
  X(Sign, 1, 1, 1, false)                                                                                             \
  X(Square, 1, 1, 0, false)                                                                                           \
  X(Sqrt, 1, 1, 0, false)                                                                                             \
  X(Rsqrt, 1, 1, 0, false)                                                                                            \
  X(Recip, 1, 1, 0, false)                                                                                            \
  X(Exp, 1, 1, 0, false)                                                                                              \
  X(Log, 1, 1, 0, false)                                                                                              \
  X(Scale, 1, 1, 0, false)                                                                                            \
  X(Add, 2, 1, 0, true)                                                                                               \
  X(Sub, 2, 1, 0, true)                                                                                               \
  X(Mul, 2, 1, 0, true)                                                                                               \
  X(Div, 2, 1, 0, false)                                                                                              \
  X(Max, 2, 1, 0, true)                                                                                               \
  X(Min, 2, 1, 0, true)                                                                                               \
  X(PowerDifference, 2, 1, 0, false)                                                                                  \
  X(Relu, 1, 1, 0, false)                                                                                             \
  X(LeakyRelu, 1, 1, 0, false)                                                                                        \
  X(Elu, 1, 1, 1, false)                                                                                              \
  X(Sigmoid, 1, 1, 0, false)                                                                                          \
  X(Tanh, 1, 1, 0, false)                                                                                             \
  X(Gelu, 1, 1, 0, false)                                                                                             \
  X(Silu, 1, 1, 0, false)                                                                                             \
  X(ReluBack, 2, 1, 0, false)                                                                                         \
  X(LeakyReluBack, 2, 1, 0, false)                                                                                    \
  X(EluBack, 2, 1, 1, false)                                                                                          \
  X(SigmoidBack, 2, 1, 0, false)                                                                                      \
  X(TanhBack, 2, 1, 0, false)                                                                                         \
  X(GeluBack, 2, 1, 2, false)                                                                                         \
  X(SiluBack, 2, 1, 1, false)                                                                                         \
  X(PRelu, 2, 1, 0, false)                                                                                            \
  X(PReluBack, 3, 2, 1, false)                                                                                        \
  X(Dropout, 1, 1, 2, false)                                                                                          \
  X(SquaredError, 2, 1, 0, false)                                                                                     \
  X(SquaredErrorBack, 2, 1, 0, false)                                                                                 \
  X(Sgd, 3, 2, 0, false)                                                                                              \
  X(Adam, 4, 3, 1, false)                                                                                             \
  X(LstmCell, 5, 2, 0, false)

enum class Formula {
#define BANGOPS_ENUM(name, inputs, outputs, scratch, integer) name,
  BANGOPS_FORMULAS(BANGOPS_ENUM)
#undef BANGOPS_ENUM
};

constexpr int kMaxInputs = 5, kMaxOutputs = 3, kMaxNumbers = 8;

struct ElementwisePlan {
  Formula formula;
  int inputCount, outputCount, scratchCount;
  const void *inputs[kMaxInputs];
  void *outputs[kMaxOutputs];
  int64_t n;
  int tile;
  float numbers[kMaxNumbers];  // of the formula
  uint32_t seed;
};
void launchElementwise(const ElementwisePlan &plan, bangopsDataType_t dtype, const Machine &machine,
                       cnrtQueue_t queue);

// One operand of a call: the parameter's name, its descriptor and data.
struct Input {
  const char *name;
  bangopsTensorDescriptor_t desc;
  const void *data;
};
struct Output {
  const char *name;
  bangopsTensorDescriptor_t desc;
  void *data;
};
// Checks the operands and queues the formula. All outputs have the shape of the first; inputs are repeated to it.
void runElementwise(bangopsHandle_t handle, Formula formula, const std::vector<Input> &inputs,
                    const std::vector<Output> &outputs, const std::vector<float> &numbers, uint32_t seed = 0);

}  // namespace bangops

#endif  // BANGOPS_ELEMENTWISE_H

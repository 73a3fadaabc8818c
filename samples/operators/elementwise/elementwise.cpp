// elementwise.cpp: element-wise operators and activations: checks, tiles, launches.
#include "elementwise/elementwise.h"

#include <algorithm>
#include <cmath>
#include <memory>

namespace bangops {

struct FormulaFacts {
  const char *name;
  int inputs, outputs, scratch;
  bool integer;
};
static const FormulaFacts facts[] = {
#define BANGOPS_FACTS(name, inputs, outputs, scratch, integer) {#name, inputs, outputs, scratch, integer},
    BANGOPS_FORMULAS(BANGOPS_FACTS)
#undef BANGOPS_FACTS
};

constexpr int64_t kGoodTile = 16384, kLeastTile = 1024, kLeastRounds = 4, kMostRounds = 16;

void runElementwise(bangopsHandle_t handle, Formula formula, const std::vector<Input> &inputs,
                    const std::vector<Output> &outputs, const std::vector<float> &numbers, uint32_t seed) {
  expectHandle(handle);
  const FormulaFacts &fact = facts[static_cast<int>(formula)];
  const Tensor &shape = tensor(outputs[0].desc, outputs[0].name);
  if (!(fact.integer && shape.dtype == BANGOPS_DTYPE_I32))
    expectFloat(shape, outputs[0].name);
  for (const Output &output : outputs) {
    const Tensor &t = tensor(output.desc, output.name);
    expectShape(t, output.name, shape.dims);
    expectDtype(t, output.name, shape.dtype);
    expectWritable(t, output.name);
    expectData(t, output.data, output.name);
  }
  std::vector<Tensor> wide;
  for (const Input &input : inputs) {
    const Tensor &t = tensor(input.desc, input.name);
    expectDtype(t, input.name, shape.dtype);
    wide.push_back(broadcast(t, input.name, shape.dims));
    if (elements(shape) > 0)
      expectData(t, input.data, input.name);
  }
  ElementwisePlan plan = {};
  plan.n = elements(shape);
  if (plan.n == 0)
    return;
  plan.formula = formula;
  plan.inputCount = fact.inputs;
  plan.outputCount = fact.outputs;
  plan.scratchCount = fact.scratch;
  plan.seed = seed;
  std::copy(numbers.begin(), numbers.end(), plan.numbers);
  std::vector<std::unique_ptr<Dense>> operands;
  for (size_t i = 0; i < inputs.size(); ++i) {
    operands.push_back(std::make_unique<Dense>(handle, wide[i], inputs[i].data));
    plan.inputs[i] = operands.back()->get();
  }
  const size_t firstOutput = operands.size();
  for (size_t o = 0; o < outputs.size(); ++o) {
    operands.push_back(std::make_unique<Dense>(handle, *outputs[o].desc, outputs[o].data, true));
    plan.outputs[o] = operands.back()->get();
  }
  // Bytes of NRAM per element, and the largest tile that fits. All cores get the same number of tiles: large ones, because
  // an instruction has a start, but a few, so that the first load and the last store, which nothing hides, are short.
  const int bytes = static_cast<int>(elementBytes(shape.dtype)), buffers = fact.inputs + fact.outputs;
  const int perElement = 2 * buffers * bytes + (bytes < 4 ? buffers * 4 : 0) + fact.scratch * 4;
  const int64_t room = (handle->machine.nramBytes - 32 * 128) / perElement / 64 * 64;
  const int64_t perCore = (plan.n - 1) / handle->machine.cores + 1;
  const int64_t rounds = std::max(std::clamp(perCore / kGoodTile, kLeastRounds, kMostRounds), (perCore - 1) / room + 1);
  const int64_t share = (perCore / rounds + 63) / 64 * 64;
  plan.tile = static_cast<int>(std::min(room, std::max(kLeastTile, share)));
  if (!handle->asked)
    launchElementwise(plan, shape.dtype, handle->machine, handle->queue);
  for (size_t o = firstOutput; o < operands.size(); ++o)
    operands[o]->finish();
}

// The formula of a public operation that is `operation` places behind the first one.
template <class Operation> static Formula formulaOf(Operation operation, Formula first, Operation last) {
  expect(operation >= 0 && operation <= last, "the operation is unknown");
  return static_cast<Formula>(static_cast<int>(first) + static_cast<int>(operation));
}

}  // namespace bangops

using namespace bangops;

extern "C" {

bangopsStatus_t bangopsUnary(bangopsHandle_t handle, bangopsUnaryOp_t op, float alpha, float beta,
                             bangopsTensorDescriptor_t xDesc, const void *x, bangopsTensorDescriptor_t yDesc, void *y) {
  return guarded(__func__, [&] {
    runElementwise(handle, formulaOf(op, Formula::Abs, BANGOPS_SCALE), {{"x", xDesc, x}}, {{"y", yDesc, y}},
                   {alpha, beta});
  });
}

bangopsStatus_t bangopsBinary(bangopsHandle_t handle, bangopsBinaryOp_t op, float alpha,
                              bangopsTensorDescriptor_t aDesc, const void *a, bangopsTensorDescriptor_t bDesc,
                              const void *b, bangopsTensorDescriptor_t yDesc, void *y) {
  return guarded(__func__, [&] {
    if (op == BANGOPS_POWER_DIFFERENCE)
      expect(alpha >= 1 && alpha <= 1000 && alpha == std::floor(alpha),
             "the power is " + std::to_string(alpha) + ", expected a whole number from 1 to 1000");
    runElementwise(handle, formulaOf(op, Formula::Add, BANGOPS_POWER_DIFFERENCE), {{"a", aDesc, a}, {"b", bDesc, b}},
                   {{"y", yDesc, y}}, {alpha});
  });
}

bangopsStatus_t bangopsActivationForward(bangopsHandle_t handle, bangopsActivation_t op, float alpha,
                                         bangopsTensorDescriptor_t xDesc, const void *x,
                                         bangopsTensorDescriptor_t yDesc, void *y) {
  return guarded(__func__, [&] {
    runElementwise(handle, formulaOf(op, Formula::Relu, BANGOPS_SILU), {{"x", xDesc, x}}, {{"y", yDesc, y}}, {alpha});
  });
}
bangopsStatus_t bangopsActivationBackward(bangopsHandle_t handle, bangopsActivation_t op, float alpha,
                                          bangopsTensorDescriptor_t xDesc, const void *x,
                                          bangopsTensorDescriptor_t dyDesc, const void *dy,
                                          bangopsTensorDescriptor_t dxDesc, void *dx) {
  return guarded(__func__, [&] {
    runElementwise(handle, formulaOf(op, Formula::ReluBack, BANGOPS_SILU), {{"x", xDesc, x}, {"dy", dyDesc, dy}},
                   {{"dx", dxDesc, dx}}, {alpha});
  });
}
bangopsStatus_t bangopsPReLUForward(bangopsHandle_t handle, bangopsTensorDescriptor_t xDesc, const void *x,
                                    bangopsTensorDescriptor_t slopeDesc, const void *slope,
                                    bangopsTensorDescriptor_t yDesc, void *y) {
  return guarded(__func__, [&] {
    runElementwise(handle, Formula::PRelu, {{"x", xDesc, x}, {"slope", slopeDesc, slope}}, {{"y", yDesc, y}}, {});
  });
}
bangopsStatus_t bangopsPReLUBackward(bangopsHandle_t handle, bangopsTensorDescriptor_t xDesc, const void *x,
                                     bangopsTensorDescriptor_t slopeDesc, const void *slope,
                                     bangopsTensorDescriptor_t dyDesc, const void *dy, bangopsTensorDescriptor_t dxDesc,
                                     void *dx, bangopsTensorDescriptor_t dslopeDesc, void *dslope) {
  return guarded(__func__, [&] {
    runElementwise(handle, Formula::PReluBack, {{"x", xDesc, x}, {"slope", slopeDesc, slope}, {"dy", dyDesc, dy}},
                   {{"dx", dxDesc, dx}, {"dslope", dslopeDesc, dslope}}, {});
  });
}
bangopsStatus_t bangopsDropout(bangopsHandle_t handle, float p, uint32_t seed, bangopsTensorDescriptor_t xDesc,
                               const void *x, bangopsTensorDescriptor_t yDesc, void *y) {
  return guarded(__func__, [&] {
    expect(p >= 0 && p < 1, "the probability is " + std::to_string(p) + ", expected 0 or more and less than 1");
    // The generator has 16 bits for each element; what stays is scaled by the probability that it really has.
    const float steps = std::min(std::round(p * 65536.0f), 65535.0f);
    runElementwise(handle, Formula::Dropout, {{"x", xDesc, x}}, {{"y", yDesc, y}},
                   {steps, 1.0f / (1.0f - steps / 65536.0f)}, seed);
  });
}

}  // extern "C"

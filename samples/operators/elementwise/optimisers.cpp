// optimisers.cpp: steps that change weights in place; formulas of the element-wise pipeline with several results.
#include "elementwise/elementwise.h"

#include <cmath>

using namespace bangops;

extern "C" {

bangopsStatus_t bangopsSgd(bangopsHandle_t handle, float rate, float momentum, float decay,
                           bangopsTensorDescriptor_t desc, void *w, const void *gradient, void *v) {
  return guarded(__func__, [&] {
    runElementwise(handle, Formula::Sgd, {{"w", desc, w}, {"gradient", desc, gradient}, {"v", desc, v}},
                   {{"w", desc, w}, {"v", desc, v}}, {rate, momentum, decay});
  });
}

bangopsStatus_t bangopsAdam(bangopsHandle_t handle, float rate, float beta1, float beta2, float epsilon, int step,
                            bangopsTensorDescriptor_t desc, void *w, const void *gradient, void *m, void *v) {
  return guarded(__func__, [&] {
    expect(step >= 1, "the step is " + std::to_string(step) + ", expected 1 or more");
    expect(beta1 >= 0 && beta1 < 1 && beta2 >= 0 && beta2 < 1, "the betas are " + std::to_string(beta1) + " and " +
                                                                   std::to_string(beta2) +
                                                                   ", expected 0 or more and less than 1");
    const float corrected1 = static_cast<float>(rate / (1 - std::pow(static_cast<double>(beta1), step)));
    const float corrected2 = static_cast<float>(1 / std::sqrt(1 - std::pow(static_cast<double>(beta2), step)));
    runElementwise(handle, Formula::Adam,
                   {{"w", desc, w}, {"gradient", desc, gradient}, {"m", desc, m}, {"v", desc, v}},
                   {{"w", desc, w}, {"m", desc, m}, {"v", desc, v}}, {corrected1, beta1, beta2, epsilon, corrected2});
  });
}

}  // extern "C"

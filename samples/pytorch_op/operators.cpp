// operators.cpp: registers the kernels of operators.mlu in PyTorch as bang::power_difference and bang::sigmoid. The key
// CPU computes; the key Autograd remembers what the gradient needs and calls the gradient's kernel.
#include "operators.h"

#include "bang_torch.h"

#include <ATen/core/dispatch/Dispatcher.h>
#include <torch/csrc/autograd/custom_function.h>

using at::Tensor;
using torch::autograd::AutogradContext;
using torch::autograd::Variable;
using torch::autograd::variable_list;

static Element elementOf(const char *name, const Tensor &x) {
  TORCH_CHECK(x.scalar_type() == at::kFloat || x.scalar_type() == at::kHalf, name, ": a tensor holds ", x.scalar_type(),
              ", expected Float or Half; the card does not compute in others, convert it with .to()");
  return x.scalar_type() == at::kHalf ? Element::Half : Element::Float;
}

static void expectAlike(const char *name, const Tensor &a, const Tensor &b) {
  TORCH_CHECK(a.sizes() == b.sizes() && a.scalar_type() == b.scalar_type(), name, ": the tensors are ", a.scalar_type(),
              a.sizes(), " and ", b.scalar_type(), b.sizes(), ", expected one type and one shape");
}

static Tensor like(const Tensor &x) { return at::empty_like(x, at::MemoryFormat::Contiguous); }

static Tensor powerDifferenceCpu(const Tensor &a, const Tensor &b, int64_t exponent) {
  const char *name = "power_difference";
  expectAlike(name, a, b);
  TORCH_CHECK(exponent >= 0 && exponent <= 64, name, ": the exponent is ", exponent, ", expected 0 to 64");
  const Element type = elementOf(name, a);
  const Tensor y = like(a);
  if (y.numel() == 0)
    return y;
  bang_torch::Call call;
  powerDifference(type, call.out(y), call.in(a), call.in(b), static_cast<int>(exponent), a.numel(), call.queue());
  call.finish();
  return y;
}

static std::tuple<Tensor, Tensor> powerDifferenceBackwardCpu(const Tensor &dy, const Tensor &a, const Tensor &b,
                                                             int64_t exponent) {
  const char *name = "power_difference_backward";
  expectAlike(name, a, b);
  expectAlike(name, a, dy);
  const Element type = elementOf(name, a);
  const Tensor da = like(a), db = like(b);
  if (da.numel() == 0)
    return {da, db};
  bang_torch::Call call;
  powerDifferenceBackward(type, call.out(da), call.out(db), call.in(dy), call.in(a), call.in(b),
                          static_cast<int>(exponent), a.numel(), call.queue());
  call.finish();
  return {da, db};
}

static Tensor sigmoidCpu(const Tensor &x) {
  const Element type = elementOf("sigmoid", x);
  const Tensor y = like(x);
  if (y.numel() == 0)
    return y;
  bang_torch::Call call;
  sigmoid(type, call.out(y), call.in(x), x.numel(), call.queue());
  call.finish();
  return y;
}

static Tensor sigmoidBackwardCpu(const Tensor &dy, const Tensor &y) {
  const char *name = "sigmoid_backward";
  expectAlike(name, dy, y);
  const Element type = elementOf(name, y);
  const Tensor dx = like(y);
  if (dx.numel() == 0)
    return dx;
  bang_torch::Call call;
  sigmoidBackward(type, call.out(dx), call.in(dy), call.in(y), y.numel(), call.queue());
  call.finish();
  return dx;
}

TORCH_LIBRARY(bang, library) {
  library.def("power_difference(Tensor a, Tensor b, int exponent) -> Tensor");
  library.def("power_difference_backward(Tensor dy, Tensor a, Tensor b, int exponent) -> (Tensor, Tensor)");
  library.def("sigmoid(Tensor x) -> Tensor");
  library.def("sigmoid_backward(Tensor dy, Tensor y) -> Tensor");
}

TORCH_LIBRARY_IMPL(bang, CPU, library) {
  library.impl("power_difference", powerDifferenceCpu);
  library.impl("power_difference_backward", powerDifferenceBackwardCpu);
  library.impl("sigmoid", sigmoidCpu);
  library.impl("sigmoid_backward", sigmoidBackwardCpu);
}

// Calls an operator by its name, below autograd: whatever is registered for the tensors' key.
template <class Function, class... Arguments> static auto dispatch(const char *name, Arguments &&...arguments) {
  at::AutoDispatchBelowAutograd below;
  return c10::Dispatcher::singleton().findSchemaOrThrow(name, "").typed<Function>().call(arguments...);
}

struct PowerDifferenceFunction : torch::autograd::Function<PowerDifferenceFunction> {
  static Variable forward(AutogradContext *context, const Variable &a, const Variable &b, int64_t exponent) {
    context->save_for_backward({a, b});
    context->saved_data["exponent"] = exponent;
    return dispatch<decltype(powerDifferenceCpu)>("bang::power_difference", a, b, exponent);
  }
  static variable_list backward(AutogradContext *context, const variable_list &dy) {
    const variable_list saved = context->get_saved_variables();
    const auto [da, db] = dispatch<decltype(powerDifferenceBackwardCpu)>(
        "bang::power_difference_backward", dy[0], saved[0], saved[1], context->saved_data["exponent"].toInt());
    return {da, db, Variable()};
  }
};

struct SigmoidFunction : torch::autograd::Function<SigmoidFunction> {
  static Variable forward(AutogradContext *context, const Variable &x) {
    const Tensor y = dispatch<decltype(sigmoidCpu)>("bang::sigmoid", x);
    context->save_for_backward({y});
    return y;
  }
  static variable_list backward(AutogradContext *context, const variable_list &dy) {
    return {dispatch<decltype(sigmoidBackwardCpu)>("bang::sigmoid_backward", dy[0], context->get_saved_variables()[0])};
  }
};

static Tensor powerDifferenceAutograd(const Tensor &a, const Tensor &b, int64_t exponent) {
  return PowerDifferenceFunction::apply(a, b, exponent);
}
static Tensor sigmoidAutograd(const Tensor &x) { return SigmoidFunction::apply(x); }

TORCH_LIBRARY_IMPL(bang, Autograd, library) {
  library.impl("power_difference", powerDifferenceAutograd);
  library.impl("sigmoid", sigmoidAutograd);
}

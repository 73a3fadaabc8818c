// elementwise.cpp: arithmetic, activations forward and backward, dropout, optimisers; losses that are formulas.
#include "bench.h"

#include <algorithm>
#include <string>

namespace {

// The operands of all cases of a shape.
struct Operands {
  bangopsDataType_t type;
  std::string shape;
  Tensor a, b, c, d, result;
  Operands(bangopsDataType_t type, const std::vector<int64_t> &dims, const std::string &shape)
      : type(type), shape(shape), a(type, dims), b(type, dims), c(type, dims), d(type, dims), result(type, dims) {}
  // A case that reads and writes so many of them.
  void run(const std::string &what, int operands, const std::function<bangopsStatus_t()> &call) {
    measure(what, type, shape, operands * a.bytes, 0, call);
  }
  void unary(const char *name, bangopsUnaryOp_t op) {
    run(name, 2, [&] { return bangopsUnary(handle, op, 2, 1, a.desc, a.data, result.desc, result.data); });
  }
  void binary(const char *name, bangopsBinaryOp_t op) {
    run(name, 3,
        [&] { return bangopsBinary(handle, op, 2, a.desc, a.data, b.desc, b.data, result.desc, result.data); });
  }
  void forward(const std::string &name, bangopsActivation_t op) {
    run(name, 2, [&] { return bangopsActivationForward(handle, op, 0.1f, a.desc, a.data, result.desc, result.data); });
  }
  void backward(const std::string &name, bangopsActivation_t op) {
    run(name + " backward", 3, [&] {
      return bangopsActivationBackward(handle, op, 0.1f, a.desc, a.data, b.desc, b.data, result.desc, result.data);
    });
  }
  void dropout() {
    run("dropout", 2, [&] { return bangopsDropout(handle, 0.1f, 1, a.desc, a.data, result.desc, result.data); });
  }
  void adam() {
    run("adam", 7,
        [&] { return bangopsAdam(handle, 0.1f, 0.9f, 0.99f, 1e-8f, 1, a.desc, a.data, b.data, c.data, d.data); });
  }
};

const char *const unaryNames[] = {"abs",        "negate", "sign", "square",       "square root", "reciprocal root",
                                  "reciprocal", "exp",    "log",  "scale and add"};
const char *const binaryNames[] = {"add", "subtract", "multiply", "divide", "maximum", "minimum", "power difference 2"};
const char *const activationNames[] = {"relu", "leaky relu", "elu", "sigmoid", "tanh", "gelu", "silu"};

void everything(Operands &o) {
  for (int op = BANGOPS_ABS; op <= BANGOPS_SCALE; ++op)
    o.unary(unaryNames[op], static_cast<bangopsUnaryOp_t>(op));
  for (int op = BANGOPS_ADD; op <= BANGOPS_POWER_DIFFERENCE; ++op)
    o.binary(binaryNames[op], static_cast<bangopsBinaryOp_t>(op));
  for (int op = BANGOPS_RELU; op <= BANGOPS_SILU; ++op) {
    o.forward(activationNames[op], static_cast<bangopsActivation_t>(op));
    o.backward(activationNames[op], static_cast<bangopsActivation_t>(op));
  }
  const Tensor &x = o.a, &slope = o.b, &dy = o.c, &dx = o.d, &dslope = o.result;
  o.run("prelu", 3,
        [&] { return bangopsPReLUForward(handle, x.desc, x.data, slope.desc, slope.data, dslope.desc, dslope.data); });
  o.run("prelu backward", 5, [&] {
    return bangopsPReLUBackward(handle, x.desc, x.data, slope.desc, slope.data, dy.desc, dy.data, dx.desc, dx.data,
                                dslope.desc, dslope.data);
  });
  o.dropout();
  o.run("sgd", 5, [&] { return bangopsSgd(handle, 0.1f, 0.9f, 0.01f, o.a.desc, o.a.data, o.b.data, o.c.data); });
  o.adam();
  Tensor loss(o.type, {1});
  o.run("mean squared error", 2,
        [&] { return bangopsMseForward(handle, o.a.desc, o.a.data, o.b.desc, o.b.data, loss.desc, loss.data); });
  o.run("mean squared error backward", 3, [&] {
    return bangopsMseBackward(handle, o.a.desc, o.a.data, o.b.desc, o.b.data, o.result.desc, o.result.data);
  });
}

// One of each kind: few operands, many, a function, the generator.
void oneOfEachKind(Operands &o) {
  o.binary("add", BANGOPS_ADD);
  o.forward("gelu", BANGOPS_GELU);
  o.backward("gelu", BANGOPS_GELU);
  o.dropout();
  o.adam();
}

} // namespace

void elementwise(bangopsDataType_t type) {
  const int64_t n = sized(4 << 20), side = std::max<int64_t>(1, static_cast<int64_t>(1000 * scale));
  Operands large(type, {n}, std::to_string(n));
  // Kernels compute bfloat16 as they compute half in float, so one of each kind tells the rest.
  if (type == BANGOPS_DTYPE_BF16)
    oneOfEachKind(large);
  else
    everything(large);
  Operands odd(type, {side, 1000}, std::to_string(side) + " x 1000");
  oneOfEachKind(odd);
}

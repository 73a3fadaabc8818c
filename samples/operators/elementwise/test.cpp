// test.cpp: element-wise operators and activations against elementwise/reference.h.
#include "elementwise/reference.h"
#include "test/tester.h"

using namespace bangops_test;

static const bangopsDataType_t floats[] = {BANGOPS_DTYPE_F32, BANGOPS_DTYPE_F16, BANGOPS_DTYPE_BF16};
// One element, a unit of the machine and its neighbours, several tiles on every core.
static const Dims shapes[] = {{1}, {3, 11}, {128}, {129}, {2, 3, 4, 5}, {70001}, {0}, {5, 0}, {}};
// Each shape dense, and the small ones with gaps between the elements as well.
template <class Body> static void forShapes(Body body) {
  for (const Dims &shape : shapes) {
    body(shape, Dims());
    if (count(shape) > 1 && count(shape) < 1000)
      body(shape, gaps(shape));
  }
}

template <class F> static Values map(const Values &x, F f) {
  Values y;
  for (double v : x)
    y.push_back(f(v));
  return y;
}
template <class F> static Values map(const Values &x, const Values &z, F f) {
  Values y;
  for (size_t i = 0; i < x.size(); ++i)
    y.push_back(f(x[i], z[i]));
  return y;
}

static void unaries() {
  for (int op = BANGOPS_ABS; op <= BANGOPS_SCALE; ++op)
    for (bangopsDataType_t type : floats)
      forShapes([&](const Dims &shape, const Dims &layout) {
        if (op != BANGOPS_LOG && type != BANGOPS_DTYPE_F16 && count(shape) > 1000)
          return;  // long ones once per operator
        const auto code = static_cast<bangopsUnaryOp_t>(op);
        const bool positive = op >= BANGOPS_SQRT && op <= BANGOPS_RECIP;
        const Values x = randomValues(shape, type, op + 1, positive || op == BANGOPS_LOG ? 0.1 : -4, 4);
        Tensor in(type, shape, x, layout), out(type, shape, {}, layout);
        check("unary " + std::to_string(op) + " " + dtypeName(type) + " " + text(shape),
              bangopsUnary(handle, code, 1.5f, -0.25f, in.desc, in.data, out.desc, out.data), out,
              map(x, [&](double v) { return unary(code, 1.5, -0.25, v); }));
      });
}

static void binaries() {
  for (int op = BANGOPS_ADD; op <= BANGOPS_POWER_DIFFERENCE; ++op)
    for (bangopsDataType_t type : {BANGOPS_DTYPE_F32, BANGOPS_DTYPE_F16, BANGOPS_DTYPE_BF16, BANGOPS_DTYPE_I32})
      forShapes([&](const Dims &shape, const Dims &layout) {
        if (type == BANGOPS_DTYPE_I32 && (op == BANGOPS_DIV || op == BANGOPS_POWER_DIFFERENCE))
          return;
        if (op != BANGOPS_ADD && count(shape) > 1000)
          return;
        const auto code = static_cast<bangopsBinaryOp_t>(op);
        const Values a = randomValues(shape, type, op + 1, -3, 3);
        const Values b = randomValues(shape, type, op + 90, op == BANGOPS_DIV ? 0.5 : -3, 3);
        Tensor inA(type, shape, a, layout), inB(type, shape, b), out(type, shape, {}, layout);
        check("binary " + std::to_string(op) + " " + dtypeName(type) + " " + text(shape),
              bangopsBinary(handle, code, 3, inA.desc, inA.data, inB.desc, inB.data, out.desc, out.data), out,
              map(a, b, [&](double v, double w) { return binary(code, 3, v, w); }));
      });
}

static void activations() {
  for (int op = BANGOPS_RELU; op <= BANGOPS_SILU; ++op)
    for (bangopsDataType_t type : floats)
      forShapes([&](const Dims &shape, const Dims &layout) {
        const auto code = static_cast<bangopsActivation_t>(op);
        Values x = randomValues(shape, type, op + 1, -6, 6);
        if (!x.empty())
          x[0] = 0;
        for (size_t i = 1; i < std::min<size_t>(x.size(), 25); ++i)  // next to 0, on both sides
          x[i] = std::ldexp(i % 2 ? 1 : -1, -static_cast<int>(i));
        const Values dy = randomValues(shape, type, op + 50, -2, 2);
        const std::string name = "activation " + std::to_string(op) + " " + dtypeName(type) + " " + text(shape);
        Tensor in(type, shape, x, layout), out(type, shape, {}, layout), gradient(type, shape, dy),
            back(type, shape, {}, layout);
        check(name, bangopsActivationForward(handle, code, 0.3f, in.desc, in.data, out.desc, out.data), out,
              map(x, [&](double v) { return activation(code, 0.3f, v); }));
        check(name + " backward",
              bangopsActivationBackward(handle, code, 0.3f, in.desc, in.data, gradient.desc, gradient.data, back.desc,
                                        back.data),
              back, map(x, dy, [&](double v, double w) { return w * derivative(code, 0.3f, v); }));
      });
}

// Operands that are not dense or smaller than the result.
static void strided() {
  for (bangopsDataType_t type : floats) {
    const Dims shape = {3, 5, 7};
    const Values x = randomValues(shape, type, 1, -3, 3), row = randomValues({7}, type, 2, -3, 3),
                 column = randomValues({5, 1}, type, 3, -3, 3);
    Tensor in(type, shape, x, gaps(shape)), out(type, shape, {}, gaps(shape)), dense(type, shape, {});
    Tensor rows(type, {7}, row), columns(type, {5, 1}, column);
    check(std::string("strided square ") + dtypeName(type),
          bangopsUnary(handle, BANGOPS_SQUARE, 0, 0, in.desc, in.data, out.desc, out.data), out,
          map(x, [](double v) { return v * v; }));
    Values byRow = x, byColumn = x;
    for (size_t i = 0; i < x.size(); ++i) {
      byRow[i] += row[i % 7];
      byColumn[i] *= column[i / 7 % 5];
    }
    check(std::string("row repeated ") + dtypeName(type),
          bangopsBinary(handle, BANGOPS_ADD, 1, in.desc, in.data, rows.desc, rows.data, dense.desc, dense.data), dense,
          byRow);
    check(std::string("column repeated ") + dtypeName(type),
          bangopsBinary(handle, BANGOPS_MUL, 1, in.desc, in.data, columns.desc, columns.data, out.desc, out.data), out,
          byColumn);
    // In place.
    check(std::string("in place ") + dtypeName(type),
          bangopsUnary(handle, BANGOPS_NEG, 0, 0, in.desc, in.data, in.desc, in.data), in,
          map(x, [](double v) { return -v; }));
  }
}

static void prelu() {
  for (bangopsDataType_t type : floats)
    for (const Dims &layout : {Dims(), gaps({4, 6, 9})}) {
      const Dims shape = {4, 6, 9};
      const Values x = randomValues(shape, type, 1, -3, 3), slope = randomValues({9}, type, 2, 0, 0.5),
                   dy = randomValues(shape, type, 3, -1, 1);
      Values y = x, dx = x, dslope = x;
      for (size_t i = 0; i < x.size(); ++i) {
        const double s = slope[i % 9];
        y[i] = x[i] > 0 ? x[i] : s * x[i];
        dx[i] = dy[i] * (x[i] > 0 ? 1 : s);
        dslope[i] = x[i] > 0 ? 0 : dy[i] * x[i];
      }
      Tensor in(type, shape, x, layout), slopes(type, {9}, slope), out(type, shape, {}, layout),
          gradient(type, shape, dy, layout), back(type, shape, {}, layout), slopeBack(type, shape, {});
      const std::string name = std::string("prelu ") + dtypeName(type);
      check(name, bangopsPReLUForward(handle, in.desc, in.data, slopes.desc, slopes.data, out.desc, out.data), out, y);
      const bangopsStatus_t status =
          bangopsPReLUBackward(handle, in.desc, in.data, slopes.desc, slopes.data, gradient.desc, gradient.data,
                               back.desc, back.data, slopeBack.desc, slopeBack.data);
      check(name + " backward", status, back, dx);
      check(name + " backward of the slope", status, slopeBack, dslope);
    }
}

static void dropouts() {
  for (bangopsDataType_t type : floats)
    for (float p : {0.0f, 0.25f, 0.9f, 1 - 1e-6f}) {
      const Dims shape = {20011};
      const Values x = randomValues(shape, type, 5, 1, 2);
      const Dims layout = p == 0.25f ? gaps(shape) : Dims();
      Tensor in(type, shape, x, layout), out(type, shape, {}, layout);
      Values y = x;
      const double step = std::min(std::round(p * 65536.0), 65535.0) / 65536;
      int zeros = 0;
      for (size_t i = 0; i < x.size(); ++i) {
        const bool zero = dropped(static_cast<uint32_t>(i), 77, step);
        y[i] = zero ? 0 : x[i] / (1 - step);
        zeros += zero;
      }
      const std::string name = std::string("dropout ") + dtypeName(type) + " " + std::to_string(p);
      check(name, bangopsDropout(handle, p, 77, in.desc, in.data, out.desc, out.data), out, y);
      if (std::fabs(zeros / 20011.0 - p) > 0.02)
        fail(name, std::to_string(zeros) + " of 20011 elements are dropped");
    }
}

static void refusals() {
  Tensor a(BANGOPS_DTYPE_F32, {2, 3}, Values(6, 1)), b(BANGOPS_DTYPE_F32, {3, 2}, Values(6, 1)),
      h(BANGOPS_DTYPE_F16, {2, 3}, Values(6, 1)), n(BANGOPS_DTYPE_I32, {2, 3}, Values(6, 1)),
      repeated(BANGOPS_DTYPE_F32, {2, 3}, Values(3, 1), {0, 1});
  const auto add = [&](const Tensor &x, const Tensor &z, const Tensor &y) {
    return bangopsBinary(handle, BANGOPS_ADD, 1, x.desc, x.data, z.desc, z.data, y.desc, y.data);
  };
  const bangopsStatus_t bad = BANGOPS_STATUS_BAD_PARAM;
  refused("shape", add(a, b, a), bad,
          "bangopsBinary: b has the shape [3, 2], expected [2, 3] or one with dimensions of 1");
  refused("type", add(a, h, a), bad, "b has elements of f16, expected f32");
  refused("repeated output", add(a, a, repeated), bad, "y repeats dimension 0, but it is written");
  refused("null handle", bangopsUnary(nullptr, BANGOPS_ABS, 0, 0, a.desc, a.data, a.desc, a.data), bad,
          "the handle is a null pointer");
  refused("null data", bangopsUnary(handle, BANGOPS_ABS, 0, 0, a.desc, nullptr, a.desc, a.data), bad,
          "x is a null pointer");
  refused("null descriptor", bangopsUnary(handle, BANGOPS_ABS, 0, 0, nullptr, a.data, a.desc, a.data), bad,
          "the descriptor of x is a null pointer");
  refused("integers", bangopsUnary(handle, BANGOPS_EXP, 0, 0, n.desc, n.data, n.desc, n.data), bad,
          "y has elements of i32, expected f32, f16 or bf16");
  refused("power",
          bangopsBinary(handle, BANGOPS_POWER_DIFFERENCE, 0.5f, a.desc, a.data, a.desc, a.data, a.desc, a.data), bad,
          "the power is 0.500000, expected a whole number from 1 to 1000");
  refused("probability", bangopsDropout(handle, 1, 1, a.desc, a.data, a.desc, a.data), bad,
          "the probability is 1.000000, expected 0 or more and less than 1");
  const auto unknown = static_cast<bangopsUnaryOp_t>(99);
  refused("unary operation", bangopsUnary(handle, unknown, 0, 0, a.desc, a.data, a.desc, a.data), bad,
          "the operation is unknown");
  refused("activation's shape", bangopsActivationForward(handle, BANGOPS_GELU, 0, a.desc, a.data, b.desc, b.data), bad,
          "x has the shape [2, 3], expected [3, 2] or one with dimensions of 1");
  refused("gradient's type",
          bangopsActivationBackward(handle, BANGOPS_GELU, 0, a.desc, a.data, h.desc, h.data, a.desc, a.data), bad,
          "dy has elements of f16, expected f32");
  refused("prelu's slope", bangopsPReLUForward(handle, a.desc, a.data, b.desc, b.data, a.desc, a.data), bad,
          "slope has the shape [3, 2], expected [2, 3] or one with dimensions of 1");
  refused("prelu's gradients",
          bangopsPReLUBackward(handle, a.desc, a.data, a.desc, a.data, a.desc, a.data, a.desc, a.data, b.desc, b.data),
          bad, "dslope has the shape [3, 2], expected [2, 3]");
  refused("dropout's shape", bangopsDropout(handle, 0.5f, 1, b.desc, b.data, a.desc, a.data), bad,
          "x has the shape [3, 2], expected [2, 3] or one with dimensions of 1");
  const int64_t negative[] = {2, -1};
  refused("dimension", bangopsSetTensorDescriptor(a.desc, BANGOPS_LAYOUT_ARRAY, BANGOPS_DTYPE_F32, 2, negative), bad,
          "dimension 1 is -1, expected 0 or more");
  refused("rank", bangopsSetTensorDescriptor(a.desc, BANGOPS_LAYOUT_ARRAY, BANGOPS_DTYPE_F32, 9, negative), bad,
          "the tensor has 9 dimensions, expected 0 to 8");
}

int main() {
  return run([] {
    unaries();
    binaries();
    activations();
    strided();
    prelu();
    dropouts();
    refusals();
  });
}

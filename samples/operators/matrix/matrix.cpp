// matrix.cpp: products of matrices: GEMM, GEMV, fully connected layers.
#include "matrix/matrix.h"

#include <utility>

namespace bangops {

void runProduct(bangopsHandle_t handle, ProductPlan plan, bangopsDataType_t dtype) {
  if (plan.batch == 0 || plan.m == 0 || plan.n == 0)
    return;
  // Strides of copies are numbers of 32 bits, and one copy goes over 64 rows of the right operand.
  constexpr int64_t kMostBytes = (int64_t(1) << 31) / 64;
  const int64_t bytes = static_cast<int64_t>(elementBytes(dtype));
  if (plan.taps * plan.depth * bytes >= kMostBytes)
    notSupported("a product over " + std::to_string(plan.taps * plan.depth) + " elements is too deep");
  if (!cutProduct(plan, dtype, handle->machine))
    notSupported("a window of " + std::to_string(plan.kh) + " by " + std::to_string(plan.kw) +
                 " does not fit into NRAM");
  if (!handle->asked)
    launchProduct(plan, dtype, handle->machine, handle->queue);
}

// The last two dimensions exchanged.
static Tensor turned(const Tensor &t) {
  std::vector<int> order(t.dims.size());
  for (size_t d = 0; d < order.size(); ++d)
    order[d] = static_cast<int>(d);
  std::swap(order[order.size() - 1], order[order.size() - 2]);
  return permuted(t, order);
}

static void expectProductType(const Tensor &t, const char *name) {
  expect(t.dtype != BANGOPS_DTYPE_I32, std::string(name) + " has elements of i32, expected f32, f16, bf16 or i8");
}

void describeResult(ProductPlan &plan, const Tensor &a, const Tensor &c, const char *cName,
                    bangopsTensorDescriptor_t biasDesc, const void *bias, int activation, const Quantised *quantised) {
  if (quantised) {
    expect(a.dtype == BANGOPS_DTYPE_I8,
           std::string("a quantised product has elements of i8, found ") + dtypeName(a.dtype));
    expect(c.dtype == BANGOPS_DTYPE_I8 || c.dtype == BANGOPS_DTYPE_F32,
           std::string(cName) + " has elements of " + dtypeName(c.dtype) + ", expected f32 or i8");
    expect(quantised->step > 0, "the step is " + std::to_string(quantised->step) + ", expected more than 0");
  } else {
    expectDtype(c, cName, resultType(a.dtype));
    expect(a.dtype != BANGOPS_DTYPE_I8 || activation < 0, "a product of i8 to i32 has no activation: expected none");
  }
  expectWritable(c, cName);
  expect(activation < 0 || activation == BANGOPS_RELU || activation >= BANGOPS_SIGMOID,
         "the activation takes a number; expected relu, sigmoid, tanh, gelu, silu or none");
  if (bias) {
    const Tensor &t = tensor(biasDesc, "bias");
    expectDtype(t, "bias", quantised ? BANGOPS_DTYPE_F32 : c.dtype);
    expect(isDense(t), "bias is not dense");
  }
  plan.alpha = quantised ? quantised->factor : 1;
  plan.step = quantised ? quantised->step : 1;
  plan.bias = bias;
  plan.activation = activation;
  plan.result = c.dtype;
}

void gemm(bangopsHandle_t handle, bool transA, bool transB, float alpha, const Tensor &aGiven, const void *aData,
          const Tensor &bGiven, const void *bData, bangopsTensorDescriptor_t biasDesc, const void *bias, int activation,
          float beta, const Tensor &c, void *cData, const Quantised *quantised) {
  const size_t rank = aGiven.dims.size();
  expect(rank == 2 || rank == 3,
         "a has the shape " + shapeText(aGiven.dims) + ", expected a matrix or a batch of them");
  expect(bGiven.dims.size() == rank,
         "b has the shape " + shapeText(bGiven.dims) + ", expected " + std::to_string(rank) + " dimensions as a");
  expectProductType(aGiven, "a");
  expectDtype(bGiven, "b", aGiven.dtype);
  expect(aGiven.dtype != BANGOPS_DTYPE_I8 || quantised || (alpha == 1 && beta == 0),
         "a product of i8 to i32 has no factors: expected alpha 1 and beta 0");
  ProductPlan plan = {};
  describeResult(plan, aGiven, c, "c", biasDesc, bias, activation, quantised);
  const Tensor a = transA ? turned(aGiven) : aGiven, b = transB ? bGiven : turned(bGiven); // m x k and n x k
  plan.batch = rank == 3 ? a.dims[0] : 1;
  plan.partsH = plan.partsW = 1;
  plan.m = a.dims[rank - 2];
  plan.taps = 1;
  plan.depth = a.dims[rank - 1];
  plan.n = b.dims[rank - 2];
  std::vector<int64_t> bDims = a.dims, cDims = a.dims;
  bDims[rank - 2] = plan.n;
  cDims[rank - 1] = plan.n;
  expect(b.dims == bDims, "b has " + std::to_string(b.dims[rank - 1]) + " elements to multiply, a has " +
                              std::to_string(plan.depth) + (rank == 3 ? ", or the batches differ" : ""));
  expectShape(c, "c", cDims);
  expectData(aGiven, aData, "a");
  expectData(bGiven, bData, "b");
  expectData(c, cData, "c");
  if (bias)
    expectShape(tensor(biasDesc, "bias"), "bias", {plan.n});
  if (elements(c) == 0)
    return;
  expect(plan.depth > 0, "a has no elements to multiply");
  Dense left(handle, a, aData), right(handle, b, bData), out(handle, c, cData, true);
  if (beta != 0 && out.get() != cData) { // the old values are read
    Tensor dense = c;
    dense.strides = denseStrides(c.dims);
    copyStrided(handle, c, cData, dense, out.get());
  }
  plan.a = left.get();
  plan.b = right.get();
  plan.c = out.get();
  plan.aBatch = plan.m * plan.depth;
  plan.bBatch = plan.n * plan.depth;
  plan.cBatch = plan.m * plan.n;
  plan.cRow = plan.n;
  plan.alpha *= alpha;
  plan.beta = beta;
  runProduct(handle, plan, aGiven.dtype);
  out.finish();
}

} // namespace bangops

using namespace bangops;

extern "C" {

bangopsStatus_t bangopsGemm(bangopsHandle_t handle, int transA, int transB, float alpha,
                            bangopsTensorDescriptor_t aDesc, const void *a, bangopsTensorDescriptor_t bDesc,
                            const void *b, bangopsTensorDescriptor_t biasDesc, const void *bias, int activation,
                            float beta, bangopsTensorDescriptor_t cDesc, void *c) {
  return guarded(__func__, [&] {
    expectHandle(handle);
    gemm(handle, transA, transB, alpha, tensor(aDesc, "a"), a, tensor(bDesc, "b"), b, biasDesc, bias, activation, beta,
         tensor(cDesc, "c"), c);
  });
}

bangopsStatus_t bangopsGemv(bangopsHandle_t handle, int transA, float alpha, bangopsTensorDescriptor_t aDesc,
                            const void *a, bangopsTensorDescriptor_t xDesc, const void *x, float beta,
                            bangopsTensorDescriptor_t yDesc, void *y) {
  return guarded(__func__, [&] {
    expectHandle(handle);
    const Tensor &matrix = tensor(aDesc, "a"), &from = tensor(xDesc, "x"), &to = tensor(yDesc, "y");
    expect(matrix.dims.size() == 2, "a has the shape " + shapeText(matrix.dims) + ", expected a matrix");
    expectShape(from, "x", {matrix.dims[transA ? 0 : 1]});
    expectShape(to, "y", {matrix.dims[transA ? 1 : 0]});
    // y is a row: the rows of the matrix are the columns that the unit keeps in WRAM.
    Tensor row = from, result = to;
    row.dims = {1, from.dims[0]};
    row.strides = {0, from.strides[0]};
    result.dims = {1, to.dims[0]};
    result.strides = {to.dims[0], to.strides[0]};
    gemm(handle, false, !transA, alpha, row, x, matrix, a, nullptr, nullptr, -1, beta, result, y);
  });
}

bangopsStatus_t bangopsFullyConnectedForward(bangopsHandle_t handle, bangopsTensorDescriptor_t xDesc, const void *x,
                                             bangopsTensorDescriptor_t wDesc, const void *w,
                                             bangopsTensorDescriptor_t biasDesc, const void *bias, int activation,
                                             bangopsTensorDescriptor_t yDesc, void *y) {
  return guarded(__func__, [&] {
    expectHandle(handle);
    gemm(handle, false, true, 1, tensor(xDesc, "x"), x, tensor(wDesc, "w"), w, biasDesc, bias, activation, 0,
         tensor(yDesc, "y"), y);
  });
}

bangopsStatus_t bangopsFullyConnectedBackward(bangopsHandle_t handle, bangopsTensorDescriptor_t xDesc, const void *x,
                                              bangopsTensorDescriptor_t wDesc, const void *w,
                                              bangopsTensorDescriptor_t dyDesc, const void *dy, void *dx, void *dw,
                                              bangopsTensorDescriptor_t biasDesc, void *dbias) {
  return guarded(__func__, [&] {
    expectHandle(handle);
    const Tensor &in = tensor(xDesc, "x"), &weights = tensor(wDesc, "w"), &gradient = tensor(dyDesc, "dy");
    if (dx)
      gemm(handle, false, false, 1, gradient, dy, weights, w, nullptr, nullptr, -1, 0, in, dx);
    if (!dw && !dbias)
      return;
    expect(gradient.dims.size() == 2, "dy has the shape " + shapeText(gradient.dims) + ", expected rows and outputs");
    expectData(gradient, dy, "dy");
    // Both want dy turned.
    const Tensor columns = turned(gradient);
    const Dense lines(handle, columns, dy);
    Tensor dense = columns;
    dense.strides = denseStrides(dense.dims);
    if (dw)
      gemm(handle, false, false, 1, dense, lines.get(), in, x, nullptr, nullptr, -1, 0, weights, dw);
    if (dbias) {
      const int axis = 1;
      const bangopsStatus_t status =
          bangopsReduce(handle, BANGOPS_REDUCE_SUM, 1, &axis, &dense, lines.get(), biasDesc, dbias);
      if (status != BANGOPS_STATUS_SUCCESS)
        throw Refusal{status, bangopsGetLastErrorText()};
    }
  });
}

} // extern "C"

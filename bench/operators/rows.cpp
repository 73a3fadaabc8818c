// rows.cpp: reductions, softmax, norms, cross entropy: along the last dimension, along the first, and over images.
#include "bench.h"

#include <algorithm>
#include <string>

namespace {

std::string text(const std::vector<int64_t> &dims) {
  std::string s;
  for (int64_t d : dims)
    s += (s.empty() ? "" : " x ") + std::to_string(d);
  return s;
}

// A tensor of `dims` whose `axis` is reduced, or made a distribution, or normalised.
struct Rows {
  bangopsDataType_t type;
  int axis;
  std::string shape;
  Tensor x, y, numbers, indices, affine;

  Rows(bangopsDataType_t type, const std::vector<int64_t> &dims, int axis)
      : type(type), axis(axis), shape(text(dims)), x(type, dims), y(type, dims), numbers(type, {dims[1 - axis]}),
        indices(BANGOPS_DTYPE_I32, {dims[1 - axis]}), affine(type, {dims[axis]}) {}

  void reduce(const char *name, bangopsReduceOp_t op, const char *suffix = "") {
    const Tensor &to = op >= BANGOPS_REDUCE_ARGMAX ? indices : numbers;
    measure(std::string(name) + suffix, type, shape, x.bytes + to.bytes, 0,
            [&] { return bangopsReduce(handle, op, 1, &axis, x.desc, x.data, to.desc, to.data); });
  }
  void softmax(const char *name, bangopsSoftmaxMode_t mode, const char *suffix = "") {
    measure(std::string(name) + suffix, type, shape, 2 * x.bytes, 0,
            [&] { return bangopsSoftmax(handle, mode, axis, x.desc, x.data, y.desc, y.data); });
  }
  void layerNorm() {
    measure("layer norm", type, shape, 2 * x.bytes + 2 * affine.bytes, 0, [&] {
      return bangopsLayerNorm(handle, 1, 1e-5f, x.desc, x.data, affine.desc, affine.data, affine.data, y.desc, y.data,
                              nullptr, nullptr);
    });
  }
  void rmsNorm() {
    measure("rms norm", type, shape, 2 * x.bytes + affine.bytes, 0,
            [&] { return bangopsRmsNorm(handle, 1e-5f, x.desc, x.data, affine.desc, affine.data, y.desc, y.data); });
  }
  void crossEntropy() {
    measure("cross entropy with gradient", type, shape, 2 * x.bytes, 0, [&] {
      return bangopsCrossEntropy(handle, 1, x.desc, x.data, static_cast<int32_t *>(indices.data), numbers.desc,
                                 numbers.data, y.desc, y.data);
    });
  }
};

void alongRows(bangopsDataType_t type, int64_t count, int64_t columns) {
  Rows r(type, {count, columns}, 1);
  r.reduce("sum", BANGOPS_REDUCE_SUM);
  if (type != BANGOPS_DTYPE_BF16) {
    r.reduce("mean", BANGOPS_REDUCE_MEAN);
    r.reduce("maximum", BANGOPS_REDUCE_MAX);
    r.reduce("minimum", BANGOPS_REDUCE_MIN);
    r.reduce("sum of squares", BANGOPS_REDUCE_SUM_OF_SQUARES);
    r.reduce("place of the maximum", BANGOPS_REDUCE_ARGMAX);
    r.reduce("place of the minimum", BANGOPS_REDUCE_ARGMIN);
    r.softmax("log softmax", BANGOPS_LOG_SOFTMAX);
  }
  r.softmax("softmax", BANGOPS_SOFTMAX);
  r.layerNorm();
  r.rmsNorm();
  r.crossEntropy();
}

void images(bangopsDataType_t type, bangopsTensorLayout_t layout, const char *name) {
  const int64_t n = 16, side = std::max<int64_t>(4, static_cast<int64_t>(56 * scale)), c = 64;
  const bool last = layout == BANGOPS_LAYOUT_NHWC;
  const std::vector<int64_t> dims =
      last ? std::vector<int64_t>{n, side, side, c} : std::vector<int64_t>{n, c, side, side};
  const std::string shape = text(dims) + " " + name;
  Tensor x(type, dims, layout), y(type, dims, layout), affine(type, {c}), statistic(BANGOPS_DTYPE_F32, {c});
  float *mean = static_cast<float *>(statistic.data);
  measure("instance norm", type, shape, 2 * x.bytes, 0, [&] {
    return bangopsInstanceNorm(handle, 1e-5f, x.desc, x.data, affine.desc, affine.data, affine.data, y.desc, y.data);
  });
  measure("batch norm training", type, shape, 2 * x.bytes, 0, [&] {
    return bangopsBatchNormTraining(handle, 1e-5f, 0.1f, x.desc, x.data, affine.desc, affine.data, affine.data, y.desc,
                                    y.data, mean, mean, nullptr, nullptr);
  });
  measure("batch norm inference", type, shape, 2 * x.bytes, 0, [&] {
    return bangopsBatchNormInference(handle, 1e-5f, x.desc, x.data, affine.desc, affine.data, affine.data, mean, mean,
                                     y.desc, y.data);
  });
  measure("local response norm", type, shape, 2 * x.bytes, 0,
          [&] { return bangopsLocalResponseNorm(handle, 5, 1e-4f, 0.75f, 2, x.desc, x.data, y.desc, y.data); });
}

} // namespace

void rows(bangopsDataType_t type) {
  for (int64_t columns : {int64_t(128), int64_t(1024), int64_t(65536)})
    alongRows(type, std::max<int64_t>(16, sized(2 << 20) / columns), columns);
  // Odd sizes: rows that are not whole lines, and fewer rows than cores.
  alongRows(type, std::max<int64_t>(16, static_cast<int64_t>(1000 * scale)), 1000);
  alongRows(type, 7, 50001);
  // Along the first dimension, and over everything.
  Rows columns(type, {std::max<int64_t>(16, sized(2 << 20) / 1024), 1024}, 0);
  columns.reduce("sum", BANGOPS_REDUCE_SUM, " over rows");
  columns.reduce("maximum", BANGOPS_REDUCE_MAX, " over rows");
  columns.softmax("softmax", BANGOPS_SOFTMAX, " over rows");
  Tensor x(type, {sized(2 << 20) / 64, 64}), total(type, {1});
  const int both[] = {0, 1};
  measure("sum of everything", type, text({sized(2 << 20) / 64, 64}), x.bytes, 0, [&] {
    Tensor scalar(type, {1, 1});
    return bangopsReduce(handle, BANGOPS_REDUCE_SUM, 2, both, x.desc, x.data, scalar.desc, total.data);
  });
  images(type, BANGOPS_LAYOUT_NHWC, "nhwc");
  images(type, BANGOPS_LAYOUT_NCHW, "nchw");
}

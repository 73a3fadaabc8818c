// test.cpp: reductions, softmax, normalisations, losses and optimisers against loops in double.
#include "rows/test_refusals.h"
#include "test/tester.h"

#include <algorithm>

using namespace bangops_test;

static const bangopsDataType_t floats[] = {BANGOPS_DTYPE_F32, BANGOPS_DTYPE_F16, BANGOPS_DTYPE_BF16};

// Calls f(row, column index in `rows`, place in x) for a tensor seen as [outer][axis][inner].
struct View {
  int64_t outer = 1, size, inner = 1;
  View(const Dims &dims, int axis) : size(dims[axis]) {
    for (int d = 0; d < axis; ++d)
      outer *= dims[d];
    for (size_t d = axis + 1; d < dims.size(); ++d)
      inner *= dims[d];
  }
  int64_t place(int64_t row, int64_t i) const { return row / inner * size * inner + i * inner + row % inner; }
  int64_t rows() const { return outer * inner; }
};

static double reduced(int op, const std::vector<double> &row) {
  double sum = 0, squares = 0;
  for (double v : row) {
    sum += v;
    squares += v * v;
  }
  switch (op) {
  case BANGOPS_REDUCE_SUM: return sum;
  case BANGOPS_REDUCE_MEAN: return sum / row.size();
  case BANGOPS_REDUCE_MAX: return *std::max_element(row.begin(), row.end());
  case BANGOPS_REDUCE_MIN: return *std::min_element(row.begin(), row.end());
  case BANGOPS_REDUCE_SUM_OF_SQUARES: return squares;
  case BANGOPS_REDUCE_ARGMAX: return std::max_element(row.begin(), row.end()) - row.begin();
  default: return std::min_element(row.begin(), row.end()) - row.begin();
  }
}

struct Shape {
  Dims dims;
  int axis;
  bool gaps = false;  // the tensors have gaps between their elements
};
// One element; short rows, few and many; rows across memory, short and long ones; empty ones; with gaps; and at the end
// rows that do not fit into NRAM: one row over all cores, and few of them.
static const Shape shapes[] = {
    {{1}, 0},          {{3, 7}, 1},          {{3, 7}, 0},         {{2, 33, 5}, 1},    {{129, 10}, 1},
    {{1100, 10}, 1},   {{300, 1000}, 1},     {{40, 301}, 0},      {{2, 3001, 12}, 1}, {{0, 4}, 1},
    {{3, 7}, 1, true}, {{5, 6, 7}, 1, true}, {{300, 9}, 1, true}, {{2, 9001, 5}, 1},  {{70001}, 0},
    {{2, 60001}, 1},   {{9, 25001}, 1}};
static Dims layoutOf(const Shape &shape, const Dims &dims) { return shape.gaps ? gaps(dims) : Dims(); }

static void reductions() {
  for (int op = BANGOPS_REDUCE_SUM; op <= BANGOPS_REDUCE_ARGMIN; ++op)
    for (bangopsDataType_t type : floats)
      for (const Shape &shape : shapes) {
        if (type == BANGOPS_DTYPE_BF16 && count(shape.dims) > 1000)
          continue;
        const bool index = op >= BANGOPS_REDUCE_ARGMAX;
        const bool large = op == BANGOPS_REDUCE_SUM_OF_SQUARES || op == BANGOPS_REDUCE_SUM;
        const Values x = randomValues(shape.dims, type, op + 3, -0.1, large && type == BANGOPS_DTYPE_F16 ? 0.5 : 2);
        const View view(shape.dims, shape.axis);
        Values y;
        for (int64_t r = 0; r < view.rows(); ++r) {
          std::vector<double> row;
          for (int64_t i = 0; i < view.size; ++i)
            row.push_back(x[view.place(r, i)]);
          y.push_back(reduced(op, row));
        }
        Dims kept = shape.dims;
        kept[shape.axis] = 1;
        Tensor in(type, shape.dims, x, layoutOf(shape, shape.dims)),
            out(index ? BANGOPS_DTYPE_I32 : type, kept, {}, layoutOf(shape, kept));
        check("reduce " + std::to_string(op) + " " + dtypeName(type) + " " + text(shape.dims),
              bangopsReduce(handle, static_cast<bangopsReduceOp_t>(op), 1, &shape.axis, in.desc, in.data, out.desc,
                            out.data),
              out, y);
      }
  // Two axes, an input with gaps, an output without the axes.
  const Dims dims = {3, 4, 5, 2};
  const Values x = randomValues(dims, BANGOPS_DTYPE_F32, 5, 0, 1);
  Values y(10);
  for (size_t i = 0; i < x.size(); ++i)
    y[i / 2 % 5 * 2 + i % 2] += x[i];
  Tensor in(BANGOPS_DTYPE_F32, dims, x, gaps(dims)), out(BANGOPS_DTYPE_F32, {5, 2}, {}),
      bad(BANGOPS_DTYPE_F32, {2, 5}, {});
  const int axes[] = {0, 1}, twice[] = {1, 1}, far[] = {4};
  const auto reduce = [&](int count, const int *which, const Tensor &to) {
    return bangopsReduce(handle, BANGOPS_REDUCE_SUM, count, which, in.desc, in.data, to.desc, to.data);
  };
  check("reduce two axes", reduce(2, axes, out), out, y);
  refused("reduced shape", reduce(2, axes, bad), BANGOPS_STATUS_BAD_PARAM,
          "y has the shape [2, 5], expected [5, 2] or [1, 1, 5, 2]");
  refused("axis twice", reduce(2, twice, out), BANGOPS_STATUS_BAD_PARAM, "axis 1 is named twice");
  refused("axis far", reduce(1, far, out), BANGOPS_STATUS_BAD_PARAM, "the axis is 4, expected 0 to 3");
  Tensor empty(BANGOPS_DTYPE_F32, {2, 0}, {}), zeros(BANGOPS_DTYPE_F32, {2}, {});
  const int last = 1;
  check("sum of nothing",
        bangopsReduce(handle, BANGOPS_REDUCE_SUM, 1, &last, empty.desc, empty.data, zeros.desc, zeros.data), zeros,
        {0, 0});
  refused("mean of nothing",
          bangopsReduce(handle, BANGOPS_REDUCE_MEAN, 1, &last, empty.desc, empty.data, zeros.desc, zeros.data),
          BANGOPS_STATUS_BAD_PARAM, "a row of no elements has no mean");
}

static void softmaxes() {
  for (bangopsDataType_t type : floats)
    for (const Shape &shape : shapes)
      for (bangopsSoftmaxMode_t mode : {BANGOPS_SOFTMAX, BANGOPS_LOG_SOFTMAX}) {
        if (type != BANGOPS_DTYPE_F32 && count(shape.dims) > 100000)
          continue;
        Values x = randomValues(shape.dims, type, 7, -8, 8), y = x;
        const View view(shape.dims, shape.axis);
        for (int64_t r = 0; r < view.rows(); ++r) {
          double top = -INFINITY, sum = 0;
          for (int64_t i = 0; i < view.size; ++i)
            top = std::max(top, x[view.place(r, i)]);
          for (int64_t i = 0; i < view.size; ++i)
            sum += std::exp(x[view.place(r, i)] - top);
          for (int64_t i = 0; i < view.size; ++i) {
            const double v = x[view.place(r, i)] - top;
            y[view.place(r, i)] = mode == BANGOPS_SOFTMAX ? std::exp(v) / sum : v - std::log(sum);
          }
        }
        Tensor in(type, shape.dims, x, layoutOf(shape, shape.dims)),
            out(type, shape.dims, {}, layoutOf(shape, shape.dims));
        check(std::string(mode == BANGOPS_SOFTMAX ? "softmax " : "log softmax ") + dtypeName(type) + " " +
                  text(shape.dims),
              bangopsSoftmax(handle, mode, shape.axis, in.desc, in.data, out.desc, out.data), out, y);
      }
}

static void normalise(const double *x, double *y, int64_t n, int64_t step, double epsilon, double *meanOut = nullptr,
                      double *varianceOut = nullptr) {
  double mean = 0, variance = 0;
  for (int64_t i = 0; i < n; ++i)
    mean += x[i * step] / n;
  for (int64_t i = 0; i < n; ++i)
    variance += (x[i * step] - mean) * (x[i * step] - mean) / n;
  for (int64_t i = 0; i < n; ++i)
    y[i * step] = (x[i * step] - mean) / std::sqrt(variance + epsilon);
  if (meanOut)
    *meanOut = mean, *varianceOut = variance;
}

static void layerNorms() {
  for (bangopsDataType_t type : floats)
    for (const Shape &shape :
         {Shape{{1, 1}, 1}, Shape{{1, 5}, 1}, Shape{{6, 100}, 1}, Shape{{3, 4, 33}, 2}, Shape{{3, 4, 33}, 2, true},
          Shape{{1101, 33}, 1}, Shape{{270, 700}, 1}, Shape{{2, 40001}, 1}, Shape{{9, 25001}, 1}}) {
      const Dims &dims = shape.dims;
      const int64_t n = dims.back(), rows = count(dims) / n;
      const Values x = randomValues(dims, type, 1, -1, 3), scale = randomValues({n}, type, 2, 0.5, 1.5),
                   shift = randomValues({n}, type, 3, -1, 1);
      Values y = x, rms = x, means, factors;
      for (int64_t r = 0; r < rows; ++r) {
        double mean, variance, squares = 0;
        normalise(&x[r * n], &y[r * n], n, 1, 1e-5, &mean, &variance);
        means.push_back(mean);
        factors.push_back(1 / std::sqrt(variance + 1e-5));
        for (int64_t i = 0; i < n; ++i) {
          y[r * n + i] = y[r * n + i] * scale[i] + shift[i];
          squares += x[r * n + i] * x[r * n + i] / n;
        }
        for (int64_t i = 0; i < n; ++i)
          rms[r * n + i] = x[r * n + i] / std::sqrt(squares + 1e-5) * scale[i];
      }
      const Dims layout = layoutOf(shape, dims);
      Tensor in(type, dims, x, layout), scales(type, {n}, scale), shifts(type, {n}, shift), out(type, dims, {}, layout),
          mean(BANGOPS_DTYPE_F32, {rows}, {}), factor(BANGOPS_DTYPE_F32, {rows}, {}), other(type, dims, {}, layout);
      const std::string name = std::string(dtypeName(type)) + " " + text(dims);
      const bangopsStatus_t status =
          bangopsLayerNorm(handle, 1, 1e-5f, in.desc, in.data, scales.desc, scales.data, shifts.data, out.desc,
                           out.data, static_cast<float *>(mean.data), static_cast<float *>(factor.data));
      check("layer norm " + name, status, out, y);
      check("layer norm's means " + name, status, mean, means);
      check("layer norm's factors " + name, status, factor, factors);
      check("rms norm " + name,
            bangopsRmsNorm(handle, 1e-5f, in.desc, in.data, scales.desc, scales.data, other.desc, other.data), other,
            rms);
    }
}

// An image of n, h, w, c; small ones, one pixel, one that is cut into parts, one with gaps.
struct Image {
  int64_t n, h, w, c;
  bool gaps = false;
};
static const Image imageShapes[] = {{2, 5, 7, 6}, {2, 5, 7, 6, true}, {3, 1, 1, 5}, {1, 1, 1, 1}, {2, 70, 61, 33}};

static void imageNorms(bangopsDataType_t type, const Image &shape, bangopsTensorLayout_t layout) {
  const int64_t n = shape.n, h = shape.h, w = shape.w, c = shape.c;
  const bool last = layout == BANGOPS_LAYOUT_NHWC;
  const Dims dims = last ? Dims{n, h, w, c} : Dims{n, c, h, w};
  const auto place = [&](int64_t i, int64_t p, int64_t k) {
    return last ? (i * h * w + p) * c + k : (i * c + k) * h * w + p;
  };
  const Values x = randomValues(dims, type, 1, -2, 3), scale = randomValues({c}, type, 2, 0.5, 1.5),
               shift = randomValues({c}, type, 3, -1, 1);
  Values instance = x, batch = x, given = x, lrn = x, newMean, newVariance;
  const Values oldMean = randomValues({c}, BANGOPS_DTYPE_F32, 4, -1, 1),
               oldVariance = randomValues({c}, BANGOPS_DTYPE_F32, 5, 0.5, 2);
  for (int64_t k = 0; k < c; ++k) {
    Values all, some;
    for (int64_t i = 0; i < n; ++i)
      for (int64_t p = 0; p < h * w; ++p)
        all.push_back(x[place(i, p, k)]);
    Values normal = all;
    double mean, variance;
    normalise(all.data(), normal.data(), n * h * w, 1, 1e-3, &mean, &variance);
    newMean.push_back(0.9 * oldMean[k] + 0.1 * mean);
    newVariance.push_back(0.9 * oldVariance[k] + 0.1 * variance * n * h * w / std::max<int64_t>(n * h * w - 1, 1));
    for (int64_t i = 0; i < n; ++i) {
      Values part(h * w);
      normalise(&all[i * h * w], part.data(), h * w, 1, 1e-3);
      for (int64_t p = 0; p < h * w; ++p) {
        instance[place(i, p, k)] = part[p] * scale[k] + shift[k];
        batch[place(i, p, k)] = normal[i * h * w + p] * scale[k] + shift[k];
        given[place(i, p, k)] =
            (x[place(i, p, k)] - oldMean[k]) / std::sqrt(oldVariance[k] + 1e-3) * scale[k] + shift[k];
        double squares = 0;
        for (int64_t j = std::max<int64_t>(0, k - 2); j <= std::min(c - 1, k + 2); ++j)
          squares += x[place(i, p, j)] * x[place(i, p, j)];
        lrn[place(i, p, k)] = x[place(i, p, k)] / std::pow(2 + 0.3 / 5 * squares, 0.75);
      }
    }
  }
  const Dims strides = shape.gaps ? gaps(dims) : Dims();
  Tensor in(type, dims, x, strides, layout), out(type, dims, {}, strides, layout), scales(type, {c}, scale),
      shifts(type, {c}, shift), mean(BANGOPS_DTYPE_F32, {c}, oldMean), variance(BANGOPS_DTYPE_F32, {c}, oldVariance);
  const std::string name = std::string(dtypeName(type)) + (last ? " nhwc " : " nchw ") + text(dims);
  auto *means = static_cast<float *>(mean.data), *variances = static_cast<float *>(variance.data);
  check("instance norm " + name,
        bangopsInstanceNorm(handle, 1e-3f, in.desc, in.data, scales.desc, scales.data, shifts.data, out.desc, out.data),
        out, instance);
  check("batch norm inference " + name,
        bangopsBatchNormInference(handle, 1e-3f, in.desc, in.data, scales.desc, scales.data, shifts.data, means,
                                  variances, out.desc, out.data),
        out, given);
  const bangopsStatus_t status =
      bangopsBatchNormTraining(handle, 1e-3f, 0.1f, in.desc, in.data, scales.desc, scales.data, shifts.data, out.desc,
                               out.data, means, variances, nullptr, nullptr);
  check("batch norm training " + name, status, out, batch);
  check("running mean " + name, status, mean, newMean);
  check("running variance " + name, status, variance, newVariance);
  check("local response norm " + name,
        bangopsLocalResponseNorm(handle, 5, 0.3f, 0.75f, 2, in.desc, in.data, out.desc, out.data), out, lrn);
  if (count(dims) != c)
    refused("scale " + name,
            bangopsInstanceNorm(handle, 1e-3f, in.desc, in.data, in.desc, scales.data, nullptr, out.desc, out.data),
            BANGOPS_STATUS_BAD_PARAM, "elements side by side");
}

static void imageNorms() {
  for (bangopsDataType_t type : floats)
    for (const Image &shape : imageShapes)
      for (bangopsTensorLayout_t layout : {BANGOPS_LAYOUT_NHWC, BANGOPS_LAYOUT_NCHW})
        imageNorms(type, shape, layout);
}

static void losses() {
  for (bangopsDataType_t type : floats)
    for (const Shape &shape : {Shape{{1, 1}, 1}, Shape{{1, 2}, 1}, Shape{{37, 10}, 1}, Shape{{37, 10}, 1, true},
                               Shape{{300, 11}, 1}, Shape{{3, 1000}, 1}, Shape{{2, 50001}, 1}}) {
      const Dims &dims = shape.dims;
      const int64_t rows = dims[0], classes = dims[1];
      const Values x = randomValues(dims, type, 1, -4, 4);
      Values loss(rows), dx(x.size()), label(rows);
      for (int64_t r = 0; r < rows; ++r) {
        double sum = 0;
        label[r] = r == 1 ? -1 : (r * 7 + 1) % classes;  // row 1 counts nothing
        for (int64_t i = 0; i < classes; ++i)
          sum += std::exp(x[r * classes + i]);
        for (int64_t i = 0; i < classes && label[r] >= 0; ++i)
          dx[r * classes + i] = (std::exp(x[r * classes + i]) / sum - (i == label[r])) * 0.5;
        loss[r] = label[r] < 0 ? 0 : std::log(sum) - x[r * classes + static_cast<int64_t>(label[r])];
      }
      const Dims layout = layoutOf(shape, dims);
      Tensor in(type, dims, x, layout), labels(BANGOPS_DTYPE_I32, {rows}, label), out(type, {rows}, {}),
          gradient(type, dims, {}, layout);
      const bangopsStatus_t status =
          bangopsCrossEntropy(handle, 0.5f, in.desc, in.data, static_cast<int32_t *>(labels.data), out.desc, out.data,
                              gradient.desc, gradient.data);
      const std::string name = std::string(dtypeName(type)) + " " + text(dims);
      check("cross entropy " + name, status, out, loss);
      check("cross entropy's gradient " + name, status, gradient, dx);
    }
  for (bangopsDataType_t type : floats)
    for (int64_t n : {int64_t(1), int64_t(333), int64_t(80001)}) {
      const Values x = randomValues({n}, type, 1, -1, 1), t = randomValues({n}, type, 2, -1, 1);
      Values dx(n);
      double sum = 0;
      for (int64_t i = 0; i < n; ++i) {
        sum += (x[i] - t[i]) * (x[i] - t[i]);
        dx[i] = 2 * (x[i] - t[i]) / n;
      }
      const Dims layout = n == 333 ? gaps({n}) : Dims();
      Tensor in(type, {n}, x, layout), target(type, {n}, t), loss(type, {1}, {}), gradient(type, {n}, {}, layout);
      const std::string name = std::string(dtypeName(type)) + " " + std::to_string(n);
      check("mse " + name, bangopsMseForward(handle, in.desc, in.data, target.desc, target.data, loss.desc, loss.data),
            loss, {sum / n});
      check("mse backward " + name,
            bangopsMseBackward(handle, in.desc, in.data, target.desc, target.data, gradient.desc, gradient.data),
            gradient, dx);
    }
}

static void optimisers() {
  for (bangopsDataType_t type : floats) {
    const Dims dims = {13, 77};
    Values w = randomValues(dims, type, 1, -1, 1), g = randomValues(dims, type, 2, -1, 1), v(w.size()), m(w.size()),
           u(w.size());
    Tensor weights(type, dims, w), gradient(type, dims, g), velocity(type, dims, v);
    Tensor adamWeights(type, dims, w), first(type, dims, m), second(type, dims, u);
    Values a = w;
    bangopsStatus_t sgd = BANGOPS_STATUS_SUCCESS, adam = BANGOPS_STATUS_SUCCESS;
    for (int step = 1; step <= 3; ++step) {
      for (size_t i = 0; i < w.size(); ++i) {
        v[i] = 0.9 * v[i] + g[i] + 0.01 * w[i];
        w[i] -= 0.1 * v[i];
        m[i] = 0.9 * m[i] + 0.1 * g[i];
        u[i] = 0.999 * u[i] + 0.001 * g[i] * g[i];
        a[i] -= 0.05 * (m[i] / (1 - std::pow(0.9, step))) / (std::sqrt(u[i] / (1 - std::pow(0.999, step))) + 1e-4);
      }
      sgd = bangopsSgd(handle, 0.1f, 0.9f, 0.01f, weights.desc, weights.data, gradient.data, velocity.data);
      adam = bangopsAdam(handle, 0.05f, 0.9f, 0.999f, 1e-4f, step, adamWeights.desc, adamWeights.data, gradient.data,
                         first.data, second.data);
    }
    check(std::string("sgd ") + dtypeName(type), sgd, weights, w);
    check(std::string("sgd velocity ") + dtypeName(type), sgd, velocity, v);
    check(std::string("adam ") + dtypeName(type), adam, adamWeights, a);
  }
}

int main() {
  return run([] {
    reductions();
    softmaxes();
    layerNorms();
    imageNorms();
    losses();
    optimisers();
    refusals();
  });
}

// operators.cpp: runs each operator of libbangops once at common sizes. Before each it writes a line to stderr that says
// what the operator must at least move and multiply; `run` adds the model's times of the kernels that follow.
#include <bangops.h>

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <functional>
#include <initializer_list>
#include <string>
#include <vector>

static bangopsHandle_t handle;
static cnrtQueue_t queue;
static double scale = 1;  // of the sizes, for a quick look
static int wanted = -1;   // number of the only case to run; -1: all
static int number;        // of the next case

static void check(bangopsStatus_t status) {
  if (status == BANGOPS_STATUS_SUCCESS)
    return;
  fprintf(stderr, "%s\n", bangopsGetLastErrorText());
  exit(1);
}

struct Tensor {
  bangopsTensorDescriptor_t desc;
  void *data;
  double bytes;
  Tensor(bangopsDataType_t type, const std::vector<int64_t> &dims, bangopsTensorLayout_t layout = BANGOPS_LAYOUT_ARRAY) {
    bytes = type == BANGOPS_DTYPE_I8 ? 1 : type == BANGOPS_DTYPE_F32 || type == BANGOPS_DTYPE_I32 ? 4 : 2;
    for (int64_t d : dims)
      bytes *= static_cast<double>(d);
    check(bangopsCreateTensorDescriptor(&desc));
    check(bangopsSetTensorDescriptor(desc, layout, type, static_cast<int>(dims.size()), dims.data()));
    CNRT_CHECK(cnrtMalloc(&data, static_cast<size_t>(bytes)));
    CNRT_CHECK(cnrtMemset(data, 0, static_cast<size_t>(bytes)));
  }
  Tensor(const Tensor &) = delete;
  ~Tensor() {
    CNRT_CHECK(cnrtFree(data));
    check(bangopsDestroyTensorDescriptor(desc));
  }
};

static int64_t sized(int64_t n) { return std::max<int64_t>(64, static_cast<int64_t>(static_cast<double>(n) * scale) / 64 * 64); }
static const char *name(bangopsDataType_t t) {
  static const char *const names[] = {"f32", "f16", "bf16", "i32", "i8"};
  return names[t];
}

// The kernels between two of these lines belong to the first.
static void measure(const std::string &what, bangopsDataType_t type, const std::string &shape, double bytes, double macs,
                    const std::function<bangopsStatus_t()> &run) {
  if (int mine = number++; wanted >= 0 && mine != wanted)
    return;
  fprintf(stderr, "case|%s|%s|%s|%.0f|%.0f\n", what.c_str(), name(type), shape.c_str(), bytes, macs);
  check(run());
  CNRT_CHECK(cnrtQueueSync(queue));
}

static void elementwise(bangopsDataType_t type) {
  const int64_t n = sized(4 << 20);
  const std::string shape = std::to_string(n);
  Tensor x(type, {n}), z(type, {n}), y(type, {n});
  measure("add", type, shape, 3 * x.bytes, 0,
          [&] { return bangopsBinary(handle, BANGOPS_ADD, 1, x.desc, x.data, z.desc, z.data, y.desc, y.data); });
  measure("power difference 2", type, shape, 3 * x.bytes, 0, [&] {
    return bangopsBinary(handle, BANGOPS_POWER_DIFFERENCE, 2, x.desc, x.data, z.desc, z.data, y.desc, y.data);
  });
  measure("gelu", type, shape, 2 * x.bytes, 0,
          [&] { return bangopsActivationForward(handle, BANGOPS_GELU, 0, x.desc, x.data, y.desc, y.data); });
  measure("gelu backward", type, shape, 3 * x.bytes, 0, [&] {
    return bangopsActivationBackward(handle, BANGOPS_GELU, 0, x.desc, x.data, z.desc, z.data, y.desc, y.data);
  });
  measure("dropout", type, shape, 2 * x.bytes, 0,
          [&] { return bangopsDropout(handle, 0.1f, 1, x.desc, x.data, y.desc, y.data); });
  measure("adam", type, shape, 7 * x.bytes, 0, [&] {
    return bangopsAdam(handle, 0.1f, 0.9f, 0.99f, 1e-8f, 1, x.desc, x.data, z.data, y.data, y.data);
  });
}

static void rows(bangopsDataType_t type) {
  for (int64_t columns : {int64_t(128), int64_t(1024), int64_t(65536)}) {
    const int64_t count = std::max<int64_t>(16, sized(2 << 20) / columns);
    const std::string shape = std::to_string(count) + " x " + std::to_string(columns);
    Tensor x(type, {count, columns}), y(type, {count, columns}), sums(type, {count}), affine(type, {columns});
    const int axis = 1;
    measure("sum", type, shape, x.bytes, 0,
            [&] { return bangopsReduce(handle, BANGOPS_REDUCE_SUM, 1, &axis, x.desc, x.data, sums.desc, sums.data); });
    measure("softmax", type, shape, 2 * x.bytes, 0,
            [&] { return bangopsSoftmax(handle, BANGOPS_SOFTMAX, 1, x.desc, x.data, y.desc, y.data); });
    measure("layer norm", type, shape, 2 * x.bytes, 0, [&] {
      return bangopsLayerNorm(handle, 1, 1e-5f, x.desc, x.data, affine.desc, affine.data, affine.data, y.desc, y.data,
                              nullptr, nullptr);
    });
  }
}

static void layout(bangopsDataType_t type) {
  const int64_t n = sized(1024);
  Tensor x(type, {n, n}), y(type, {n, n});
  const int turned[] = {1, 0};
  const std::string shape = std::to_string(n) + " x " + std::to_string(n);
  measure("copy", type, shape, 2 * x.bytes, 0, [&] { return bangopsCopy(handle, x.desc, x.data, y.desc, y.data); });
  measure("transpose", type, shape, 2 * x.bytes, 0,
          [&] { return bangopsTranspose(handle, turned, x.desc, x.data, y.desc, y.data); });
}

static void products(bangopsDataType_t type) {
  const bangopsDataType_t result = type == BANGOPS_DTYPE_I8 ? BANGOPS_DTYPE_I32 : type;
  struct Shape {
    int64_t m, k, n;
  };
  for (const Shape &s : {Shape{sized(1024), sized(1024), sized(1024)}, Shape{sized(4096), 256, sized(512)}, Shape{64, sized(1024), sized(1024)}}) {
    Tensor a(type, {s.m, s.k}), b(type, {s.n, s.k}), c(result, {s.m, s.n});
    measure("gemm", type, std::to_string(s.m) + " x " + std::to_string(s.k) + " x " + std::to_string(s.n),
            a.bytes + b.bytes + c.bytes, static_cast<double>(s.m) * s.k * s.n, [&] {
              return bangopsGemm(handle, 0, 1, 1, a.desc, a.data, b.desc, b.data, nullptr, nullptr, -1, 0, c.desc, c.data);
            });
  }
  struct Layer {
    int side, from, to, window, stride;
  };
  for (Layer l : {Layer{56, 64, 64, 3, 1}, Layer{14, 512, 512, 3, 1}, Layer{56, 64, 256, 1, 1}, Layer{224, 3, 64, 7, 2}}) {
    if (scale < 1)
      l = {14, std::min(l.from, 16), std::min(l.to, 16), l.window, l.stride};
    const int64_t reached = (l.side - 1) / l.stride + 1;
    Tensor x(type, {1, l.side, l.side, l.from}, BANGOPS_LAYOUT_NHWC), w(type, {l.to, l.window, l.window, l.from}),
        y(result, {1, reached, reached, l.to}, BANGOPS_LAYOUT_NHWC);
    const int border = l.window / 2;
    const bangopsConvolution_t same = {border, border, l.stride, l.stride, 1, 1, 1};
    const std::string window = std::to_string(l.window), side = std::to_string(l.side);
    measure("convolution " + window + " x " + window + (l.stride > 1 ? " by " + std::to_string(l.stride) : ""), type,
            side + " x " + side + " x " + std::to_string(l.from) + " to " + std::to_string(l.to),
            x.bytes + w.bytes + y.bytes,
            static_cast<double>(reached) * reached * l.from * l.to * l.window * l.window, [&] {
              return bangopsConvolutionForward(handle, &same, x.desc, x.data, w.desc, w.data, nullptr, nullptr, -1, y.desc,
                                               y.data);
            });
  }
}

static void others(bangopsDataType_t type) {
  const int64_t side = scale < 1 ? 14 : 112;
  Tensor x(type, {1, side, side, 64}, BANGOPS_LAYOUT_NHWC), y(type, {1, side / 2, side / 2, 64}, BANGOPS_LAYOUT_NHWC);
  const bangopsWindow_t half = {2, 2, 0, 0, 2, 2, 1};
  measure("max pool 2 x 2", type, std::to_string(side) + " x " + std::to_string(side) + " x 64", x.bytes + y.bytes, 0,
          [&] { return bangopsPoolForward(handle, BANGOPS_POOL_MAX, &half, x.desc, x.data, y.desc, y.data); });
  const int64_t length = sized(512);
  Tensor q(type, {8, length, 64}), k(type, {8, length, 64}), out(type, {8, length, 64});
  measure("attention", type, "8 x " + std::to_string(length) + " x 64", 4 * q.bytes,
          2.0 * 8 * static_cast<double>(length) * static_cast<double>(length) * 64, [&] {
            return bangopsAttention(handle, 0.125f, 0, q.desc, q.data, k.desc, k.data, k.data, out.desc, out.data);
          });
  Tensor table(type, {1000, 1024}), rows(type, {512, 1024}), index(BANGOPS_DTYPE_I32, {512});
  measure("gather", type, "512 of 1000 x 1024", 2 * rows.bytes, 0, [&] {
    return bangopsGather(handle, table.desc, table.data, 512, static_cast<int32_t *>(index.data), rows.desc, rows.data);
  });
}

int main(int argc, char **argv) {
  if (argc > 1)
    scale = atof(argv[1]);
  if (argc > 2)
    wanted = atoi(argv[2]);
  if (argc > 3 || !(scale > 0 && scale <= 1)) {
    fprintf(stderr, "usage: %s [share of the full sizes, more than 0, at most 1] [number of the only case]\n", argv[0]);
    return 2;
  }
  CNRT_CHECK(cnrtSetDevice(0));
  CNRT_CHECK(cnrtQueueCreate(&queue));
  check(bangopsCreate(&handle));
  check(bangopsSetQueue(handle, queue));
  for (bangopsDataType_t type : {BANGOPS_DTYPE_F32, BANGOPS_DTYPE_F16}) {
    elementwise(type);
    layout(type);
    rows(type);
    products(type);
    others(type);
  }
  products(BANGOPS_DTYPE_I8);
  check(bangopsDestroy(handle));
  CNRT_CHECK(cnrtQueueDestroy(queue));
}

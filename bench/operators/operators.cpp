// operators.cpp: runs each operator of libbangops once at common sizes. Before each it writes a line to stderr that
// says what the operator must at least move and multiply; `run` adds the model's times of the kernels that follow.
#include "bench.h"

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <cstring>

bangopsHandle_t handle;
double scale = 1;

static cnrtQueue_t queue;
static int wanted = -1; // number of the only case to run; -1: all
static int number;      // of the next case

void check(bangopsStatus_t status) {
  if (status == BANGOPS_STATUS_SUCCESS)
    return;
  fprintf(stderr, "%s\n", bangopsGetLastErrorText());
  exit(1);
}

static int64_t elementBytes(bangopsDataType_t type) {
  return type == BANGOPS_DTYPE_I8 ? 1 : type == BANGOPS_DTYPE_F32 || type == BANGOPS_DTYPE_I32 ? 4 : 2;
}

Tensor::Tensor(bangopsDataType_t type, const std::vector<int64_t> &dims, bangopsTensorLayout_t layout,
               const std::vector<int64_t> &strides) {
  const int rank = static_cast<int>(dims.size());
  int64_t elements = 1, last = 0, product = 1; // that differ; place of the last one
  for (size_t d = 0; d < dims.size(); ++d) {
    product *= dims[d];
    if (!strides.empty())
      last += (dims[d] - 1) * strides[d];
    if (strides.empty() || strides[d] > 0)
      elements *= dims[d];
  }
  bytes = static_cast<double>(elements * elementBytes(type));
  const auto size = static_cast<size_t>((strides.empty() ? product : last + 1) * elementBytes(type));
  check(bangopsCreateTensorDescriptor(&desc));
  check(strides.empty() ? bangopsSetTensorDescriptor(desc, layout, type, rank, dims.data())
                        : bangopsSetTensorDescriptorStrided(desc, layout, type, rank, dims.data(), strides.data()));
  CNRT_CHECK(cnrtMalloc(&data, size));
  if (wanted < 0) // tensors of the cases that are passed over cost nothing as long as nobody touches them
    CNRT_CHECK(cnrtMemset(data, 0, size));
}

Filled::Filled(bangopsDataType_t type, const std::vector<int64_t> &dims, const std::vector<float> &values)
    : Tensor(type, dims) {
  static const cnrtDataType_V2_t types[] = {cnrtFloat, cnrtHalf, cnrtBfloat, cnrtInt, cnrtChar};
  std::vector<char> raw(values.size() * static_cast<size_t>(elementBytes(type)));
  std::vector<float> from = values; // its type in the call is not const
  if (type == BANGOPS_DTYPE_F32)
    memcpy(raw.data(), from.data(), raw.size());
  else
    CNRT_CHECK(cnrtCastDataType_V2(from.data(), cnrtFloat, raw.data(), types[type], static_cast<int>(values.size()),
                                   nullptr, cnrtRounding_rn));
  CNRT_CHECK(cnrtMemcpy(data, raw.data(), raw.size(), cnrtMemcpyHostToDev));
}

std::vector<float> randomValues(int64_t count, float low, float high) {
  std::vector<float> values;
  uint64_t state = 1;
  for (int64_t i = 0; i < count; ++i) {
    state = state * 6364136223846793005u + 1442695040888963407u;
    values.push_back(low + (high - low) * static_cast<float>(state >> 40) / 16777216.0f);
  }
  return values;
}

std::string shapeText(const std::vector<int64_t> &dims) {
  std::string text;
  for (int64_t d : dims)
    text += (text.empty() ? "" : " x ") + std::to_string(d);
  return text;
}

Tensor::~Tensor() {
  CNRT_CHECK(cnrtFree(data));
  check(bangopsDestroyTensorDescriptor(desc));
}

int64_t sized(int64_t n) {
  if (scale == 1)
    return n;
  return std::max<int64_t>(64, static_cast<int64_t>(static_cast<double>(n) * scale) / 64 * 64);
}

// The kernels between two of these lines belong to the first.
void measure(const std::string &what, bangopsDataType_t type, const std::string &shape, double bytes, double macs,
             const std::function<bangopsStatus_t()> &run) {
  static const char *const types[] = {"f32", "f16", "bf16", "i32", "i8"};
  if (int mine = number++; wanted >= 0 && mine != wanted)
    return;
  fprintf(stderr, "case|%s|%s|%s|%.0f|%.0f\n", what.c_str(), types[type], shape.c_str(), bytes, macs);
  check(run());
  CNRT_CHECK(cnrtQueueSync(queue));
}

int main(int argc, char **argv) {
  struct Family {
    const char *name;
    void (*run)(bangopsDataType_t);
    std::vector<bangopsDataType_t> types;
  };
  const Family families[] = {
      {"elementwise", elementwise, {BANGOPS_DTYPE_F32, BANGOPS_DTYPE_F16, BANGOPS_DTYPE_BF16}},
      {"layout",
       layout,
       {BANGOPS_DTYPE_F32, BANGOPS_DTYPE_F16, BANGOPS_DTYPE_BF16, BANGOPS_DTYPE_I32, BANGOPS_DTYPE_I8}},
      {"rows", rows, {BANGOPS_DTYPE_F32, BANGOPS_DTYPE_F16, BANGOPS_DTYPE_BF16}},
      {"matrix", matrix, {BANGOPS_DTYPE_F32, BANGOPS_DTYPE_F16, BANGOPS_DTYPE_BF16, BANGOPS_DTYPE_I8}},
      {"windows", windows, {BANGOPS_DTYPE_F32, BANGOPS_DTYPE_F16, BANGOPS_DTYPE_BF16, BANGOPS_DTYPE_I8}},
      {"select", select, {BANGOPS_DTYPE_F32, BANGOPS_DTYPE_F16, BANGOPS_DTYPE_BF16, BANGOPS_DTYPE_I8}},
      {"sequence", sequence, {BANGOPS_DTYPE_F32, BANGOPS_DTYPE_F16, BANGOPS_DTYPE_BF16}},
  };
  const char *family = argc > 2 ? argv[2] : "all";
  bool known = !strcmp(family, "all");
  for (const Family &f : families)
    known |= !strcmp(family, f.name);
  if (argc > 1)
    scale = atof(argv[1]);
  if (argc > 3)
    wanted = atoi(argv[3]);
  if (argc > 4 || !known || !(scale > 0 && scale <= 1)) {
    fprintf(stderr,
            "usage: %s [share of the full sizes, more than 0, at most 1] [family or all] [number of the only case]\n",
            argv[0]);
    return 2;
  }
  CNRT_CHECK(cnrtSetDevice(0));
  CNRT_CHECK(cnrtQueueCreate(&queue));
  check(bangopsCreate(&handle));
  check(bangopsSetQueue(handle, queue));
  for (const Family &f : families)
    if (!strcmp(family, "all") || !strcmp(family, f.name))
      for (bangopsDataType_t type : f.types)
        f.run(type);
  check(bangopsDestroy(handle));
  CNRT_CHECK(cnrtQueueDestroy(queue));
}

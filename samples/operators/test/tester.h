// tester.h: what the test programs of all families share: tensors on both sides, a reference in double, the accuracy
// measures of the field, and a list of cases.
//
//   diff1 = sum |result - expected| / sum |expected|          diff2 = sqrt(sum (result - expected)^2 / sum expected^2)
//
// Copies are compared bit by bit. A test program prints each failing case and at the end `PASS n cases` or `FAIL`.
#ifndef BANGOPS_TEST_TESTER_H
#define BANGOPS_TEST_TESTER_H

#include <bangops.h>

#include <cmath>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <functional>
#include <string>
#include <vector>

namespace bangops_test {

using Dims = std::vector<int64_t>;
using Values = std::vector<double>;

inline bangopsHandle_t handle;
inline int cases, failures;

inline const char *dtypeName(bangopsDataType_t t) {
  static const char *const names[] = {"f32", "f16", "bf16", "i32", "i8"};
  return names[t];
}
inline size_t bytesOf(bangopsDataType_t t) { return t == BANGOPS_DTYPE_I8 ? 1 : t == BANGOPS_DTYPE_F32 || t == BANGOPS_DTYPE_I32 ? 4 : 2; }
inline int64_t count(const Dims &dims) {
  int64_t n = 1;
  for (int64_t d : dims)
    n *= d;
  return n;
}
inline Dims dense(const Dims &dims) {
  Dims strides(dims.size());
  int64_t step = 1;
  for (size_t d = dims.size(); d-- > 0; step *= dims[d])
    strides[d] = step;
  return strides;
}
inline std::string text(const Dims &dims) {
  std::string s;
  for (int64_t d : dims)
    s += (s.empty() ? "" : "x") + std::to_string(d);
  return s.empty() ? "scalar" : s;
}

// Numbers that differ from place to place; the same in every run.
struct Random {
  uint64_t state;
  explicit Random(uint64_t seed) : state(seed * 2 + 1) {}
  double next() {
    state = state * 6364136223846793005u + 1442695040888963407u;
    return static_cast<double>(state >> 33) / 2147483648.0;
  }
  double in(double low, double high) { return low + (high - low) * next(); }
};

inline cnrtDataType_V2_t cnrtOf(bangopsDataType_t t) {
  static const cnrtDataType_V2_t types[] = {cnrtFloat, cnrtHalf, cnrtBfloat, cnrtInt, cnrtChar};
  return types[t];
}
inline std::vector<unsigned char> encode(const Values &values, bangopsDataType_t dtype) {
  std::vector<unsigned char> raw(values.size() * bytesOf(dtype));
  for (size_t i = 0; i < values.size(); ++i) {
    float f = static_cast<float>(values[i]);
    int32_t n = static_cast<int32_t>(values[i]);
    int8_t c = static_cast<int8_t>(values[i]);
    unsigned char *to = &raw[i * bytesOf(dtype)];
    if (dtype == BANGOPS_DTYPE_I32)
      memcpy(to, &n, 4);
    else if (dtype == BANGOPS_DTYPE_I8)
      memcpy(to, &c, 1);
    else
      CNRT_CHECK(cnrtCastDataType_V2(&f, cnrtFloat, to, cnrtOf(dtype), 1, nullptr, cnrtRounding_rn));
  }
  return raw;
}
inline double decode(const unsigned char *from, bangopsDataType_t dtype) {
  if (dtype == BANGOPS_DTYPE_I32) {
    int32_t n;
    memcpy(&n, from, 4);
    return n;
  }
  if (dtype == BANGOPS_DTYPE_I8)
    return static_cast<signed char>(*from);
  float f;
  unsigned char raw[4];
  memcpy(raw, from, bytesOf(dtype));
  if (dtype == BANGOPS_DTYPE_F32)
    memcpy(&f, raw, 4);
  else
    CNRT_CHECK(cnrtCastDataType_V2(raw, cnrtOf(dtype), &f, cnrtFloat, 1, nullptr, cnrtRounding_rn));
  return f;
}

// A tensor on the card. `at` is what the card's element holds, in the order of the dimensions as the descriptor is given.
class Tensor {
public:
  Tensor(bangopsDataType_t dtype, const Dims &dims, const Values &values, Dims strides = {},
         bangopsTensorLayout_t layout = BANGOPS_LAYOUT_ARRAY)
      : dtype(dtype), dims(dims), strides(strides.empty() && !dims.empty() ? dense(dims) : strides) {
    if (bangopsCreateTensorDescriptor(&desc) != BANGOPS_STATUS_SUCCESS ||
        bangopsSetTensorDescriptorStrided(desc, layout, dtype, static_cast<int>(dims.size()), dims.data(),
                                          this->strides.data()) != BANGOPS_STATUS_SUCCESS)
      puts(bangopsGetLastErrorText());
    extent = count(dims) > 0 ? 1 : 0;
    for (size_t d = 0; d < dims.size() && extent; ++d)
      extent += (dims[d] - 1) * this->strides[d];
    CNRT_CHECK(cnrtMalloc(&data, std::max<int64_t>(extent, 1) * bytesOf(dtype)));
    // Gaps hold a pattern that must survive; elements of an output hold it before the call.
    std::vector<unsigned char> raw(extent * bytesOf(dtype), 0xa5);
    const std::vector<unsigned char> encoded = encode(values, dtype);
    for (int64_t i = 0; i < static_cast<int64_t>(values.size()); ++i)
      memcpy(&raw[offset(i) * bytesOf(dtype)], &encoded[i * bytesOf(dtype)], bytesOf(dtype));
    if (extent)
      CNRT_CHECK(cnrtMemcpy(data, raw.data(), raw.size(), cnrtMemcpyHostToDev));
  }
  Tensor(const Tensor &) = delete;
  ~Tensor() {
    CNRT_CHECK(cnrtFree(data));
    bangopsDestroyTensorDescriptor(desc);
  }
  // An output.
  static Values none() { return {}; }

  // What the card holds now; complains when a gap was written.
  Values read(bool *gapsIntact = nullptr) const {
    std::vector<unsigned char> raw(extent * bytesOf(dtype));
    cnrtQueue_t queue;
    bangopsGetQueue(handle, &queue);
    CNRT_CHECK(cnrtQueueSync(queue));
    if (extent)
      CNRT_CHECK(cnrtMemcpy(raw.data(), data, raw.size(), cnrtMemcpyDevToHost));
    Values values(count(dims));
    std::vector<bool> mine(extent, false);
    for (int64_t i = 0; i < static_cast<int64_t>(values.size()); ++i) {
      values[i] = decode(&raw[offset(i) * bytesOf(dtype)], dtype);
      mine[offset(i)] = true;
    }
    if (gapsIntact) {
      *gapsIntact = true;
      for (int64_t i = 0; i < extent; ++i)
        for (size_t b = 0; b < bytesOf(dtype); ++b)
          *gapsIntact = *gapsIntact && (mine[i] || raw[i * bytesOf(dtype) + b] == 0xa5);
    }
    return values;
  }

  bangopsDataType_t dtype;
  Dims dims, strides;
  bangopsTensorDescriptor_t desc = nullptr;
  void *data = nullptr;

private:
  int64_t offset(int64_t index) const {
    int64_t place = 0;
    for (size_t d = dims.size(); d-- > 0; index /= dims[d])
      place += index % dims[d] * strides[d];
    return place;
  }
  int64_t extent = 0;
};

// Random values that the type holds exactly.
inline Values randomValues(const Dims &dims, bangopsDataType_t dtype, uint64_t seed, double low, double high) {
  Random random(seed);
  Values values(count(dims));
  for (double &v : values)
    v = dtype >= BANGOPS_DTYPE_I32 ? std::floor(random.in(low, high)) : random.in(low, high);
  const std::vector<unsigned char> raw = encode(values, dtype);
  for (size_t i = 0; i < values.size(); ++i)
    values[i] = decode(&raw[i * bytesOf(dtype)], dtype);
  return values;
}
// Strides that leave gaps, and, from two dimensions on, are not in the order of the dimensions.
inline Dims gaps(const Dims &dims) {
  Dims strides(dims.size());
  int64_t step = 2;
  for (size_t d = 0; d < dims.size(); step = step * dims[d] + 3, ++d)
    strides[d] = step;
  return strides;
}

inline double tolerance(bangopsDataType_t dtype) {
  return dtype == BANGOPS_DTYPE_F32 ? 1e-5 : dtype == BANGOPS_DTYPE_F16 ? 3e-3 : dtype == BANGOPS_DTYPE_BF16 ? 2e-2 : 0;
}

inline void fail(const std::string &name, const std::string &why) {
  ++failures;
  printf("FAIL %s: %s\n", name.c_str(), why.c_str());
}

// One case: the call must succeed, the result be near the reference.
inline void check(const std::string &name, bangopsStatus_t status, const Tensor &result, const Values &expected,
                  double limit = -1) {
  ++cases;
  if (status != BANGOPS_STATUS_SUCCESS)
    return fail(name, bangopsGetLastErrorText());
  if (limit < 0)
    limit = tolerance(result.dtype);
  bool intact;
  const Values found = result.read(&intact);
  if (!intact)
    return fail(name, "elements outside of the tensor were written");
  double error = 0, size = 0, error2 = 0, size2 = 0;
  size_t worst = 0;
  for (size_t i = 0; i < found.size(); ++i) {
    if (found[i] == expected[i] || (std::isnan(found[i]) && std::isnan(expected[i])))
      continue;
    const double e = std::fabs(found[i] - expected[i]);
    if (!(e <= std::fabs(found[worst] - expected[worst])))
      worst = i;
    error += e;
    error2 += e * e;
  }
  for (double v : expected)
    if (std::isfinite(v)) {
      size += std::fabs(v);
      size2 += v * v;
    }
  const double diff1 = error == 0 ? 0 : error / size, diff2 = error2 == 0 ? 0 : std::sqrt(error2 / size2);
  if (!(diff1 <= limit && diff2 <= limit)) {
    char why[200];
    snprintf(why, sizeof why, "diff1 %.3g diff2 %.3g, at most %g; element %zu is %.9g, expected %.9g", diff1, diff2,
             limit, worst, found[worst], expected[worst]);
    fail(name, why);
  }
}

// One case: the call must be refused with these words.
inline void refused(const std::string &name, bangopsStatus_t status, bangopsStatus_t expected, const char *words) {
  ++cases;
  if (status != expected)
    return fail(name, std::string("status is ") + bangopsGetErrorString(status) + ", expected " +
                          bangopsGetErrorString(expected));
  if (!strstr(bangopsGetLastErrorText(), words))
    fail(name, std::string("text is '") + bangopsGetLastErrorText() + "', expected '" + words + "' in it");
}

// Runs all cases on a queue of its own; `body` adds them.
inline int run(const std::function<void()> &body) {
  CNRT_CHECK(cnrtSetDevice(0));
  cnrtQueue_t queue;
  CNRT_CHECK(cnrtQueueCreate(&queue));
  if (bangopsCreate(&handle) != BANGOPS_STATUS_SUCCESS || bangopsSetQueue(handle, queue) != BANGOPS_STATUS_SUCCESS) {
    puts(bangopsGetLastErrorText());
    return 1;
  }
  body();
  bangopsDestroy(handle);
  CNRT_CHECK(cnrtQueueDestroy(queue));
  if (failures)
    printf("FAIL %d of %d cases\n", failures, cases);
  else
    printf("PASS %d cases\n", cases);
  return failures ? 1 : 0;
}

}  // namespace bangops_test

#endif  // BANGOPS_TEST_TESTER_H

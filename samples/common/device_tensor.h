// device_tensor.h: what the samples that call libbangops share: a tensor in device memory with its descriptor.
#ifndef SAMPLES_COMMON_DEVICE_TENSOR_H
#define SAMPLES_COMMON_DEVICE_TENSOR_H

#include <bangops.h>

#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <vector>

#define BANGOPS_CHECK(call)                                                                                            \
  do {                                                                                                                 \
    if ((call) != BANGOPS_STATUS_SUCCESS) {                                                                            \
      fprintf(stderr, "%s:%d: %s\n", __FILE__, __LINE__, bangopsGetLastErrorText());                                   \
      exit(1);                                                                                                         \
    }                                                                                                                  \
  } while (0)

// Shapes of four dimensions are images n, h, w, c unless `layout` says otherwise. The memory begins as zeros.
class DeviceTensor {
public:
  DeviceTensor(bangopsDataType_t type, const std::vector<int64_t> &dims)
      : DeviceTensor(type, dims, dims.size() == 4 ? BANGOPS_LAYOUT_NHWC : BANGOPS_LAYOUT_ARRAY) {}
  DeviceTensor(bangopsDataType_t type, const std::vector<int64_t> &dims, bangopsTensorLayout_t layout)
      : dims(dims), type(type), layout(layout) {
    for (int64_t d : dims)
      count *= d;
    CNRT_CHECK(cnrtMalloc(&data, count * elementBytes()));
    CNRT_CHECK(cnrtMemset(data, 0, count * elementBytes()));
    BANGOPS_CHECK(bangopsCreateTensorDescriptor(&desc));
    describe(dims[0]);
  }
  DeviceTensor(const DeviceTensor &) = delete;
  DeviceTensor &operator=(const DeviceTensor &) = delete;
  ~DeviceTensor() {
    CNRT_CHECK(cnrtFree(data));
    BANGOPS_CHECK(bangopsDestroyTensorDescriptor(desc));
  }

  // The same memory with as many rows as a smaller batch has.
  void describe(int64_t rows) {
    dims[0] = rows;
    BANGOPS_CHECK(bangopsSetTensorDescriptor(desc, layout, type, static_cast<int>(dims.size()), dims.data()));
  }

  // The first n elements, or all of them; half is rounded from float and widened to it.
  void upload(const float *values, size_t n) {
    if (type == BANGOPS_DTYPE_F32)
      return put(values, n * sizeof(float));
    std::vector<uint16_t> halves(n);
    CNRT_CHECK(cnrtCastDataType_V2(const_cast<float *>(values), cnrtFloat, halves.data(), cnrtHalf, n, nullptr,
                                   cnrtRounding_rn));
    put(halves.data(), n * sizeof(uint16_t));
  }
  void upload(const float *values) { upload(values, count); }
  void upload(const int32_t *values, size_t n) { put(values, n * sizeof(int32_t)); }
  std::vector<float> download(size_t n) const {
    if (type == BANGOPS_DTYPE_F32)
      return get<float>(n);
    const std::vector<uint16_t> halves = get<uint16_t>(n);
    std::vector<float> values(n);
    CNRT_CHECK(cnrtCastDataType_V2(const_cast<uint16_t *>(halves.data()), cnrtHalf, values.data(), cnrtFloat, n,
                                   nullptr, cnrtRounding_rn));
    return values;
  }
  std::vector<float> download() const { return download(count); }
  std::vector<int32_t> downloadIntegers(size_t n) const { return get<int32_t>(n); }

  float *floats() const { return static_cast<float *>(data); }
  int32_t *integers() const { return static_cast<int32_t *>(data); }

  std::vector<int64_t> dims;
  size_t count = 1; // of the elements that the memory holds
  bangopsTensorDescriptor_t desc = nullptr;
  void *data = nullptr;

private:
  size_t elementBytes() const {
    return type == BANGOPS_DTYPE_I8 ? 1 : type == BANGOPS_DTYPE_F32 || type == BANGOPS_DTYPE_I32 ? 4 : 2;
  }
  void put(const void *from, size_t bytes) {
    CNRT_CHECK(cnrtMemcpy(data, const_cast<void *>(from), bytes, cnrtMemcpyHostToDev));
  }
  template <class T> std::vector<T> get(size_t n) const {
    std::vector<T> values(n);
    CNRT_CHECK(cnrtMemcpy(values.data(), data, n * sizeof(T), cnrtMemcpyDevToHost));
    return values;
  }

  bangopsDataType_t type;
  bangopsTensorLayout_t layout;
};

#endif // SAMPLES_COMMON_DEVICE_TENSOR_H

// bench.h: what the families of this bench share. Each family's function runs its operators once, for one element type.
#ifndef BENCH_OPERATORS_BENCH_H
#define BENCH_OPERATORS_BENCH_H

#include <bangops.h>

#include <cstdint>
#include <functional>
#include <string>
#include <vector>

extern bangopsHandle_t handle;
extern double scale; // of the sizes, for a quick look

void check(bangopsStatus_t status); // ends the program with the library's sentence

// A tensor in device memory, full of zeros, dense if no strides are given. A stride of 0 repeats its dimension, which
// counts once in `bytes`.
struct Tensor {
  bangopsTensorDescriptor_t desc;
  void *data;
  double bytes;
  Tensor(bangopsDataType_t type, const std::vector<int64_t> &dims, bangopsTensorLayout_t layout = BANGOPS_LAYOUT_ARRAY,
         const std::vector<int64_t> &strides = {});
  Tensor(const Tensor &) = delete;
  ~Tensor();
};
// For operators whose work depends on what they read: a dense tensor of these values.
struct Filled : Tensor {
  Filled(bangopsDataType_t type, const std::vector<int64_t> &dims, const std::vector<float> &values);
};
// Values from `low` to below `high`, the same in every run.
std::vector<float> randomValues(int64_t count, float low, float high);
std::string shapeText(const std::vector<int64_t> &dims); // 2 x 3

int64_t sized(int64_t n); // n at full size, else its share, a multiple of 64

// Runs one case. Its operands have so many bytes altogether, each counted once, and its products so many
// multiplications.
void measure(const std::string &what, bangopsDataType_t type, const std::string &shape, double bytes, double macs,
             const std::function<bangopsStatus_t()> &run);

void elementwise(bangopsDataType_t type);
void layout(bangopsDataType_t type);
void rows(bangopsDataType_t type);
void matrix(bangopsDataType_t type);
void windows(bangopsDataType_t type);
void select(bangopsDataType_t type);
void sequence(bangopsDataType_t type);

#endif

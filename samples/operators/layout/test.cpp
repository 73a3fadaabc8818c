// test.cpp: copies by strides against loops over indices, bit by bit; fills and conversions.
#include "test/tester.h"

using namespace bangops_test;

static const bangopsDataType_t types[] = {BANGOPS_DTYPE_F32, BANGOPS_DTYPE_F16, BANGOPS_DTYPE_BF16, BANGOPS_DTYPE_I32,
                                          BANGOPS_DTYPE_I8};

// Element `index` of a dense tensor in another order of its dimensions.
static int64_t turned(int64_t index, const Dims &dims, const std::vector<int> &order) {
  Dims strides = dense(dims), outer;
  for (int d : order)
    outer.push_back(dims[d]);
  int64_t place = 0;
  for (size_t d = outer.size(); d-- > 0; index /= outer[d])
    place += index % outer[d] * strides[order[d]];
  return place;
}

static void transposes() {
  struct Case {
    Dims dims;
    std::vector<int> order;
  };
  const Case table[] = {{{1}, {0}},
                        {{3, 5}, {1, 0}},
                        {{300, 257}, {1, 0}},
                        {{2, 3, 4}, {2, 0, 1}},
                        {{2, 3, 4, 5}, {0, 3, 1, 2}},
                        {{2, 3, 4, 5}, {3, 1, 2, 0}},
                        {{2, 1, 3, 2, 1, 2, 3, 2}, {7, 6, 5, 4, 3, 2, 1, 0}},
                        {{1000, 3}, {1, 0}},
                        {{0, 4}, {1, 0}}};
  for (const Case &c : table)
    for (bangopsDataType_t type : types) {
      const Values x = randomValues(c.dims, type, 3, -100, 100);
      Dims outer;
      for (int d : c.order)
        outer.push_back(c.dims[d]);
      Values y(x.size());
      for (size_t i = 0; i < y.size(); ++i)
        y[i] = x[turned(i, c.dims, c.order)];
      Tensor in(type, c.dims, x), out(type, outer, {});
      check("transpose " + text(c.dims) + " " + dtypeName(type),
            bangopsTranspose(handle, c.order.data(), in.desc, in.data, out.desc, out.data), out, y, 0);
    }
}

static void copies() {
  for (const Dims &dims : {Dims{7}, Dims{4, 9}, Dims{3, 4, 5}, Dims{65, 3, 70}})
    for (bangopsDataType_t type : types) {
      const Values x = randomValues(dims, type, 9, -100, 100);
      Tensor in(type, dims, x, gaps(dims)), out(type, dims, {}, gaps(dims)), dense(type, dims, {});
      const std::string name = text(dims) + " " + dtypeName(type);
      check("gather copy " + name, bangopsCopy(handle, in.desc, in.data, dense.desc, dense.data), dense, x, 0);
      check("scatter copy " + name, bangopsCopy(handle, dense.desc, dense.data, out.desc, out.data), out, x, 0);
    }
  const Dims big = {1500000};  // beyond the NRAM of all tiles
  const Values x = randomValues(big, BANGOPS_DTYPE_F16, 9, -100, 100);
  Tensor in(BANGOPS_DTYPE_F16, big, x), out(BANGOPS_DTYPE_F16, big, {});
  check("long copy", bangopsCopy(handle, in.desc, in.data, out.desc, out.data), out, x, 0);
}

static void concatsAndPads() {
  for (bangopsDataType_t type : types) {
    const Values a = randomValues({2, 3, 4}, type, 1, -9, 9), b = randomValues({2, 5, 4}, type, 2, -9, 9);
    Tensor inA(type, {2, 3, 4}, a, gaps({2, 3, 4})), inB(type, {2, 5, 4}, b), out(type, {2, 8, 4}, {});
    Values y(64), padded(4 * 6 * 4, type >= BANGOPS_DTYPE_I32 ? 2 : 2.5);
    for (int i = 0; i < 2; ++i)
      for (int j = 0; j < 8; ++j)
        for (int k = 0; k < 4; ++k)
          y[(i * 8 + j) * 4 + k] = j < 3 ? a[(i * 3 + j) * 4 + k] : b[(i * 5 + j - 3) * 4 + k];
    const bangopsTensorDescriptor_t descs[] = {inA.desc, inB.desc};
    const void *const data[] = {inA.data, inB.data};
    check(std::string("concat ") + dtypeName(type), bangopsConcat(handle, 1, 2, descs, data, out.desc, out.data), out, y,
          0);
    for (int i = 0; i < 2; ++i)
      for (int j = 0; j < 3; ++j)
        for (int k = 0; k < 4; ++k)
          padded[((i + 1) * 6 + j + 2) * 4 + k] = a[(i * 3 + j) * 4 + k];
    Tensor border(type, {4, 6, 4}, {});
    const int64_t before[] = {1, 2, 0};
    check(std::string("pad ") + dtypeName(type),
          bangopsPad(handle, before, type >= BANGOPS_DTYPE_I32 ? 2.0f : 2.5f, inA.desc, inA.data, border.desc,
                     border.data),
          border, padded, 0);
    refused("concat shape", bangopsConcat(handle, 0, 2, descs, data, out.desc, out.data), BANGOPS_STATUS_BAD_PARAM,
            "input 0 has the shape [2, 3, 4], expected [2, 8, 4]");
  }
}

static void fillsAndCasts() {
  for (bangopsDataType_t to : types) {
    for (int64_t n : {int64_t(1), int64_t(100), int64_t(50001)}) {
      Tensor out(to, {n}, {});
      check(std::string("fill ") + dtypeName(to), bangopsFill(handle, 3, out.desc, out.data), out, Values(n, 3), 0);
    }
    for (bangopsDataType_t from : types) {
      const Dims dims = {3, 501};
      const Values x = randomValues(dims, from, 4, -60, 60);
      Values y;
      for (double v : x)
        y.push_back(to >= BANGOPS_DTYPE_I32 ? std::nearbyint(v * 2) : v * 2);
      Tensor in(from, dims, x), out(to, dims, {});
      check(std::string("cast ") + dtypeName(from) + " to " + dtypeName(to),
            bangopsCast(handle, 2, in.desc, in.data, out.desc, out.data), out, y);
    }
  }
  Tensor in(BANGOPS_DTYPE_F32, {4}, {1e9, -1e9, 127.4, -128.6}), out(BANGOPS_DTYPE_I8, {4}, {});
  check("cast saturates", bangopsCast(handle, 1, in.desc, in.data, out.desc, out.data), out, {127, -128, 127, -128});
}

int main() {
  return run([] {
    transposes();
    copies();
    concatsAndPads();
    fillsAndCasts();
    Tensor a(BANGOPS_DTYPE_F32, {2, 3}, Values(6, 1)), b(BANGOPS_DTYPE_F32, {3, 2}, Values(6, 1));
    const int twice[] = {0, 0};
    refused("permutation", bangopsTranspose(handle, twice, a.desc, a.data, b.desc, b.data), BANGOPS_STATUS_BAD_PARAM,
            "the permutation does not name each dimension from 0 to 1 once");
    refused("copy shape", bangopsCopy(handle, a.desc, a.data, b.desc, b.data), BANGOPS_STATUS_BAD_PARAM,
            "y has the shape [3, 2], expected [2, 3]");
  });
}

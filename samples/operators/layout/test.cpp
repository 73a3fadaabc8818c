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
                        {{1200, 601}, {1, 0}},
                        {{16, 40, 50}, {2, 1, 0}},
                        {{3, 24, 30, 20}, {3, 1, 2, 0}},
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
  const Dims big = {1500000}; // beyond the NRAM of all tiles
  const Values x = randomValues(big, BANGOPS_DTYPE_F16, 9, -100, 100);
  Tensor in(BANGOPS_DTYPE_F16, big, x), out(BANGOPS_DTYPE_F16, big, {});
  check("long copy", bangopsCopy(handle, in.desc, in.data, out.desc, out.data), out, x, 0);
}

// Views of all kinds: up to five dimensions in any order on both sides, with gaps behind any of them, repeated ones in
// x.
static void views() {
  for (int seed = 0; seed < 60; ++seed) {
    Random random(seed + 1);
    const auto below = [&](int n) { return static_cast<int64_t>(random.in(0, n)); };
    const bangopsDataType_t type = types[seed % 5];
    Dims dims;
    for (int64_t rank = 1 + below(5), d = 0; d < rank; ++d)
      dims.push_back(1 + below(d == 2 ? 200 : rank > 3 ? 9 : 70));
    // A stride for each dimension in a random order; of sizes[d] elements.
    const auto strides = [&](const Dims &sizes) {
      Dims order, result(dims.size());
      for (size_t d = 0; d < dims.size(); ++d)
        order.insert(order.begin() + below(static_cast<int>(d) + 1), static_cast<int64_t>(d));
      int64_t step = 1 + (below(3) == 0 ? below(4) : 0);
      for (int64_t d : order) {
        result[d] = step;
        step = step * sizes[d] + (below(3) == 0 ? below(20) : 0);
      }
      return result;
    };
    Dims once = dims; // x without its repetitions
    for (int64_t &d : once)
      d = below(6) == 0 ? 1 : d;
    Dims from = strides(once);
    const Dims to = strides(dims);
    const Values few = randomValues(once, type, seed, -100, 100);
    Values x(count(dims));
    for (size_t i = 0; i < x.size(); ++i) {
      int64_t rest = static_cast<int64_t>(i), place = 0, step = 1;
      for (size_t d = dims.size(); d-- > 0; rest /= dims[d], step *= once[d])
        place += once[d] == 1 ? 0 : rest % dims[d] * step;
      x[i] = few[place];
    }
    for (size_t d = 0; d < dims.size(); ++d)
      from[d] = once[d] == 1 ? 0 : from[d];
    Tensor in(type, dims, x, from), out(type, dims, {}, to);
    check("view " + std::to_string(seed) + " " + text(dims) + " strides " + text(from) + " to " + text(to) + " " +
              dtypeName(type),
          bangopsCopy(handle, in.desc, in.data, out.desc, out.data), out, x, 0);
  }
}

// Operands that are not dense, on both sides of each operator; and empty ones.
static void gapsAndNothing() {
  for (bangopsDataType_t type : types) {
    const Dims dims = {3, 5, 7};
    const Values x = randomValues(dims, type, 1, -60, 60);
    Values twice, seven(105, 7), turned(105), padded(4 * 5 * 9, 1);
    for (int i = 0; i < 105; ++i) {
      twice.push_back(x[i] * 2);
      turned[i] = x[i % 3 * 35 + i / 3];
      padded[i / 35 * 45 + i / 7 % 5 * 9 + i % 7 + 2] = x[i];
    }
    const std::string name = std::string(" with gaps ") + dtypeName(type);
    Tensor in(type, dims, x, gaps(dims)), filled(type, dims, {}, gaps(dims)),
        cast(BANGOPS_DTYPE_F32, dims, {}, gaps(dims)), across(type, {5, 7, 3}, {}, gaps({5, 7, 3})),
        wide(type, {4, 5, 9}, {}, gaps({4, 5, 9})), joined(type, {6, 5, 7}, {}, gaps({6, 5, 7}));
    check("fill" + name, bangopsFill(handle, 7, filled.desc, filled.data), filled, seven, 0);
    check("cast" + name, bangopsCast(handle, 2, in.desc, in.data, cast.desc, cast.data), cast, twice);
    const int order[] = {1, 2, 0};
    check("transpose" + name, bangopsTranspose(handle, order, in.desc, in.data, across.desc, across.data), across,
          turned, 0);
    const int64_t before[] = {0, 0, 2};
    check("pad" + name, bangopsPad(handle, before, 1, in.desc, in.data, wide.desc, wide.data), wide, padded, 0);
    const bangopsTensorDescriptor_t descs[] = {in.desc, in.desc};
    const void *const data[] = {in.data, in.data};
    Values both = x;
    both.insert(both.end(), x.begin(), x.end());
    check("concat" + name, bangopsConcat(handle, 0, 2, descs, data, joined.desc, joined.data), joined, both, 0);

    Tensor none(type, {0, 7}, {}), also(type, {7, 0}, {});
    const int turn[] = {1, 0};
    const int64_t zero[] = {0, 0};
    const bangopsTensorDescriptor_t nones[] = {none.desc};
    const void *const nothing[] = {none.data};
    check("copy of nothing", bangopsCopy(handle, none.desc, none.data, none.desc, none.data), none, {});
    check("transpose of nothing", bangopsTranspose(handle, turn, none.desc, none.data, also.desc, also.data), also, {});
    check("concat of nothing", bangopsConcat(handle, 0, 1, nones, nothing, none.desc, none.data), none, {});
    check("pad of nothing", bangopsPad(handle, zero, 0, none.desc, none.data, none.desc, none.data), none, {});
    check("fill of nothing", bangopsFill(handle, 1, none.desc, none.data), none, {});
    check("cast of nothing", bangopsCast(handle, 1, none.desc, none.data, none.desc, none.data), none, {});
  }
}

static void refusals() {
  const bangopsStatus_t bad = BANGOPS_STATUS_BAD_PARAM;
  Tensor a(BANGOPS_DTYPE_F32, {2, 3}, Values(6, 1)), b(BANGOPS_DTYPE_F32, {3, 2}, Values(6, 1)),
      c(BANGOPS_DTYPE_F16, {2, 3}, Values(6, 1)), flat(BANGOPS_DTYPE_F32, {6}, Values(6, 1)),
      repeated(BANGOPS_DTYPE_F32, {2, 3}, {}, {0, 1});
  const int twice[] = {0, 0}, turn[] = {1, 0};
  const int64_t zero[] = {0, 0}, far[] = {1, 0};
  refused("permutation", bangopsTranspose(handle, twice, a.desc, a.data, b.desc, b.data), bad,
          "the permutation does not name each dimension from 0 to 1 once");
  refused("transpose shape", bangopsTranspose(handle, turn, a.desc, a.data, a.desc, a.data), bad,
          "y has the shape [2, 3], expected [3, 2]");
  refused("copy shape", bangopsCopy(handle, a.desc, a.data, b.desc, b.data), bad,
          "y has the shape [3, 2], expected [2, 3]");
  refused("copy type", bangopsCopy(handle, a.desc, a.data, c.desc, c.data), bad, "y has elements of f16, expected f32");
  refused("copy to repeated rows", bangopsCopy(handle, a.desc, a.data, repeated.desc, repeated.data), bad,
          "y repeats dimension 0, but it is written");
  refused("copy of a null pointer", bangopsCopy(handle, a.desc, nullptr, a.desc, a.data), bad, "x is a null pointer");
  const bangopsTensorDescriptor_t descs[] = {a.desc, a.desc};
  const void *const data[] = {a.data, a.data};
  refused("concat axis", bangopsConcat(handle, 2, 2, descs, data, a.desc, a.data), bad,
          "the axis is 2, expected 0 to 1");
  refused("concat size", bangopsConcat(handle, 0, 2, descs, data, a.desc, a.data), bad,
          "y has 2 elements along axis 0, the inputs have 4");
  refused("concat of nothing", bangopsConcat(handle, 0, 0, descs, data, a.desc, a.data), bad, "no inputs are given");
  refused("pad rank", bangopsPad(handle, zero, 0, flat.desc, flat.data, a.desc, a.data), bad,
          "x has the shape [6], expected 2 dimensions as y");
  refused("pad size", bangopsPad(handle, far, 0, a.desc, a.data, a.desc, a.data), bad,
          "y has 2 elements along dimension 0, but 1 and x's 2 do not fit");
  refused("fill of repeated rows", bangopsFill(handle, 0, repeated.desc, repeated.data), bad, "y repeats dimension 0");
  refused("cast shape", bangopsCast(handle, 1, a.desc, a.data, b.desc, b.data), bad,
          "y has the shape [3, 2], expected [2, 3]");
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
    check(std::string("concat ") + dtypeName(type), bangopsConcat(handle, 1, 2, descs, data, out.desc, out.data), out,
          y, 0);
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
    views();
    gapsAndNothing();
    refusals();
  });
}

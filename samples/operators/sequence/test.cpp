// test.cpp: attention, rotary positions and an LSTM cell against loops in double.
#include "test/tester.h"

#include <algorithm>

using namespace bangops_test;

static const bangopsDataType_t floats[] = {BANGOPS_DTYPE_F32, BANGOPS_DTYPE_F16, BANGOPS_DTYPE_BF16};

static void attention() {
  struct Case {
    int64_t heads, queries, keys, depth;
    bool causal;
  };
  const Case table[] = {{1, 1, 1, 1, false},     {2, 5, 9, 16, false},   {3, 70, 70, 64, true},
                        {1, 33, 600, 40, false}, {1, 130, 300, 8, true}, {2, 20, 10, 12, true},
                        {0, 3, 3, 8, false},     {1, 900, 40, 8, true},  {5, 300, 300, 20, true}};
  for (const Case &c : table)
    for (bangopsDataType_t type : floats) {
      const Dims shape = {c.heads, c.queries, c.depth}, keyShape = {c.heads, c.keys, c.depth};
      const Values q = randomValues(shape, type, 1, -2, 2), k = randomValues(keyShape, type, 2, -2, 2),
                   v = randomValues(keyShape, type, 3, -1, 1);
      Values y(q.size());
      for (int64_t h = 0; h < c.heads; ++h)
        for (int64_t i = 0; i < c.queries; ++i) {
          const int64_t visible = c.causal ? std::max<int64_t>(0, i + c.keys - c.queries + 1) : c.keys;
          Values score(visible);
          double top = -INFINITY, sum = 0;
          for (int64_t j = 0; j < visible; ++j) {
            for (int64_t d = 0; d < c.depth; ++d)
              score[j] += 0.3 * q[(h * c.queries + i) * c.depth + d] * k[(h * c.keys + j) * c.depth + d];
            top = std::max(top, score[j]);
          }
          for (double &s : score)
            sum += s = std::exp(s - top);
          for (int64_t j = 0; j < visible; ++j)
            for (int64_t d = 0; d < c.depth; ++d)
              y[(h * c.queries + i) * c.depth + d] += score[j] / sum * v[(h * c.keys + j) * c.depth + d];
        }
      Tensor queries(type, shape, q), keys(type, keyShape, k), values(type, keyShape, v), out(type, shape, {});
      check(std::string("attention ") + dtypeName(type) + " " + text(shape) + " to " + std::to_string(c.keys),
            bangopsAttention(handle, 0.3f, c.causal, queries.desc, queries.data, keys.desc, keys.data, values.data,
                             out.desc, out.data),
            out, y);
      if (c.depth == 16)
        refused("attention shape",
                bangopsAttention(handle, 1, 0, queries.desc, queries.data, keys.desc, keys.data, values.data, keys.desc,
                                 out.data),
                BANGOPS_STATUS_BAD_PARAM, "y has the shape [2, 9, 16], expected [2, 5, 16]");
    }
}

static void rotary() {
  for (bangopsDataType_t type : floats) {
    const Dims shape = {2, 7, 10};
    const Values x = randomValues(shape, type, 1, -2, 2), c = randomValues({7, 5}, type, 2, -1, 1),
                 s = randomValues({7, 5}, type, 3, -1, 1);
    Values y = x;
    for (int64_t row = 0; row < 14; ++row)
      for (int64_t i = 0; i < 5; ++i) {
        const double a = x[row * 10 + i], b = x[row * 10 + 5 + i], cosine = c[row % 7 * 5 + i],
                     sine = s[row % 7 * 5 + i];
        y[row * 10 + i] = a * cosine - b * sine;
        y[row * 10 + 5 + i] = b * cosine + a * sine;
      }
    Tensor in(type, shape, x), cosines(type, {7, 5}, c), sines(type, {7, 5}, s), out(type, shape, {});
    check(std::string("rotary ") + dtypeName(type),
          bangopsRotaryEmbedding(handle, in.desc, in.data, cosines.desc, cosines.data, sines.data, out.desc, out.data),
          out, y);
    refused("rotary dimension",
            bangopsRotaryEmbedding(handle, cosines.desc, in.data, cosines.desc, cosines.data, sines.data, cosines.desc,
                                   out.data),
            BANGOPS_STATUS_BAD_PARAM, "x has the shape [7, 5], expected an even last dimension");
  }
}

// Operands with gaps, more than NRAM holds, nothing, and what is refused.
static void rotaryShapes() {
  for (bangopsDataType_t type : floats)
    for (const Dims &shape : {Dims{1, 1, 2}, Dims{3, 9, 14}, Dims{5, 300, 256}}) {
      const int64_t half = shape[2] / 2, rows = shape[0] * shape[1];
      const Values x = randomValues(shape, type, 1, -2, 2), c = randomValues({shape[1], half}, type, 2, -1, 1),
                   s = randomValues({shape[1], half}, type, 3, -1, 1);
      Values y = x;
      for (int64_t i = 0; i < rows * half; ++i) {
        const int64_t left = i / half * shape[2] + i % half, angle = i / half % shape[1] * half + i % half;
        y[left] = x[left] * c[angle] - x[left + half] * s[angle];
        y[left + half] = x[left + half] * c[angle] + x[left] * s[angle];
      }
      Tensor in(type, shape, x, gaps(shape)), out(type, shape, {}, gaps(shape)),
          cosines(type, {shape[1], half}, c, gaps({shape[1], half})),
          sines(type, {shape[1], half}, s, gaps({shape[1], half}));
      check(
          std::string("rotary with gaps ") + dtypeName(type) + " " + text(shape),
          bangopsRotaryEmbedding(handle, in.desc, in.data, cosines.desc, cosines.data, sines.data, out.desc, out.data),
          out, y);
    }
  Tensor none(BANGOPS_DTYPE_F32, {0, 3, 4}, {}), angles(BANGOPS_DTYPE_F32, {3, 2}, Values(6, 1)),
      x(BANGOPS_DTYPE_F32, {3, 4}, Values(12, 1)), other(BANGOPS_DTYPE_F32, {5, 2}, Values(10, 1));
  check(
      "rotary of nothing",
      bangopsRotaryEmbedding(handle, none.desc, none.data, angles.desc, angles.data, angles.data, none.desc, none.data),
      none, {});
  refused("rotary angles",
          bangopsRotaryEmbedding(handle, x.desc, x.data, other.desc, other.data, other.data, x.desc, x.data),
          BANGOPS_STATUS_BAD_PARAM, "cosines has the shape [5, 2], expected [3, 2] or one with dimensions of 1");
  refused(
      "rotary result",
      bangopsRotaryEmbedding(handle, x.desc, x.data, angles.desc, angles.data, angles.data, angles.desc, angles.data),
      BANGOPS_STATUS_BAD_PARAM, "y has the shape [3, 2], expected [3, 4]");
}

static double sigmoid(double v) { return 1 / (1 + std::exp(-v)); }

static void lstm() {
  for (bangopsDataType_t type : floats) {
    for (const Dims &size : {Dims{6, 11, 9}, Dims{1, 1, 1}, Dims{40, 70, 130}}) {
      const int64_t rows = size[0], inputs = size[1], hidden = size[2];
      const Values x = randomValues({rows, inputs}, type, 1, -1, 1), h = randomValues({rows, hidden}, type, 2, -1, 1),
                   c = randomValues({rows, hidden}, type, 3, -1, 1),
                   wx = randomValues({4 * hidden, inputs}, type, 4, -1, 1),
                   wh = randomValues({4 * hidden, hidden}, type, 5, -1, 1),
                   b = randomValues({4 * hidden}, type, 6, -1, 1);
      Values newH(h.size()), newC(c.size());
      for (int64_t r = 0; r < rows; ++r)
        for (int64_t i = 0; i < hidden; ++i) {
          double gate[4];
          for (int g = 0; g < 4; ++g) {
            const int64_t row = g * hidden + i;
            gate[g] = b[row];
            for (int64_t k = 0; k < inputs; ++k)
              gate[g] += x[r * inputs + k] * wx[row * inputs + k];
            for (int64_t k = 0; k < hidden; ++k)
              gate[g] += h[r * hidden + k] * wh[row * hidden + k];
          }
          newC[r * hidden + i] = sigmoid(gate[1]) * c[r * hidden + i] + sigmoid(gate[0]) * std::tanh(gate[2]);
          newH[r * hidden + i] = sigmoid(gate[3]) * std::tanh(newC[r * hidden + i]);
        }
      // The largest one with gaps.
      const auto strides = [&](const Dims &dims) { return rows == 40 ? gaps(dims) : Dims{}; };
      Tensor in(type, {rows, inputs}, x, strides({rows, inputs})),
          state(type, {rows, hidden}, h, strides({rows, hidden})),
          cell(type, {rows, hidden}, c, strides({rows, hidden})),
          weights(type, {4 * hidden, inputs}, wx, strides({4 * hidden, inputs})),
          recurrent(type, {4 * hidden, hidden}, wh, strides({4 * hidden, hidden})), bias(type, {4 * hidden}, b),
          outH(type, {rows, hidden}, {}, strides({rows, hidden})),
          outC(type, {rows, hidden}, {}, strides({rows, hidden}));
      const bangopsStatus_t status =
          bangopsLstmCell(handle, in.desc, in.data, state.desc, state.data, cell.data, weights.desc, weights.data,
                          recurrent.desc, recurrent.data, bias.desc, bias.data, outH.data, outC.data);
      check(std::string("lstm h ") + dtypeName(type), status, outH, newH);
      check(std::string("lstm c ") + dtypeName(type), status, outC, newC);
      if (rows == 6)
        refused("lstm weights",
                bangopsLstmCell(handle, in.desc, in.data, state.desc, state.data, cell.data, recurrent.desc,
                                weights.data, recurrent.desc, recurrent.data, bias.desc, bias.data, outH.data,
                                outC.data),
                BANGOPS_STATUS_BAD_PARAM, "wx has the shape [36, 9], expected [36, 11]");
    }
  }
  const bangopsDataType_t type = BANGOPS_DTYPE_F32;
  Tensor x(type, {2, 3}, Values(6, 1)), h(type, {3, 4}, Values(12, 1)), nothing(type, {2, 0}, {}), wx(type, {0, 3}, {}),
      wh(type, {0, 0}, {}), bias(type, {0}, {});
  const auto cell = [&](const Tensor &state) {
    return bangopsLstmCell(handle, x.desc, x.data, state.desc, state.data, state.data, wx.desc, wx.data, wh.desc,
                           wh.data, bias.desc, bias.data, state.data, state.data);
  };
  check("lstm of nothing", cell(nothing), nothing, {});
  refused("lstm rows", cell(h), BANGOPS_STATUS_BAD_PARAM, "h has the shape [3, 4], expected 2 rows");
}

// Of operators that need scratch memory: a product with a gap in every operand, and a sum over few long rows. Asked,
// they do nothing; with as much memory as they said they work, with less they refuse.
static void workspace() {
  const bangopsDataType_t type = BANGOPS_DTYPE_F32;
  const Values a = randomValues({5, 40}, type, 1, -1, 1), b = randomValues({40, 6}, type, 2, -1, 1),
               x = randomValues({2, 9000}, type, 3, -1, 1);
  Values c(30), sums(2);
  for (int i = 0; i < 30; ++i)
    for (int k = 0; k < 40; ++k)
      c[i] += a[i / 6 * 40 + k] * b[k * 6 + i % 6];
  for (int i = 0; i < 18000; ++i)
    sums[i / 9000] += x[i];
  Tensor left(type, {5, 40}, a, gaps({5, 40})), right(type, {40, 6}, b, gaps({40, 6})),
      out(type, {5, 6}, {}, gaps({5, 6})), rows(type, {2, 9000}, x, gaps({2, 9000})), sum(type, {2}, {}),
      untouched(type, {2}, {});
  const auto product = [&] {
    return bangopsGemm(handle, 0, 0, 1, left.desc, left.data, right.desc, right.data, nullptr, nullptr, -1, 0, out.desc,
                       out.data);
  };
  const int axis = 1;
  const auto reduce = [&](const Tensor &to) {
    return bangopsReduce(handle, BANGOPS_REDUCE_SUM, 1, &axis, rows.desc, rows.data, to.desc, to.data);
  };
  size_t forProduct = 0, forBoth = 0;
  const auto expectTrue = [](const char *name, bool right) {
    ++cases;
    if (!right)
      fail(name, bangopsGetLastErrorText());
  };
  expectTrue("query", bangopsBeginWorkspaceQuery(handle) == 0 && product() == 0 &&
                          bangopsGetWorkspaceSize(handle, &forProduct) == 0);
  // Dense copies of a, of b with its columns as rows, and of c.
  expectTrue("size of a product", forProduct == 896 + 1024 + 128);
  expectTrue("query of two", bangopsBeginWorkspaceQuery(handle) == 0 && product() == 0 && reduce(untouched) == 0 &&
                                 bangopsGetWorkspaceSize(handle, &forBoth) == 0);
  expectTrue("size of two", forBoth >= 2 * 9000 * 4 && forBoth > forProduct);
  for (double v : untouched.read())
    expectTrue("asked, nothing is computed", std::fabs(v) < 1e-10); // the pattern that it held before
  refused("size without a query", bangopsGetWorkspaceSize(handle, &forBoth), BANGOPS_STATUS_BAD_PARAM,
          "no query was begun");

  void *memory;
  CNRT_CHECK(cnrtMalloc(&memory, forBoth));
  expectTrue("small workspace", bangopsSetWorkspace(handle, memory, forProduct - 128) == 0);
  refused("too small a workspace", product(), BANGOPS_STATUS_ALLOC_FAILED,
          "the workspace has 1920 bytes, expected 2048");
  expectTrue("workspace", bangopsSetWorkspace(handle, memory, forBoth) == 0);
  check("product in a workspace", product(), out, c);
  check("sum in a workspace", reduce(sum), sum, sums);
  refused("a workspace that begins anywhere", bangopsSetWorkspace(handle, static_cast<char *>(memory) + 4, 64),
          BANGOPS_STATUS_BAD_PARAM, "does not begin at a multiple of 128");
  expectTrue("workspace given back", bangopsSetWorkspace(handle, nullptr, 0) == 0);
  CNRT_CHECK(cnrtFree(memory));
  check("product without a workspace", product(), out, c);
}

int main() {
  return run([] {
    attention();
    rotary();
    rotaryShapes();
    lstm();
    workspace();
  });
}

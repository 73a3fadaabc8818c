// layout.cpp: copies in all their forms, fills and conversions.
#include "bench.h"

using Dims = std::vector<int64_t>;

// y's dimension d is x's dimension order[d]; without an order a copy from a tensor with these strides.
struct Move {
  const char *name;
  Dims dims, strides;
  std::vector<int> order;
};

static void moves(bangopsDataType_t type) {
  const int64_t n = sized(1024), images = scale < 1 ? 1 : 16, side = scale < 1 ? 14 : 56;
  const Move table[] = {
      {"copy", {n, n}, {}, {}},
      {"copy of a slice", {n, n}, {2 * n, 1}, {}},
      {"copy of a slice", {sized(4000) - 1, 333}, {335, 1}, {}},
      {"copy of every second", {n, n / 2}, {n, 2}, {}},
      {"copy, expanded", {n, n}, {0, 1}, {}},
      {"transpose", {n, n}, {}, {1, 0}},
      {"transpose", {sized(4000), 333}, {}, {1, 0}},
      {"transpose", {images, side, side, 64}, {}, {0, 3, 1, 2}},
      {"transpose", {images, 64, side, side}, {}, {0, 2, 3, 1}},
      {"transpose", {8, sized(512), 12, 64}, {}, {0, 2, 1, 3}},
      {"transpose", {16, 24, sized(32), 40}, {}, {3, 1, 2, 0}},
  };
  for (const Move &m : table) {
    Dims to = m.dims;
    for (size_t d = 0; d < m.order.size(); ++d)
      to[d] = m.dims[m.order[d]];
    Tensor x(type, m.dims, BANGOPS_LAYOUT_ARRAY, m.strides), y(type, to);
    std::string shape = shapeText(m.dims);
    if (!m.order.empty())
      shape += " to " + shapeText(to);
    measure(m.name, type, shape, x.bytes + y.bytes, 0, [&] {
      return m.order.empty() ? bangopsCopy(handle, x.desc, x.data, y.desc, y.data)
                             : bangopsTranspose(handle, m.order.data(), x.desc, x.data, y.desc, y.data);
    });
  }
}

static void joins(bangopsDataType_t type) {
  struct Join {
    int axis;
    Dims a, b, y;
  };
  const int64_t n = sized(1024), odd = sized(4000);
  const Join table[] = {
      {0, {n / 2, n}, {n / 2, n}, {n, n}}, {1, {n, n / 2}, {n, n / 2}, {n, n}}, {1, {odd, 333}, {odd, 50}, {odd, 383}}};
  for (const Join &j : table) {
    Tensor a(type, j.a), b(type, j.b), y(type, j.y);
    const bangopsTensorDescriptor_t descs[] = {a.desc, b.desc};
    const void *const data[] = {a.data, b.data};
    measure("concat, axis " + std::to_string(j.axis), type, shapeText(j.a) + " and " + shapeText(j.b), 2 * y.bytes, 0,
            [&] { return bangopsConcat(handle, j.axis, 2, descs, data, y.desc, y.data); });
  }
}

static void pads(bangopsDataType_t type) {
  const int64_t images = scale < 1 ? 1 : 16, side = scale < 1 ? 14 : 56, odd = sized(4000);
  struct Pad {
    Dims x, before, y;
  };
  const Pad table[] = {{{images, side, side, 64}, {0, 1, 1, 0}, {images, side + 2, side + 2, 64}},
                       {{odd, 333}, {0, 50}, {odd, 383}}};
  for (const Pad &p : table) {
    Tensor x(type, p.x), y(type, p.y);
    measure("pad", type, shapeText(p.x) + " to " + shapeText(p.y), x.bytes + y.bytes, 0,
            [&] { return bangopsPad(handle, p.before.data(), 0, x.desc, x.data, y.desc, y.data); });
  }
}

void layout(bangopsDataType_t type) {
  static const char *const names[] = {"f32", "f16", "bf16", "i32", "i8"};
  moves(type);
  joins(type);
  pads(type);
  for (int64_t n : {sized(4194304), sized(100001)}) {
    Tensor y(type, {n});
    measure("fill", type, shapeText({n}), y.bytes, 0, [&] { return bangopsFill(handle, 1, y.desc, y.data); });
  }
  const int64_t n = sized(2097152);
  for (bangopsDataType_t to :
       {BANGOPS_DTYPE_F32, BANGOPS_DTYPE_F16, BANGOPS_DTYPE_BF16, BANGOPS_DTYPE_I32, BANGOPS_DTYPE_I8}) {
    if (to == type)
      continue;
    Tensor x(type, {n}), y(to, {n});
    measure(std::string("cast to ") + names[to], type, shapeText({n}), x.bytes + y.bytes, 0,
            [&] { return bangopsCast(handle, 1, x.desc, x.data, y.desc, y.data); });
  }
}

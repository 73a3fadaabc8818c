// Fusion.cpp: oracle of __bang_fusion: two operations in double or on integers, rounded or wrapped once.
#include "test/Matrix/lib/Oracles.h"

namespace matrix {

template <typename N> static N fuse(int64_t code, N a, N b, N c) {
  switch (code) {
  case 0:
    return a * b + c;
  case 1:
    return a * b - c;
  case 2:
    return (a + b) * c;
  case 3:
    return (a - b) * c;
  case 4:
    return a + b + c;
  case 5:
    return a + b - c;
  case 6:
    return a - b - c;
  default:
    return a - b + c;
  }
}

static void fusion(Case &c) {
  for (size_t i = 0; i < size_t(c.arg("n")); ++i)
    if (c.isFloat("dst"))
      c.setF("dst", i, fuse(c.arg("code"), operandF(c, 0, i), operandF(c, 1, i), operandF(c, 2, i)));
    else
      c.setI("dst", i, fuse(c.arg("code"), operandI(c, 0, i), operandI(c, 1, i), operandI(c, 2, i)));
}

static std::vector<Args> everyCode() {
  std::vector<Args> shapes;
  for (int code = 0; code < 8; ++code)
    for (auto [n, segment] : {std::pair{1, 1}, {65, 13}, {128, 128}, {330, 66}})
      shapes.push_back({{"code", code}, {"n", n}, {"seg_n", segment}});
  return shapes;
}

static Add fusions("fusion fusion_vs fusion_sv fusion_ss",
                   {.run = fusion, .shapes = everyCode(), .data = {Data::Special, Data::Moderate, Data::Bits}});

} // namespace matrix

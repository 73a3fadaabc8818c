// Scattered.cpp: oracles of scattered copies and atomic operations, tables, repeated pieces and vector registers.
#include "test/Matrix/lib/Oracles.h"

namespace matrix {

// Offsets of pieces that do not overlap, in an order of their own; 8-bit ones reach only as far.
static int64_t offsetOf(const Case &c, int64_t i) {
  const int64_t slot = std::max<int64_t>(c.arg("bytes"), 4), slots = std::min<int64_t>(c.arg("count"), 256 / slot);
  return i * 7 % slots * slot;
}
static bool goes(const Case &c, int64_t i) { return !c.has("mask") || (c.bytes("mask", i / 8, 1) >> i % 8 & 1); }

static void putOffsets(Case &c) {
  const size_t size = c.elt("offset").bits / 8;
  for (int64_t i = 0; i < c.arg("count"); ++i)
    c.put("offset", i * size, offsetOf(c, i), size);
}
template <bool gathers> static void copyPieces(Case &c) {
  const int64_t stride = c.arg(gathers ? "dst_stride" : "src_stride");
  for (int64_t i = 0; i < c.arg("count"); ++i)
    for (int64_t b = 0; goes(c, i) && b < c.arg("bytes"); ++b) {
      const int64_t near = i * stride + b, far = offsetOf(c, i) + b;
      c.setByte("dst", gathers ? near : far, c.bytes("src", gathers ? far : near, 1));
    }
}
// Addresses in the space a direction names; offsets and masks lie in NRAM whatever it is.
static std::vector<Args> inDirections() {
  std::vector<Args> shapes;
  for (int dir : {0, 1, 2, 3, 8, 19, 20, 21, 22})
    for (auto [bytes, count] : {std::pair{1, 1}, {4, 13}, {8, 32}, {3, 9}})
      shapes.push_back({{"bytes", bytes}, {"dir", dir}, {"dst_stride", 12}, {"src_stride", 12}, {"count", count}});
  return shapes;
}
static Oracle pieces(void (*run)(Case &)) {
  return {.run = run,
          .shapes = inDirections(),
          .data = {Data::Bits},
          .inPlace = false,
          .exhaustive = false,
          .prepare = putOffsets};
}
static Add gathers("gather gather_async", pieces(copyPieces<true>));
static Add scatters("scatter scatter_async", pieces(copyPieces<false>));

// Some indices lie behind the table.
static void putIndices(Case &c) {
  const size_t size = c.elt("index").bits / 8;
  for (int64_t i = 0; i < c.arg("n"); ++i)
    c.put("index", i * size, i * 11 % (c.arg("table_n") + 3), size);
}
static void lookUp(Case &c) {
  for (int64_t i = 0; i < c.arg("n"); ++i)
    if (const uint64_t at = c.bits("index", i); at < uint64_t(c.arg("table_n")))
      c.setBits("dst", i, c.bits("table", at));
}
static Add tables("lut",
                  {.run = lookUp,
                   .shapes = {{{"n", 1}, {"table_n", 1}}, {{"n", 65}, {"table_n", 64}}, {{"n", 300}, {"table_n", 77}}},
                   .data = {Data::Bits},
                   .inPlace = false,
                   .exhaustive = false,
                   .prepare = putIndices});

static void putCounts(Case &c) {
  const size_t size = c.elt("count").bits / 8;
  for (int64_t i = 0; i < c.arg("n"); ++i)
    c.put("count", i * size, i * 5 % 7, size);
}
static void extend(Case &c) {
  int64_t to = 0;
  for (int64_t i = 0; i < c.arg("n"); ++i)
    for (uint64_t k = 0; k < c.bits("count", i); ++k)
      for (int64_t b = 0; b < c.arg("bytes"); ++b)
        c.setByte("dst", to++, c.bytes("src", i * c.arg("bytes") + b, 1));
}
static Add extended("extension", {.run = extend,
                                  .shapes = {{{"bytes", 4}, {"dir", 8}, {"n", 2}},
                                             {{"bytes", 1}, {"dir", 8}, {"n", 65}},
                                             {{"bytes", 24}, {"dir", 8}, {"n", 40}}},
                                  .data = {Data::Bits},
                                  .inPlace = false,
                                  .exhaustive = false,
                                  .prepare = putCounts});

// Atomic operations at byte offsets, one element after the other; some meet in one place.
static size_t slotOf(const Case &c, int64_t i) { return i * 3 % (c.arg("elems") / 2 + 1); }
static void putPlaces(Case &c) {
  for (int64_t i = 0; i < c.arg("elems"); ++i)
    c.put("offset", i * c.arg("offset_bytes"), slotOf(c, i) * (c.elt("g").bits / 8), c.arg("offset_bytes"));
}
static void atomicsAt(Case &c) {
  const std::string op = c.row.suffix.substr(c.row.suffix.find('.') + 1);
  const Elt &elt = c.elt("g");
  std::map<size_t, uint64_t> now;
  for (int64_t i = 0; i < c.arg("elems"); ++i) {
    if (!goes(c, i))
      continue;
    const size_t at = slotOf(c, i);
    const uint64_t old = now.try_emplace(at, c.bits("g", at)).first->second, value = c.bits("src", i);
    c.setBits("dst", i, old);
    uint64_t next = value; // exch
    if (elt.isFloat) {
      const double a = decodeFloat(elt, old), b = decodeFloat(elt, value);
      const bool nan = std::isnan(a) || std::isnan(b), larger = op.ends_with("max");
      if (op == "add")
        next = encodeFloat(elt, a + b);
      else if (op == "cas")
        next = a == b ? c.bits("other", i) : old;
      else if (op.starts_with("nan_") && nan)
        next = encodeFloat(elt, NAN);
      else if (op.starts_with("number_") && nan)
        next = std::isnan(a) ? value : old;
      else if (op != "exch")
        next = (larger ? b > a : b < a) ? value : old;
    } else {
      const Int a = decodeInt(elt, old), b = decodeInt(elt, value);
      if (op == "cas")
        next = a == b ? c.bits("other", i) : old;
      else if (op == "and")
        next = old & value;
      else if (op == "or")
        next = old | value;
      else if (op == "xor")
        next = old ^ value;
      else if (op != "exch")
        next = encodeInt(elt, op == "add"   ? a + b
                              : op == "max" ? std::max(a, b)
                              : op == "min" ? std::min(a, b)
                              : op == "inc" ? (a >= b ? Int(0) : a + 1)
                                            : (a == 0 || a > b ? b : a - 1));
    }
    now[at] = next;
    c.setBits("g", at, next);
  }
}
static Add scatteredAtomics("discrete_atomic", {.run = atomicsAt,
                                                .shapes = {{{"elems", 1}, {"offset_bytes", 4}},
                                                           {{"elems", 20}, {"offset_bytes", 1}},
                                                           {{"elems", 65}, {"offset_bytes", 2}},
                                                           {{"elems", 129}, {"offset_bytes", 4}}},
                                                .data = {Data::Small, Data::Moderate},
                                                .inPlace = false,
                                                .exhaustive = false,
                                                .prepare = putPlaces});

// Vector registers: 256 bytes of lanes.
static void lanes(Case &c) {
  const std::string op = c.row.suffix.substr(c.row.suffix.find('.') + 1);
  const Elt &elt = c.elt("dst");
  for (size_t i = 0; i < 256 * 8 / size_t(elt.bits); ++i) {
    if (op == "xor" || op == "trixor")
      c.setBits("dst", i, c.bits("a", i) ^ c.bits("b", i) ^ (c.has("c") ? c.bits("c", i) : 0));
    else if (elt.isFloat)
      c.setF("dst", i, op == "add" ? c.f("a", i) + c.f("b", i) : c.f("a", i) * c.f("b", i));
    else
      c.setI("dst", i,
             op == "add"   ? c.i("a", i) + c.i("b", i)
             : op == "mul" ? c.i("a", i) * c.i("b", i)
                           : (c.i("a", i) * c.i("b", i)) >> elt.bits);
  }
}
static Add registers("vv", {.run = lanes, .exhaustive = false});
static void steps(Case &c) {
  const Elt &elt = c.elt("dst");
  for (size_t i = 0; i < 256 * 8 / size_t(elt.bits); ++i)
    if (elt.isFloat)
      c.setF("dst", i, float(c.f("start", 0)) + float(c.f("step", 0)) * float(i));
    else
      c.setI("dst", i, c.i("start", 0) + c.i("step", 0) * Int(i));
}
static Add counted("vv_index", {.run = steps, .data = {Data::Moderate, Data::Small}, .exhaustive = false});
static void storeRegister(Case &c) {
  for (int64_t b = 0; b < c.arg("bytes"); ++b)
    c.setBits("dst", b, c.bits("src", b));
}
static Add stored("vv_store", {.run = storeRegister,
                               .shapes = {{{"bytes", 1}}, {{"bytes", 12}}, {{"bytes", 256}}},
                               .data = {Data::Bits},
                               .exhaustive = false});

} // namespace matrix

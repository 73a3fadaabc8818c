// PoolIndex.cpp: positions of extremes in windows, kh * width of the window + kw.
#include "simulator/insns/Elements.h"
#include "simulator/insns/Handlers.h"
#include "simulator/insns/Windows.h"

namespace dlp {
namespace {

// Modes, as numbered in Pool.td.
enum class Wanted : uint8_t { Max = 1, Min, NanMax, NanMin };

// Whether `v` replaces the extreme found so far. Chosen: plain forms skip NaN, the others take the first NaN.
bool replaces(Wanted wanted, float best, float v) {
  const bool nanWins = wanted == Wanted::NanMax || wanted == Wanted::NanMin;
  if (v != v || best != best)
    return nanWins ? best == best && v != v : best != best && v == v;
  return wanted == Wanted::Max || wanted == Wanted::NanMax ? v > best : v < best;
}

struct Extreme {
  float value;
  uint32_t index;
};

// Calls store(place of the result, extreme) for each channel of each window.
template <class T, class Store> void search(const Windows &win, const T *src, Wanted wanted, Store store) {
  std::vector<Extreme> best(win.c);
  for (uint64_t y = 0; y < win.oh; ++y)
    for (uint64_t x = 0; x < win.ow; ++x) {
      for (uint64_t i = 0; i < win.kh; ++i)
        for (uint64_t j = 0; j < win.kw; ++j) {
          if (!win.inside(y, x, i, j))
            continue;
          const T *pixel = src + win.pixel(y, x, i, j);
          const bool first = i == 0 && j == 0;
          for (uint64_t c = 0; c < win.c; ++c)
            if (const float v = toFloat(pixel[c]); first || replaces(wanted, best[c].value, v))
              best[c] = {v, uint32_t(i * win.kw + j)};
        }
      for (uint64_t c = 0; c < win.c; ++c)
        store(win.result(y, x) + c, best[c]);
    }
}

template <class T> void indices(Exec &x, const PindexOps &ops, Wanted wanted) {
  using Index = std::conditional_t<sizeof(T) == 2, uint16_t, uint32_t>;
  const Windows win = windowsOf(x, ops);
  const uint64_t outputs = win.outputs();
  const T *a = readElements<T>(x, ops.src, win.inputs(), "src");
  Index *dst = writeElements<Index>(x, ops.dst, outputs, "dst");
  Source<T> src(a, win.inputs(), dst, outputs * sizeof(Index), InPlace::Copy);
  search<T>(win, src, wanted, [&](uint64_t at, const Extreme &e) { dst[at] = Index(e.index); });
}

template <class T> void both(Exec &x, const PvindexOps &ops, Wanted wanted) {
  using Index = std::conditional_t<sizeof(T) == 2, uint16_t, uint32_t>;
  const Windows win = windowsOf(x, ops, AtEdge::Cut);
  const uint64_t outputs = win.outputs();
  const T *a = readElements<T>(x, ops.src, win.inputs(), "src");
  const std::vector<T> src(a, a + win.inputs());
  T *values = writeElements<T>(x, ops.dst, outputs, "dst");
  Index *positions = writeElements<Index>(x, ops.dst + ops.value_index_stride, outputs, "dst + value_index_stride");
  search<T>(win, src.data(), wanted, [&](uint64_t at, const Extreme &e) {
    values[at] = fromFloat<T>(e.value);
    positions[at] = Index(e.index);
  });
}

} // namespace

uint64_t execPindex(Exec &x, const PindexOps &ops, Variant v) {
  withFloat(v.e0, [&](auto t) { indices<typename decltype(t)::type>(x, ops, Wanted(v.mode)); });
  return 0;
}

uint64_t execPvindex(Exec &x, const PvindexOps &ops, Variant v) {
  withFloat(v.e0, [&](auto t) { both<typename decltype(t)::type>(x, ops, Wanted(v.mode)); });
  return 0;
}

} // namespace dlp

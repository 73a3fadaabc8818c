// Counting.cpp: histograms and running sums with a pattern in WRAM, random numbers.
//
// Integers count and add in 64 bits and wrap in the result; floats add in f32, from the first element to the last.
#include "simulator/insns/Elements.h"
#include "simulator/insns/Handlers.h"
#include "simulator/insns/Operands.h"
#include "simulator/numeric/Round.h"

#include <algorithm>
#include <cmath>
#include <string>

namespace dlp {
namespace {

constexpr uint64_t kLineBytes = 64;

// Row r of a pattern: the first 64 bytes of table r.
template <class T> const T *patternRow(Exec &x, uint64_t kernel, uint64_t row) {
  const uint64_t table = x.machine().wramTableBytes(), offset = kernel - kWramBase;
  if (kernel >= kWramBase && offset < x.machine().wramBytes && offset + kLineBytes > table)
    x.fault(FaultKind::BadOperand,
            "kernel lies at byte " + std::to_string(offset) + " of WRAM, expected an offset in table 0", kernel,
            kLineBytes);
  if (kernel % sizeof(T))
    x.misaligned("kernel", kernel, sizeof(T));
  return reinterpret_cast<const T *>(x.read(kernel + row * table, kLineBytes, kInWram, "kernel"));
}

// Chosen: adds to what dst has, since the documented example clears dst first.
template <class D, class S> void histogram(Exec &x, const VhistOps &ops) {
  constexpr uint64_t kRows = 64, kLine = kLineBytes / sizeof(S);
  const uint64_t n = checkCount(x, "n", ops.n);
  const S *src = readElements<S>(x, ops.src, n, "src");
  const D *old = readElements<D>(x, ops.dst, kRows, "dst");
  D *dst = writeElements<D>(x, ops.dst, kRows, "dst");
  uint64_t counts[kRows] = {};
  for (uint64_t row = 0; row < kRows; ++row) {
    const S *pattern = patternRow<S>(x, ops.kernel, row);
    for (uint64_t i = 0; i < n; ++i)
      counts[row] += load(src[i]) == load(pattern[i % kLine]);
  }
  for (uint64_t row = 0; row < kRows; ++row)
    if constexpr (isFloat<D>)
      dst[row] = roundTo<D>(toDouble(old[row]) + double(counts[row]), Rounding::RN);
    else
      dst[row] = D(uint64_t(old[row]) + counts[row]);
}

// Chosen: the sum over all earlier blocks is that of the last element before, as if it were carried in a register.
template <class D, class S> void integral(Exec &x, const VintegralOps &ops) {
  using Sum = std::conditional_t<isFloat<S>, float, int64_t>;
  constexpr uint64_t kLine = kLineBytes / sizeof(S);
  const uint64_t n = checkCount(x, "n", ops.n);
  const int pos = checkPosition(x, "pos", ops.pos);
  const S *src = readElements<S>(x, ops.src, n, "src");
  std::vector<D> result(n);
  Sum before = 0;
  for (uint64_t block = 0; block < n; block += kLine) {
    const uint64_t count = std::min(kLine, n - block);
    Sum total = before;
    for (uint64_t row = 0; row < count; ++row) {
      const S *pattern = patternRow<S>(x, ops.kernel, row);
      total = before;
      for (uint64_t i = 0; i < count; ++i)
        total += Sum(load(pattern[i])) * Sum(load(src[block + i]));
      if constexpr (isFloat<D>)
        result[block + row] = roundTo<D>(std::ldexp(double(total), pos), Rounding::RN);
      else
        result[block + row] = D(total);
    }
    before = total;
  }
  std::copy(result.begin(), result.end(), writeElements<D>(x, ops.dst, n, "dst"));
}

// A mixing function whose output bits are all alike in the long run (the finaliser of splitmix64).
uint64_t mix(uint64_t v) {
  v = (v ^ (v >> 30)) * 0xbf58476d1ce4e5b9;
  v = (v ^ (v >> 27)) * 0x94d049bb133111eb;
  return v ^ (v >> 31);
}

} // namespace

uint64_t execVhist(Exec &x, const VhistOps &ops, Variant v) {
  withNumber(v.e0, [&](auto d) {
    withNumber(v.e1, [&](auto s) { histogram<typename decltype(d)::type, typename decltype(s)::type>(x, ops); });
  });
  return 0;
}

uint64_t execVintegral(Exec &x, const VintegralOps &ops, Variant v) {
  withNumber(v.e0, [&](auto d) {
    withNumber(v.e1, [&](auto s) { integral<typename decltype(d)::type, typename decltype(s)::type>(x, ops); });
  });
  return 0;
}

uint64_t execVrand(Exec &x, const VrandOps &ops, Variant) {
  constexpr uint64_t kGolden = 0x9e3779b97f4a7c15;
  const uint64_t n = checkCount(x, "n", ops.n), start = mix(ops.seed + kGolden);
  int16_t *dst = writeElements<int16_t>(x, ops.dst, n, "dst");
  for (uint64_t i = 0; i < n; ++i)
    dst[i] = int16_t(mix(start + i * kGolden) >> 48);
  return 0;
}

} // namespace dlp

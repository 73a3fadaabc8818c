// weights.h: how the right operand of a product comes to WRAM. The matrix unit wants one row of it for each column of
// the result; strided copies put the rows where it looks for them, so nothing is reordered in NRAM. All copies are
// asynchronous.
#ifndef BANGOPS_COMMON_WEIGHTS_H
#define BANGOPS_COMMON_WEIGHTS_H

#include "common/device.h"

#include <algorithm>

namespace bangops {

#ifdef __BANG_ARCH__
constexpr int kWramBytes = __MLU_WRAM_SIZE__ * 1024;
#else
constexpr int kWramBytes = 64;
#endif
constexpr int kTables = 64; // of WRAM; row r of the right operand lies in table r % 64 at slot r / 64
constexpr int kTableBytes = kWramBytes / kTables;

// Part of rows of `taps` runs: `width` elements of each run. Distances are in elements; that of taps may be negative.
struct Runs {
  int rows, taps, width;
  int64_t row;
  int tap;
  __mlu_func__ bool dense() const { return taps == 1 || tap == width; }
};

// Rows to WRAM, each run `padded` wide with zeros behind it, and rows of zeros up to a multiple of 64. `zeros` holds
// one padded row.
template <mluMemcpyDirection_t D, class T>
__mlu_func__ void fillWeights(T *to, const T *from, const Runs &r, int padded, const T *zeros) {
  const int run = r.width * static_cast<int>(sizeof(T)), place = padded * static_cast<int>(sizeof(T));
  const int slot = r.taps * place, row = static_cast<int>(r.row * sizeof(T)), tap = r.tap * static_cast<int>(sizeof(T));
  const bool dense = r.dense() && r.width == padded;
  int done = 0;
  if (dense && r.rows >= kTables) {
    const int slots = r.rows / kTables;
    __memcpy_async(to, from, slot, D, kTableBytes, kTables - 1, slot, slots - 1, row, kTables - 1, kTables * row,
                   slots - 1);
    done = slots * kTables;
  }
  for (; done < r.rows; done += kTables) {
    const int rows = std::min(kTables, r.rows - done);
    T *table = to + done / kTables * r.taps * padded;
    const T *first = from + done * r.row;
    // On the queue of the zeros, whole rows of them come first, which is quicker than to fill what is left over.
    constexpr bool kZerosFirst = D != GDRAM2WRAM;
    if (kZerosFirst && (r.width < padded || rows < kTables))
      __memcpy_async(table, zeros, slot, NRAM2WRAM, kTableBytes, 0, kTables - 1);
    if (dense)
      __memcpy_async(table, first, slot, D, kTableBytes, row, rows - 1);
    else
      __memcpy_async(table, first, run, D, place, r.taps - 1, kTableBytes, rows - 1, tap, r.taps - 1, row, rows - 1);
    if (!kZerosFirst && r.width < padded)
      __memcpy_async(table + r.width, zeros, place - run, NRAM2WRAM, place, r.taps - 1, kTableBytes, rows - 1, 0,
                     r.taps - 1, 0, rows - 1);
    if (!kZerosFirst && rows < kTables)
      __memcpy_async(reinterpret_cast<uint8_t *>(table) + rows * kTableBytes, zeros, slot, NRAM2WRAM, kTableBytes, 0,
                     kTables - rows - 1);
  }
}

} // namespace bangops

#endif // BANGOPS_COMMON_WEIGHTS_H

// Operands.h: from the operands of an instruction to host memory, with the checks that all rows share.
//
// Results are as if every source had been read before anything was written. A source that overlaps the destination is
// therefore copied first, unless each lane only reads the place it writes (exact in-place).
#ifndef OPENBANG_SIMULATOR_INSNS_OPERANDS_H
#define OPENBANG_SIMULATOR_INSNS_OPERANDS_H

#include "simulator/core/Exec.h"

#include <initializer_list>
#include <vector>

namespace dlp {

// A count of elements or segments: 1 to 2^32 - 1, else the machine faults.
uint64_t checkCount(const Exec &x, const char *name, uint64_t value);

struct NamedCount {
  const char *name;
  uint64_t value;
};
// The product of counts that together size one array, at most 2^32 - 1.
uint64_t checkProduct(const Exec &x, std::initializer_list<NamedCount> counts);

// The power of two of a fixed-point operand: -127 to 127.
int checkPosition(const Exec &x, const char *name, uint64_t value);

bool overlaps(const void *a, uint64_t aBytes, const void *b, uint64_t bBytes);

// Chosen: a vector operand is aligned to its element, as C++ says of the pointer it came from.
template <class T> const T *readElements(Exec &x, uint64_t address, uint64_t n, const char *name) {
  if (address % sizeof(T))
    x.misaligned(name, address, sizeof(T));
  return reinterpret_cast<const T *>(x.read(address, n * sizeof(T), kInNram, name));
}
template <class T> T *writeElements(Exec &x, uint64_t address, uint64_t n, const char *name) {
  if (address % sizeof(T))
    x.misaligned(name, address, sizeof(T));
  return reinterpret_cast<T *>(x.write(address, n * sizeof(T), kInNram, name));
}

enum class InPlace { Copy, Allowed };

// A source that stays as it was while the destination is written.
template <class T> class Source {
public:
  Source(const T *data, uint64_t n, const void *dst, uint64_t dstBytes, InPlace inPlace) : data(data) {
    if (!overlaps(data, n * sizeof(T), dst, dstBytes) || (inPlace == InPlace::Allowed && data == dst))
      return;
    copy.assign(data, data + n);
    this->data = copy.data();
  }
  operator const T *() const { return data; }

private:
  const T *data;
  std::vector<T> copy;
};

} // namespace dlp

#endif // OPENBANG_SIMULATOR_INSNS_OPERANDS_H

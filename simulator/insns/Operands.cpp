// Operands.cpp: checks that all rows share.
#include "simulator/insns/Operands.h"

namespace dlp {

static constexpr uint64_t kMaxCount = 0xffffffff;

uint64_t checkCount(const Exec &x, const char *name, uint64_t value) {
  if (value == 0 || value > kMaxCount)
    x.badOperand(name, int64_t(value), value ? "at most 4294967295" : "at least 1");
  return value;
}

uint64_t checkProduct(const Exec &x, std::initializer_list<NamedCount> counts) {
  uint64_t product = 1;
  std::string names;
  for (const NamedCount &c : counts) {
    product *= checkCount(x, c.name, c.value);
    names.append(names.empty() ? "" : " * ").append(c.name);
    if (product > kMaxCount)
      x.badOperand(names, int64_t(product), "at most 4294967295");
  }
  return product;
}

int checkPosition(const Exec &x, const char *name, uint64_t value) {
  const int64_t position = int64_t(value);
  if (position < -127 || position > 127)
    x.badOperand(name, position, "-127 to 127");
  return int(position);
}

bool overlaps(const void *a, uint64_t aBytes, const void *b, uint64_t bBytes) {
  const uintptr_t first = uintptr_t(a), second = uintptr_t(b);
  return first < second + bBytes && second < first + aBytes;
}

} // namespace dlp

// HostMemory.h: a block of zeroed host memory that costs pages only where it is touched.
#ifndef OPENBANG_SIMULATOR_MEMORY_HOSTMEMORY_H
#define OPENBANG_SIMULATOR_MEMORY_HOSTMEMORY_H

#include <cstdint>
#include <sys/mman.h>
#include <utility>

namespace dlp {

class HostMemory {
public:
  HostMemory() = default;
  HostMemory(HostMemory &&other) noexcept
      : base(std::exchange(other.base, nullptr)), bytes(std::exchange(other.bytes, 0)) {}
  HostMemory &operator=(HostMemory &&other) noexcept {
    std::swap(base, other.base);
    std::swap(bytes, other.bytes);
    return *this;
  }
  ~HostMemory() {
    if (base)
      munmap(base, bytes);
  }

  // False when the host has no room. Zero bytes give an empty block.
  [[nodiscard]] bool map(uint64_t size) {
    *this = HostMemory();
    if (!size)
      return true;
    void *p = mmap(nullptr, size, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
    if (p == MAP_FAILED)
      return false;
    base = static_cast<uint8_t *>(p);
    bytes = size;
    return true;
  }

  uint8_t *data() const { return base; }
  uint64_t size() const { return bytes; }

private:
  uint8_t *base = nullptr;
  uint64_t bytes = 0;
};

} // namespace dlp

#endif // OPENBANG_SIMULATOR_MEMORY_HOSTMEMORY_H

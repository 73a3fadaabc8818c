// Stream.cpp: stores that pass by the host's caches.
#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "simulator/insns/Stream.cpp"
#include <hwy/foreach_target.h>

#include "simulator/insns/Copy.h"

#include <algorithm>
#include <cstring>

#include <hwy/cache_control.h>
#include <hwy/highway.h>

HWY_BEFORE_NAMESPACE();
namespace dlp {
namespace HWY_NAMESPACE {
namespace {

void stream(uint8_t *dst, const uint8_t *src, uint64_t bytes) {
  namespace hn = hwy::HWY_NAMESPACE;
  const hn::ScalableTag<uint8_t> d;
  const uint64_t lanes = hn::Lanes(d), head = std::min(bytes, (0 - reinterpret_cast<uintptr_t>(dst)) % lanes);
  std::memcpy(dst, src, head);
  uint64_t i = head;
  for (; i + lanes <= bytes; i += lanes)
    hn::Stream(hn::LoadU(d, src + i), d, dst + i);
  std::memcpy(dst + i, src + i, bytes - i);
  hwy::FlushStream(); // other threads may read them next
}

} // namespace
} // namespace HWY_NAMESPACE
} // namespace dlp
HWY_AFTER_NAMESPACE();

#if HWY_ONCE
namespace dlp {
HWY_EXPORT(stream);
void copyStreaming(uint8_t *dst, const uint8_t *src, uint64_t bytes) { HWY_DYNAMIC_DISPATCH(stream)(dst, src, bytes); }
} // namespace dlp
#endif // HWY_ONCE

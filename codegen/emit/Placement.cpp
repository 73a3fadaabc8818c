// Placement.cpp: greedy first fit.
//
// Objects of many kernels go first, so that they gather at the bottom and leave every kernel one contiguous rest; among
// equals the larger goes first.
#include "codegen/emit/Placement.h"

#include <algorithm>

namespace dlp {

static bool shareKernel(const PlacedObject &a, const PlacedObject &b) {
  size_t n = std::min(a.kernels.size(), b.kernels.size());
  for (size_t i = 0; i < n; ++i)
    if (a.kernels[i] && b.kernels[i])
      return true;
  return false;
}

void placeObjects(std::vector<PlacedObject *> objects, uint64_t start) {
  auto users = [](const PlacedObject *o) { return std::count(o->kernels.begin(), o->kernels.end(), true); };
  std::sort(objects.begin(), objects.end(), [&](const PlacedObject *a, const PlacedObject *b) {
    if (users(a) != users(b))
      return users(a) > users(b);
    return a->size != b->size ? a->size > b->size : a->name < b->name;
  });
  std::vector<PlacedObject *> placed; // by offset
  for (PlacedObject *object : objects) {
    auto aligned = [&](uint64_t at) { return (at + object->align - 1) & ~(object->align - 1); };
    uint64_t at = aligned(start);
    for (PlacedObject *other : placed)
      if (shareKernel(*object, *other) && other->offset < at + object->size && at < other->end())
        at = aligned(other->end());
    object->offset = at;
    auto byOffset = [](const PlacedObject *a, const PlacedObject *b) { return a->offset < b->offset; };
    placed.insert(std::upper_bound(placed.begin(), placed.end(), object, byOffset), object);
  }
}

uint64_t bytesUsed(const std::vector<PlacedObject *> &objects, unsigned kernel) {
  uint64_t end = 0;
  for (const PlacedObject *object : objects)
    if (kernel < object->kernels.size() && object->kernels[kernel])
      end = std::max(end, object->end());
  return end;
}

} // namespace dlp

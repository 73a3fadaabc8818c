// Placement.h: gives objects of one memory their offsets. Objects that a common kernel reaches never overlap; others
// may use the same bytes.
#ifndef OPENBANG_CODEGEN_EMIT_PLACEMENT_H
#define OPENBANG_CODEGEN_EMIT_PLACEMENT_H

#include <cstdint>
#include <string>
#include <vector>

namespace dlp {

struct PlacedObject {
  std::string name; // breaks ties, so that the result does not depend on the order of the input
  uint64_t size = 0;
  uint64_t align = 1;        // power of two
  std::vector<bool> kernels; // which kernels reach it
  uint64_t offset = 0;       // result

  uint64_t end() const { return offset + size; }
};

// No offset is below `start`.
void placeObjects(std::vector<PlacedObject *> objects, uint64_t start = 0);

// End of the highest object the kernel reaches; 0 when it reaches none.
uint64_t bytesUsed(const std::vector<PlacedObject *> &objects, unsigned kernel);

} // namespace dlp

#endif // OPENBANG_CODEGEN_EMIT_PLACEMENT_H

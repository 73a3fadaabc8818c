// ObjectTable.h: reads the on-chip variables of a device image (ObjectFormat.h). Every byte of it is untrusted.
#ifndef OPENBANG_CODEGEN_OBJECT_OBJECTTABLE_H
#define OPENBANG_CODEGEN_OBJECT_OBJECTTABLE_H

#include <cstdint>
#include <span>
#include <string>
#include <vector>

namespace dlp {

struct ObjectEntry {
  uint64_t address, bytes, range;
  uint32_t kernel;
  std::string name, type, file;
  uint32_t line;
};

// Empty when the section is missing (hand-written assembly) or damaged: nothing but an explanation is lost.
std::vector<ObjectEntry> readObjectTable(std::span<const uint8_t> section);

} // namespace dlp

#endif // OPENBANG_CODEGEN_OBJECT_OBJECTTABLE_H

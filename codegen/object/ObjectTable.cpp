// ObjectTable.cpp: the reader of .dlp.objects.
#include "codegen/object/ObjectTable.h"

#include "codegen/object/ObjectFormat.h"

#include <algorithm>
#include <cstring>

namespace dlp {

static std::string textAt(std::span<const uint8_t> section, uint32_t offset) {
  if (offset >= section.size())
    return "";
  auto rest = section.subspan(offset);
  return std::string(rest.begin(), std::find(rest.begin(), rest.end(), 0));
}

std::vector<ObjectEntry> readObjectTable(std::span<const uint8_t> section) {
  ObjectHeader header;
  if (section.size() < sizeof header)
    return {};
  std::memcpy(&header, section.data(), sizeof header);
  if (std::memcmp(header.magic, kObjectMagic, sizeof kObjectMagic) != 0 ||
      header.count > (section.size() - sizeof header) / sizeof(ObjectRecord))
    return {};
  std::vector<ObjectEntry> entries;
  for (uint32_t i = 0; i < header.count; ++i) {
    ObjectRecord r;
    std::memcpy(&r, section.data() + sizeof header + i * sizeof r, sizeof r);
    entries.push_back({r.address, r.bytes, r.range, r.kernel, textAt(section, r.name), textAt(section, r.type),
                       textAt(section, r.file), r.line});
  }
  return entries;
}

} // namespace dlp

// ImageVariables.cpp: data symbols of an ELF64 symbol table, bounds-checked throughout.
#include "codegen/object/ImageVariables.h"

#include "codegen/isa/AddressMap.h"

#include <algorithm>
#include <cstring>
#include <elf.h>
#include <optional>

namespace dlp {
namespace {

using Bytes = std::span<const uint8_t>;

// The i-th record of type T at `offset`; nothing when it is not inside.
template <class T> std::optional<T> recordAt(Bytes bytes, uint64_t offset, uint64_t i = 0) {
  uint64_t at;
  if (__builtin_mul_overflow(i, sizeof(T), &at) || __builtin_add_overflow(at, offset, &at) || at > bytes.size() ||
      bytes.size() - at < sizeof(T))
    return std::nullopt;
  T value;
  std::memcpy(&value, bytes.data() + at, sizeof(T));
  return value;
}

Bytes contentOf(Bytes elf, const Elf64_Shdr &section) {
  if (section.sh_offset > elf.size() || section.sh_size > elf.size() - section.sh_offset)
    return {};
  return elf.subspan(section.sh_offset, section.sh_size);
}

} // namespace

std::map<std::string, ImageVariable> readImageVariables(Bytes elf) {
  std::map<std::string, ImageVariable> variables;
  auto header = recordAt<Elf64_Ehdr>(elf, 0);
  if (!header)
    return variables;
  for (unsigned i = 0; i < header->e_shnum; ++i) {
    auto section = recordAt<Elf64_Shdr>(elf, header->e_shoff, i);
    if (!section || section->sh_type != SHT_SYMTAB)
      continue;
    auto names = recordAt<Elf64_Shdr>(elf, header->e_shoff, section->sh_link);
    if (!names)
      continue;
    Bytes symbols = contentOf(elf, *section), texts = contentOf(elf, *names);
    for (uint64_t s = 0; auto symbol = recordAt<Elf64_Sym>(symbols, 0, s); ++s) {
      if (ELF64_ST_TYPE(symbol->st_info) != STT_OBJECT || symbol->st_value < kDeviceDataBase ||
          symbol->st_value >= kDeviceDataEnd || symbol->st_size > kDeviceDataEnd - symbol->st_value ||
          symbol->st_name >= texts.size())
        continue;
      Bytes text = texts.subspan(symbol->st_name);
      auto end = std::find(text.begin(), text.end(), 0);
      if (end != text.end())
        variables[std::string(text.begin(), end)] = {symbol->st_value, symbol->st_size};
    }
  }
  return variables;
}

} // namespace dlp

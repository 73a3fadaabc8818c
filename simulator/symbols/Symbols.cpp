// Symbols.cpp: source lines from LLVM's DWARF reader. A library of its own, so that the simulator links no LLVM.
#include "simulator/symbols/Symbols.h"

#include "llvm/DebugInfo/DWARF/DWARFContext.h"
#include "llvm/Object/ObjectFile.h"

#include <cstring>

using namespace llvm;

namespace {

struct Symbols {
  std::unique_ptr<object::ObjectFile> file;
  std::unique_ptr<DWARFContext> dwarf;
};

} // namespace

#define DLP_EXPORT extern "C" __attribute__((visibility("default")))

DLP_EXPORT void *dlpOpenSymbols(const uint8_t *elf, uint64_t size) {
  MemoryBufferRef buffer(StringRef(reinterpret_cast<const char *>(elf), size), "device image");
  auto file = object::ObjectFile::createELFObjectFile(buffer);
  if (!file) {
    consumeError(file.takeError());
    return nullptr;
  }
  auto symbols = std::make_unique<Symbols>();
  symbols->file = std::move(*file);
  // Damaged debug information is no reason to speak: the fault is printed without a line.
  auto ignore = [](Error e) { consumeError(std::move(e)); };
  symbols->dwarf =
      DWARFContext::create(*symbols->file, DWARFContext::ProcessDebugRelocations::Process, nullptr, "", ignore, ignore);
  return symbols.release();
}

DLP_EXPORT int dlpFindLine(void *opaque, uint64_t pc, char *file, size_t capacity, uint32_t *line, uint32_t *column) {
  auto *symbols = static_cast<Symbols *>(opaque);
  DILineInfoSpecifier specifier(DILineInfoSpecifier::FileLineInfoKind::RawValue,
                                DILineInfoSpecifier::FunctionNameKind::None);
  auto info = symbols->dwarf->getLineInfoForAddress({pc, object::SectionedAddress::UndefSection}, specifier);
  if (!info || info->Line == 0 || info->FileName == DILineInfo::BadString || info->FileName.size() >= capacity)
    return 0;
  std::memcpy(file, info->FileName.c_str(), info->FileName.size() + 1);
  *line = info->Line;
  *column = info->Column;
  return 1;
}

DLP_EXPORT int dlpFindPath(void *opaque, uint64_t pc, char *path, size_t capacity) {
  auto *symbols = static_cast<Symbols *>(opaque);
  DILineInfoSpecifier specifier(DILineInfoSpecifier::FileLineInfoKind::AbsoluteFilePath,
                                DILineInfoSpecifier::FunctionNameKind::None);
  auto info = symbols->dwarf->getLineInfoForAddress({pc, object::SectionedAddress::UndefSection}, specifier);
  if (!info || info->Line == 0 || info->FileName == DILineInfo::BadString || info->FileName.size() >= capacity)
    return 0;
  std::memcpy(path, info->FileName.c_str(), info->FileName.size() + 1);
  return 1;
}

DLP_EXPORT void dlpCloseSymbols(void *opaque) { delete static_cast<Symbols *>(opaque); }

// ImageFiles.cpp: containers that hold device code.
#include "codegen/tools/ImageFiles.h"

#include "codegen/emit/Emit.h"
#include "codegen/object/DeviceImage.h"
#include "codegen/object/FatBinary.h"

#include "llvm/Object/ELFObjectFile.h"
#include "llvm/Support/MemoryBuffer.h"

using namespace llvm;

namespace dlp {

static std::span<const uint8_t> asSpan(StringRef bytes) {
  return {reinterpret_cast<const uint8_t *>(bytes.data()), bytes.size()};
}

static Error addFat(StringRef bytes, StringRef fileName, std::vector<CodeFile> &found) {
  std::string error;
  auto fat = readFatBinary(asSpan(bytes), error);
  if (!fat)
    return makeError(fileName.str(), error);
  for (const FatImage &image : fat->images)
    found.push_back({image.arch, StringRef(reinterpret_cast<const char *>(image.bytes.data()), image.bytes.size())});
  return Error::success();
}

// One section may hold the fat objects of several source files.
static Error addEmbedded(StringRef section, StringRef fileName, std::vector<CodeFile> &found) {
  const StringRef magic(kFatMagic, sizeof(kFatMagic));
  for (size_t at = section.find(magic); at != StringRef::npos;) {
    StringRef rest = section.drop_front(at);
    FatHeader header;
    if (rest.size() < sizeof(header))
      return makeError(fileName.str(), "section .bang_fatbin ends inside a fat object");
    memcpy(&header, rest.data(), sizeof(header));
    if (Error error = addFat(rest, fileName, found))
      return error;
    at = section.find(magic, at + std::max<uint64_t>(header.totalBytes, magic.size()));
  }
  return Error::success();
}

Expected<std::vector<CodeFile>> findCode(StringRef bytes, StringRef fileName) {
  std::vector<CodeFile> found;
  if (bytes.starts_with(StringRef(kFatMagic, sizeof(kFatMagic)))) {
    if (Error error = addFat(bytes, fileName, found))
      return error;
    return found;
  }
  auto file = object::ObjectFile::createObjectFile(MemoryBufferRef(bytes, fileName));
  if (!file) {
    consumeError(file.takeError());
    return makeError(fileName.str(), "this is no device image, fat object, object or host program");
  }
  if ((*file)->getArch() == Triple::riscv64) {
    std::string ignored;
    auto image = readDeviceImage(asSpan(bytes), ignored);
    found.push_back({image ? std::optional<uint32_t>(image->arch) : std::nullopt, bytes});
    return found;
  }
  for (const object::SectionRef &section : (*file)->sections()) {
    auto name = section.getName();
    auto contents = section.getContents();
    if (!name || !contents) {
      consumeError(name.takeError());
      consumeError(contents.takeError());
      continue;
    }
    if (*name == ".bang_fatbin")
      if (Error error = addEmbedded(*contents, fileName, found))
        return error;
  }
  if (found.empty())
    return makeError(fileName.str(),
                     "this file carries no device code (section .bang_fatbin): was it linked by bangcc?");
  return found;
}

} // namespace dlp

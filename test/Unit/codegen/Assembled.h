// Assembled.h: assembles a text in process, for tests.
#ifndef OPENBANG_TEST_UNIT_CODEGEN_ASSEMBLED_H
#define OPENBANG_TEST_UNIT_CODEGEN_ASSEMBLED_H

#include "codegen/tools/Assemble.h"

#include "llvm/Object/ELFObjectFile.h"
#include "llvm/Support/Endian.h"
#include "llvm/Support/MemoryBuffer.h"

namespace dlp::test {

struct Assembled {
  llvm::SmallVector<char, 0> object;
  std::string error; // empty when it assembled

  llvm::StringRef bytes() const { return {object.data(), object.size()}; }

  // The 64-bit words of .text.
  std::vector<uint64_t> words() const {
    std::vector<uint64_t> result;
    auto file = llvm::cantFail(llvm::object::ObjectFile::createObjectFile(llvm::MemoryBufferRef(bytes(), "test")));
    for (const auto &section : file->sections())
      if (llvm::cantFail(section.getName()) == ".text") {
        llvm::StringRef text = llvm::cantFail(section.getContents());
        for (; text.size() >= 8; text = text.drop_front(8))
          result.push_back(llvm::support::endian::read64le(text.data()));
      }
    return result;
  }
};

inline Assembled assembled(llvm::StringRef text) {
  Assembled result;
  if (llvm::Error error = assemble(text, "t.s", result.object))
    result.error = llvm::toString(std::move(error));
  return result;
}

} // namespace dlp::test

#endif // OPENBANG_TEST_UNIT_CODEGEN_ASSEMBLED_H

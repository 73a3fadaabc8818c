// DecoderFuzzer.cpp: every word decodes or is illegal; what decodes prints, and an Xdlp word encodes to itself.
#include "codegen/isa/Insn.h"
#include "simulator/core/Decode.h"

#include <cstdlib>
#include <cstring>

extern "C" int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  for (size_t at = 0; at + 8 <= size; at += 2) {
    uint64_t word;
    std::memcpy(&word, data + at, sizeof word);
    dlp::Op op = dlp::decodeScalar(uint32_t(word), 0x1000000);
    if (op.id != uint16_t(dlp::ScalarId::Illegal) && op.id != uint16_t(dlp::ScalarId::Xdlp) &&
        dlp::disassembleScalar(op).empty())
      std::abort();
    if (auto insn = dlp::decode(word))
      if (dlp::disassemble(*insn).empty())
        std::abort();
  }
  return 0;
}

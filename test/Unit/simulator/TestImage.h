// TestImage.h: builds small device images in memory, from instruction words.
#ifndef OPENBANG_TEST_UNIT_SIMULATOR_TESTIMAGE_H
#define OPENBANG_TEST_UNIT_SIMULATOR_TESTIMAGE_H

#include "codegen/isa/AddressMap.h"
#include "codegen/isa/Insn.h"
#include "codegen/object/ImageFormat.h"

#include <cstdint>
#include <cstring>
#include <elf.h>
#include <initializer_list>
#include <string>
#include <string_view>
#include <vector>

namespace dlp::test {

// Registers by ABI name, as far as the tests use them.
enum Reg : uint8_t { zero = 0, ra = 1, sp = 2, t0 = 5, t1 = 6, t2 = 7, s0 = 8, s1 = 9, a0 = 10, a1, a2, a3, a4, a5 };

// Code, as bytes. Only the instructions the tests need; everything else is tested from assembly text.
class Code {
public:
  Code &word(uint32_t w) {
    append(&w, 4);
    return *this;
  }
  Code &half(uint16_t h) {
    append(&h, 2);
    return *this;
  }
  Code &addi(Reg rd, Reg rs1, int imm) { return word(0x13 | rd << 7 | rs1 << 15 | uint32_t(imm) << 20); }
  Code &lui(Reg rd, uint32_t page) { return word(0x37 | rd << 7 | page << 12); }
  Code &slli(Reg rd, Reg rs1, unsigned n) { return word(0x1013 | rd << 7 | rs1 << 15 | n << 20); }
  Code &add(Reg rd, Reg a, Reg b) { return word(0x33 | rd << 7 | a << 15 | b << 20); }
  Code &lw(Reg rd, int imm, Reg base) { return word(0x2003 | rd << 7 | base << 15 | uint32_t(imm) << 20); }
  Code &ld(Reg rd, int imm, Reg base) { return word(0x3003 | rd << 7 | base << 15 | uint32_t(imm) << 20); }
  Code &sw(Reg rs2, int imm, Reg base) { return store(0x2023, rs2, imm, base); }
  Code &sd(Reg rs2, int imm, Reg base) { return store(0x3023, rs2, imm, base); }
  Code &csrr(Reg rd, const char *special) { return word(0x2073 | rd << 7 | specialRegCsr(special) << 20); }
  Code &beq(Reg a, Reg b, int offset) { return branch(0, a, b, offset); }
  Code &bne(Reg a, Reg b, int offset) { return branch(1, a, b, offset); }
  Code &xdlp(std::string_view mnemonic, std::initializer_list<Reg> regs = {}) {
    auto ref = findInsn(mnemonic);
    if (!ref)
      throw std::string(mnemonic);
    std::vector<uint8_t> numbers(regs.begin(), regs.end());
    uint64_t w = encode(ref->id, ref->variant, numbers);
    append(&w, 8);
    return *this;
  }
  Code &exit() { return xdlp("exit"); }

  std::vector<uint8_t> bytes;

private:
  void append(const void *p, size_t n) {
    auto *b = static_cast<const uint8_t *>(p);
    bytes.insert(bytes.end(), b, b + n);
  }
  Code &store(uint32_t base, Reg rs2, int imm, Reg rs1) {
    return word(base | (uint32_t(imm) & 31) << 7 | rs1 << 15 | rs2 << 20 | uint32_t(imm >> 5) << 25);
  }
  Code &branch(unsigned f3, Reg a, Reg b, int offset) {
    uint32_t u = uint32_t(offset);
    return word(0x63 | ((u >> 11) & 1) << 7 | ((u >> 1) & 15) << 8 | f3 << 12 | a << 15 | b << 20 |
                ((u >> 5) & 63) << 25 | ((u >> 12) & 1) << 31);
  }
};

// One kernel "k" in an image whose only segment holds the records, then the code.
struct ImageOptions {
  uint32_t arch = 372;
  uint32_t paramBytes = 0;
  uint32_t nramBytes = 0, sramBytes = 0, flags = 0;
  std::vector<InitRecord> inits; // src: offset into `constants`
  std::vector<uint8_t> constants;
  uint64_t dataBytes = 0; // of __mlu_device__ variables
};

inline std::vector<uint8_t> buildImage(const Code &code, const ImageOptions &options = {}) {
  struct Records {
    ImageHeader header;
    KernelRecord kernel;
    char name[8];
  } records{};
  constexpr uint64_t kFileStart = 0x1000;
  uint64_t initsAt = kRomBase + sizeof(Records);
  uint64_t constantsAt = initsAt + options.inits.size() * sizeof(InitRecord);
  uint64_t codeAt = (constantsAt + options.constants.size() + 15) / 16 * 16;
  std::memcpy(records.header.magic, kImageMagic, 8);
  records.header.arch = options.arch;
  records.header.numKernels = 1;
  records.header.kernels = kRomBase + offsetof(Records, kernel);
  records.kernel.name = records.kernel.displayName = kRomBase + offsetof(Records, name);
  records.kernel.entry = codeAt;
  records.kernel.inits = initsAt;
  records.kernel.numInits = uint32_t(options.inits.size());
  records.kernel.paramBytes = options.paramBytes;
  records.kernel.nramBytes = options.nramBytes;
  records.kernel.sramBytes = options.sramBytes;
  records.kernel.flags = options.flags;
  std::strcpy(records.name, "k");

  std::vector<uint8_t> segment(codeAt - kRomBase);
  std::memcpy(segment.data(), &records, sizeof records);
  for (size_t i = 0; i < options.inits.size(); ++i) {
    InitRecord init = options.inits[i];
    init.src += constantsAt;
    std::memcpy(segment.data() + (initsAt - kRomBase) + i * sizeof init, &init, sizeof init);
  }
  std::copy(options.constants.begin(), options.constants.end(), segment.data() + (constantsAt - kRomBase));
  segment.insert(segment.end(), code.bytes.begin(), code.bytes.end());

  const char names[] = "\0.dlp.image\0.shstrtab";
  Elf64_Ehdr eh{};
  std::memcpy(eh.e_ident, ELFMAG, SELFMAG);
  eh.e_ident[EI_CLASS] = ELFCLASS64;
  eh.e_ident[EI_DATA] = ELFDATA2LSB;
  eh.e_type = ET_EXEC;
  eh.e_machine = EM_RISCV;
  eh.e_phoff = sizeof eh;
  eh.e_phentsize = sizeof(Elf64_Phdr);
  eh.e_phnum = options.dataBytes ? 2 : 1;
  eh.e_shentsize = sizeof(Elf64_Shdr);
  eh.e_shnum = 3;
  eh.e_shstrndx = 2;
  Elf64_Phdr ph[2] = {};
  ph[0].p_type = ph[1].p_type = PT_LOAD;
  ph[0].p_flags = PF_R | PF_X;
  ph[0].p_offset = kFileStart;
  ph[0].p_vaddr = kRomBase;
  ph[0].p_filesz = ph[0].p_memsz = segment.size();
  ph[1].p_flags = PF_R | PF_W;
  ph[1].p_vaddr = kDeviceDataBase;
  ph[1].p_memsz = options.dataBytes;
  uint64_t namesAt = kFileStart + segment.size();
  eh.e_shoff = (namesAt + sizeof names + 7) / 8 * 8;
  Elf64_Shdr sh[3] = {};
  sh[1].sh_name = 1;
  sh[1].sh_type = SHT_PROGBITS;
  sh[1].sh_offset = kFileStart;
  sh[1].sh_size = sizeof(ImageHeader);
  sh[2].sh_name = 12;
  sh[2].sh_type = SHT_STRTAB;
  sh[2].sh_offset = namesAt;
  sh[2].sh_size = sizeof names;

  std::vector<uint8_t> file(eh.e_shoff + sizeof sh);
  std::memcpy(file.data(), &eh, sizeof eh);
  std::memcpy(file.data() + eh.e_phoff, ph, sizeof ph);
  std::copy(segment.begin(), segment.end(), file.begin() + kFileStart);
  std::memcpy(file.data() + namesAt, names, sizeof names);
  std::memcpy(file.data() + eh.e_shoff, sh, sizeof sh);
  return file;
}

} // namespace dlp::test

#endif // OPENBANG_TEST_UNIT_SIMULATOR_TESTIMAGE_H

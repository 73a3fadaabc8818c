// Insn.cpp: access to the generated instruction table.
#include "codegen/isa/Insn.h"
#include "codegen/isa/Target.h"

#include <algorithm>
#include <cassert>
#include <unordered_map>

namespace dlp {
namespace {

#include "codegen/isa/InsnTable.inc"

// Positions of the fields; drawn in Formats.td.
constexpr unsigned kRegShift = 7, kRegBits = 5, kOpcodeShift = 42, kModeShift = 50, kE0Shift = 54, kE1Shift = 59;

constexpr const char *kRegNames[32] = {"zero", "ra", "sp", "gp", "tp",  "t0",  "t1", "t2", "s0", "s1", "a0",
                                       "a1",   "a2", "a3", "a4", "a5",  "a6",  "a7", "s2", "s3", "s4", "s5",
                                       "s6",   "s7", "s8", "s9", "s10", "s11", "t3", "t4", "t5", "t6"};

struct Index {
  std::array<int16_t, 256> byOpcode;
  std::unordered_map<std::string_view, InsnId> byMnemonic;
  std::unordered_map<std::string, InsnRef> byFullMnemonic;

  Index() {
    byOpcode.fill(-1);
    for (unsigned i = 0; i < unsigned(InsnId::Count); ++i) {
      const InsnInfo &info = kInsns[i];
      byOpcode[info.opcode] = int16_t(i);
      byMnemonic.emplace(info.mnemonic, InsnId(i));
      for (const Variant &v : info.variants)
        byFullMnemonic.emplace(dlp::fullMnemonic(InsnId(i), v), InsnRef{InsnId(i), v});
    }
  }
};

const Index &index() {
  static const Index instance;
  return instance;
}

} // namespace

const InsnInfo &insnInfo(InsnId id) { return kInsns[unsigned(id)]; }

const char *variantName(InsnId id, Variant v) {
  const InsnInfo &info = insnInfo(id);
  for (size_t i = 0; i < info.variants.size(); ++i)
    if (info.variants[i] == v)
      return info.variantNames[i];
  return nullptr;
}

std::string fullMnemonic(InsnId id, Variant v) {
  std::string text = insnInfo(id).mnemonic;
  const char *suffix = variantName(id, v);
  if (suffix && *suffix)
    text.append(".").append(suffix);
  return text;
}

std::optional<InsnRef> findInsn(std::string_view fullMnemonic) {
  auto it = index().byFullMnemonic.find(std::string(fullMnemonic));
  if (it == index().byFullMnemonic.end())
    return std::nullopt;
  return it->second;
}

std::optional<InsnId> findRow(std::string_view mnemonic) {
  auto it = index().byMnemonic.find(mnemonic);
  if (it == index().byMnemonic.end())
    return std::nullopt;
  return it->second;
}

std::optional<DecodedInsn> decode(uint64_t word) {
  if (!isXdlp(uint32_t(word)))
    return std::nullopt;
  int row = index().byOpcode[(word >> kOpcodeShift) & 0xff];
  if (row < 0)
    return std::nullopt;
  DecodedInsn insn;
  insn.id = InsnId(row);
  insn.variant = {uint8_t((word >> kE0Shift) & 31), uint8_t((word >> kE1Shift) & 31),
                  uint8_t((word >> kModeShift) & 15)};
  if (!variantName(insn.id, insn.variant))
    return std::nullopt;
  const InsnInfo &info = insnInfo(insn.id);
  for (unsigned i = 0; i < kMaxRegisters; ++i) {
    insn.regs[i] = (word >> (kRegShift + kRegBits * i)) & 31;
    if (i >= info.numRegisters && insn.regs[i])
      return std::nullopt;
  }
  return insn;
}

uint64_t encode(InsnId id, Variant v, std::span<const uint8_t> regs) {
  const InsnInfo &info = insnInfo(id);
  assert(variantName(id, v) && "not a variant of this row");
  assert(regs.size() == info.numRegisters);
  uint64_t word = kXdlpPrefix | uint64_t(info.opcode) << kOpcodeShift | uint64_t(v.mode) << kModeShift |
                  uint64_t(v.e0) << kE0Shift | uint64_t(v.e1) << kE1Shift;
  for (size_t i = 0; i < regs.size(); ++i)
    word |= uint64_t(regs[i] & 31) << (kRegShift + kRegBits * i);
  return word;
}

std::string disassemble(const DecodedInsn &insn) {
  std::string text = fullMnemonic(insn.id, insn.variant);
  for (unsigned i = 0; i < insnInfo(insn.id).numRegisters; ++i)
    text.append(i ? ", " : " ").append(kRegNames[insn.regs[i]]);
  return text;
}

uint32_t specialRegCsr(std::string_view name) {
#define DLP_SPECIAL_REG(ID, NAME, CSR)                                                                                 \
  if (name == NAME)                                                                                                    \
    return CSR;
#include "codegen/isa/SpecialRegs.inc"
#undef DLP_SPECIAL_REG
  return 0;
}

const char *specialRegName(uint32_t csr) {
#define DLP_SPECIAL_REG(ID, NAME, CSR)                                                                                 \
  if (csr == CSR)                                                                                                      \
    return NAME;
#include "codegen/isa/SpecialRegs.inc"
#undef DLP_SPECIAL_REG
  return nullptr;
}

std::span<const ArchInfo> allArchs() { return kArchs; }

const ArchInfo *findArch(std::string_view name) {
  for (const auto &alias : kArchAliases)
    if (alias.alias == name)
      name = alias.name;
  for (const ArchInfo &arch : kArchs)
    if (arch.name == name)
      return &arch;
  return nullptr;
}

} // namespace dlp

// Registers.cpp: RISC-V's registers under the names and numbers of its ABI, then the special registers of tasks.
#include "simulator/debug/Registers.h"

namespace dlp::debug {
namespace {

constexpr const char *kX[32] = {"zero", "ra", "sp", "gp", "tp",  "t0",  "t1", "t2", "fp", "s1", "a0",
                                "a1",   "a2", "a3", "a4", "a5",  "a6",  "a7", "s2", "s3", "s4", "s5",
                                "s6",   "s7", "s8", "s9", "s10", "s11", "t3", "t4", "t5", "t6"};
constexpr const char *kF[32] = {"ft0", "ft1", "ft2", "ft3", "ft4",  "ft5",  "ft6", "ft7", "fs0",  "fs1", "fa0",
                                "fa1", "fa2", "fa3", "fa4", "fa5",  "fa6",  "fa7", "fs2", "fs3",  "fs4", "fs5",
                                "fs6", "fs7", "fs8", "fs9", "fs10", "fs11", "ft8", "ft9", "ft10", "ft11"};

struct SpecialRegister {
  const char *name;
  uint32_t csr;
};
constexpr SpecialRegister kSpecial[] = {
#define DLP_SPECIAL_REG(ID, NAME, CSR) {NAME, CSR},
#include "codegen/isa/SpecialRegs.inc"
#undef DLP_SPECIAL_REG
};

constexpr unsigned kFirstFloat = kPcRegister + 1, kFflags = kFirstFloat + 32, kFrm = kFflags + 1, kFcsr = kFrm + 1,
                   kFirstSpecial = kFcsr + 1, kCount = kFirstSpecial + std::size(kSpecial);

std::string makeXml() {
  std::string xml = "<?xml version=\"1.0\"?><!DOCTYPE target SYSTEM \"gdb-target.dtd\"><target version=\"1.0\">"
                    "<architecture>riscv:rv64</architecture><feature name=\"org.gnu.gdb.riscv.cpu\">";
  // Debug information has numbers of its own, which lldb does not know from the names; gdb passes over them.
  constexpr unsigned kNone = ~0u, kFirstDwarfFloat = 32;
  auto add = [&](const std::string &name, unsigned number, const char *type, const char *group,
                 unsigned dwarf = kNone) {
    std::string forLldb;
    if (dwarf != kNone)
      forLldb = "\" dwarf_regnum=\"" + std::to_string(dwarf) + "\" ehframe_regnum=\"" + std::to_string(dwarf);
    // Floats are boxed in 64 bits: as a number of 8 bytes they would be NaN, and no part of it could be read.
    if (number >= kFirstFloat && number < kFflags)
      forLldb += "\" encoding=\"uint\" format=\"hex";
    xml += "<reg name=\"" + name + "\" bitsize=\"" + std::to_string(8 * registerBytes(number)) + "\" type=\"" + type +
           "\" regnum=\"" + std::to_string(number) + forLldb + "\" group=\"" + group + "\"/>";
  };
  for (unsigned i = 0; i < 32; ++i)
    add(kX[i], i, i == 1 ? "code_ptr" : i == 2 || i == 8 ? "data_ptr" : "int", "general", i);
  add("pc", kPcRegister, "code_ptr", "general");
  xml += "</feature><feature name=\"org.gnu.gdb.riscv.fpu\"><union id=\"number\"><field name=\"float\" "
         "type=\"ieee_single\"/><field name=\"double\" type=\"ieee_double\"/></union>";
  for (unsigned i = 0; i < 32; ++i)
    add(kF[i], kFirstFloat + i, "ieee_double", "float", kFirstDwarfFloat + i);
  add("fflags", kFflags, "int", "float");
  add("frm", kFrm, "int", "float");
  add("fcsr", kFcsr, "int", "float");
  xml += "</feature><feature name=\"org.openbang.dlp\">";
  for (unsigned i = 0; i < std::size(kSpecial); ++i)
    add(kSpecial[i].name, kFirstSpecial + i, "int", "system");
  return xml + "</feature></target>";
}

} // namespace

const std::string &targetXml() {
  static const std::string xml = makeXml();
  return xml;
}

unsigned registerCount() { return kCount; }

unsigned registerBytes(unsigned number) { return number >= kFflags && number <= kFcsr ? 4 : 8; }

std::string registerName(unsigned n) {
  if (n < kPcRegister)
    return kX[n];
  if (n == kPcRegister)
    return "pc";
  if (n < kFflags)
    return kF[n - kFirstFloat];
  return n == kFflags ? "fflags" : n == kFrm ? "frm" : n == kFcsr ? "fcsr" : kSpecial[n - kFirstSpecial].name;
}

uint64_t pcOf(const Core &core) {
  return core.state == CoreState::Waiting ? core.waitsPc : core.program->pcOf(core.op);
}

std::optional<uint64_t> readRegister(const Core &core, unsigned n) {
  if (n < kPcRegister)
    return n ? core.x[n] : 0;
  if (n == kPcRegister)
    return pcOf(core);
  if (n < kFflags)
    return core.f[n - kFirstFloat];
  switch (n) {
  case kFflags:
    return core.floatFlags;
  case kFrm:
    return core.roundMode;
  case kFcsr:
    return core.floatFlags | unsigned(core.roundMode) << 5;
  default:
    break;
  }
  if (n >= kCount)
    return std::nullopt;
  bool known = false;
  return core.readSpecial(kSpecial[n - kFirstSpecial].csr, known);
}

bool writeRegister(Target &target, Core &core, unsigned n, uint64_t value) {
  if (n < kPcRegister) {
    if (n)
      core.x[n] = value;
    return n != 0;
  }
  if (n == kPcRegister)
    return target.setPc(core, value);
  if (n < kFflags) {
    core.f[n - kFirstFloat] = value;
    return true;
  }
  switch (n) {
  case kFflags:
    core.floatFlags = value & 31;
    return true;
  case kFrm:
    core.roundMode = value & 7;
    return true;
  case kFcsr:
    core.floatFlags = value & 31;
    core.roundMode = value >> 5 & 7;
    return true;
  default:
    return false;
  }
}

} // namespace dlp::debug

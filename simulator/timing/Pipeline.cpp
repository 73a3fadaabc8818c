// Pipeline.cpp: cycles of the scalar unit, by instruction and by memory.
#include "simulator/timing/Pipeline.h"

#include <algorithm>
#include <cmath>
#include <iterator>
#include <string_view>

namespace dlp::timing {
namespace {

enum class Class : uint8_t { Alu, Multiply, Divide, Float, DivideHalf, DivideFloat, Root, Load, Store };

// `name` is a row's mnemonic, `width` the float width of a DLP_FLOAT row: 's', 'd', 'h', 0 for other rows.
constexpr Class classOf(std::string_view name, ScalarFormat format, char width) {
  if (format == ScalarFormat::Atomic || format == ScalarFormat::FLoad)
    return Class::Load;
  if (format == ScalarFormat::Load)
    return name == "jalr" ? Class::Alu : Class::Load;
  if (format == ScalarFormat::Store || format == ScalarFormat::FStore)
    return Class::Store;
  if (width) {
    if (name.starts_with("fdiv"))
      return width == 'h' ? Class::DivideHalf : Class::DivideFloat;
    return name.starts_with("fsqrt") ? Class::Root : Class::Float;
  }
  if (name.starts_with("mul"))
    return Class::Multiply;
  if (name.starts_with("div") || name.starts_with("rem"))
    return Class::Divide;
  return name.starts_with("fcvt") ? Class::Float : Class::Alu;
}

constexpr Class kClasses[] = {
#define DLP_SCALAR(ID, NAME, MATCH, MASK, FORMAT) classOf(NAME, ScalarFormat::FORMAT, 0),
#define DLP_FLOAT(ID, NAME, MATCH, MASK, FORMAT)                                                                       \
  classOf(NAME, ScalarFormat::FORMAT, 's'), classOf(NAME, ScalarFormat::FORMAT, 'd'),                                  \
      classOf(NAME, ScalarFormat::FORMAT, 'h'),
#include "simulator/core/ScalarOps.inc"
#undef DLP_SCALAR
#undef DLP_FLOAT
};
static_assert(std::size(kClasses) == size_t(ScalarId::Count));

} // namespace

uint32_t scalarCost(const Op &op, const Parameters &p) {
  auto id = ScalarId(op.id);
  if (id >= ScalarId::Count)
    return uint32_t(p.scalarAlu);
  switch (kClasses[unsigned(id)]) {
  case Class::Alu:
    return uint32_t(p.scalarAlu);
  case Class::Multiply:
    return uint32_t(p.scalarMultiply);
  case Class::Divide:
    return uint32_t(p.scalarDivide);
  case Class::Float:
    return uint32_t(p.scalarFloat);
  case Class::DivideHalf:
    return uint32_t(p.scalarDivideHalf);
  case Class::DivideFloat:
    return uint32_t(p.scalarDivideFloat);
  case Class::Root:
    return uint32_t(p.scalarRoot);
  case Class::Load:
    return uint32_t(p.nramLoad);
  case Class::Store:
    return uint32_t(p.nramStore);
  }
  return 0;
}

uint32_t scalarAccessCost(Space space, bool write, const Parameters &p) {
  double whole = 0, known = write ? p.nramStore : p.nramLoad;
  switch (space) {
  case Space::Sram:
    whole = write ? p.sramStore : p.sramLoad;
    break;
  case Space::Gdram:
  case Space::Ldram:
    whole = write ? p.gdramStore : p.cycles(p.gdramReadLatency);
    break;
  default: // constants and parameters are taken for cached
    return 0;
  }
  return uint32_t(std::lround(std::max(0.0, whole - known)));
}

} // namespace dlp::timing

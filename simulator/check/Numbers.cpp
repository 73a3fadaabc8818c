// Numbers.cpp: the first NaN or infinity that an instruction makes from finite operands, and conversions to integers
// whose value does not fit. Off unless asked for: kernels use infinities on purpose.
#include "simulator/check/Check.h"

#include "simulator/numeric/Half.h"

#include <cmath>
#include <cstring>
#include <limits>

namespace dlp::check {
namespace {

bool isFloatSuffix(uint8_t e) {
  return Suffix(e) == Suffix::F16 || Suffix(e) == Suffix::BF16 || Suffix(e) == Suffix::F32;
}

uint64_t bytesOf(uint8_t e) { return Suffix(e) == Suffix::F32 ? 4 : 2; }

float valueAt(const uint8_t *data, uint8_t e, uint64_t i) {
  if (Suffix(e) == Suffix::F32) {
    float v;
    std::memcpy(&v, data + 4 * i, sizeof v);
    return v;
  }
  uint16_t bits;
  std::memcpy(&bits, data + 2 * i, sizeof bits);
  return Suffix(e) == Suffix::F16 ? toFloat(Half{bits}) : toFloat(BFloat{bits});
}

// Largest magnitude an integer type takes, as a float; 0: no integer type.
float limitOf(uint8_t e) {
  switch (Suffix(e)) {
  case Suffix::I8:
    return 127.5f;
  case Suffix::U8:
    return 255.5f;
  case Suffix::I16:
    return 32767.5f;
  case Suffix::U16:
    return 65535.5f;
  case Suffix::I32:
    return 2147483648.0f;
  case Suffix::U32:
    return 4294967296.0f;
  default:
    return 0;
  }
}

class NumberCheck : public Check {
public:
  using Check::Check;

  void begins(Core &, const Instruction &instruction) override {
    applies = instruction.insn.info->engine == Engine::Compute;
    finite = true;
    reads = false;
    tooLarge = std::numeric_limits<float>::quiet_NaN();
  }

  // Operands are judged before the handler writes: destination and source may be the same.
  void accesses(Core &core, const Instruction &instruction, const MemoryPiece &piece) override {
    if (!applies || piece.write || CoreView::spaceOf(piece.address) != Space::Nram)
      return;
    const Variant v = instruction.insn.word.variant;
    bool converts = std::string_view(instruction.insn.info->mnemonic).starts_with("vcvt");
    uint8_t e = converts ? v.e1 : v.e0;
    if (!isFloatSuffix(e))
      return;
    const uint8_t *data = hostOf(core, piece);
    reads = reads || data;
    float limit = converts ? limitOf(v.e0) : 0;
    for (uint64_t i = 0; data && finite && i < piece.bytes / bytesOf(e); ++i) {
      float value = valueAt(data, e, i);
      finite = std::isfinite(value);
      if (limit != 0 && std::isnan(tooLarge) && std::fabs(value) >= limit)
        tooLarge = value;
    }
  }

  void done(Core &core, const Instruction &instruction, std::span<const MemoryPiece> pieces) override {
    if (!applies || !reads)
      return;
    if (!std::isnan(tooLarge))
      reportRange(core, instruction);
    const uint8_t e = instruction.insn.word.variant.e0;
    if (!finite || !isFloatSuffix(e))
      return;
    for (const MemoryPiece &piece : pieces) {
      if (!piece.write)
        continue;
      const uint8_t *data = hostOf(core, piece);
      for (uint64_t i = 0; data && i < piece.bytes / bytesOf(e); ++i)
        if (float value = valueAt(data, e, i); !std::isfinite(value))
          return reportValue(core, instruction, piece, i, value);
    }
  }

private:
  static const uint8_t *hostOf(Core &core, const MemoryPiece &piece) {
    try {
      return core.view.find(piece.address, piece.bytes, kInNram, false, {"a check"});
    } catch (const FaultException &) {
      return nullptr; // the machine reports it
    }
  }

  void reportValue(Core &core, const Instruction &instruction, const MemoryPiece &piece, uint64_t i, float value) {
    Finding f = context.findingAt(Kind::Number, core, instruction.insn.pc);
    const Object *object = context.objectAt(piece.address);
    f.object = object ? object->name : "";
    f.what = context.operationAt(f.place, core) + " makes " + (std::isnan(value) ? "NaN" : "an infinity") +
             " from finite numbers: element " + std::to_string(i) + (object ? " of " + object->describe() : "");
    f.fix = Suffix(instruction.insn.word.variant.e0) == Suffix::F16 && std::isinf(value)
                ? "half ends at 65504: compute in float, or scale the operands"
                : "check the operands for a division by zero, the logarithm of zero or an overflow";
    context.report.add(std::move(f));
  }

  void reportRange(Core &core, const Instruction &instruction) {
    Finding f = context.findingAt(Kind::Number, core, instruction.insn.pc);
    char text[48];
    std::snprintf(text, sizeof text, "%g", double(tooLarge));
    f.what = context.operationAt(f.place, core) + " converts " + text +
             ", which the integer type cannot hold; the result saturates";
    f.fix = "scale or clamp the values before the conversion";
    context.report.add(std::move(f));
  }

  bool applies = false, finite = true, reads = false;
  float tooLarge = 0; // NaN: none
};

} // namespace

std::unique_ptr<Check> makeNumberCheck(Context &context) { return std::make_unique<NumberCheck>(context); }

} // namespace dlp::check

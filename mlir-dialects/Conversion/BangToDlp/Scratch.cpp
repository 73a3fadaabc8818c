// Scratch.cpp: operations whose C form has buffers that no instruction here needs: scratch of series and of old
// conversions, patterns in WRAM. They are the instruction of the other operands.
#include "mlir-dialects/Conversion/BangToDlp/Lowering.h"

using namespace mlir;

namespace bang {

constexpr std::pair<const char *, const char *> kInsns[] = {
    {"taylor_sin", "vsin"},
    {"taylor_cos", "vcos"},
    {"taylor_tanh", "vtanh"},
    {"taylor_sigmoid", "vsigmoid"},
    {"taylor_softplus", "vsoftplus"},
    {"convert_scratch", "vcvt"},
    {"expand_channel_mul", "vrowmul"},
    {"expand_channel_mul_add", "vrowmuladd"},
};

static LogicalResult lowerWithoutScratch(Lowering &lowering) {
  for (auto [op, insn] : kInsns)
    if (StringRef(lowering.row->mnemonic) == op)
      lowering.emit(insn, typesOf(lowering.op));
  return success();
}

void addScratchLowerings(LoweringMap &map) {
  for (auto [op, insn] : kInsns)
    map[("bang." + Twine(op)).str()] = lowerWithoutScratch;
}

} // namespace bang

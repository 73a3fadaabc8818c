// Fills.cpp: __nramset, __sramset, __gdramset, __ldramset. The operation's name says memory and form.
#include "mlir-dialects/Conversion/BangToDlp/Lowering.h"

#include "mlir-dialects/Bang/IR/CopyDirection.h"

using namespace mlir;
using dlp::Space;

namespace bang {

static void emitGrid(Lowering &lowering, const std::string &mnemonic, StringRef types) {
  Value count = lowering.toRegister(operandNamed(lowering.op, *lowering.row, "elems"), /*isSigned=*/false);
  lowering.emit(mnemonic + ".3d", types, {{"n", count}});
}

static LogicalResult lowerFill(Lowering &lowering) {
  // "gdramset_2d_async" -> memory "gdram", instruction "setx.async.2d"
  auto [memory, form] = StringRef(lowering.row->mnemonic).split("set");
  std::string mnemonic = memory == spaceSuffix(Space::Nram) || memory == spaceSuffix(Space::Sram) ? "set" : "setx";
  if (form.contains("_async"))
    mnemonic += ".async";
  if (form.contains("_2d"))
    mnemonic += ".2d";
  std::string types = (typesOf(lowering.op) + "." + memory).str();
  if (form.contains("_3d"))
    emitGrid(lowering, mnemonic, types);
  else
    lowering.emit(mnemonic, types);
  return success();
}

static LogicalResult lowerWriteGrid(Lowering &lowering) {
  emitGrid(lowering, "set", (typesOf(lowering.op) + ".nram").str());
  return success();
}

void addFillLowerings(LoweringMap &map) {
  for (const char *memory : {"nram", "sram", "gdram", "ldram"})
    for (const char *form : {"", "_async", "_2d", "_2d_async", "_3d", "_3d_async"})
      map[("bang." + Twine(memory) + "set" + form).str()] = lowerFill;
  map["bang.write_value_3d"] = lowerWriteGrid;
}

} // namespace bang

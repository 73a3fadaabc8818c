// Fills.cpp: __nramset, __sramset, __gdramset, __ldramset. The operation's name says memory and form.
#include "mlir-dialects/Conversion/BangToDlp/Lowering.h"

#include "mlir-dialects/Bang/IR/CopyDirection.h"

using namespace mlir;
using dlp::Space;

namespace bang {

static LogicalResult lowerFill(Lowering &lowering) {
  // "gdramset_2d_async" -> memory "gdram", instruction "setx.async.2d"
  auto [memory, form] = StringRef(lowering.row->mnemonic).split("set");
  std::string mnemonic = memory == spaceSuffix(Space::Nram) || memory == spaceSuffix(Space::Sram) ? "set" : "setx";
  if (form.contains("_async"))
    mnemonic += ".async";
  if (form.contains("_2d"))
    mnemonic += ".2d";
  lowering.emit(mnemonic, (typesOf(lowering.op) + "." + memory).str());
  return success();
}

void addFillLowerings(LoweringMap &map) {
  for (const char *memory : {"nram", "sram", "gdram", "ldram"})
    for (const char *form : {"", "_async", "_2d", "_2d_async"})
      map[("bang." + Twine(memory) + "set" + form).str()] = lowerFill;
}

} // namespace bang

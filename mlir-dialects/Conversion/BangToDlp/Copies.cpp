// Copies.cpp: __memcpy, __memcpy_async, __bang_move.
//
// A constant direction chooses the instruction, hence the engine; any other is chosen by the engine when it issues.
#include "mlir-dialects/Conversion/BangToDlp/Lowering.h"

#include "mlir-dialects/Bang/IR/CopyDirection.h"

using namespace mlir;
using dlp::Space;

namespace bang {

static bool isOffChip(Space space) { return space == Space::Gdram || space == Space::Ldram; }

static StringRef mnemonicOf(const CopyDirection &direction) {
  if (isOffChip(direction.dst))
    return isOffChip(direction.src) ? "cp" : "st";
  return isOffChip(direction.src) ? "ld" : "mv";
}

// "memcpy_async_2d" -> ".async.2d"
static std::string formOf(StringRef operation) {
  std::string form;
  for (StringRef part : {"_async", "_2d", "_4d"})
    if (operation.contains(part))
      form += "." + part.drop_front().str();
  return form;
}

static void emitMove(Lowering &lowering, StringRef count) {
  Value bytes = lowering.toRegister(operandNamed(lowering.op, *lowering.row, count), /*isSigned=*/false);
  lowering.emit("vmove", "b8", {{"n", bytes}});
}

static LogicalResult lowerCopy(Lowering &lowering) {
  std::string form = formOf(lowering.row->mnemonic);
  std::optional<int64_t> value = lowering.constantNamed("dir");
  if (!value) {
    lowering.emit("dma" + form, "");
    return success();
  }
  const CopyDirection *direction = findCopyDirection(*value);
  if (!direction)
    return lowering.op->emitError() << nameOf(lowering.op, *lowering.row) << " direction " << *value
                                    << " does not exist; use one of mluMemcpyDirection_t, as GDRAM2NRAM";
  // The compute queue copies inside NRAM, in order with vector operations.
  if (direction->dst == Space::Nram && direction->src == Space::Nram && (form.empty() || form == ".async")) {
    emitMove(lowering, "bytes");
    return success();
  }
  std::string types = (Twine(spaceSuffix(direction->dst)) + "." + spaceSuffix(direction->src)).str();
  lowering.emit(mnemonicOf(*direction).str() + form, types);
  return success();
}

static LogicalResult lowerClusterCopy(Lowering &lowering) {
  const CopyDirection *sramToSram = findCopyDirection(Space::Sram, Space::Sram);
  std::optional<int64_t> value = lowering.constantNamed("dir");
  if (value && *value != sramToSram->value)
    return lowering.op->emitError() << nameOf(lowering.op, *lowering.row)
                                    << " with a cluster copies from SRAM to SRAM; use " << sramToSram->name;
  lowering.emit("mv.cluster" + formOf(lowering.row->mnemonic), "sram.sram");
  return success();
}

static LogicalResult lowerMove(Lowering &lowering) {
  emitMove(lowering, "n");
  return success();
}

// Strided copies belong to the Move engine, which is in order with vector operations while it is synchronous.
static LogicalResult lowerStridedMove(Lowering &lowering) {
  lowering.emit("mv" + formOf(lowering.row->mnemonic), "nram.nram");
  return success();
}

void addCopyLowerings(LoweringMap &map) {
  for (const char *name : {"bang.memcpy", "bang.memcpy_2d", "bang.memcpy_4d", "bang.memcpy_async",
                           "bang.memcpy_async_2d", "bang.memcpy_async_4d"})
    map[name] = lowerCopy;
  for (const char *name : {"bang.memcpy_cluster", "bang.memcpy_cluster_2d", "bang.memcpy_cluster_4d",
                           "bang.memcpy_cluster_async", "bang.memcpy_cluster_async_2d", "bang.memcpy_cluster_async_4d"})
    map[name] = lowerClusterCopy;
  map["bang.move_2d"] = lowerStridedMove;
  map["bang.move_4d"] = lowerStridedMove;
  map["bang.move"] = lowerMove;
}

} // namespace bang

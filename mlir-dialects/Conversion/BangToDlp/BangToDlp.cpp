// BangToDlp.cpp: --bang-to-dlp, chooses the instructions of every operation.
//
// Most rows name their instruction; the others have a pattern in this folder. Operations are replaced where they stand,
// nothing moves: at -O0 the debugger shows what the user wrote.
#include "mlir-dialects/Conversion/BangToDlp/Lowering.h"

#include "mlir-dialects/Passes.h"

using namespace mlir;

namespace bang {
#define GEN_PASS_DEF_BANGTODLP
#include "mlir-dialects/Passes.h.inc"

static LoweringMap patterns() {
  LoweringMap map;
  addCopyLowerings(map);
  addFillLowerings(map);
  addCollectLowerings(map);
  addDebugLowerings(map);
  addScratchLowerings(map);
  addTensorLowerings(map);
  addVariableLowerings(map);
  return map;
}

namespace {

struct BangToDlp : impl::BangToDlpBase<BangToDlp> {
  void runOnOperation() override {
    static const LoweringMap map = patterns();
    EntrySlots slots;
    bool failed = false;
    getOperation().walk([&](Operation *op) {
      if (op->getName().getDialectNamespace() != "bang")
        return;
      const OpInfo *row = rowOf(op);
      LoweringFn lower = map.lookup(op->getName().getStringRef());
      if (!lower && row && *row->insn)
        lower = lowerByTable;
      if (!lower) {
        op->emitOpError() << "has no lowering to instructions";
        failed = true;
        return;
      }
      Lowering lowering(op, row, slots);
      if (mlir::failed(lower(lowering)))
        failed = true;
      else
        op->erase();
    });
    if (failed)
      signalPassFailure();
  }
};

} // namespace
} // namespace bang

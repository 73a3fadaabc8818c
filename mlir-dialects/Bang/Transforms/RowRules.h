// RowRules.h: the named rules of builtin rows, checked as far as operands are
// constants and addresses are known.
#ifndef OPENBANG_MLIRDIALECTS_BANG_TRANSFORMS_ROWRULES_H
#define OPENBANG_MLIRDIALECTS_BANG_TRANSFORMS_ROWRULES_H

#include "mlir-dialects/Bang/Analysis/ConstantFlow.h"
#include "mlir-dialects/Bang/IR/TableOp.h"

#include "mlir/IR/Dominance.h"
#include "mlir/Interfaces/DataLayoutInterfaces.h"

#include <optional>

namespace dlp {
struct ArchInfo;
}

namespace bang {

class RowRules {
public:
  RowRules(const ConstantFlow &flow, const mlir::PostDominanceInfo &order, const mlir::DataLayout &layout,
           const dlp::ArchInfo *arch)
      : flow(flow), order(order), layout(layout), arch(arch) {}

  // A mistake about places in memory on a path that is not always taken is a warning: published kernels have such
  // places, meant never to run.
  bool alwaysRuns(mlir::Operation *op) const;

  // Fails after an error when the rule is certainly broken.
  mlir::LogicalResult check(mlir::Operation *op, const OpInfo &row, const RuleInfo &rule) const;

private:
  struct Call; // an operation with its row and the rule at hand

  mlir::LogicalResult multiple(const Call &call) const;
  mlir::LogicalResult unit(const Call &call) const;
  mlir::LogicalResult byteMultiple(const Call &call) const;
  mlir::LogicalResult range(const Call &call) const;
  mlir::LogicalResult notAbove(const Call &call) const;
  mlir::LogicalResult apart(const Call &call) const;
  mlir::LogicalResult samePieces(const Call &call) const;
  mlir::LogicalResult aligned(const Call &call) const;
  mlir::LogicalResult noAlias(const Call &call) const;

  // The value of an integer operand; -1: none.
  std::optional<int64_t> constant(const Call &call, int param) const;

  const ConstantFlow &flow;
  const mlir::PostDominanceInfo &order;
  const mlir::DataLayout &layout;
  const dlp::ArchInfo *arch;
};

} // namespace bang

#endif // OPENBANG_MLIRDIALECTS_BANG_TRANSFORMS_ROWRULES_H

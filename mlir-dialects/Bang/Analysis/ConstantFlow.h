// ConstantFlow.h: which blocks of a function can run, and which integers are constants there.
//
// Checks must not refuse `if (rest > 0) __bang_add(d, a, b, rest)` when rest is a constant zero: the call never runs.
// This is sparse conditional constant propagation over the llvm dialect, whose own operations do not fold.
#ifndef OPENBANG_MLIRDIALECTS_BANG_ANALYSIS_CONSTANTFLOW_H
#define OPENBANG_MLIRDIALECTS_BANG_ANALYSIS_CONSTANTFLOW_H

#include "mlir/IR/Operation.h"

#include "llvm/ADT/APInt.h"
#include "llvm/ADT/DenseMap.h"
#include "llvm/ADT/DenseSet.h"

#include <optional>
#include <vector>

namespace bang {

class ConstantFlow {
public:
  explicit ConstantFlow(mlir::Operation *function);

  bool canRun(mlir::Block *block) const { return reached.contains(block); }
  // The value of an integer wherever it is computed; nullopt when it varies or is no integer.
  std::optional<llvm::APInt> constant(mlir::Value value) const;

private:
  // Absent from `values`: not computed yet. nullopt: varies.
  using Known = std::optional<llvm::APInt>;

  void visit(mlir::Operation &op);
  void visitBranch(mlir::Operation &op);
  void enter(mlir::Block *from, unsigned successor, mlir::ValueRange args);
  void update(mlir::Value value, const Known &known);
  // The constants of all operands; nullopt when one varies, `pending` when one is not computed yet.
  std::optional<llvm::SmallVector<llvm::APInt>> operands(mlir::Operation &op, bool &pending) const;

  llvm::DenseSet<mlir::Block *> reached;
  llvm::DenseMap<mlir::Value, Known> values;
  std::vector<mlir::Operation *> worklist;
};

} // namespace bang

#endif // OPENBANG_MLIRDIALECTS_BANG_ANALYSIS_CONSTANTFLOW_H

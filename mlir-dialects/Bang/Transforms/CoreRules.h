// CoreRules.h: work on a core that does not do it: vector operations of the
// memory core, its copies on other cores.
#ifndef OPENBANG_MLIRDIALECTS_BANG_TRANSFORMS_CORERULES_H
#define OPENBANG_MLIRDIALECTS_BANG_TRANSFORMS_CORERULES_H

#include "mlir-dialects/Bang/Analysis/ConstantFlow.h"
#include "mlir-dialects/Bang/IR/TableOp.h"

#include "llvm/ADT/DenseMap.h"

namespace bang {

class CoreRules {
public:
  explicit CoreRules(mlir::Operation *function);

  // Warns when only cores come here that ignore the operation.
  void check(mlir::Operation *op, const OpInfo &row, const ConstantFlow &flow) const;

private:
  enum class Cores { All, Memory, Others };

  llvm::DenseMap<mlir::Block *, Cores> reaches;
};

} // namespace bang

#endif // OPENBANG_MLIRDIALECTS_BANG_TRANSFORMS_CORERULES_H

// Extents.h: how many bytes of each buffer an operation touches, and where in its object a pointer points.
#ifndef OPENBANG_MLIRDIALECTS_BANG_ANALYSIS_EXTENTS_H
#define OPENBANG_MLIRDIALECTS_BANG_ANALYSIS_EXTENTS_H

#include "mlir-dialects/Bang/Analysis/ConstantFlow.h"
#include "mlir-dialects/Bang/IR/TableOp.h"

#include "mlir/Interfaces/DataLayoutInterfaces.h"

namespace bang {

// Bytes from the operand's address to the end of what the operation surely touches; nullopt when that depends on values
// unknown at compile time.
std::optional<uint64_t> touchedBytes(mlir::Operation *op, const OpInfo &row, unsigned param, const ConstantFlow &flow);

// An address as a base value plus a constant number of bytes; `exact` is false when the distance is not known.
struct BaseAndOffset {
  mlir::Value base;
  int64_t offset = 0;
  bool exact = true;
};
BaseAndOffset splitAddress(mlir::Value pointer, const ConstantFlow &flow, const mlir::DataLayout &layout);

} // namespace bang

#endif // OPENBANG_MLIRDIALECTS_BANG_ANALYSIS_EXTENTS_H

// Lowering.h: how one bang operation becomes instructions. One file per family holds the patterns.
#ifndef OPENBANG_MLIRDIALECTS_CONVERSION_BANGTODLP_LOWERING_H
#define OPENBANG_MLIRDIALECTS_CONVERSION_BANGTODLP_LOWERING_H

#include "mlir-dialects/Bang/IR/TableOp.h"
#include "mlir-dialects/Conversion/EntrySlots.h"

#include "mlir/IR/Builders.h"

#include "llvm/ADT/StringMap.h"

namespace bang {

// Writes the instructions of one operation in front of it.
class Lowering {
public:
  Lowering(mlir::Operation *op, const OpInfo *row, EntrySlots &slots)
      : op(op), row(row), slots(slots), builder(op), loc(op->getLoc()) {}

  // An operand that replaces the one of its name, or adds one the row has not.
  struct Named {
    llvm::StringRef name;
    mlir::Value value;
  };

  // Emits `dlp.<mnemonic> "<types>"`. Operands are found by name: in `given`, then in the row; others are zero.
  mlir::Operation *emit(llvm::StringRef mnemonic, llvm::StringRef types, llvm::ArrayRef<Named> given = {});

  // A register value: integers extended, values of floating-point type as their bits.
  mlir::Value toRegister(mlir::Value value, bool isSigned);
  mlir::Value constant(uint64_t value);
  mlir::Value nullAddress();
  // The constant an integer operand is, if it is one.
  std::optional<int64_t> constantNamed(llvm::StringRef name);

  // Replaces the operation's result by the register an instruction wrote.
  void replaceResult(mlir::Value reg);

  mlir::Operation *op;
  const OpInfo *row; // nullptr for operations that are no rows
  EntrySlots &slots;
  mlir::OpBuilder builder;
  mlir::Location loc;
};

// Lowers one operation, without erasing it. Fails after having reported a mistake of the user.
using LoweringFn = mlir::LogicalResult (*)(Lowering &);
using LoweringMap = llvm::StringMap<LoweringFn>; // by operation name

// The row names its instruction: one operation, one instruction.
mlir::LogicalResult lowerByTable(Lowering &lowering);

void addCopyLowerings(LoweringMap &map);
void addFillLowerings(LoweringMap &map);
void addCollectLowerings(LoweringMap &map);
void addDebugLowerings(LoweringMap &map);
void addScratchLowerings(LoweringMap &map);
void addTensorLowerings(LoweringMap &map);
void addVariableLowerings(LoweringMap &map);

} // namespace bang

#endif // OPENBANG_MLIRDIALECTS_CONVERSION_BANGTODLP_LOWERING_H

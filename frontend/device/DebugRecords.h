// DebugRecords.h: debug information that MLIR would lose on the way through the dialects.
#ifndef OPENBANG_FRONTEND_DEVICE_DEBUGRECORDS_H
#define OPENBANG_FRONTEND_DEVICE_DEBUGRECORDS_H

#include "llvm/ADT/StringMap.h"
#include "llvm/ADT/StringSet.h"
#include "llvm/IR/DebugInfoMetadata.h"

namespace llvm {
class Module;
} // namespace llvm

namespace bang {

// MLIR's importer forgets variables that are declared before a call of an intrinsic: puts them before another
// instruction.
void keepDeclaredVariables(llvm::Module &module);

// MLIR knows no enumerators and not which members are bit fields: takes both from a module, and gives them to the types
// of the module that comes back in the same context.
class TypeDetails {
public:
  explicit TypeDetails(const llvm::Module &module);
  void restore(const llvm::Module &module) const;

private:
  llvm::StringMap<llvm::DINodeArray> enumerators;
  llvm::StringSet<> bitFields; // type and member
};

} // namespace bang

#endif // OPENBANG_FRONTEND_DEVICE_DEBUGRECORDS_H

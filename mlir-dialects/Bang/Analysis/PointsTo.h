// PointsTo.h: which objects each pointer of a module may point into, hence which memory spaces.
//
// Objects are the globals, the stack variables of each function, and what the pointer parameters of kernels point to
// (GDRAM: the host passes them). The analysis covers the whole module and ignores the order of statements and the
// fields of structs: a set may be too large, never too small. A pointer of unknown origin has `unknown` set.
//
// Addresses are followed through arithmetic, integers of 64 bits, structs, calls, and variables in memory, which is
// where everything lives at -O0.
#ifndef OPENBANG_MLIRDIALECTS_BANG_ANALYSIS_POINTSTO_H
#define OPENBANG_MLIRDIALECTS_BANG_ANALYSIS_POINTSTO_H

#include "codegen/isa/AddressMap.h"

#include "mlir/Dialect/LLVMIR/LLVMDialect.h"
#include "mlir/IR/BuiltinOps.h"

#include "llvm/ADT/DenseMap.h"
#include "llvm/ADT/SmallVector.h"

namespace bang {

using SpaceMask = uint8_t; // as in lang/builtins/BuiltinTable.h

constexpr SpaceMask maskOf(dlp::Space space) { return SpaceMask(1u << unsigned(space)); }
constexpr SpaceMask kAnySpace = 0xff;

// Something in memory that has a name in the program.
struct MemoryObject {
  enum Kind { Global, Stack, KernelParameter } kind;
  mlir::Operation *op;           // global, alloca, or the kernel
  mlir::BlockArgument parameter; // of the kernel
  SpaceMask spaces;
};

// A set of objects, small by nature: beyond a few it counts as unknown.
class ObjectSet {
public:
  bool unknown = false;
  llvm::ArrayRef<unsigned> objects() const { return ids; }
  bool empty() const { return !unknown && ids.empty(); }

  // True when the set grew.
  bool add(unsigned object);
  bool join(const ObjectSet &other);
  bool setUnknown();

private:
  llvm::SmallVector<unsigned, 2> ids; // ascending
};

class PointsTo {
public:
  explicit PointsTo(mlir::ModuleOp module);

  const ObjectSet &of(mlir::Value pointer) const;
  const MemoryObject &object(unsigned id) const { return objects[id]; }

  // Spaces the pointer may lie in; 0 when nothing is known about it (a constant, code that cannot run).
  SpaceMask spacesOf(mlir::Value pointer) const;
  // The only object the pointer can point into; nullptr when there are several or it is unknown.
  const MemoryObject *onlyObject(mlir::Value pointer) const;

private:
  friend class PointsToSolver;

  std::vector<MemoryObject> objects;
  llvm::DenseMap<mlir::Value, ObjectSet> sets;
};

// The name of an object in the source, "" when there is no debug information; where it is declared.
llvm::StringRef sourceName(const MemoryObject &object);
mlir::Location sourceLocation(const MemoryObject &object);

// The memory a global lies in, by its section.
dlp::Space spaceOf(mlir::LLVM::GlobalOp global);

} // namespace bang

#endif // OPENBANG_MLIRDIALECTS_BANG_ANALYSIS_POINTSTO_H

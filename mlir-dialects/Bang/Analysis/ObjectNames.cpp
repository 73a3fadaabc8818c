// ObjectNames.cpp: what the source calls an object, from debug information.
#include "mlir-dialects/Bang/Analysis/PointsTo.h"

using namespace mlir;

namespace bang {

static LLVM::DIGlobalVariableAttr variableOf(LLVM::GlobalOp global) {
  if (ArrayAttr exprs = global.getDbgExprsAttr())
    for (Attribute expr : exprs)
      if (auto globalExpr = dyn_cast<LLVM::DIGlobalVariableExpressionAttr>(expr))
        return globalExpr.getVar();
  return {};
}

// The variable a debug intrinsic ties to a value or to the memory at an address.
static LLVM::DILocalVariableAttr variableOf(Value value) {
  for (Operation *user : value.getUsers()) {
    if (auto declare = dyn_cast<LLVM::DbgDeclareOp>(user))
      return declare.getVarInfo();
    if (auto use = dyn_cast<LLVM::DbgValueOp>(user))
      return use.getVarInfo();
  }
  return {};
}

// At -O0 a parameter is stored to its variable first.
static LLVM::DILocalVariableAttr variableOf(BlockArgument parameter) {
  if (auto variable = variableOf(Value(parameter)))
    return variable;
  for (Operation *user : parameter.getUsers())
    if (auto store = dyn_cast<LLVM::StoreOp>(user))
      if (store.getValue() == parameter)
        if (auto variable = variableOf(store.getAddr()))
          return variable;
  return {};
}

static LLVM::DILocalVariableAttr localVariableOf(const MemoryObject &object) {
  if (object.kind == MemoryObject::Stack)
    return variableOf(object.op->getResult(0));
  if (object.kind == MemoryObject::KernelParameter)
    return variableOf(object.parameter);
  return {};
}

StringRef sourceName(const MemoryObject &object) {
  if (object.kind == MemoryObject::Global) {
    auto variable = variableOf(cast<LLVM::GlobalOp>(object.op));
    return variable && variable.getName() ? variable.getName().getValue() : StringRef();
  }
  auto variable = localVariableOf(object);
  return variable && variable.getName() ? variable.getName().getValue() : StringRef();
}

static Location locationOf(MLIRContext *context, LLVM::DIFileAttr file, unsigned line) {
  if (!file || !line)
    return UnknownLoc::get(context);
  return FileLineColLoc::get(context, file.getName().getValue(), line, 0);
}

Location sourceLocation(const MemoryObject &object) {
  MLIRContext *context = object.op->getContext();
  if (object.kind == MemoryObject::Global) {
    if (auto variable = variableOf(cast<LLVM::GlobalOp>(object.op)))
      return locationOf(context, variable.getFile(), variable.getLine());
  } else if (auto variable = localVariableOf(object)) {
    return locationOf(context, variable.getFile(), variable.getLine());
  }
  return UnknownLoc::get(context);
}

} // namespace bang

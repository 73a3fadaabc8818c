// BangDialect.cpp: generated definitions of the `bang` dialect.
#include "mlir-dialects/Bang/IR/Bang.h"

#include "codegen/isa/Insn.h"

#include "mlir/IR/DialectImplementation.h"
#include "mlir/IR/OpImplementation.h"

using namespace mlir;

#include "mlir-dialects/Bang/IR/BangDialect.cpp.inc"

void bang::ops::BangDialect::initialize() {
  addOperations<
#define GET_OP_LIST
#include "mlir-dialects/Bang/IR/BangOps.cpp.inc"
      >();
}

LogicalResult bang::ops::Sreg::verify() {
  if (!dlp::specialRegCsr(std::string_view(getName().data(), getName().size())))
    return emitOpError() << "names the unknown builtin variable '" << getName() << "'";
  return success();
}

#define GET_OP_CLASSES
#include "mlir-dialects/Bang/IR/BangOps.cpp.inc"

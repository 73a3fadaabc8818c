// DlpDialect.cpp: generated definitions of the `dlp` dialect.
#include "mlir-dialects/Dlp/IR/Dlp.h"

#include "mlir/IR/DialectImplementation.h"
#include "mlir/IR/OpImplementation.h"

using namespace mlir;

#include "mlir-dialects/Dlp/IR/DlpDialect.cpp.inc"

void dlp::ops::DlpDialect::initialize() {
  addOperations<
#define GET_OP_LIST
#include "mlir-dialects/Dlp/IR/DlpOps.cpp.inc"
      >();
}

LogicalResult dlp::ops::Csr::verify() {
  if (!specialRegCsr(std::string_view(getName().data(), getName().size())))
    return emitOpError() << "names the unknown special register '" << getName() << "'";
  return success();
}

#define GET_OP_CLASSES
#include "mlir-dialects/Dlp/IR/DlpOps.cpp.inc"

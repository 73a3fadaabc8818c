// DlpDialect.h: the `dlp` dialect without its operation classes.
#ifndef OPENBANG_MLIRDIALECTS_DLP_IR_DLPDIALECT_H
#define OPENBANG_MLIRDIALECTS_DLP_IR_DLPDIALECT_H

#include "mlir/IR/Dialect.h"

#include "mlir-dialects/Dlp/IR/DlpDialect.h.inc"

#endif // OPENBANG_MLIRDIALECTS_DLP_IR_DLPDIALECT_H

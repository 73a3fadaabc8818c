// bang-opt.cpp: runs passes of the middle end over MLIR text. Registers everything, nothing else.
#include "mlir-dialects/Pipeline.h"

#include "mlir/Tools/mlir-opt/MlirOptMain.h"

int main(int argc, char **argv) {
  mlir::DialectRegistry registry;
  bang::registerAllDialects(registry);
  bang::registerAllPasses();
  return mlir::asMainReturnCode(mlir::MlirOptMain(argc, argv, "openbang middle end\n", registry));
}

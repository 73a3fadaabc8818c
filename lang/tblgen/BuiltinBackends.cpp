#include "lang/tblgen/Backends.h"
namespace bang::tblgen {
bool writeBuiltinHeader(const llvm::RecordKeeper &, llvm::raw_ostream &) { return true; }
bool writeBuiltinTable(const llvm::RecordKeeper &, llvm::raw_ostream &) { return true; }
bool writeBuiltinReference(const llvm::RecordKeeper &, llvm::raw_ostream &) { return true; }
bool writeBuiltinMatrix(const llvm::RecordKeeper &, llvm::raw_ostream &) { return true; }
}

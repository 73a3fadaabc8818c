// Backends.h: what bang-tblgen can write. One flag each, see main.cpp.
#ifndef OPENBANG_LANG_TBLGEN_BACKENDS_H
#define OPENBANG_LANG_TBLGEN_BACKENDS_H

namespace llvm {
class RecordKeeper;
class raw_ostream;
} // namespace llvm

namespace bang::tblgen {

// Each writes to the stream and returns true on error, after having reported it at its row.
using Backend = bool (*)(const llvm::RecordKeeper &records, llvm::raw_ostream &os);

// From ISA rows.
bool writeIsaHandlers(const llvm::RecordKeeper &records, llvm::raw_ostream &os);
bool writeIsaOperands(const llvm::RecordKeeper &records, llvm::raw_ostream &os);
bool writeIsaTable(const llvm::RecordKeeper &records, llvm::raw_ostream &os);
bool writeIsaSpecialRegs(const llvm::RecordKeeper &records, llvm::raw_ostream &os);
bool writeIsaPrelude(const llvm::RecordKeeper &records, llvm::raw_ostream &os);
bool writeIsaManual(const llvm::RecordKeeper &records, llvm::raw_ostream &os);

// From builtin rows.
bool writeBuiltinHeader(const llvm::RecordKeeper &records, llvm::raw_ostream &os);
bool writeBuiltinTable(const llvm::RecordKeeper &records, llvm::raw_ostream &os);
bool writeBuiltinReference(const llvm::RecordKeeper &records, llvm::raw_ostream &os);
bool writeBuiltinJson(const llvm::RecordKeeper &records, llvm::raw_ostream &os);
bool writeBuiltinMatrix(const llvm::RecordKeeper &records, llvm::raw_ostream &os);

} // namespace bang::tblgen

#endif // OPENBANG_LANG_TBLGEN_BACKENDS_H

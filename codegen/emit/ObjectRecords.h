// ObjectRecords.h: writes the table of on-chip variables (codegen/object/ObjectFormat.h) into a device module.
#ifndef OPENBANG_CODEGEN_EMIT_OBJECTRECORDS_H
#define OPENBANG_CODEGEN_EMIT_OBJECTRECORDS_H

#include <cstdint>
#include <vector>

namespace llvm {
class GlobalVariable;
class Module;
} // namespace llvm

namespace dlp {

// A variable at its place, for one kernel that reaches it.
struct PlacedVariable {
  unsigned kernel = 0;
  const llvm::GlobalVariable *global = nullptr;
  uint64_t address = 0, bytes = 0, range = 0;
};

void addObjectRecords(llvm::Module &module, const std::vector<PlacedVariable> &variables);

} // namespace dlp

#endif // OPENBANG_CODEGEN_EMIT_OBJECTRECORDS_H

// ImageRecords.h: writes the records of ImageFormat.h into a device module.
#ifndef OPENBANG_CODEGEN_EMIT_IMAGERECORDS_H
#define OPENBANG_CODEGEN_EMIT_IMAGERECORDS_H

#include "codegen/emit/Emit.h"

namespace llvm {
class Constant;
class Function;
} // namespace llvm

namespace dlp {

// Copies `size` bytes of a constant to an on-chip address before each task.
struct InitCopy {
  uint64_t address = 0;
  llvm::Constant *source = nullptr;
  uint64_t size = 0;
};

struct KernelImage {
  const KernelInfo *info = nullptr;
  llvm::Function *entry = nullptr;
  uint64_t nramBytes = 0, wramBytes = 0, sramBytes = 0, ldramBytes = 0;
  std::vector<InitCopy> inits;
};

void addImageRecords(llvm::Module &module, llvm::ArrayRef<KernelImage> kernels, const EmitOptions &options);

} // namespace dlp

#endif // OPENBANG_CODEGEN_EMIT_IMAGERECORDS_H

// DevicePass.h: compiles the device half of a source file to LLVM IR.
#ifndef OPENBANG_FRONTEND_DEVICE_DEVICEPASS_H
#define OPENBANG_FRONTEND_DEVICE_DEVICEPASS_H

#include "frontend/sema/Session.h"

#include <memory>
#include <vector>

namespace llvm {
class LLVMContext;
class Module;
class raw_ostream;
} // namespace llvm

namespace bang {

struct DeviceModule {
  std::unique_ptr<llvm::Module> module;
  std::vector<dlp::KernelInfo> kernels;
  bool hasVariables = false; // __mlu_device__ variables: the host needs an image even without kernels

  bool isEmpty() const { return kernels.empty() && !hasVariables; }
};

// Kernels, their entry wrappers and all they reach, for one arch. Empty module pointer: an error was reported.
DeviceModule runDevicePass(const SourceJob &job, const Arguments &host, Messages &messages, llvm::LLVMContext &context,
                           Dependencies *dependencies);

// Makes a fresh device module ready for the middle end: only entries stay visible, device functions are inlined as
// their attributes and the level ask, variables become values (from -O1).
void prepareDeviceModule(llvm::Module &module, unsigned optLevel);

// Writes the preprocessed source of one side.
bool runPreprocessor(const SourceJob &job, Side side, const Arguments &host, Messages &messages,
                     const std::string &outputPath, Dependencies *dependencies);

} // namespace bang

#endif // OPENBANG_FRONTEND_DEVICE_DEVICEPASS_H

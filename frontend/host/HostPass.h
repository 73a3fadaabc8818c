// HostPass.h: compiles the host half of a source file: plain C++ plus launches, with the device images inside.
#ifndef OPENBANG_FRONTEND_HOST_HOSTPASS_H
#define OPENBANG_FRONTEND_HOST_HOSTPASS_H

#include "frontend/sema/Session.h"

#include <memory>

namespace llvm {
class Module;
class raw_pwrite_stream;
} // namespace llvm

namespace bang {

enum class HostOutput { Nothing, Object, Assembly, LLVMText, Bitcode };

// `fatBinaryPath` names the fat object to embed; empty when the file has no device code. False: an error was reported.
bool runHostPass(const SourceJob &job, const Arguments &host, const std::string &fatBinaryPath, HostOutput kind,
                 std::unique_ptr<llvm::raw_pwrite_stream> output, Messages &messages, Dependencies *dependencies);

// Gives Clang's launch and registration symbols and sections the names of our runtime, and kernel stubs the names of
// their kernels.
void renameLaunchSymbols(llvm::Module &module);

// The name of the kernel a stub stands for ("_Z19__device_stub__fooi" -> "_Z3fooi"), empty when it is no stub.
std::string kernelOfStub(llvm::StringRef stub);

} // namespace bang

#endif // OPENBANG_FRONTEND_HOST_HOSTPASS_H

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

// The device half as files.
struct DeviceHalf {
  std::string fatBinaryPath; // the fat object to embed; empty when the file has no device code
  std::string unitPath;      // records for the device link (codegen/object/UnitFormat.h); empty when it needs none
  bool isOpen = false;       // only the device link makes the fat object
};

// False: an error was reported.
bool runHostPass(const SourceJob &job, const Arguments &host, const DeviceHalf &device, HostOutput kind,
                 std::unique_ptr<llvm::raw_pwrite_stream> output, Messages &messages, Dependencies *dependencies);

// LinkRecords.cpp: puts the records into the module, and lets the device link replace the fat object.
bool addLinkRecords(llvm::Module &module, const SourceJob &job, const DeviceHalf &device, Messages &messages);

// Gives Clang's launch and registration symbols and sections the names of our runtime, and kernel stubs the names of
// their kernels. Internal kernels are registered with the unit's id behind their names.
void renameLaunchSymbols(llvm::Module &module, llvm::StringRef unitId);

// The name of the kernel a stub stands for ("_Z19__device_stub__fooi" -> "_Z3fooi"), empty when it is no stub.
std::string kernelOfStub(llvm::StringRef stub);

} // namespace bang

#endif // OPENBANG_FRONTEND_HOST_HOSTPASS_H

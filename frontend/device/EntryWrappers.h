// EntryWrappers.h: the function a core starts in.
//
// A core knows one thing at the start of a task: the address of the parameter block. The entry wrapper of a kernel
// loads the arguments from it, calls the kernel and ends the task:
//
//   void __bang_entry.<kernel>(char *params) { kernel(*(T0 *)(params + offset0), ...); exit(); }
//
// It is built as a syntax tree, so that Clang's own code generator passes structures as the calling convention wants.
#ifndef OPENBANG_FRONTEND_DEVICE_ENTRYWRAPPERS_H
#define OPENBANG_FRONTEND_DEVICE_ENTRYWRAPPERS_H

#include "codegen/emit/Emit.h"

#include "llvm/ADT/StringRef.h"

namespace clang {
class FunctionDecl;
}

namespace bang {

// Names, location and parameter block of a kernel. Offsets follow the host's layout: each parameter at its natural
// alignment, one after the other.
dlp::KernelInfo describeKernel(const clang::FunctionDecl &kernel, llvm::StringRef mangledName);

// The wrapper for a kernel described so.
clang::FunctionDecl *buildEntryWrapper(clang::FunctionDecl &kernel, const dlp::KernelInfo &info);

} // namespace bang

#endif // OPENBANG_FRONTEND_DEVICE_ENTRYWRAPPERS_H

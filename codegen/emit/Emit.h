// Emit.h: from the device's LLVM module to a linked device image.
//
// The module is riscv64, contains the kernels, their entry wrappers, on-chip objects as globals in sections .nram,
// .wram, .sram, .ldram, and Xdlp instructions as named calls (`call void @dlp.vadd.f16(ptr, ptr, ptr, i64)`).
#ifndef OPENBANG_CODEGEN_EMIT_EMIT_H
#define OPENBANG_CODEGEN_EMIT_EMIT_H

#include "codegen/isa/Target.h"

#include "llvm/ADT/ArrayRef.h"
#include "llvm/ADT/SmallVector.h"
#include "llvm/ADT/StringRef.h"
#include "llvm/Support/Error.h"

#include <memory>
#include <string>
#include <vector>

namespace llvm {
class Module;
class raw_ostream;
class TargetMachine;
} // namespace llvm

namespace dlp {

// One kernel parameter, as laid out in the parameter block (size and offset of the host ABI).
struct KernelParam {
  std::string name;
  std::string typeName;
  uint32_t offset, size, align;
  bool isPointer;
};

// One kernel of a module; the front end fills it, the emitter writes it to the image.
struct KernelInfo {
  std::string mangledName; // of the kernel's device function: the key of a launch
  std::string displayName; // demangled, for messages
  std::string entryName;   // of the entry wrapper's function in the module
  std::string location;    // "file:line:column" of its declaration
  std::vector<KernelParam> params;
  uint32_t paramBytes = 0;
};

struct EmitOptions {
  const ArchInfo *arch = nullptr;
  unsigned optLevel = 0; // 0..3
  bool stackOnLdram = false;
  bool reportMemory = false; // -Rbang-memory: one remark per kernel with its budget
  bool verifyEach = false;
  // Addresses of on-chip objects carry the tag of the core (CoreTags.h), so that debuggers tell the cores' memories
  // apart in every pointer. Costs an addition for each use: for -O0 -g.
  bool tagAddresses = false;
  std::string linker; // path of ld.lld; empty: the one of the LLVM this was built with
};

// An error for the user: where, and one sentence. Kernel programs' mistakes come this way, never as a crash.
struct Diagnostic {
  enum Severity { Error, Warning, Remark, Note } severity = Error;
  std::string location; // "file:line:column", empty when unknown
  std::string message;
};
using DiagnosticHandler = llvm::function_ref<void(const Diagnostic &)>;

// An llvm::Error that carries diagnostics with their locations; printed plainly it is one line for each.
class DiagnosticError : public llvm::ErrorInfo<DiagnosticError> {
public:
  static char ID;
  explicit DiagnosticError(std::vector<Diagnostic> diagnostics) : diagnostics(std::move(diagnostics)) {}
  void log(llvm::raw_ostream &os) const override;
  std::error_code convertToErrorCode() const override { return llvm::inconvertibleErrorCode(); }

  std::vector<Diagnostic> diagnostics;
};
llvm::Error makeError(std::string location, std::string message);
// Hands every diagnostic in `error` (of whatever kind) to `report`.
void reportError(llvm::Error error, DiagnosticHandler report);

// An LLVM target machine for the scalar core (RV64GC + Zfh Zfbfmin Zba Zbb Zbs Zicond, lp64d, medlow).
llvm::Expected<std::unique_ptr<llvm::TargetMachine>> createTargetMachine(unsigned optLevel);

// Gives every declaration of a named call the memory effects its row states, so that LLVM may move scalar code around
// it but never across a use of the same memory. optimize() starts with it.
void setNamedCallAttributes(llvm::Module &module);

// Turns named calls into inline assembly and adds the assembler macros they use. optimize() ends with it.
llvm::Error lowerNamedCalls(llvm::Module &module);

// Lets the memory core end kernels at once that have no work for it (MemoryCore.cpp). Before optimize().
void restMemoryCore(llvm::Module &module, llvm::ArrayRef<KernelInfo> kernels);

// Runs LLVM's pipeline for the level, then turns named calls into inline assembly of the generated prelude.
llvm::Error optimize(llvm::Module &module, llvm::TargetMachine &tm, const EmitOptions &options);

// Adds the wrapper through which a kernel starts: loads the parameters from the parameter block at the offsets the
// host uses, calls the kernel and exits. Fills entryName, params and paramBytes of `kernel`; for kernels whose
// parameters are scalars and pointers (a front end with structs by value makes its own wrapper).
llvm::Error addEntryWrapper(llvm::Module &module, KernelInfo &kernel);

// Places on-chip objects per kernel, drops what no kernel reaches, adds the image header and kernel records. Returns
// false after having reported a budget that is exceeded. `layout` receives the linker script lines of the placed
// sections. Runs after optimize().
bool placeOnChipObjects(llvm::Module &module, llvm::ArrayRef<KernelInfo> kernels, const EmitOptions &options,
                        std::string &layout, DiagnosticHandler report);

llvm::Error emitAssembly(llvm::Module &module, llvm::TargetMachine &tm, llvm::raw_ostream &os);
llvm::Error emitObject(llvm::Module &module, llvm::TargetMachine &tm, llvm::SmallVectorImpl<char> &object);

// Links one object with the scalar runtime library (math, builtins) to a device image file. An empty `layout` is
// derived from the object's section names: placed objects carry their address in it, others follow one another.
llvm::Error linkImage(llvm::StringRef objectPath, llvm::StringRef layout, const EmitOptions &options,
                      llvm::StringRef imagePath);

} // namespace dlp

#endif // OPENBANG_CODEGEN_EMIT_EMIT_H

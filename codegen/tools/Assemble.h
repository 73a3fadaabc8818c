// Assemble.h: text with RV64 and Xdlp instructions to an object file, in process.
#ifndef OPENBANG_CODEGEN_TOOLS_ASSEMBLE_H
#define OPENBANG_CODEGEN_TOOLS_ASSEMBLE_H

#include "codegen/emit/Emit.h"

namespace dlp {

// `fileName` appears in messages. `records` is text of ours that is assembled behind the user's (image records).
llvm::Error assemble(llvm::StringRef text, llvm::StringRef fileName, llvm::SmallVectorImpl<char> &object,
                     llvm::StringRef records = "");

// Image records for hand-written kernels. A specification is `name` or `name(ptr, ptr, i32)`; the label is the entry:
// a0 holds the address of the parameter block, and the code ends with `exit`.
llvm::Expected<std::string> imageRecords(llvm::ArrayRef<std::string> kernels, const ArchInfo &arch);

// Hand-written on-chip sections hold no bytes; says so when one does.
llvm::Error checkOnChipSections(llvm::StringRef object, llvm::StringRef fileName);

} // namespace dlp

#endif // OPENBANG_CODEGEN_TOOLS_ASSEMBLE_H

// Tags.h: addresses of on-chip objects that name their core (codegen/isa/CoreTags.h), for debuggers.
//
// Register tp holds the core's tag under a debugger and 0 without one.
#ifndef OPENBANG_CODEGEN_EMIT_TAGS_H
#define OPENBANG_CODEGEN_EMIT_TAGS_H

namespace llvm {
class GlobalVariable;
} // namespace llvm

namespace dlp {

// Debug information: the variable lies tp behind its address.
void describeTag(llvm::GlobalVariable &object);
// Code: each use of the object's address in a function adds tp.
void addTag(llvm::GlobalVariable &object);

} // namespace dlp

#endif // OPENBANG_CODEGEN_EMIT_TAGS_H

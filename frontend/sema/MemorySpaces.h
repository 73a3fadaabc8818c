// MemorySpaces.h: the memory qualifiers of BANG C (__nram__, __wram__, __mlu_shared__, __ldram__, __mlu_const__).
//
// bang.h spells them as attributes of ours (`bang_nram` ...). An attribute leaves an annotation "bang.nram" on the
// variable; Clang carries it into the LLVM module, where `placeAnnotatedGlobals` turns it into a section. A section
// attribute would not do: Clang refuses constant and writable objects in one section.
#ifndef OPENBANG_FRONTEND_SEMA_MEMORYSPACES_H
#define OPENBANG_FRONTEND_SEMA_MEMORYSPACES_H

#include "llvm/ADT/StringRef.h"

namespace clang {
class VarDecl;
}
namespace llvm {
class GlobalVariable;
class Module;
} // namespace llvm

namespace bang {

// Makes Clang know the attributes. Call once, before the first compilation.
void registerMemorySpaceAttributes();

// The qualifier a variable was declared with ("__nram__"), empty when it has none.
llvm::StringRef memoryQualifier(const clang::VarDecl &variable);

// Device module: puts on-chip objects into their sections.
void placeAnnotatedGlobals(llvm::Module &module);
// The same for one that another file defines.
void placeDeclaration(llvm::GlobalVariable &object, const clang::VarDecl &variable);

// Host module: removes the shadows Clang makes for on-chip objects.
void dropOnChipShadows(llvm::Module &module);

} // namespace bang

#endif // OPENBANG_FRONTEND_SEMA_MEMORYSPACES_H

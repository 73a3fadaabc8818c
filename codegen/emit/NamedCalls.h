// NamedCalls.h: what a function named `dlp.<mnemonic>` means, according to the instruction table.
#ifndef OPENBANG_CODEGEN_EMIT_NAMEDCALLS_H
#define OPENBANG_CODEGEN_EMIT_NAMEDCALLS_H

#include "codegen/isa/Insn.h"

#include "llvm/ADT/StringRef.h"

#include <optional>
#include <string>

namespace llvm {
class Function;
class Instruction;
} // namespace llvm

namespace dlp {

inline constexpr char kCallPrefix[] = "dlp.";
inline constexpr char kSpecialRegPrefix[] = "dlp.sreg."; // i64 @dlp.sreg.taskId(): reads a special register

// True for functions this layer gives a meaning to; other names starting with "dlp." are errors.
bool isNamedCall(const llvm::Function &function);

// The instruction a named call stands for; nullopt when the table has none.
std::optional<InsnRef> namedInsn(llvm::StringRef functionName);

// CSR number of a special register call, 0 when it is none or the register does not exist.
uint32_t namedSpecialReg(llvm::StringRef functionName);

// True when the instruction reads or writes memory, or orders accesses to it.
bool touchesMemory(InsnId id);
// Asynchronous copies and fills work on after the instruction, until a sync.
bool isAsync(InsnId id);
// The instruction ends the task.
bool isNoReturn(InsnId id);

// "file:line:column" of an instruction, empty without debug information.
std::string locationOf(const llvm::Instruction &inst);

} // namespace dlp

#endif // OPENBANG_CODEGEN_EMIT_NAMEDCALLS_H

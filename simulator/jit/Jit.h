// Jit.h: the interface of libdlpjit.so, which turns hot scalar code into code of the host.
//
// The simulator links no LLVM; it loads the library when a program first has hot code (core/HotCode.h). A region is a
// piece of the control flow of a program: blocks of instructions that the library can translate. What comes out is a
// function like those of the interpreter, and does the same: instructions, faults, the end of turns.
#ifndef OPENBANG_SIMULATOR_JIT_JIT_H
#define OPENBANG_SIMULATOR_JIT_JIT_H

#include "simulator/core/Blocks.h"

#include <vector>

namespace dlp::jit {

struct Insn {
  const Op *op;
  OpFunction *alone; // runs it in the interpreter
  uint64_t pc;
  const BlockEntry *counted; // the block to count here, null for none
};

inline constexpr int32_t kOutside = -1;

struct Block {
  uint32_t first, count;    // of Region::insns
  int32_t taken = kOutside; // the block its branch or jump leads to
  int32_t next = kOutside;  // the block behind it
};

// Where a return may lead: behind a call inside the region.
struct ReturnSite {
  uint64_t pc;
  int32_t block;
};

struct Region {
  std::vector<Insn> insns;
  std::vector<Block> blocks;
  std::vector<uint32_t> entries; // blocks that may be entered from outside; one at least
  std::vector<ReturnSite> returns;
};

inline bool isConditional(const Op &op) {
  return ScalarId(op.id) >= ScalarId::BEQ && ScalarId(op.id) <= ScalarId::BGEU;
}
inline bool isJump(const Op &op) { return ScalarId(op.id) == ScalarId::JAL; }
inline bool leavesCode(const Op &op) { return op.imm & 1; } // of branches and jumps (Program::decodeOp)
// "ret"
inline bool isReturn(const Op &op) {
  constexpr uint8_t kReturnAddress = 1, kNoRegister = 32;
  return ScalarId(op.id) == ScalarId::JALR && op.rd == kNoRegister && op.rs1 == kReturnAddress && op.imm == 0;
}
// Stores relative to sp check the end of the stack.
inline bool isBasedOnStack(const Op &op) { return op.rs1 == 2; }

class Translator;

extern "C" {
// Null when this host cannot translate.
Translator *dlpOpenTranslator();
void dlpCloseTranslator(Translator *translator); // with all it made
// Whether the library has the instruction; control transfers come to the functions above.
bool dlpCanTranslate(Translator *translator, const Op *op);
// Null when it cannot.
OpFunction *dlpTranslate(Translator *translator, const Region *region);
}

} // namespace dlp::jit

#endif // OPENBANG_SIMULATOR_JIT_JIT_H

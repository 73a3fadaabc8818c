// TargetMachine.h: how the scalar core is described to LLVM; shared by compiler, assembler and disassembler.
#ifndef OPENBANG_CODEGEN_EMIT_TARGETMACHINE_H
#define OPENBANG_CODEGEN_EMIT_TARGETMACHINE_H

namespace dlp {

const char *scalarTriple();
const char *scalarFeatures();
// Registers LLVM's RISC-V target, assembler parser and disassembler; may be called any number of times.
void initializeScalarTarget();

} // namespace dlp

#endif // OPENBANG_CODEGEN_EMIT_TARGETMACHINE_H

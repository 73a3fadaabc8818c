// main.cpp: bang-tblgen, the generator of everything derived from the builtin and the instruction tables.
#include "lang/tblgen/Backends.h"

#include "llvm/Support/CommandLine.h"
#include "llvm/Support/InitLLVM.h"
#include "llvm/TableGen/Main.h"
#include "llvm/TableGen/TableGenBackend.h"

using namespace bang::tblgen;
using llvm::TableGen::Emitter::Opt;

// TableGen's main counts the errors a backend reported; it needs no second word from us.
template <Backend backend> static void run(const llvm::RecordKeeper &records, llvm::raw_ostream &os) {
  backend(records, os);
}

static const Opt backends[] = {
    Opt("gen-isa-handlers", run<writeIsaHandlers>, "X-macro list of instructions for the simulator"),
    Opt("gen-isa-operands", run<writeIsaOperands>, "operand struct of each instruction"),
    Opt("gen-isa-table", run<writeIsaTable>, "instruction table for encoder, decoder and disassembler"),
    Opt("gen-isa-special-regs", run<writeIsaSpecialRegs>, "X-macro list of special registers"),
    Opt("gen-isa-prelude", run<writeIsaPrelude>, "assembler macros that encode Xdlp words"),
    Opt("gen-isa-manual", run<writeIsaManual>, "instruction manual"),
    Opt("gen-builtin-header", run<writeBuiltinHeader>, "declarations for kernel authors"),
    Opt("gen-builtin-table", run<writeBuiltinTable>, "builtin table for raising and checks"),
    Opt("gen-builtin-reference", run<writeBuiltinReference>, "reference page of all builtins"),
    Opt("gen-builtin-json", run<writeBuiltinJson>, "all builtin rows as JSON"),
    Opt("gen-builtin-matrix", run<writeBuiltinMatrix>, "builtin, types and test name of each overload"),
};

int main(int argc, char **argv) {
  llvm::InitLLVM init(argc, argv);
  llvm::cl::ParseCommandLineOptions(argc, argv, "openbang table generator\n");
  return llvm::TableGenMain(argv[0], llvm::TableGenMainFn(nullptr));
}

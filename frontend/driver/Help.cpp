// Help.cpp: --help, --version, --print-supported-archs.
#include "frontend/driver/Help.h"

#include "codegen/isa/Target.h"

#include "llvm/Config/llvm-config.h"
#include "llvm/Option/OptTable.h"
#include "llvm/Support/Format.h"
#include "llvm/Support/raw_ostream.h"

namespace bang {

void printHelp(const llvm::opt::OptTable &table, llvm::raw_ostream &os) {
  table.printHelp(os, "bangcc [options] file...", "compiler for BANG C kernels (.mlu) on the simulated DLP",
                  /*ShowHidden=*/false, /*ShowAllAliases=*/false);
  os << "\nEXAMPLES:\n"
        "  bangcc -O2 vector_add.mlu -o vector_add          compile and link a program; run it with ./vector_add\n"
        "  bangcc --bang-mlu-arch=mtp_592 -O2 -c k.mlu      an object file for another arch\n"
        "  bangcc -O2 a.mlu b.mlu main.cpp -lm -o app       several files, kernels and plain C++ mixed\n"
        "  bangcc -O2 -shared -fPIC k.mlu -o libk.so        a shared library with kernels in it\n"
        "  bangcc -O2 -emit-bang k.mlu -o -                 look at a kernel half way: also -emit-llvm, -emit-dlp, -S\n"
        "  bangcc -O2 -Rbang-memory -c k.mlu                how much NRAM, WRAM and SRAM each kernel uses\n"
        "\n-E, -S and -emit-llvm show the device half; with --bang-host-only they show the host half.\n";
}

void printVersion(llvm::raw_ostream &os) {
  os << "bangcc v" << kCompatibilityVersion << " (openbang " << OPENBANG_VERSION << ", LLVM " << LLVM_VERSION_STRING
     << ")\n"
     << "v" << kCompatibilityVersion
     << " is the compatibility version: the BANG C language and command line accepted\n";
}

void printArchs(llvm::raw_ostream &os) {
  for (const dlp::ArchInfo &arch : dlp::allArchs())
    os << llvm::format("%-8s __BANG_ARCH__ %u, NRAM %u KB and WRAM %u KB per core, SRAM %u KB per cluster\n", arch.name,
                       arch.number, arch.nramKB, arch.wramKB, arch.sramKB);
}

} // namespace bang

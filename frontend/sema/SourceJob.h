// SourceJob.h: one kernel source file and all that both of its compilations (device and host) need to know.
#ifndef OPENBANG_FRONTEND_SEMA_SOURCEJOB_H
#define OPENBANG_FRONTEND_SEMA_SOURCEJOB_H

#include "codegen/isa/Target.h"

#include "llvm/ADT/StringRef.h"

#include <string>
#include <vector>

namespace bang {

// A `.mlu` file is compiled once per arch for the device and once for the host; both sides see the whole file.
enum class Side { Device, Host };

struct SourceJob {
  std::string input;                   // path of the source file
  std::vector<std::string> clangArgs;  // the user's compile flags, as Clang's driver takes them
  std::string clangProgram;            // path of the Clang whose resource folder and host headers are used
  std::string includeDir;              // folder of bang.h
  std::string cacheDir;                // folder of precompiled headers; empty: parse bang.h each time
  const dlp::ArchInfo *arch = nullptr; // of this device compilation; the host side sees the first arch's sizes
  unsigned optLevel = 0;
  std::string unitId; // same for both sides: makes the names of internal kernels equal
};

// The name under which a kernel of internal linkage is launched.
inline std::string internalKernelName(llvm::StringRef mangledName, llvm::StringRef unitId) {
  return (mangledName + "." + unitId).str();
}

// The files a compilation has read, for dependency files.
struct Dependencies {
  bool systemHeaders = false;     // -MD wants them, -MMD does not
  std::vector<std::string> files; // in order of first use, each once

  void add(llvm::StringRef file);
};

} // namespace bang

#endif // OPENBANG_FRONTEND_SEMA_SOURCEJOB_H

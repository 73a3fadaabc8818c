// ToolMain.h: what the machine tools' mains share: printing diagnostics, choosing an arch, writing whole files only.
#ifndef OPENBANG_CODEGEN_TOOLS_TOOLMAIN_H
#define OPENBANG_CODEGEN_TOOLS_TOOLMAIN_H

#include "codegen/emit/Emit.h"

#include "llvm/Support/FileSystem.h"
#include "llvm/Support/ToolOutputFile.h"
#include "llvm/Support/WithColor.h"
#include "llvm/Support/raw_ostream.h"

namespace dlp {

inline void printDiagnostic(const Diagnostic &diagnostic) {
  if (!diagnostic.location.empty())
    llvm::errs() << diagnostic.location << ": ";
  switch (diagnostic.severity) {
  case Diagnostic::Error:
    llvm::WithColor::error();
    break;
  case Diagnostic::Warning:
    llvm::WithColor::warning();
    break;
  case Diagnostic::Remark:
    llvm::WithColor::remark();
    break;
  case Diagnostic::Note:
    llvm::WithColor::note();
    break;
  }
  llvm::errs() << diagnostic.message << '\n';
}

// Reports and gives the exit code of a failed tool.
inline int fail(const llvm::Twine &message, std::string location = "") {
  printDiagnostic({Diagnostic::Error, std::move(location), message.str()});
  return 1;
}

inline int fail(llvm::Error error) {
  reportError(std::move(error), printDiagnostic);
  return 1;
}

inline std::string knownArchs() {
  std::string names;
  for (const ArchInfo &arch : allArchs())
    names += (names.empty() ? "" : ", ") + std::string(arch.name);
  return names;
}

// Writes `data` to `path` ("-": standard output) or leaves the path alone and returns an error.
inline llvm::Error writeOutput(llvm::StringRef path, llvm::StringRef data) {
  std::error_code code;
  llvm::ToolOutputFile file(path, code, llvm::sys::fs::OF_None);
  if (code)
    return makeError("", "cannot write '" + path.str() + "': " + code.message());
  file.os() << data;
  file.os().flush();
  if (file.os().has_error())
    return makeError("", "cannot write '" + path.str() + "': " + file.os().error().message());
  file.keep();
  return llvm::Error::success();
}

// A file in the temporary directory holding `data`, removed with this value.
class ScratchObject {
public:
  static llvm::Expected<ScratchObject> create(llvm::StringRef data) {
    llvm::SmallString<128> path;
    if (std::error_code code = llvm::sys::fs::createTemporaryFile("dlp", "o", path))
      return makeError("", "cannot create a temporary file: " + code.message());
    ScratchObject object(path.str());
    if (llvm::Error error = writeOutput(path, data))
      return error;
    return object;
  }
  ScratchObject(ScratchObject &&other) : file(std::move(other.file)) { other.file.clear(); }
  ~ScratchObject() {
    if (!file.empty())
      llvm::sys::fs::remove(file);
  }
  llvm::StringRef path() const { return file; }

private:
  explicit ScratchObject(llvm::StringRef path) : file(path.str()) {}
  std::string file;
};

} // namespace dlp

#endif // OPENBANG_CODEGEN_TOOLS_TOOLMAIN_H

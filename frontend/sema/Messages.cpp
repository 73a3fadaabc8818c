// Messages.cpp: prints messages in Clang's layout.
#include "frontend/sema/Messages.h"

#include "llvm/Support/MemoryBuffer.h"
#include "llvm/Support/SourceMgr.h"
#include "llvm/Support/WithColor.h"
#include "llvm/Support/raw_ostream.h"

using namespace llvm;

namespace bang {

void Messages::error(const Twine &message) {
  ++errors;
  if (quiet)
    return;
  WithColor::error(errs(), "bangcc") << message << "\n";
}

void Messages::warning(const Twine &message) {
  if (!quiet)
    WithColor::warning(errs(), "bangcc") << message << "\n";
}

// Splits "file:line:column"; the file's name may contain colons itself.
static bool splitLocation(StringRef location, StringRef &file, unsigned &line, unsigned &column) {
  auto [head, columnText] = location.rsplit(':');
  auto [name, lineText] = head.rsplit(':');
  file = name;
  return !name.empty() && !lineText.getAsInteger(10, line) && !columnText.getAsInteger(10, column) && line != 0;
}

static SourceMgr::DiagKind kindOf(dlp::Diagnostic::Severity severity) {
  switch (severity) {
  case dlp::Diagnostic::Error:
    return SourceMgr::DK_Error;
  case dlp::Diagnostic::Warning:
    return SourceMgr::DK_Warning;
  case dlp::Diagnostic::Remark:
    return SourceMgr::DK_Remark;
  case dlp::Diagnostic::Note:
    return SourceMgr::DK_Note;
  }
  return SourceMgr::DK_Error;
}

void Messages::report(const dlp::Diagnostic &diagnostic) {
  if (diagnostic.severity == dlp::Diagnostic::Error)
    ++errors;
  if (quiet)
    return;
  StringRef file;
  unsigned line = 0, column = 0;
  SourceMgr sources;
  if (splitLocation(diagnostic.location, file, line, column)) {
    if (auto buffer = MemoryBuffer::getFile(file)) {
      unsigned id = sources.AddNewSourceBuffer(std::move(*buffer), SMLoc());
      SMLoc where = sources.FindLocForLineAndColumn(id, line, column == 0 ? 1 : column);
      if (where.isValid()) {
        sources.PrintMessage(errs(), where, kindOf(diagnostic.severity), diagnostic.message);
        return;
      }
    }
  }
  StringRef name = diagnostic.location.empty() ? StringRef("bangcc") : StringRef(diagnostic.location);
  SMDiagnostic(name, kindOf(diagnostic.severity), diagnostic.message).print(nullptr, errs());
}

} // namespace bang

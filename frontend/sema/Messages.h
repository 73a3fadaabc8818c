// Messages.h: everything bangcc says to the user goes through here, so that it looks the same and is said once.
#ifndef OPENBANG_FRONTEND_SEMA_MESSAGES_H
#define OPENBANG_FRONTEND_SEMA_MESSAGES_H

#include "codegen/emit/Emit.h"

#include "llvm/ADT/StringSet.h"
#include "llvm/ADT/Twine.h"

namespace bang {

class Messages {
public:
  // Quiet: counts errors, prints nothing.
  explicit Messages(bool quiet = false) : quiet(quiet) {}
  bool isQuiet() const { return quiet; }

  // About the command line or the surroundings: "bangcc: error: ...".
  void error(const llvm::Twine &message);
  void warning(const llvm::Twine &message);

  // About the program: "file:line:column: error: ...", followed by the source line when the file can be read.
  void report(const dlp::Diagnostic &diagnostic);

  // Both compilations of a file find the same mistakes. True when `key` comes for the first time.
  bool isNew(llvm::StringRef key) { return seen.insert(key).second; }

  void countError() { ++errors; }
  bool hasErrors() const { return errors != 0; }

private:
  bool quiet;
  unsigned errors = 0;
  llvm::StringSet<> seen;
};

} // namespace bang

#endif // OPENBANG_FRONTEND_SEMA_MESSAGES_H

// Diagnostics.cpp: errors of the emitter as values with locations.
#include "codegen/emit/Emit.h"

#include "llvm/Support/raw_ostream.h"

namespace dlp {

char DiagnosticError::ID = 0;

void DiagnosticError::log(llvm::raw_ostream &os) const {
  for (size_t i = 0; i < diagnostics.size(); ++i) {
    if (i)
      os << '\n';
    if (!diagnostics[i].location.empty())
      os << diagnostics[i].location << ": ";
    os << diagnostics[i].message;
  }
}

llvm::Error makeError(std::string location, std::string message) {
  return llvm::make_error<DiagnosticError>(
      std::vector<Diagnostic>{{Diagnostic::Error, std::move(location), std::move(message)}});
}

void reportError(llvm::Error error, DiagnosticHandler report) {
  llvm::handleAllErrors(
      std::move(error),
      [&](const DiagnosticError &e) {
        for (const Diagnostic &d : e.diagnostics)
          report(d);
      },
      [&](const llvm::ErrorInfoBase &e) { report({Diagnostic::Error, "", e.message()}); });
}

} // namespace dlp

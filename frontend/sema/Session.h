// Session.h: runs one Clang action over one source file for one side, with our arguments, attributes and messages.
#ifndef OPENBANG_FRONTEND_SEMA_SESSION_H
#define OPENBANG_FRONTEND_SEMA_SESSION_H

#include "frontend/sema/Messages.h"
#include "frontend/sema/SourceJob.h"

#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace clang {
class CompilerInstance;
class FrontendAction;
} // namespace clang

namespace bang {

using Arguments = std::vector<std::string>;

// Asks Clang's driver how it would compile the file as plain C++ for the host: finds the C++ library, checks the user's
// flags. Everything else starts from this list.
std::optional<Arguments> hostArguments(const SourceJob &job, Messages &messages);

// The arguments of Clang's compiler proper for one side.
Arguments sideArguments(const Arguments &host, const SourceJob &job, Side side);

// The triple of the scalar core.
inline constexpr const char kDeviceTriple[] = "riscv64-unknown-linux-gnu";

class Session {
public:
  // `args` are complete, the input comes last.
  Session(const SourceJob &job, const Arguments &args, Messages &messages);
  ~Session();

  // False when an error was reported.
  bool run(clang::FrontendAction &action, Dependencies *dependencies = nullptr);
  // False when the arguments were refused; then run() does nothing.
  bool hasCompiler() const { return instance != nullptr; }
  clang::CompilerInstance &compiler() { return *instance; }

private:
  Messages &messages;
  std::unique_ptr<clang::CompilerInstance> instance;
};

} // namespace bang

#endif // OPENBANG_FRONTEND_SEMA_SESSION_H

// Help.h: what bangcc tells about itself.
#ifndef OPENBANG_FRONTEND_DRIVER_HELP_H
#define OPENBANG_FRONTEND_DRIVER_HELP_H

namespace llvm {
class raw_ostream;
namespace opt {
class OptTable;
}
} // namespace llvm

namespace bang {

// The version of the language and command line that build systems ask for: FindBANG modules compare it with 4.1.0 and
// 4.15.0 to choose flags. It says what bangcc accepts; the version of openbang itself stands beside it.
inline constexpr const char kCompatibilityVersion[] = "5.0.0";

void printHelp(const llvm::opt::OptTable &table, llvm::raw_ostream &os);
void printVersion(llvm::raw_ostream &os);
void printArchs(llvm::raw_ostream &os);

} // namespace bang

#endif // OPENBANG_FRONTEND_DRIVER_HELP_H

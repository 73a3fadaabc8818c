// Tools.cpp: finds and runs other programs.
#include "frontend/driver/Tools.h"

#include "frontend/sema/PrecompiledHeader.h"

#include "llvm/Support/FileSystem.h"
#include "llvm/Support/Path.h"
#include "llvm/Support/Program.h"
#include "llvm/Support/raw_ostream.h"

using namespace llvm;

namespace bang {

static std::string beside(StringRef self, StringRef folder) {
  SmallString<128> path(sys::path::parent_path(sys::path::parent_path(self)));
  sys::path::append(path, folder);
  return path.str().str();
}

std::optional<Tools> findTools(const char *argv0, Messages &messages) {
  Tools tools;
  static int anchor;
  // Links are followed: cncc and installed links find the real tree.
  tools.self = sys::fs::getMainExecutable(argv0, &anchor);
  tools.includeDir = beside(tools.self, "include");
  tools.libraryDir = beside(tools.self, "lib64");
  tools.cacheDir = precompiledHeaderFolder();
  if (!sys::fs::exists(tools.includeDir + "/bang.h")) {
    messages.error("no bang.h in '" + tools.includeDir + "'; bangcc must stay in the bin folder of its installation");
    return std::nullopt;
  }
  if (sys::fs::can_execute(OPENBANG_CLANG)) {
    tools.clang = OPENBANG_CLANG;
  } else if (auto found = sys::findProgramByName("clang++-22")) {
    tools.clang = *found;
  } else {
    messages.error("no clang++-22 found, which supplies headers for the host; install it: apt-get install clang-22");
    return std::nullopt;
  }
  return tools;
}

void showCommand(const std::vector<std::string> &command) {
  for (const std::string &arg : command) {
    errs() << " ";
    sys::printArg(errs(), arg, /*Quote=*/true);
  }
  errs() << "\n";
}

bool runProgram(const std::vector<std::string> &command, const Options &options, Messages &messages) {
  if (options.verbose || options.dryRun)
    showCommand(command);
  if (options.dryRun)
    return true;
  std::vector<StringRef> args(command.begin(), command.end());
  std::string problem;
  int code = sys::ExecuteAndWait(command[0], args, std::nullopt, {}, 0, 0, &problem);
  if (code == 0)
    return true;
  StringRef name = sys::path::filename(command[0]);
  if (!problem.empty())
    messages.error("cannot run " + name + ": " + problem);
  else
    messages.error(name + " failed; its message stands above");
  return false;
}

} // namespace bang

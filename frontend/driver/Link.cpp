// Link.cpp: the last step: device code of several files, then the system's linker and our runtime library.
#include "frontend/driver/Compilation.h"
#include "frontend/driver/DeviceLink.h"

#include "llvm/Support/FileSystem.h"

using namespace llvm;

namespace bang {

bool Compilation::link(const std::vector<std::string> &objects) {
  if (!sys::fs::exists(tools.libraryDir + "/libcnrt.so")) {
    messages.error("no libcnrt.so in '" + tools.libraryDir +
                   "', which programs with kernels need; build or install it");
    return false;
  }
  std::string destination = options.output.empty() ? "a.out" : options.output;
  std::optional<OutputFile> file;
  if (!options.dryRun && !(file = OutputFile::create(destination, messages)))
    return false;
  // Host code converts half and bfloat16_t too; the system's libgcc lacks some of these helpers, compiler-rt has all.
  std::vector<std::string> command = {tools.clang, "-Qunused-arguments", "--rtlib=compiler-rt", "--unwindlib=libgcc"};
  if (*OPENBANG_LINK_SANITIZE)
    command.push_back(OPENBANG_LINK_SANITIZE);
  if (options.shared)
    command.push_back("-shared");
  size_t next = 0;
  for (const std::string &item : options.linkLine)
    command.push_back(item.empty() ? objects[next++] : item);
  command.insert(command.end(), {"-L" + tools.libraryDir, "-Wl,-rpath," + tools.libraryDir, "-lcnrt"});
  std::string linkedCode;
  if (!options.dryRun && !DeviceLink(options, tools, temps, messages).run(objects, command, linkedCode))
    return false;
  if (!linkedCode.empty())
    command.insert(command.begin() + 1, linkedCode); // before the objects whose images it replaces
  command.insert(command.end(), {"-o", file ? file->path() : destination});
  return runProgram(command, options, messages) && (!file || file->keep(messages));
}

} // namespace bang

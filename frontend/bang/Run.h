// Run.h: starts programs with kernels for the commands of `bang`.
#ifndef OPENBANG_FRONTEND_BANG_RUN_H
#define OPENBANG_FRONTEND_BANG_RUN_H

#include "frontend/bang/Commands.h"
#include "frontend/bang/Remarks.h"

namespace bang {

// The folder of this program, links followed; its neighbours are found from it.
std::string ownFolder();

// Runs the first word of line.rest with the others as arguments and returns its exit code; a .mlu file is compiled
// first, and what the compiler remarks on its kernels goes to `remarks`, if anybody wants them. `tool` becomes
// BANG_TOOL (empty: none), --machine becomes BANG_MACHINE.
int runUnderTool(const CommandLine &line, const std::string &tool, std::vector<Remark> *remarks = nullptr);

int runProgramCommand(const CommandLine &line);

// Runs a program and waits. 128 + number when a signal ended it, 127 with a message when it cannot be started.
// `output` catches what it writes to stdout and stderr instead of showing it.
int runAndWait(const std::vector<std::string> &command, std::string *output = nullptr);

// A folder that is removed with everything in it at the end.
class TemporaryFolder {
public:
  TemporaryFolder();
  ~TemporaryFolder();
  TemporaryFolder(const TemporaryFolder &) = delete;
  TemporaryFolder &operator=(const TemporaryFolder &) = delete;
  std::string file(const std::string &name) const { return path + "/" + name; }

private:
  std::string path;
};

} // namespace bang

#endif // OPENBANG_FRONTEND_BANG_RUN_H

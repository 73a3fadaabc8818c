// Process.h: runs a program with a time limit, and stops everything that runs when the user interrupts.
#ifndef OPENBANG_FRONTEND_TUNE_PROCESS_H
#define OPENBANG_FRONTEND_TUNE_PROCESS_H

#include <string>
#include <utility>
#include <vector>

namespace bang::tune {

struct Run {
  enum End { Exited, Signalled, TimedOut, Interrupted, NotStarted } end = NotStarted;
  int exitCode = 0;
  std::string error;          // NotStarted: why
  std::string output, errors; // what it wrote to stdout and stderr
  double seconds = 0;
};

// `changes` are added to this process's environment; an empty value takes a variable away. Output goes through files in
// `folder`, whose names begin with `name`. May be called by many threads.
Run runProcess(const std::vector<std::string> &command, const std::vector<std::pair<std::string, std::string>> &changes,
               const std::string &folder, const std::string &name, unsigned timeoutSeconds);

// From now on Ctrl-C and a request to end stop what runs instead of this process, which then ends in order.
void catchInterrupts();
bool isInterrupted();

} // namespace bang::tune

#endif // OPENBANG_FRONTEND_TUNE_PROCESS_H

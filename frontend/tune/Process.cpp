// Process.cpp: child processes through LLVM, each in a session of its own, so that a whole one can be stopped.
#include "frontend/tune/Process.h"

#include "llvm/ADT/StringMap.h"
#include "llvm/ADT/StringRef.h"
#include "llvm/Support/MemoryBuffer.h"
#include "llvm/Support/Program.h"

#include <algorithm>
#include <atomic>
#include <chrono>
#include <csignal>
#include <thread>
#include <unistd.h>

namespace bang::tune {

static std::atomic<bool> interrupted = false;

void catchInterrupts() {
  struct sigaction action = {};
  action.sa_handler = [](int) { interrupted = true; };
  for (int number : {SIGINT, SIGTERM, SIGHUP})
    sigaction(number, &action, nullptr);
}

bool isInterrupted() { return interrupted; }

static std::vector<std::string> environmentWith(const std::vector<std::pair<std::string, std::string>> &changes) {
  std::vector<std::string> result;
  for (char **entry = environ; *entry; ++entry) {
    llvm::StringRef name = llvm::StringRef(*entry).split('=').first;
    if (std::ranges::none_of(changes, [&](const auto &change) { return name == change.first; }))
      result.push_back(*entry);
  }
  for (const auto &[name, value] : changes)
    if (!value.empty())
      result.push_back(name + "=" + value);
  return result;
}

static std::string readFile(const std::string &path) {
  auto buffer = llvm::MemoryBuffer::getFile(path);
  return buffer ? (*buffer)->getBuffer().str() : std::string();
}

Run runProcess(const std::vector<std::string> &command, const std::vector<std::pair<std::string, std::string>> &changes,
               const std::string &folder, const std::string &name, unsigned timeoutSeconds) {
  using Clock = std::chrono::steady_clock;
  Run run;
  const std::string outputFile = folder + "/" + name + ".stdout", errorFile = folder + "/" + name + ".stderr";
  const std::vector<std::string> environment = environmentWith(changes);
  std::vector<llvm::StringRef> words(command.begin(), command.end());
  std::vector<llvm::StringRef> variables(environment.begin(), environment.end());
  const std::optional<llvm::StringRef> redirects[] = {llvm::StringRef(""), llvm::StringRef(outputFile),
                                                      llvm::StringRef(errorFile)};
  const auto start = Clock::now();
  bool failed = false;
  llvm::sys::ProcessInfo child =
      llvm::sys::ExecuteNoWait(command[0], words, llvm::ArrayRef(variables), redirects, /*MemoryLimit=*/0, &run.error,
                               &failed, /*AffinityMask=*/nullptr, /*DetachProcess=*/true);
  if (failed || child.Pid == 0)
    return run;
  // Polled: LLVM's own limit uses the one alarm of the process, and here many threads wait.
  run.end = Run::Exited;
  for (auto pause = std::chrono::microseconds(500);; pause = std::min(pause * 2, std::chrono::microseconds(20'000))) {
    llvm::sys::ProcessInfo state = llvm::sys::Wait(child, 0);
    if (state.Pid == child.Pid) {
      run.exitCode = state.ReturnCode;
      break;
    }
    const bool isLate = Clock::now() - start > std::chrono::seconds(timeoutSeconds);
    if (run.end == Run::Exited && (isLate || isInterrupted())) {
      run.end = isInterrupted() ? Run::Interrupted : Run::TimedOut;
      kill(-child.Pid, SIGKILL);
      kill(child.Pid, SIGKILL);
    }
    std::this_thread::sleep_for(pause);
  }
  run.seconds = std::chrono::duration<double>(Clock::now() - start).count();
  // LLVM gives -2 for a signal. Whoever interrupts a group of processes reaches a child first, perhaps.
  if (run.end == Run::Exited && run.exitCode < 0)
    run.end = isInterrupted() ? Run::Interrupted : Run::Signalled;
  run.output = readFile(outputFile);
  run.errors = readFile(errorFile);
  return run;
}

} // namespace bang::tune

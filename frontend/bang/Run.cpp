// Run.cpp: child processes of `bang`.
#include "frontend/bang/Run.h"

#include <cerrno>
#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <filesystem>
#include <iterator>
#include <sys/wait.h>
#include <unistd.h>

namespace fs = std::filesystem;

namespace bang {

std::string ownFolder() {
  std::error_code failure;
  return fs::canonical("/proc/self/exe", failure).parent_path().string();
}

TemporaryFolder::TemporaryFolder() {
  std::string name = (fs::temp_directory_path() / "bang-XXXXXX").string();
  if (!mkdtemp(name.data())) {
    std::fprintf(stderr, "bang: error: cannot create a temporary folder %s: %s\n", name.c_str(), std::strerror(errno));
    std::exit(1);
  }
  path = name;
}

TemporaryFolder::~TemporaryFolder() {
  std::error_code ignored;
  fs::remove_all(path, ignored);
}

namespace {

volatile sig_atomic_t waitsFor = 0; // the child that signals go to

// Ctrl-C at a terminal reaches the child by itself, and this process waits for what it has to say. Signals sent to this
// process alone are passed on.
extern "C" void passOn(int number, siginfo_t *info, void *) {
  if (waitsFor && (number != SIGINT || info->si_code == SI_USER))
    kill(waitsFor, number);
}

class SignalsForChild {
public:
  SignalsForChild() {
    struct sigaction action = {};
    action.sa_sigaction = passOn;
    action.sa_flags = SA_SIGINFO | SA_RESTART;
    sigemptyset(&action.sa_mask);
    for (size_t i = 0; i < std::size(kNumbers); ++i) {
      sigaction(kNumbers[i], nullptr, &before[i]);
      if (before[i].sa_handler != SIG_IGN)
        sigaction(kNumbers[i], &action, nullptr);
    }
  }
  ~SignalsForChild() { restore(); }
  void restore() const {
    for (size_t i = 0; i < std::size(kNumbers); ++i)
      sigaction(kNumbers[i], &before[i], nullptr);
  }

private:
  static constexpr int kNumbers[] = {SIGINT, SIGTERM};
  struct sigaction before[std::size(kNumbers)] = {};
};

} // namespace

int runAndWait(const std::vector<std::string> &command, std::string *output) {
  std::vector<char *> args;
  for (const std::string &word : command)
    args.push_back(const_cast<char *>(word.c_str()));
  args.push_back(nullptr);
  int ends[2] = {-1, -1};
  if (output && pipe(ends) != 0)
    return usageError(std::string("cannot make a pipe: ") + std::strerror(errno));
  std::fflush(nullptr);
  const SignalsForChild signals;
  pid_t child = fork();
  if (child < 0)
    return usageError(std::string("cannot start a process: ") + std::strerror(errno));
  if (child == 0) {
    signals.restore();
    if (output) {
      dup2(ends[1], STDOUT_FILENO);
      dup2(ends[1], STDERR_FILENO);
      close(ends[0]);
      close(ends[1]);
    }
    execvp(args[0], args.data());
    std::fprintf(stderr, "bang: error: cannot run '%s': %s\n", args[0], std::strerror(errno));
    _exit(127);
  }
  waitsFor = child;
  if (output) {
    close(ends[1]);
    char buffer[4096];
    for (ssize_t count; (count = read(ends[0], buffer, sizeof(buffer))) > 0;)
      output->append(buffer, count);
    close(ends[0]);
  }
  int status = 0;
  while (waitpid(child, &status, 0) < 0 && errno == EINTR) {
  }
  waitsFor = 0;
  return WIFSIGNALED(status) ? 128 + WTERMSIG(status) : WEXITSTATUS(status);
}

int runUnderTool(const CommandLine &line, const std::string &tool, std::vector<Remark> *remarks) {
  if (line.rest.empty())
    return usageError("no program given; expected a program or a .mlu file");
  if (line.has("--machine"))
    setenv("BANG_MACHINE", line.value("--machine").c_str(), 1);
  if (!tool.empty())
    setenv("BANG_TOOL", tool.c_str(), 1);
  std::vector<std::string> command = line.rest;
  std::error_code failure;
  if (fs::path(command[0]).extension() == ".mlu") {
    TemporaryFolder folder;
    std::string program = folder.file(fs::path(command[0]).stem().string());
    std::vector<std::string> compile = {ownFolder() + "/bangcc", "-O2", "-g", command[0], "-o", program};
    std::string output;
    if (remarks)
      compile.insert(compile.end(), {"-Rbang-memory", "-Rpass=bang"});
    int code = runAndWait(compile, remarks ? &output : nullptr);
    if (remarks)
      std::fputs(takeRemarks(output, *remarks).c_str(), stderr);
    if (code != 0)
      return code;
    command[0] = program;
    return runAndWait(command);
  }
  // A plain name means a file here before it means one of PATH.
  if (command[0].find('/') == std::string::npos && fs::is_regular_file(command[0], failure))
    command[0] = "./" + command[0];
  return runAndWait(command);
}

int runProgramCommand(const CommandLine &line) {
  if (line.has("--stats") && line.has("--fidelity"))
    return usageError("--stats and --fidelity cannot watch the same run; choose one");
  return runUnderTool(line, line.has("--stats") ? "stats" : line.has("--fidelity") ? "fidelity" : "");
}

} // namespace bang

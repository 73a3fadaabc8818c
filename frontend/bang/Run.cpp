// Run.cpp: child processes of `bang`.
#include "frontend/bang/Run.h"

#include <cerrno>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <filesystem>
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

int runAndWait(const std::vector<std::string> &command, std::string *output) {
  std::vector<char *> args;
  for (const std::string &word : command)
    args.push_back(const_cast<char *>(word.c_str()));
  args.push_back(nullptr);
  int ends[2] = {-1, -1};
  if (output && pipe(ends) != 0)
    return usageError(std::string("cannot make a pipe: ") + std::strerror(errno));
  std::fflush(nullptr);
  pid_t child = fork();
  if (child < 0)
    return usageError(std::string("cannot start a process: ") + std::strerror(errno));
  if (child == 0) {
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
  return WIFSIGNALED(status) ? 128 + WTERMSIG(status) : WEXITSTATUS(status);
}

int runUnderTool(const CommandLine &line, const std::string &tool) {
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
    int code = runAndWait({ownFolder() + "/bangcc", "-O2", "-g", command[0], "-o", program});
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

int runProgramCommand(const CommandLine &line) { return runUnderTool(line, line.has("--stats") ? "stats" : ""); }

} // namespace bang

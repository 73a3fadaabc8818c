// Debug.cpp: starts the program with a debug server at a private socket, and lldb, gdb or our console on it.
//
// The program waits at its first kernel; the socket appears then. What the program prints goes where bang's output
// goes, its input is empty: the keyboard belongs to the debugger.
#include "frontend/bang/Debug.h"

#include "frontend/bang/Files.h"
#include "frontend/bang/Run.h"
#include "simulator/check/Options.h"

#include <algorithm>
#include <cerrno>
#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <fcntl.h>
#include <filesystem>
#include <functional>
#include <nlohmann/json.hpp>
#include <sstream>
#include <sys/socket.h>
#include <sys/un.h>
#include <sys/wait.h>
#include <unistd.h>

namespace fs = std::filesystem;

namespace bang {
namespace {

// The first of these programs that PATH has.
std::string findProgram(std::initializer_list<const char *> names) {
  const char *path = std::getenv("PATH");
  for (const char *name : names) {
    std::istringstream folders(path ? path : "");
    for (std::string folder; std::getline(folders, folder, ':');)
      if (access((folder + "/" + name).c_str(), X_OK) == 0)
        return folder + "/" + name;
  }
  return {};
}

pid_t startProgram(const std::vector<std::string> &command, const std::string &tool) {
  std::vector<char *> args;
  for (const std::string &word : command)
    args.push_back(const_cast<char *>(word.c_str()));
  args.push_back(nullptr);
  std::fflush(nullptr);
  pid_t child = fork();
  if (child)
    return child;
  setenv("BANG_TOOL", tool.c_str(), 1);
  std::signal(SIGINT, SIG_IGN); // the debugger's
  int nothing = open("/dev/null", O_RDONLY | O_CLOEXEC);
  dup2(nothing, STDIN_FILENO);
  execvp(args[0], args.data());
  std::fprintf(stderr, "bang: error: cannot run '%s': %s\n", args[0], std::strerror(errno));
  _exit(127);
}

int exitCode(int status) { return WIFSIGNALED(status) ? 128 + WTERMSIG(status) : WEXITSTATUS(status); }

// A debugger that ended without having connected leaves the program waiting; a visit that ends at once lets it go on.
void releaseProgram(const std::string &path) {
  sockaddr_un address{};
  address.sun_family = AF_UNIX;
  path.copy(address.sun_path, sizeof address.sun_path - 1);
  int visit = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
  (void)connect(visit, reinterpret_cast<sockaddr *>(&address), sizeof address); // no server, no need
  close(visit);
}

std::vector<std::string> lldbCommand(const std::string &lldb, const std::string &socket, const std::string &batch) {
  const std::string script = ownFolder() + "/../share/openbang/lldb/bang_lldb.py";
  std::vector<std::string> command = {lldb, "--no-lldbinit"};
  if (!batch.empty())
    command.push_back("--batch");
  for (const std::string &text : {"command script import " + script, "bang connect unix-connect://" + socket}) {
    command.push_back("--one-line");
    command.push_back(text);
  }
  if (!batch.empty()) {
    command.push_back("--source");
    command.push_back(batch);
  }
  return command;
}

std::vector<std::string> gdbCommand(const std::string &gdb, const std::string &socket, const std::string &batch) {
  // Images come as libraries of a system without a name: those of other systems gdb looks for in memory.
  std::vector<std::string> command = {gdb, "-q", "-nx"};
  if (!batch.empty())
    command.push_back("-batch");
  for (const std::string &text :
       {std::string("set pagination off"), std::string("set sysroot"), std::string("set osabi none"),
        "target remote " + socket, std::string("sharedlibrary")}) {
    command.push_back("-ex");
    command.push_back(text);
  }
  if (!batch.empty()) {
    command.push_back("-x");
    command.push_back(batch);
  }
  return command;
}

std::vector<std::string> consoleCommand(const std::string &socket, const std::string &batch) {
  std::vector<std::string> command = {ownFolder() + "/bang-console", socket};
  if (!batch.empty())
    command.push_back(batch);
  return command;
}

// Launch configurations and the recommended extension, for the folder one stands in. Beside the kernels alone, whose
// program our script starts, there are two that belong together: lldb starts the host half of the program, and the
// kernels wait at a socket for the other one.
int writeEditorFiles(const std::vector<std::string> &program) {
  using Json = nlohmann::ordered_json;
  const std::string script = fs::weakly_canonical(ownFolder() + "/../share/openbang/lldb/bang_lldb.py").string();
  const std::string adapter = (fs::path(script).parent_path() / "bang_dap.py").string();
  std::error_code failure;
  const std::string name = program.empty() ? "${workspaceFolder}/a.out" : program[0];
  const fs::path folder = fs::current_path(failure);
  const std::string host =
      program.empty() || fs::path(name).is_absolute() ? name : (folder / name).lexically_normal().string();
  // In a short path, as sockets need it, and another one for each user and folder.
  const std::string socket =
      (fs::temp_directory_path(failure) /
       ("bang-" + std::to_string(getuid()) + "-" + std::to_string(std::hash<std::string>()(folder.string()))))
          .string();
  const std::vector<std::string> arguments(program.begin() + !program.empty(), program.end());
  std::string words = name;
  for (const std::string &argument : arguments)
    words += " " + argument;
  const auto kernels = [&](const std::string &title, const std::string &command) {
    return Json{{"name", title},
                {"type", "lldb-dap"},
                {"request", "attach"},
                {"debugAdapterExecutable", adapter},
                {"initCommands", Json::array({"command script import " + script})},
                {"attachCommands", Json::array({command})}};
  };
  const Json own = {{"name", "Host"},
                    {"type", "lldb-dap"},
                    {"request", "launch"},
                    {"program", host},
                    {"args", arguments},
                    {"cwd", "${workspaceFolder}"},
                    {"env", {{"BANG_TOOL", "debug:unix:" + socket}}}};
  const Json joined = {{"name", "Host and kernels"},
                       {"configurations", Json::array({"Host", "Kernels of the host"})},
                       {"stopAll", true}};
  const std::pair<const char *, Json> files[] = {
      {"extensions.json", {{"recommendations", Json::array({"llvm-vs-code-extensions.lldb-dap"})}}},
      {"launch.json",
       {{"version", "0.2.0"},
        {"configurations", Json::array({kernels("Kernels", "bang start " + words),
                                        kernels("Kernels of the host", "bang await " + socket), own})},
        {"compounds", Json::array({joined})}}},
  };
  fs::create_directories(".vscode", failure);
  for (const auto &[file, content] : files) {
    const std::string path = std::string(".vscode/") + file, text = content.dump(2) + "\n";
    if (fs::exists(path, failure)) {
      std::fprintf(stderr, "bang: error: %s exists; move it away, or add this to it:\n%s", path.c_str(), text.c_str());
      return 1;
    }
    if (!writeFile(path, text))
      return usageError("cannot write " + path + ": " + std::strerror(errno));
    std::printf("wrote %s\n", path.c_str());
  }
  return 0;
}

} // namespace

// A core file of BANG_COREDUMP, with the image beside it.
int openCore(const std::string &debugger, bool useGdb, const std::string &core, const std::string &batch) {
  const std::string image = core + ".elf";
  for (const std::string &file : {core, image})
    if (access(file.c_str(), R_OK) != 0)
      return usageError("cannot read '" + file + "': " + std::strerror(errno) + "; BANG_COREDUMP=" + core +
                        " writes it when a kernel faults");
  if (useGdb) {
    std::vector<std::string> command = {debugger, "-q", "-nx", image, core};
    if (!batch.empty())
      command.insert(command.end(), {"-batch", "-x", batch});
    return runAndWait(command);
  }
  const std::string load = "target modules load --file \"" + image + "\" --slide 0";
  std::vector<std::string> command = {debugger, "--no-lldbinit", "--core", core, image, "--one-line", load};
  if (!batch.empty())
    command.insert(command.end(), {"--batch", "--source", batch});
  return runAndWait(command);
}

int runDebug(const CommandLine &line) {
  if (line.has("--init-vscode"))
    return writeEditorFiles(line.rest);
  if (line.rest.empty() && !line.has("--core"))
    return usageError("no program given; expected a program or a .mlu file");
  const bool useGdb = line.has("--gdb");
  if (useGdb && line.has("--console"))
    return usageError("--gdb and --console name two debuggers; choose one");
  const std::string debugger = line.has("--console") ? std::string()
                               : useGdb              ? findProgram({"gdb-multiarch"})
                                                     : findProgram({"lldb-22", "lldb"});
  if (debugger.empty() && line.has("--core"))
    return usageError(std::string("a core file is read by lldb or gdb; 'apt install ") +
                      (useGdb ? "gdb-multiarch" : "lldb-22") + "' brings one");
  if (debugger.empty() && !line.has("--console"))
    std::fprintf(stderr, useGdb ? "bang: gdb-multiarch is not installed, 'apt install gdb-multiarch' brings it; this "
                                  "is openbang's own console, 'help' says what it can do\n"
                                : "bang: lldb is not installed, 'apt install lldb-22' brings it; this is openbang's "
                                  "own console, 'help' says what it can do\n");
  const std::string batch = line.value("--batch");
  if (line.has("--batch") && access(batch.c_str(), R_OK) != 0)
    return usageError("cannot read the commands in '" + batch + "': " + std::strerror(errno));
  if (line.has("--core"))
    return openCore(debugger, useGdb, line.value("--core"), batch);
  if (line.has("--machine"))
    setenv("BANG_MACHINE", line.value("--machine").c_str(), 1);

  std::string checks; // before the socket in BANG_TOOL
  if (line.has("--check")) {
    std::string kinds = line.value("--check"), error;
    std::replace(kinds.begin(), kinds.end(), ',', '+');
    const std::string wishes = kinds.empty() ? "" : "only=" + kinds;
    if (!dlp::check::parseOptions(wishes, error))
      return usageError(error);
    checks = "check=" + wishes + ":";
  }

  TemporaryFolder folder;
  std::vector<std::string> command = line.rest;
  std::error_code failure;
  if (fs::path(command[0]).extension() == ".mlu") {
    std::string program = folder.file(fs::path(command[0]).stem().string());
    if (int code = runAndWait({ownFolder() + "/bangcc", "-O0", "-g", command[0], "-o", program}))
      return code;
    command[0] = program;
  } else if (command[0].find('/') == std::string::npos && fs::is_regular_file(command[0], failure)) {
    command[0] = "./" + command[0];
  }

  const std::string socket = folder.file("debug");
  const pid_t program = startProgram(command, "debug:" + checks + "unix:" + socket);
  if (program < 0)
    return usageError(std::string("cannot start a process: ") + std::strerror(errno));
  int status = 0;
  while (!fs::exists(socket, failure)) {
    if (waitpid(program, &status, WNOHANG) == program) {
      std::fprintf(stderr, "bang: the program ended before a kernel of it ran\n");
      return exitCode(status);
    }
    constexpr useconds_t kPoll = 5000;
    usleep(kPoll);
  }
  std::signal(SIGINT, SIG_IGN);
  const int code = runAndWait(debugger.empty() ? consoleCommand(socket, batch)
                              : useGdb         ? gdbCommand(debugger, socket, batch)
                                               : lldbCommand(debugger, socket, batch));
  releaseProgram(socket);
  while (waitpid(program, &status, 0) < 0 && errno == EINTR) {
  }
  return code ? code : exitCode(status);
}

} // namespace bang

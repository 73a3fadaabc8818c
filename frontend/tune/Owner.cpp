// Owner.cpp: reads /proc.
#include "frontend/tune/Owner.h"

#include "llvm/ADT/StringRef.h"

#include <fstream>
#include <sstream>
#include <unistd.h>

namespace bang::tune {

static std::string readAll(const std::string &path) {
  std::ifstream in(path);
  std::stringstream text;
  text << in.rdbuf();
  return text.str();
}

// Field 22 of /proc/<pid>/stat; the name in field 2 may hold spaces. Empty: no such process, or only what is left of
// it.
static std::string startTime(const std::string &pid) {
  std::string text = readAll("/proc/" + pid + "/stat");
  std::istringstream fields(text.substr(text.rfind(')') + 1));
  std::string field, state;
  fields >> state;
  for (int number = 4; fields >> field; ++number)
    if (number == 22)
      return state == "Z" || state == "X" ? "" : field;
  return {};
}

static std::string place() {
  std::string boot = readAll("/proc/sys/kernel/random/boot_id");
  char name[64] = {};
  if (readlink("/proc/self/ns/pid", name, sizeof(name) - 1) < 0)
    name[0] = 0;
  return llvm::StringRef(boot).trim().str() + "," + name;
}

std::string ownName() {
  std::string pid = std::to_string(getpid());
  return place() + "/" + pid + "/" + startTime(pid);
}

bool hasEnded(const std::string &owner) {
  auto [front, start] = llvm::StringRef(owner).rsplit('/');
  auto [where, pid] = front.rsplit('/');
  return where == place() && startTime(pid.str()) != start;
}

} // namespace bang::tune

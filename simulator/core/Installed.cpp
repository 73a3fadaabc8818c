// Installed.cpp: the own place is asked from the dynamic linker, so that a moved tree keeps working.
#include "simulator/core/Installed.h"

#include <dlfcn.h>
#include <filesystem>

namespace fs = std::filesystem;

namespace dlp {
namespace {

fs::path ownFolder() {
  Dl_info info;
  if (!dladdr(reinterpret_cast<void *>(&ownFolder), &info) || !info.dli_fname)
    return {};
  std::error_code ec;
  fs::path file = fs::canonical(info.dli_fname, ec);
  if (ec) // a program started through PATH may only know its bare name
    file = fs::canonical("/proc/self/exe", ec);
  return ec ? fs::path() : file.parent_path();
}

} // namespace

std::string findInstalled(const std::string &relative) {
  constexpr int kLevels = 3; // lib64/, lib/<triple>/, or a folder of a build tree
  fs::path dir = ownFolder();
  for (int level = 0; level < kLevels && !dir.empty(); ++level) {
    std::error_code ec;
    if (fs::exists(dir / relative, ec))
      return (dir / relative).string();
    if (dir == dir.root_path())
      break;
    dir = dir.parent_path();
  }
  return {};
}

void *openInstalledLibrary(const std::string &name) {
  for (const char *folder : {"", "lib64/", "lib/"}) {
    const std::string path = findInstalled(folder + name);
    if (void *handle = path.empty() ? nullptr : dlopen(path.c_str(), RTLD_NOW | RTLD_LOCAL))
      return handle;
  }
  return nullptr;
}

void *symbolIn(void *library, const char *name) { return library ? dlsym(library, name) : nullptr; }

} // namespace dlp

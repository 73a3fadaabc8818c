// Installed.h: files that come with this library.
#ifndef OPENBANG_SIMULATOR_CORE_INSTALLED_H
#define OPENBANG_SIMULATOR_CORE_INSTALLED_H

#include <string>

namespace dlp {

// `relative` (such as "share/openbang/machines") below the installation prefix: the nearest folder at or above the one
// that holds this library, or the program it is part of, where the file exists. Empty when there is none.
std::string findInstalled(const std::string &relative);

// A library of ours, null when it is not there. Its symbols stay local: a program may hold another LLVM.
void *openInstalledLibrary(const std::string &name);
void *symbolIn(void *library, const char *name);
template <typename Function> void findSymbol(void *library, const char *name, Function *&function) {
  function = reinterpret_cast<Function *>(symbolIn(library, name));
}

} // namespace dlp

#endif // OPENBANG_SIMULATOR_CORE_INSTALLED_H

// Registry.cpp: registered modules and kernels.
#include "runtime/core/Registry.h"

#include <algorithm>
#include <cstring>
#include <link.h>

namespace cnrt {

uint64_t loadedBytesFrom(const void *pointer) {
  struct Search {
    uintptr_t address;
    uint64_t bytes;
  } search = {reinterpret_cast<uintptr_t>(pointer), UINT64_MAX};
  auto visit = [](dl_phdr_info *info, size_t, void *data) {
    Search &search = *static_cast<Search *>(data);
    for (int i = 0; i < info->dlpi_phnum; ++i) {
      const ElfW(Phdr) &segment = info->dlpi_phdr[i];
      uintptr_t start = info->dlpi_addr + segment.p_vaddr;
      if (segment.p_type != PT_LOAD || search.address < start || search.address - start >= segment.p_memsz)
        continue;
      search.bytes = segment.p_memsz - (search.address - start);
      return 1;
    }
    return 0;
  };
  dl_iterate_phdr(visit, &search);
  return search.bytes;
}

Registry &Registry::get() {
  // Never destroyed: files unregister while the process ends.
  static Registry &registry = *new Registry;
  return registry;
}

// The registration passes no size: the header gives it, and no more is read than the program's segment holds.
static Module parseModule(const void *bytes) {
  Module module;
  if (!bytes) {
    module.status = failure(cnrtErrorUnsupportedKernelVersion, "the program registered no device code; build it again");
    return module;
  }
  uint64_t size = loadedBytesFrom(bytes);
  if (size >= sizeof(dlp::FatHeader)) {
    dlp::FatHeader header;
    std::memcpy(&header, bytes, sizeof(header));
    if (size == UINT64_MAX)
      size = header.totalBytes;
  }
  std::string error;
  std::optional<dlp::FatBinary> binary =
      dlp::readFatBinary({static_cast<const uint8_t *>(bytes), static_cast<size_t>(size)}, error);
  if (binary)
    module.binary = std::move(*binary);
  else
    module.status = failure(cnrtErrorUnsupportedKernelVersion, "%s", error.c_str());
  return module;
}

const Module *Registry::add(const void *bytes) {
  std::lock_guard lock(mutex);
  // Files that the device link has joined register one fat object, each for its kernels.
  for (auto &[module, users] : modules)
    if (bytes && module->bytes == bytes) {
      ++users.count;
      return module;
    }
  auto module = std::make_shared<Module>(parseModule(bytes));
  module->bytes = bytes;
  return modules.emplace(module.get(), Users{module, 1}).first->first;
}

bool Registry::remove(const Module *module) {
  std::lock_guard lock(mutex);
  auto users = modules.find(module);
  if (users == modules.end() || --users->second.count > 0)
    return false;
  modules.erase(users);
  for (auto it = stubs.begin(); it != stubs.end();) {
    std::erase_if(it->second, [&](const RegisteredKernel &kernel) { return kernel.module.get() == module; });
    it = it->second.empty() ? stubs.erase(it) : std::next(it);
  }
  return true;
}

void Registry::addKernel(const Module *module, const void *stub, const char *name) {
  std::lock_guard lock(mutex);
  auto owner = modules.find(module);
  if (owner != modules.end())
    stubs[stub].push_back({owner->second.module, name});
}

RegisteredKernel Registry::find(const void *stub) const {
  std::lock_guard lock(mutex);
  auto it = stubs.find(stub);
  return it == stubs.end() ? RegisteredKernel{} : it->second.front();
}

} // namespace cnrt

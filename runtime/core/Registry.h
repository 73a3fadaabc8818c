// Registry.h: the device code and the kernels that the program's files have registered.
//
// Each host object with kernels registers one fat object and, for every kernel, its host stub: the function whose
// address stands for the kernel in a launch. One stub can be registered by several files (a kernel template that two
// files instantiate): every registration can serve, the oldest one alive does.
#ifndef OPENBANG_RUNTIME_CORE_REGISTRY_H
#define OPENBANG_RUNTIME_CORE_REGISTRY_H

#include "codegen/object/FatBinary.h"
#include "runtime/core/Status.h"

#include <memory>
#include <mutex>
#include <string>
#include <unordered_map>
#include <vector>

namespace cnrt {

// One registered fat object. Registration happens before main, so a damaged one is reported by the launches.
struct Module {
  const void *bytes = nullptr; // of the fat object
  dlp::FatBinary binary;
  Status status;
};
using ModulePtr = std::shared_ptr<const Module>;

// A kernel by its host stub, or a __mlu_device__ variable by the address of its host shadow.
struct RegisteredKernel {
  ModulePtr module; // null: no such stub or shadow
  std::string name; // mangled
};

class Registry {
public:
  static Registry &get();

  // `bytes` is a fat object in memory. The result is the handle for the other calls.
  const Module *add(const void *bytes);
  // True when no file uses the module any longer.
  bool remove(const Module *module);
  // `stub` may also be the shadow of a variable.
  void addKernel(const Module *module, const void *stub, const char *name);
  RegisteredKernel find(const void *stub) const;

private:
  mutable std::mutex mutex;
  struct Users {
    ModulePtr module;
    unsigned count; // files that registered it
  };
  std::unordered_map<const Module *, Users> modules;
  std::unordered_map<const void *, std::vector<RegisteredKernel>> stubs;
};

// How many bytes follow `pointer` in the loaded program segment that contains it; UINT64_MAX when none does.
uint64_t loadedBytesFrom(const void *pointer);

} // namespace cnrt

#endif // OPENBANG_RUNTIME_CORE_REGISTRY_H

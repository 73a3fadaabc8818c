// Launch.cpp: registration of device code, launches of the host API and of compiled code.
#include "runtime/api/LaunchAbi.h"
#include "runtime/core/Api.h"

#include <vector>

using namespace cnrt;

static Module *moduleOf(void **handle) { return reinterpret_cast<Module *>(handle); }

void **__bangRegisterFatBinary(const BangFatBinaryWrapper *wrapper) {
  const Module *module = Registry::get().add(wrapper ? wrapper->data : nullptr);
  return reinterpret_cast<void **>(const_cast<Module *>(module));
}

// Images load at their first launch, so there is nothing left to do here.
void __bangRegisterFatBinaryEnd(void **) {}

void __bangUnregisterFatBinary(void **handle) {
  if (!Registry::get().remove(moduleOf(handle)))
    return;
  if (Runtime *runtime = Runtime::started())
    runtime->unload(moduleOf(handle));
}

int __bangRegisterFunction(void **handle, const void *stub, const char *, const char *deviceName, int, void *, void *,
                           void *, void *, int *) {
  Registry::get().addKernel(moduleOf(handle), stub, deviceName);
  return 0;
}

// Only the address and the name count; the image knows where the variable lies.
void __bangRegisterVar(void **handle, void *variable, const char *, const char *deviceName, int, size_t, int, int) {
  Registry::get().addKernel(moduleOf(handle), variable, deviceName);
}

namespace {
struct CallConfiguration {
  cnrtDim3_t dim;
  cnrtFunctionType_t type;
  cnrtQueue_t queue;
};
} // namespace

// A stack: an argument of a launch may itself contain a launch.
static thread_local std::vector<CallConfiguration> configurations;

unsigned int __bangPushCallConfiguration(cnrtDim3_t dim, cnrtFunctionType_t type, cnrtQueue_t queue) {
  configurations.push_back({dim, type, queue});
  return 0;
}

unsigned int __bangPopCallConfiguration(cnrtDim3_t *dim, cnrtDim3_t *typeInX, size_t *unused, cnrtQueue_t *queue) {
  if (configurations.empty())
    return hostCall("kernel launch", [] {
      return failure(cnrtErrorArgsInvalid,
                     "a kernel was called like a function; launch it with <<<dim, type, queue>>>");
    });
  CallConfiguration top = configurations.back();
  configurations.pop_back();
  *dim = top.dim;
  *typeInX = {static_cast<unsigned int>(top.type), 1, 1};
  *unused = 0;
  *queue = top.queue;
  return 0;
}

static cnrtRet_t launch(const char *name, const void *kernel, cnrtDim3_t dim, cnrtFunctionType_t type, void **args,
                        cnrtQueue_t queue) {
  return deviceCall(name, [&](Runtime &runtime) {
    auto pack = [&](const KernelInfo &info, std::vector<uint8_t> &block) { return packArguments(info, args, block); };
    return runtime.launch(kernel, dim, type, pack, queue);
  });
}

cnrtRet_t __bangLaunchKernel(const void *stub, cnrtDim3_t dim, cnrtDim3_t typeInX, void **args, size_t,
                             cnrtQueue_t queue) {
  return launch("kernel launch", stub, dim, static_cast<cnrtFunctionType_t>(typeInX.x), args, queue);
}

cnrtRet_t cnrtInvokeKernel(const void *kernel, cnrtDim3_t dim, cnrtFunctionType_t type, void **args, size_t reserved,
                           cnrtQueue_t queue) {
  if (reserved != 0)
    return hostCall("cnrtInvokeKernel", [&] {
      return failure(cnrtErrorArgsInvalid, "the reserved argument is %zu, expected 0", reserved);
    });
  return launch("cnrtInvokeKernel", kernel, dim, type, args, queue);
}

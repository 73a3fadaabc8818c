// Arguments.h: builds a kernel's parameter block from host arguments.
//
// The device image says where each parameter lies (ParamRecord), so nothing is guessed from sizes: structures and
// first-generation argument buffers are placed by the same table.
#ifndef OPENBANG_RUNTIME_CORE_ARGUMENTS_H
#define OPENBANG_RUNTIME_CORE_ARGUMENTS_H

#include "runtime/core/Driver.h"

// First generation: the program appends one argument after the other.
struct cnrtKernelParamsBuffer {
  std::vector<std::vector<uint8_t>> arguments;
};

namespace cnrt {

// args[i] points to argument i; its size is that of parameter i.
Status packArguments(const KernelInfo &kernel, void *const *args, std::vector<uint8_t> &block);
Status packArguments(const KernelInfo &kernel, const cnrtKernelParamsBuffer &buffer, std::vector<uint8_t> &block);

} // namespace cnrt

#endif // OPENBANG_RUNTIME_CORE_ARGUMENTS_H

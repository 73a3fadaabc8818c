// Arguments.cpp: the parameter block.
#include "runtime/core/Arguments.h"

#include "codegen/isa/AddressMap.h"

#include <cstring>

namespace cnrt {

// Makes an empty block; the parameter table comes from a file and is checked here once for both packers.
static Status makeBlock(const KernelInfo &kernel, std::vector<uint8_t> &block) {
  if (kernel.paramBytes > dlp::kParamEnd - dlp::kParamBase)
    return failure(cnrtErrorInvalidKernel, "kernel %s wants %u bytes of parameters, at most %u are possible",
                   kernel.displayName.c_str(), kernel.paramBytes,
                   static_cast<unsigned>(dlp::kParamEnd - dlp::kParamBase));
  for (const dlp::ParamRecord &param : kernel.params)
    if (param.offset > kernel.paramBytes || param.size > kernel.paramBytes - param.offset)
      return failure(cnrtErrorInvalidKernel,
                     "the parameter table of kernel %s is damaged: a parameter ends past its %u bytes; build the "
                     "program again",
                     kernel.displayName.c_str(), kernel.paramBytes);
  block.assign(kernel.paramBytes, 0);
  return success();
}

Status packArguments(const KernelInfo &kernel, void *const *args, std::vector<uint8_t> &block) {
  if (Status status = makeBlock(kernel, block); !status.ok())
    return status;
  if (!args && !kernel.params.empty())
    return failure(cnrtErrorArgsInvalid, "kernel %s takes %zu arguments, the list of arguments is a null pointer",
                   kernel.displayName.c_str(), kernel.params.size());
  for (size_t i = 0; i < kernel.params.size(); ++i) {
    if (!args[i])
      return failure(cnrtErrorArgsInvalid, "the pointer to argument %zu of kernel %s is null", i + 1,
                     kernel.displayName.c_str());
    std::memcpy(block.data() + kernel.params[i].offset, args[i], kernel.params[i].size);
  }
  return success();
}

Status packArguments(const KernelInfo &kernel, const cnrtKernelParamsBuffer &buffer, std::vector<uint8_t> &block) {
  if (Status status = makeBlock(kernel, block); !status.ok())
    return status;
  if (buffer.arguments.size() != kernel.params.size())
    return failure(cnrtErrorArgsInvalid, "kernel %s takes %zu arguments, the parameter buffer holds %zu",
                   kernel.displayName.c_str(), kernel.params.size(), buffer.arguments.size());
  for (size_t i = 0; i < kernel.params.size(); ++i) {
    const std::vector<uint8_t> &argument = buffer.arguments[i];
    if (argument.size() != kernel.params[i].size)
      return failure(cnrtErrorArgsInvalid,
                     "argument %zu of kernel %s has %u bytes, but %zu were added to the parameter buffer", i + 1,
                     kernel.displayName.c_str(), kernel.params[i].size, argument.size());
    std::memcpy(block.data() + kernel.params[i].offset, argument.data(), argument.size());
  }
  return success();
}

} // namespace cnrt

// KernelNames.h: finds a kernel by the name a user writes.
#ifndef OPENBANG_SIMULATOR_TOOLS_KERNELNAMES_H
#define OPENBANG_SIMULATOR_TOOLS_KERNELNAMES_H

#include "codegen/object/DeviceImage.h"

namespace dlp {

// `name` is the mangled name, or the source name: "vadd", "ns::vadd", "scale<float>", "vadd(float*, int)". Throws
// UsageError when no kernel or several kernels have it.
const ImageKernel &findKernelByName(const DeviceImage &image, const std::string &name);

// The spellings of a kernel's name that a user may write, from its demangled name.
std::vector<std::string> spellingsOf(const std::string &displayName);

} // namespace dlp

#endif // OPENBANG_SIMULATOR_TOOLS_KERNELNAMES_H

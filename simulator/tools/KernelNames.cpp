// KernelNames.cpp: takes demangled names apart: "void ns::scale<float>(float*, int)".
#include "simulator/tools/KernelNames.h"

#include "simulator/tools/RunOptions.h"

#include <algorithm>
#include <cstdlib>
#include <cxxabi.h>

namespace dlp {
namespace {

// Position of the first `c` outside < >, or npos.
size_t findOutside(const std::string &text, char c, size_t from = 0) {
  int depth = 0;
  for (size_t i = from; i < text.size(); ++i) {
    if (depth == 0 && text[i] == c)
      return i;
    depth += text[i] == '<' ? 1 : text[i] == '>' ? -1 : 0;
  }
  return std::string::npos;
}

std::string demangled(const ImageKernel &kernel) {
  if (kernel.displayName != kernel.name)
    return kernel.displayName;
  int status = 0;
  char *text = abi::__cxa_demangle(kernel.name.c_str(), nullptr, nullptr, &status);
  std::string result = status == 0 && text ? text : kernel.name;
  std::free(text);
  return result;
}

} // namespace

std::vector<std::string> spellingsOf(const std::string &displayName) {
  std::string text = displayName;
  const std::string anonymous = "(anonymous namespace)::";
  for (size_t at; (at = text.find(anonymous)) != std::string::npos;)
    text.erase(at, anonymous.size());
  std::vector<std::string> spellings{displayName, text};
  text = text.substr(0, findOutside(text, '('));
  for (size_t blank; (blank = findOutside(text, ' ')) != std::string::npos;) // the return type of a template
    text.erase(0, blank + 1);
  spellings.push_back(text);
  std::string local = text;
  for (size_t colon; (colon = findOutside(local, ':')) != std::string::npos;)
    local.erase(0, local.find_first_not_of(':', colon));
  spellings.push_back(local);
  spellings.push_back(text.substr(0, text.find('<')));
  spellings.push_back(local.substr(0, local.find('<')));
  return spellings;
}

const ImageKernel &findKernelByName(const DeviceImage &image, const std::string &name) {
  if (const ImageKernel *kernel = image.findKernel(name))
    return *kernel;
  std::vector<const ImageKernel *> found;
  for (const ImageKernel &kernel : image.kernels) {
    auto spellings = spellingsOf(demangled(kernel));
    if (std::find(spellings.begin(), spellings.end(), name) != spellings.end())
      found.push_back(&kernel);
  }
  auto list = [](const auto &kernels) {
    std::string text;
    for (const ImageKernel *k : kernels)
      text += (text.empty() ? "" : "; ") + demangled(*k);
    return text;
  };
  if (found.size() == 1)
    return *found[0];
  if (found.size() > 1)
    throw UsageError{"several kernels are called '" + name + "', expected one of: " + list(found)};
  std::vector<const ImageKernel *> all;
  for (const ImageKernel &k : image.kernels)
    all.push_back(&k);
  throw UsageError{"no kernel is called '" + name + "'" +
                   (all.empty() ? ": the image has none" : ", expected one of: " + list(all))};
}

} // namespace dlp

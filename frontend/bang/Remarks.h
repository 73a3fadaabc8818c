// Remarks.h: what bangcc says of kernels with -Rbang-memory and -Rpass, for the page of `bang prof`.
#ifndef OPENBANG_FRONTEND_BANG_REMARKS_H
#define OPENBANG_FRONTEND_BANG_REMARKS_H

#include <string>
#include <vector>

namespace bang {

struct Remark {
  std::string file, text;
  unsigned line;
};

// Adds the remarks in a compiler's output to `remarks`, each once; the rest of the output, without them.
std::string takeRemarks(const std::string &output, std::vector<Remark> &remarks);

// As an array of objects.
std::string remarksJson(const std::vector<Remark> &remarks);

} // namespace bang

#endif // OPENBANG_FRONTEND_BANG_REMARKS_H

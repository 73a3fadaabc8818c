// Status.h: the result of a runtime operation: a code of the API and, on failure, the sentence for the user.
#ifndef OPENBANG_RUNTIME_CORE_STATUS_H
#define OPENBANG_RUNTIME_CORE_STATUS_H

#include "runtime/include/cnrt_types.h"

#include <string>

namespace cnrt {

struct [[nodiscard]] Status {
  cnrtRet_t code = cnrtSuccess;
  std::string message;   // lower case, no full stop; empty: nothing to say beyond the code
  bool reported = false; // the user has read the message already

  bool ok() const { return code == cnrtSuccess; }
};

inline Status success() { return {}; }

// A failure with a printf-style sentence.
[[gnu::format(printf, 2, 3)]] Status failure(cnrtRet_t code, const char *format, ...);

// A failure that is no mistake of the caller, such as cnrtErrorNotReady: nothing is written to stderr.
inline Status quiet(cnrtRet_t code) { return {code, {}, false}; }

// The codes that a kernel's end gives.
inline bool isKernelFault(const Status &status) {
  return status.code == cnrtErrorKernelTrap || status.code == cnrtErrorKernelUserTrap || status.code == cnrtErrorAssert;
}

// printf into a string.
[[gnu::format(printf, 1, 2)]] std::string format(const char *format, ...);

} // namespace cnrt

#endif // OPENBANG_RUNTIME_CORE_STATUS_H

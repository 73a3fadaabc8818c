// Status.cpp: building of messages.
#include "runtime/core/Status.h"

#include <cstdarg>
#include <cstdio>

namespace cnrt {

static std::string formatList(const char *format, va_list list) {
  va_list again;
  va_copy(again, list);
  int length = std::vsnprintf(nullptr, 0, format, list);
  std::string text(length > 0 ? length : 0, '\0');
  std::vsnprintf(text.data(), text.size() + 1, format, again);
  va_end(again);
  return text;
}

std::string format(const char *format, ...) {
  va_list list;
  va_start(list, format);
  std::string text = formatList(format, list);
  va_end(list);
  return text;
}

Status failure(cnrtRet_t code, const char *format, ...) {
  va_list list;
  va_start(list, format);
  Status status{code, formatList(format, list), false};
  va_end(list);
  return status;
}

} // namespace cnrt

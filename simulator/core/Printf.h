// Printf.h: formats a device printf: a C format and 64-bit argument words.
#ifndef OPENBANG_SIMULATOR_CORE_PRINTF_H
#define OPENBANG_SIMULATOR_CORE_PRINTF_H

#include <cstdint>
#include <functional>
#include <span>
#include <string>
#include <string_view>

namespace dlp {

// Integer words are read in the width that the length modifier names (none: int); floating-point arguments are f64 bit
// patterns, also for %hf. `readString` fetches the text behind a %s argument, at most `limit` characters; it may throw.
// False: `out` is one sentence that says what is wrong with the format.
using ReadString = std::function<std::string(uint64_t address, uint64_t limit)>;
bool formatDevice(std::string_view format, std::span<const uint64_t> words, const ReadString &readString,
                  std::string &out);

} // namespace dlp

#endif // OPENBANG_SIMULATOR_CORE_PRINTF_H

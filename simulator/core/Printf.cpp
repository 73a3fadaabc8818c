// Printf.cpp: each conversion is checked, rewritten with a length of our own, and handed to the host's snprintf.
#include "simulator/core/Printf.h"

#include <bit>
#include <cstdio>

namespace dlp {
namespace {

constexpr int kMaxField = 4096;            // widths and precisions above this are refused
constexpr uint64_t kMaxString = 64 * 1024; // %s without a precision

enum class Length { None, Char, Short, Long, LongLong };

struct Conversion {
  std::string flags;
  int width = -1, precision = -1;
  Length length = Length::None;
  char kind = 0;
};

struct FormatError {
  std::string text;
};

class Formatter {
public:
  Formatter(std::string_view format, std::span<const uint64_t> words, const ReadString &readString)
      : format(format), words(words), readString(readString) {}

  // Arguments that the format does not use are ignored, as in C.
  std::string run() {
    while (at < format.size()) {
      char c = format[at++];
      if (c != '%') {
        out += c;
        continue;
      }
      if (at < format.size() && format[at] == '%') {
        out += '%';
        ++at;
        continue;
      }
      print(parse());
    }
    return std::move(out);
  }

private:
  char peek() const { return at < format.size() ? format[at] : '\0'; }

  uint64_t argument() {
    if (next == words.size())
      throw FormatError{"the format needs more arguments than the " + std::to_string(words.size()) + " given"};
    return words[next++];
  }

  // A number or '*'; -1 when there is none.
  int field(Conversion &c, bool isWidth) {
    int64_t value = -1;
    if (peek() == '*') {
      ++at;
      value = int32_t(argument());
      if (value < 0) {
        if (!isWidth)
          return -1; // as if there were no precision
        c.flags += '-';
        value = -value;
      }
    } else {
      while (peek() >= '0' && peek() <= '9') {
        value = (value < 0 ? 0 : value) * 10 + (format[at++] - '0');
        if (value > kMaxField)
          break;
      }
    }
    if (value > kMaxField)
      throw FormatError{"the format has a field wider than " + std::to_string(kMaxField) + " characters"};
    return int(value);
  }

  Conversion parse() {
    Conversion c;
    while (peek() && std::string_view("-+ #0").find(peek()) != std::string_view::npos)
      c.flags += format[at++];
    c.width = field(c, true);
    if (peek() == '.') {
      ++at;
      bool digits = peek() == '*' || (peek() >= '0' && peek() <= '9');
      c.precision = digits ? field(c, false) : 0;
    }
    auto twice = [&](char letter) {
      ++at;
      if (peek() != letter)
        return false;
      ++at;
      return true;
    };
    switch (peek()) {
    case 'h':
      c.length = twice('h') ? Length::Char : Length::Short;
      break;
    case 'l':
      c.length = twice('l') ? Length::LongLong : Length::Long;
      break;
    case 'z':
    case 't':
    case 'j':
    case 'L':
      ++at, c.length = Length::Long;
      break;
    default:
      break;
    }
    c.kind = peek();
    if (!c.kind)
      throw FormatError{"the format ends inside a conversion"};
    ++at;
    return c;
  }

  void print(const Conversion &c) {
    switch (c.kind) {
    case 'd':
    case 'i':
      return emit(c, "ll", (long long)(signedWord(c.length)));
    case 'u':
    case 'o':
    case 'x':
    case 'X':
      return emit(c, "ll", (unsigned long long)(unsignedWord(c.length)));
    case 'c':
      return emit(c, "", int(uint8_t(argument())));
    case 'p':
      return emit(c, "", reinterpret_cast<void *>(argument()));
    case 'f':
    case 'F':
    case 'e':
    case 'E':
    case 'g':
    case 'G':
    case 'a':
    case 'A':
      return emit(c, "", std::bit_cast<double>(argument()));
    case 's': {
      uint64_t limit = c.precision >= 0 ? uint64_t(c.precision) : kMaxString;
      std::string text = readString(argument(), limit);
      return emit(c, "", text.c_str());
    }
    case 'n':
      throw FormatError{"the format uses %n, which device code may not"};
    default:
      throw FormatError{std::string("the format has an unknown conversion %") + c.kind};
    }
  }

  int64_t signedWord(Length length) {
    uint64_t w = argument();
    switch (length) {
    case Length::Char:
      return int8_t(w);
    case Length::Short:
      return int16_t(w);
    case Length::None:
      return int32_t(w);
    default:
      return int64_t(w);
    }
  }

  uint64_t unsignedWord(Length length) {
    uint64_t w = argument();
    switch (length) {
    case Length::Char:
      return uint8_t(w);
    case Length::Short:
      return uint16_t(w);
    case Length::None:
      return uint32_t(w);
    default:
      return w;
    }
  }

  template <typename T> void emit(const Conversion &c, const char *length, T value) {
    std::string spec = "%" + c.flags;
    if (c.width >= 0)
      spec += std::to_string(c.width);
    if (c.precision >= 0)
      spec += "." + std::to_string(c.precision);
    spec += length;
    spec += c.kind;
    int size = std::snprintf(nullptr, 0, spec.c_str(), value);
    if (size < 0)
      throw FormatError{"the format cannot be printed"};
    std::string text(size_t(size) + 1, '\0');
    std::snprintf(text.data(), text.size(), spec.c_str(), value);
    text.pop_back();
    out += text;
  }

  std::string_view format;
  std::span<const uint64_t> words;
  const ReadString &readString;
  size_t at = 0, next = 0;
  std::string out;
};

} // namespace

bool formatDevice(std::string_view format, std::span<const uint64_t> words, const ReadString &readString,
                  std::string &out) {
  try {
    out = Formatter(format, words, readString).run();
    return true;
  } catch (const FormatError &e) {
    out = e.text;
    return false;
  }
}

} // namespace dlp

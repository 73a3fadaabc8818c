// Npy.cpp: the header is a Python dictionary literal; only the three keys that NumPy writes are understood.
#include "simulator/tools/Npy.h"

#include <cstring>

namespace dlp {
namespace {

// bfloat16 is what ml_dtypes stores: two raw bytes.
constexpr NpyType kTypes[] = {
    {"float32", "<f4", 4}, {"float16", "<f2", 2}, {"float64", "<f8", 8},  {"int8", "|i1", 1},   {"int16", "<i2", 2},
    {"int32", "<i4", 4},   {"int64", "<i8", 8},   {"uint8", "|u1", 1},    {"uint16", "<u2", 2}, {"uint32", "<u4", 4},
    {"uint64", "<u8", 8},  {"bool", "|b1", 1},    {"bfloat16", "|V2", 2},
};

constexpr char kMagic[] = "\x93NUMPY";
constexpr size_t kMagicBytes = 6;
constexpr size_t kMaxRank = 32;

const NpyType *findDescr(std::string_view descr) {
  for (const NpyType &t : kTypes)
    if (descr == t.descr || (t.bytes == 1 && descr.size() == 3 && descr.substr(1) == t.descr + 1) ||
        (descr == "<V2" && t.descr[1] == 'V'))
      return &t;
  return nullptr;
}

struct NpyError {
  std::string text;
};

// Reads the dictionary; each method skips blanks first.
class HeaderReader {
public:
  explicit HeaderReader(std::string_view text) : text(text) {}

  NpyArray run() {
    NpyArray array;
    bool haveType = false, haveOrder = false, haveShape = false;
    expect('{');
    while (!accept('}')) {
      std::string_view key = quoted();
      expect(':');
      if (key == "descr" && !haveType) {
        std::string_view descr = quoted();
        array.type = findDescr(descr);
        if (!array.type)
          throw NpyError{"its element type '" + std::string(descr) + "' is not supported"};
        haveType = true;
      } else if (key == "fortran_order" && !haveOrder) {
        if (word() != "False")
          throw NpyError{"it is stored column by column, expected rows (numpy.ascontiguousarray)"};
        haveOrder = true;
      } else if (key == "shape" && !haveShape) {
        array.shape = tuple();
        haveShape = true;
      } else {
        throw NpyError{"its header has an unexpected key"};
      }
      if (!accept(',')) {
        expect('}');
        break;
      }
    }
    if (!haveType || !haveOrder || !haveShape)
      throw NpyError{"its header lacks a key"};
    skip();
    if (at != text.size())
      throw NpyError{"its header has text behind the dictionary"};
    return array;
  }

private:
  void skip() {
    while (at < text.size() && (text[at] == ' ' || text[at] == '\n' || text[at] == '\t'))
      ++at;
  }
  bool accept(char c) {
    skip();
    if (at == text.size() || text[at] != c)
      return false;
    ++at;
    return true;
  }
  void expect(char c) {
    if (!accept(c))
      throw NpyError{std::string("its header is damaged, expected '") + c + "'"};
  }
  std::string_view quoted() {
    skip();
    char quote = at < text.size() ? text[at] : 0;
    size_t end = quote == '\'' || quote == '"' ? text.find(quote, at + 1) : std::string_view::npos;
    if (end == std::string_view::npos)
      throw NpyError{"its header is damaged, expected a quoted text"};
    std::string_view value = text.substr(at + 1, end - at - 1);
    at = end + 1;
    return value;
  }
  std::string_view word() {
    skip();
    size_t begin = at;
    while (at < text.size() && text[at] >= 'A' && text[at] <= 'z')
      ++at;
    return text.substr(begin, at - begin);
  }
  std::vector<uint64_t> tuple() {
    std::vector<uint64_t> values;
    expect('(');
    while (!accept(')')) {
      skip();
      uint64_t value = 0;
      size_t begin = at;
      while (at < text.size() && text[at] >= '0' && text[at] <= '9') {
        if (value > (uint64_t{1} << 48))
          throw NpyError{"its shape is too large"};
        value = value * 10 + uint64_t(text[at++] - '0');
      }
      if (at == begin || values.size() == kMaxRank)
        throw NpyError{"its shape is damaged"};
      values.push_back(value);
      if (!accept(',')) {
        expect(')');
        break;
      }
    }
    return values;
  }

  std::string_view text;
  size_t at = 0;
};

} // namespace

const NpyType *findNpyType(std::string_view name) {
  for (const NpyType &t : kTypes)
    if (name == t.name)
      return &t;
  return nullptr;
}

std::optional<uint64_t> npyBytes(const NpyType &type, std::span<const uint64_t> shape) {
  constexpr uint64_t kLimit = uint64_t{1} << 48;
  uint64_t bytes = type.bytes;
  bool empty = false;
  for (uint64_t n : shape) {
    if (n == 0)
      empty = true;
    else if (n > kLimit / bytes)
      return std::nullopt;
    else
      bytes *= n;
  }
  return empty ? 0 : bytes;
}

std::optional<NpyArray> parseNpy(std::span<const uint8_t> file, std::string &error) {
  try {
    if (file.size() < kMagicBytes + 4 || std::memcmp(file.data(), kMagic, kMagicBytes) != 0)
      throw NpyError{"it is no .npy file"};
    unsigned version = file[6];
    if (version < 1 || version > 3)
      throw NpyError{"its format version " + std::to_string(version) + " is not supported"};
    size_t start = version == 1 ? 10 : 12;
    if (file.size() < start)
      throw NpyError{"it is cut off"};
    uint64_t length = file[8] | file[9] << 8;
    if (version > 1)
      length |= uint64_t(file[10]) << 16 | uint64_t(file[11]) << 24;
    if (length > file.size() - start)
      throw NpyError{"it is cut off"};
    std::string_view header(reinterpret_cast<const char *>(file.data()) + start, length);
    NpyArray array = HeaderReader(header).run();
    auto bytes = npyBytes(*array.type, array.shape);
    auto rest = file.subspan(start + length);
    if (!bytes || *bytes != rest.size())
      throw NpyError{"its shape does not match its " + std::to_string(rest.size()) + " bytes of data"};
    array.data.assign(rest.begin(), rest.end());
    return array;
  } catch (const NpyError &e) {
    error = e.text;
    return std::nullopt;
  }
}

std::string npyHeader(const NpyType &type, std::span<const uint64_t> shape) {
  std::string dict = std::string("{'descr': '") + type.descr + "', 'fortran_order': False, 'shape': (";
  for (size_t i = 0; i < shape.size(); ++i)
    dict += (i ? ", " : "") + std::to_string(shape[i]);
  dict += shape.size() == 1 ? ",), }" : "), }";
  constexpr size_t kStart = 10, kAlign = 64;
  while ((kStart + dict.size() + 1) % kAlign)
    dict += ' ';
  dict += '\n';
  std::string out(kMagic, kMagicBytes);
  out += '\x01';
  out += '\x00';
  out += char(dict.size() & 0xff);
  out += char(dict.size() >> 8);
  return out + dict;
}

} // namespace dlp

// RunOptions.cpp: parsing of dlp-run's options and of --arg.
#include "simulator/tools/RunOptions.h"

#include "simulator/core/SoftFloat.h"

#include <bit>
#include <cerrno>
#include <cstdlib>
#include <cstring>

namespace dlp {

const char kRunHelp[] = R"(dlp-run: runs one kernel of a device image on the simulated card, without a host program

usage: dlp-run <image.elf> <kernel> [options]
       dlp-run <image.elf> --list-kernels

<kernel> is the name in the source, with template arguments where several kernels differ only in them, or the
mangled name.

options:
  --dim x[,y[,z]]      dimension of the launch (default 1,1,1)
  --type <type>        block (default), union1, union2, union4, union8 or union16
  --arg <argument>     one for each parameter of the kernel, in order:
      in:a.npy           pointer to a copy of this array in device memory
      out:c.npy          pointer to zeroed memory with the shape and type of the existing file c.npy, which is replaced
      out:c.npy:shape=16,8:dtype=float32
                         the same for a new file
      inout:a.npy        pointer to a copy of this array; the file is replaced
      i32:5 f32:1.5      a value; also i8 i16 i64 u8 u16 u32 u64 f16 bf16 f64, and null for a null pointer
      hex:0100ff         the bytes of a structure, in memory order
  --machine <name>     machine by name or path of a .json file (default: BANG_MACHINE, or mlu370-x8)
  --list-kernels       print the kernels of the image and what they need
  --check[=<options>]  say on standard error what is wrong with the kernel (see docs/checking.md); options as in
                       BANG_TOOL: only=<kinds>, skip=<kinds>, numbers, report=<file>
  --stats              print the number of instructions and the time on standard error
  --help               print this text

environment: BANG_MACHINE, BANG_MAX_INSTRUCTIONS (stop a kernel that runs longer)

examples:
  dlp-run k.elf vadd --dim 4,1,1 --type union1 --arg in:a.npy --arg in:b.npy \
      --arg out:c.npy:shape=1024:dtype=float32 --arg i32:1024
  dlp-run k.elf 'scale<half>' --arg inout:x.npy --arg f32:0.5
)";

namespace {

uint64_t parseNumber(const std::string &text, const std::string &what, uint64_t largest) {
  char *end = nullptr;
  errno = 0;
  unsigned long long v = std::strtoull(text.c_str(), &end, 10);
  if (text.empty() || *end || errno || text[0] < '0' || text[0] > '9' || v > largest)
    throw UsageError{what + " is '" + text + "', expected a whole number up to " + std::to_string(largest)};
  return v;
}

std::vector<std::string> split(const std::string &text, char separator) {
  std::vector<std::string> parts;
  size_t at = 0;
  while (true) {
    size_t end = text.find(separator, at);
    parts.push_back(text.substr(at, end - at));
    if (end == std::string::npos)
      return parts;
    at = end + 1;
  }
}

Dim3 parseDim(const std::string &text) {
  auto parts = split(text, ',');
  if (parts.size() > 3)
    throw UsageError{"--dim is '" + text + "', expected x,y,z"};
  Dim3 dim;
  uint32_t *fields[] = {&dim.x, &dim.y, &dim.z};
  for (size_t i = 0; i < parts.size(); ++i)
    *fields[i] = uint32_t(parseNumber(parts[i], "--dim", 0xffffffff));
  return dim;
}

TaskType parseType(const std::string &text) {
  constexpr std::pair<const char *, TaskType> types[] = {{"block", TaskType::Block},   {"union1", TaskType::Union1},
                                                         {"union2", TaskType::Union2}, {"union4", TaskType::Union4},
                                                         {"union8", TaskType::Union8}, {"union16", TaskType::Union16}};
  for (auto [name, type] : types)
    if (text == name)
      return type;
  throw UsageError{"--type is '" + text + "', expected block, union1, union2, union4, union8 or union16"};
}

std::vector<uint8_t> bytesOf(uint64_t value, unsigned bytes) {
  std::vector<uint8_t> out(bytes);
  std::memcpy(out.data(), &value, bytes);
  return out;
}

std::vector<uint8_t> parseInteger(const std::string &arg, const std::string &text, bool isSigned, unsigned bits) {
  char *end = nullptr;
  errno = 0;
  bool negative = text[0] == '-';
  uint64_t v = negative ? uint64_t(std::strtoll(text.c_str(), &end, 0)) : std::strtoull(text.c_str(), &end, 0);
  uint64_t largest = ~uint64_t{0} >> (64 - bits + isSigned);
  bool fits = negative ? isSigned && int64_t(v) >= -int64_t(largest) - 1 : v <= largest;
  if (end == text.c_str() || *end || errno || !fits)
    throw UsageError{"--arg " + arg + ": '" + text + "' is no " + (isSigned ? "signed" : "unsigned") + " number of " +
                     std::to_string(bits) + " bits"};
  return bytesOf(v, bits / 8);
}

std::vector<uint8_t> parseFloat(const std::string &arg, const std::string &text, FloatFormat format) {
  char *end = nullptr;
  double v = std::strtod(text.c_str(), &end);
  if (text.empty() || *end)
    throw UsageError{"--arg " + arg + ": '" + text + "' is no number"};
  SoftFloat soft;
  return bytesOf(soft.convert(format, kF64, std::bit_cast<uint64_t>(v)), format.bits() / 8);
}

std::vector<uint8_t> parseHex(const std::string &arg, const std::string &text) {
  std::vector<uint8_t> out;
  for (size_t i = 0; i + 1 < text.size(); i += 2) {
    char digits[3] = {text[i], text[i + 1], 0};
    char *end = nullptr;
    unsigned long v = std::strtoul(digits, &end, 16);
    if (*end || digits[0] == '-' || digits[0] == '+' || digits[0] == ' ')
      break;
    out.push_back(uint8_t(v));
  }
  if (text.empty() || out.size() * 2 != text.size())
    throw UsageError{"--arg " + arg + ": '" + text + "' is no even number of hexadecimal digits"};
  return out;
}

void parseOutput(ArgumentSpec &spec, const std::string &text) {
  auto parts = split(text, ':');
  spec.path = parts[0];
  bool haveShape = false;
  for (size_t i = 1; i < parts.size(); ++i) {
    if (parts[i].starts_with("shape=")) {
      for (const std::string &n : split(parts[i].substr(6), ','))
        spec.shape.push_back(parseNumber(n, "--arg " + spec.text + ": shape", uint64_t{1} << 48));
      haveShape = true;
    } else if (parts[i].starts_with("dtype=")) {
      spec.type = findNpyType(parts[i].substr(6));
      if (!spec.type)
        throw UsageError{"--arg " + spec.text + ": unknown dtype '" + parts[i].substr(6) +
                         "', expected float32, float16, bfloat16, float64, bool, int8 to int64 or uint8 to uint64"};
    } else {
      throw UsageError{"--arg " + spec.text + ": unknown setting '" + parts[i] + "', expected shape= or dtype="};
    }
  }
  if (haveShape != (spec.type != nullptr))
    throw UsageError{"--arg " + spec.text + ": expected both shape= and dtype=, or neither for an existing file"};
}

} // namespace

ArgumentSpec parseArgument(const std::string &text) {
  ArgumentSpec spec;
  spec.text = text;
  if (text == "null") {
    spec.value = bytesOf(0, 8);
    return spec;
  }
  size_t colon = text.find(':');
  std::string kind = text.substr(0, colon), rest = colon == std::string::npos ? "" : text.substr(colon + 1);
  if (colon == std::string::npos || rest.empty())
    throw UsageError{"--arg '" + text +
                     "' is not understood, expected in:file, out:file, inout:file, i32:5, f32:1.5, "
                     "null or hex:..."};
  if (kind == "in" || kind == "inout") {
    spec.kind = kind == "in" ? ArgumentSpec::In : ArgumentSpec::InOut;
    spec.path = rest;
  } else if (kind == "out") {
    spec.kind = ArgumentSpec::Out;
    parseOutput(spec, rest);
  } else if (kind == "hex") {
    spec.value = parseHex(text, rest);
  } else if (kind == "f16" || kind == "bf16" || kind == "f32" || kind == "f64") {
    spec.value = parseFloat(text, rest, kind == "f16" ? kF16 : kind == "bf16" ? kBf16 : kind == "f32" ? kF32 : kF64);
  } else {
    bool known = (kind[0] == 'i' || kind[0] == 'u');
    std::string width = kind.empty() ? "" : kind.substr(1);
    if (!known || (width != "8" && width != "16" && width != "32" && width != "64"))
      throw UsageError{"--arg " + text + ": unknown kind '" + kind + "', see dlp-run --help"};
    spec.value = parseInteger(text, rest, kind[0] == 'i', unsigned(std::atoi(width.c_str())));
  }
  return spec;
}

RunOptions parseRunOptions(int argc, char **argv) {
  RunOptions options;
  std::vector<std::string> positional;
  for (int i = 1; i < argc; ++i) {
    std::string option = argv[i], value;
    bool joined = false;
    if (option.starts_with("--"))
      if (size_t equals = option.find('='); equals != std::string::npos) {
        value = option.substr(equals + 1);
        option.resize(equals);
        joined = true;
      }
    auto needValue = [&] {
      if (joined)
        return value;
      if (++i == argc)
        throw UsageError{option + " needs a value, see dlp-run --help"};
      return std::string(argv[i]);
    };
    bool isFlag = option == "--help" || option == "-h" || option == "--list-kernels" || option == "--stats";
    if (isFlag && joined)
      throw UsageError{option + " takes no value"};
    if (option == "--help" || option == "-h")
      options.help = true;
    else if (option == "--list-kernels")
      options.listKernels = true;
    else if (option == "--stats")
      options.stats = true;
    else if (option == "--check")
      options.check = joined ? needValue() : std::string();
    else if (option == "--dim")
      options.dim = parseDim(needValue());
    else if (option == "--type")
      options.type = parseType(needValue());
    else if (option == "--machine")
      options.machine = needValue();
    else if (option == "--arg")
      options.arguments.push_back(parseArgument(needValue()));
    else if (option.starts_with("-"))
      throw UsageError{"unknown option '" + option + "', see dlp-run --help"};
    else
      positional.push_back(option);
  }
  if (options.help)
    return options;
  if (positional.empty())
    throw UsageError{"no device image given, see dlp-run --help"};
  options.image = positional[0];
  if (positional.size() > 1)
    options.kernel = positional[1];
  else if (!options.listKernels)
    throw UsageError{"no kernel given; dlp-run " + options.image + " --list-kernels shows them"};
  if (positional.size() > 2)
    throw UsageError{"unexpected argument '" + positional[2] + "'; parameters of the kernel are given with --arg"};
  return options;
}

} // namespace dlp

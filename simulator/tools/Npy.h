// Npy.h: NumPy's .npy files, versions 1 to 3: one array, its element type and shape. The files are untrusted.
#ifndef OPENBANG_SIMULATOR_TOOLS_NPY_H
#define OPENBANG_SIMULATOR_TOOLS_NPY_H

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace dlp {

struct NpyType {
  const char *name;  // float32
  const char *descr; // <f4
  unsigned bytes;
};

// Finds a type by its name (float16, bfloat16, int8, ...), null when unknown.
const NpyType *findNpyType(std::string_view name);

struct NpyArray {
  const NpyType *type = nullptr;
  std::vector<uint64_t> shape; // empty: one scalar
  std::vector<uint8_t> data;   // row by row
};

// Product of shape and element size; nullopt when it does not fit 48 bits.
std::optional<uint64_t> npyBytes(const NpyType &type, std::span<const uint64_t> shape);

// Parses a file's bytes. On failure `error` says what is wrong with it, without the file's name.
std::optional<NpyArray> parseNpy(std::span<const uint8_t> file, std::string &error);

// The header of a version 1 file, padded as NumPy does.
std::string npyHeader(const NpyType &type, std::span<const uint64_t> shape);

} // namespace dlp

#endif // OPENBANG_SIMULATOR_TOOLS_NPY_H

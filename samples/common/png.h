// png.h: writes a picture of 8-bit red, green, blue as a PNG file, without compression and without a library.
#ifndef SAMPLES_COMMON_PNG_H
#define SAMPLES_COMMON_PNG_H

#include <algorithm>
#include <cstdint>
#include <cstdio>
#include <string>
#include <vector>

struct Picture {
  int width, height;
  std::vector<uint8_t> rgb;
  Picture(int width, int height, uint8_t grey = 255) : width(width), height(height), rgb(3 * width * height, grey) {}
  void set(int x, int y, uint8_t r, uint8_t g, uint8_t b) {
    if (x < 0 || x >= width || y < 0 || y >= height)
      return;
    uint8_t *p = &rgb[3 * (y * width + x)];
    p[0] = r, p[1] = g, p[2] = b;
  }
};

// A file of chunks: length, name, data, and a checksum of name and data.
class PngFile {
public:
  static bool write(const std::string &path, const Picture &picture) {
    FILE *file = fopen(path.c_str(), "wb");
    if (!file)
      return false;
    const uint8_t signature[] = {0x89, 'P', 'N', 'G', '\r', '\n', 0x1a, '\n'};
    fwrite(signature, 1, sizeof signature, file);
    std::vector<uint8_t> header;
    number(header, picture.width);
    number(header, picture.height);
    for (uint8_t v : {8, 2, 0, 0, 0})  // 8 bits, colours, the only ways to compress, filter and (not) interlace
      header.push_back(v);
    chunk(file, "IHDR", header);
    chunk(file, "IDAT", stored(picture));
    chunk(file, "IEND", {});
    return fclose(file) == 0;
  }

private:
  static void number(std::vector<uint8_t> &to, uint32_t value) {
    for (int shift = 24; shift >= 0; shift -= 8)
      to.push_back(value >> shift);
  }
  static uint32_t checksum(const std::vector<uint8_t> &bytes) {
    uint32_t crc = 0xffffffff;
    for (uint8_t byte : bytes) {
      crc ^= byte;
      for (int bit = 0; bit < 8; ++bit)
        crc = crc >> 1 ^ (crc & 1 ? 0xedb88320 : 0);
    }
    return ~crc;
  }
  static void chunk(FILE *file, const char *name, const std::vector<uint8_t> &data) {
    std::vector<uint8_t> bytes, length;
    number(length, data.size());
    for (int i = 0; i < 4; ++i)
      bytes.push_back(name[i]);
    bytes.insert(bytes.end(), data.begin(), data.end());
    number(bytes, checksum(bytes));
    fwrite(length.data(), 1, length.size(), file);
    fwrite(bytes.data(), 1, bytes.size(), file);
  }
  // zlib's format with blocks that are stored as they are; each row begins with the number of its filter, none.
  static std::vector<uint8_t> stored(const Picture &picture) {
    std::vector<uint8_t> raw, out = {0x78, 0x01};
    const int row = 3 * picture.width;
    for (int y = 0; y < picture.height; ++y) {
      raw.push_back(0);
      raw.insert(raw.end(), &picture.rgb[y * row], &picture.rgb[y * row] + row);
    }
    uint32_t a = 1, b = 0;
    for (uint8_t byte : raw) {
      a = (a + byte) % 65521;
      b = (b + a) % 65521;
    }
    for (size_t first = 0; first < raw.size(); first += 65535) {
      const size_t size = std::min<size_t>(65535, raw.size() - first);
      out.push_back(first + size == raw.size());
      for (size_t v : {size, ~size}) {
        out.push_back(v & 0xff);
        out.push_back(v >> 8 & 0xff);
      }
      out.insert(out.end(), raw.begin() + first, raw.begin() + first + size);
    }
    number(out, b << 16 | a);
    return out;
  }
};

#endif  // SAMPLES_COMMON_PNG_H

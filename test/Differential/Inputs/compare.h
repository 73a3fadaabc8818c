// compare.h: runs each kernel on the card and its twin on the host on the same bytes and compares the outputs.
//
// An output is words of 8, 16, 32 or 64 bits, with float formats marked, because any NaN equals any NaN.
#ifndef DIFFERENTIAL_COMPARE_H
#define DIFFERENTIAL_COMPARE_H

#include <cstdio>
#include <cstring>
#include <vector>

using Bytes = std::vector<unsigned char>;

// Arrays of an output, one behind the other: 'f' float, 'h' half, other letters compare as bytes.
struct Part {
  char format;
  unsigned bytes;
};

inline bool isNaN(char format, const unsigned char *p) {
  if (format == 'f') {
    unsigned bits;
    memcpy(&bits, p, 4);
    return (bits & 0x7fffffff) > 0x7f800000;
  }
  unsigned short bits;
  memcpy(&bits, p, 2);
  return (bits & 0x7fff) > 0x7c00;
}

// The first byte that differs, -1 when none does.
inline long firstDifference(const Bytes &card, const Bytes &host, const std::vector<Part> &parts) {
  size_t at = 0;
  for (Part part : parts) {
    unsigned size = part.format == 'f' ? 4 : part.format == 'h' ? 2 : 1;
    for (unsigned i = 0; i + size <= part.bytes; i += size, at += size)
      if (memcmp(&card[at], &host[at], size) != 0 &&
          !(size > 1 && isNaN(part.format, &card[at]) && isNaN(part.format, &host[at])))
        return long(at);
  }
  return -1;
}

using Host = void (*)(void *out, const void *in, int n);
using Launch = void (*)(void *out, const void *in, int n);

struct Program {
  const char *name;
  Host host;
  Launch launch;
};

inline Bytes inputBytes(unsigned seed, size_t size, bool floats) {
  static const float special[] = {0.0f, -0.0f, 1.0f, -1.5f, INFINITY, -INFINITY, NAN, 1e-40f, 65504.0f, 3e38f};
  Bytes bytes(size);
  unsigned long state = seed * 2654435761u + 1;
  auto next = [&] { return unsigned((state = state * 6364136223846793005ul + 1442695040888963407ul) >> 33); };
  for (size_t i = 0; i + 4 <= size; i += 4) {
    unsigned word = next();
    if (floats) {
      float v = word % 11 == 0 ? special[next() % 10] : (int(next() % 20001) - 10000) / 64.0f;
      memcpy(&word, &v, 4);
    } else if (word % 5 == 0) {
      word = next() % 7 - 3;
    }
    memcpy(&bytes[i], &word, 4);
  }
  return bytes;
}

inline int compareAll(const std::vector<Program> &programs, const std::vector<Part> &parts, size_t floatBytes,
                      size_t intBytes, int runs) {
  size_t outBytes = 0;
  for (Part part : parts)
    outBytes += part.bytes;
  int wrong = 0;
  char *deviceIn, *deviceOut;
  CNRT_CHECK(cnrtMalloc((void **)&deviceIn, floatBytes + intBytes));
  CNRT_CHECK(cnrtMalloc((void **)&deviceOut, outBytes));
  for (const Program &program : programs)
    for (int run = 0; run < runs; ++run) {
      Bytes in = inputBytes(run * 2 + 1, floatBytes, true), ints = inputBytes(run * 2 + 2, intBytes, false);
      in.insert(in.end(), ints.begin(), ints.end());
      Bytes card(outBytes), host(outBytes);
      int n = run * 37 % 64 + 1;
      CNRT_CHECK(cnrtMemcpy(deviceIn, in.data(), in.size(), cnrtMemcpyHostToDev));
      CNRT_CHECK(cnrtMemcpy(deviceOut, card.data(), card.size(), cnrtMemcpyHostToDev));
      program.launch(deviceOut, deviceIn, n);
      bool ended = cnrtQueueSync(nullptr) == cnrtSuccess;
      CNRT_CHECK(cnrtMemcpy(card.data(), deviceOut, card.size(), cnrtMemcpyDevToHost));
      program.host(host.data(), in.data(), n);
      long at = ended ? firstDifference(card, host, parts) : 0;
      if (at < 0)
        continue;
      ++wrong;
      printf("MISMATCH %s n=%d: %s %ld of the output\n", program.name, n, ended ? "byte" : "kernel fault, not byte",
             at);
      break;
    }
  printf("%zu programs, %d mismatches\n", programs.size(), wrong);
  return wrong != 0;
}

#endif

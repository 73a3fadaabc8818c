// corpus.h: what the programs of the corpus share: device buffers, and a main that runs the seeded kernel or, with the
// argument `clean`, its twin.
#ifndef CORPUS_H
#define CORPUS_H

#include <cstdio>
#include <cstring>
#include <vector>

// Device memory that is freed at the end of its scope. `filled` memory was written by the host.
struct Buffer {
  explicit Buffer(size_t bytes, bool filled = true) : bytes(bytes) {
    cnrtMalloc(&data, bytes);
    if (filled)
      cnrtMemset(data, 0, bytes);
  }
  ~Buffer() { cnrtFree(data); }
  Buffer(const Buffer &) = delete;
  template <typename T = float> T *as() const { return static_cast<T *>(data); }
  void read() const {
    std::vector<char> host(bytes);
    cnrtMemcpy(host.data(), data, bytes, cnrtMemcpyDevToHost);
  }
  void *data = nullptr;
  size_t bytes;
};

// Defines main: `RUN(seeded)` is the host code of one variant, with the constant `seeded`.
template <bool seeded> void run();
int main(int argc, char **argv) {
  bool clean = argc > 1 && !strcmp(argv[1], "clean");
  clean ? run<false>() : run<true>();
  cnrtQueueSync(nullptr);
}

constexpr cnrtDim3_t kOne = {1, 1, 1}, kFour = {4, 1, 1}, kSixteen = {16, 1, 1};

#endif

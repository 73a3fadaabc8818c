// Runner.h: what a generated program and the runner share: one call of one builtin on the card.
#ifndef OPENBANG_TEST_MATRIX_RUNNER_H
#define OPENBANG_TEST_MATRIX_RUNNER_H

#include <cstddef>
#include <cstdint>

namespace matrix {

enum Memory { kNram, kGdram, kLdram, kSram, kWram, kMemories };

// A kernel gets this by value; all addresses are on the device.
struct Call {
  static constexpr int kMaxArguments = 24;

  int row;
  int bytes;                        // of each image but that of WRAM
  bool uses[kMemories];             // which memories take part
  char *image[kMemories];           // what they hold before and after the call
  int64_t arguments[kMaxArguments]; // addresses as offsets, values as bits
  int64_t spaces[kMaxArguments];    // of addresses: the Memory
  uint64_t *result;                 // two: of the core, of the memory core
};

using Launch = void (*)(const Call &call);

// argv[1] is the table of rows, argv[2] the root of the sources, argv[3] may be `brief`. Prints failures by name and
// one line of counts; returns the exit code.
int runMatrix(int argc, char **argv, Launch launch);

} // namespace matrix

#endif // OPENBANG_TEST_MATRIX_RUNNER_H

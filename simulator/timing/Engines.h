// Engines.h: cycles that one Xdlp instruction needs of its engine, from the pieces of memory that it touched.
#ifndef OPENBANG_SIMULATOR_TIMING_ENGINES_H
#define OPENBANG_SIMULATOR_TIMING_ENGINES_H

#include "simulator/core/Observer.h"
#include "simulator/core/Program.h"
#include "simulator/timing/Parameters.h"
#include "simulator/timing/Stream.h"

#include <array>

namespace dlp::timing {

inline constexpr unsigned kSpaces = 8; // by dlp::Space

// The pieces of one instruction, summed up as they come.
class Pieces {
public:
  void clear() { *this = Pieces(); }
  void add(const MemoryPiece &piece, const Parameters &p);

  struct Operand {
    const char *name;
    uint64_t begin, end; // the range that the pieces span
    uint64_t bytes;
    bool write;
  };
  std::array<Operand, 8> operands;
  unsigned count = 0;
  uint64_t rows = 0;                   // pieces
  uint64_t shortest = 0;               // row off chip
  uint64_t offChipRows = 0, split = 0; // split: rows that begin or end inside a sector
  uint64_t read[kSpaces] = {}, written[kSpaces] = {};
  uint64_t sectorsRead = 0, sectorsWritten = 0; // bytes that off-chip memory moves
  bool remote = false;

  uint64_t largestOperand() const;
  uint64_t offChip() const;
};

struct Cost {
  double start = 0;
  uint64_t bytes = 0;
  Flow flow = Flow::None;
  bool tensor = false;
  double ideal = 0;                // cycles at the peak of its engine: what compute efficiency counts
  uint64_t useful = 0, padded = 0; // of a matrix instruction: products asked for, products made
};

Cost computeCost(const Instruction &instruction, const Pieces &pieces, const Parameters &p);
Cost copyCost(const Instruction &instruction, const Pieces &pieces, const Parameters &p);

} // namespace dlp::timing

#endif // OPENBANG_SIMULATOR_TIMING_ENGINES_H

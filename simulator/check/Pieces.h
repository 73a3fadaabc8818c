// Pieces.h: the memory that running instructions have touched so far. An instruction may run inside another one: the
// copies that a sync waits for.
#ifndef OPENBANG_SIMULATOR_CHECK_PIECES_H
#define OPENBANG_SIMULATOR_CHECK_PIECES_H

#include "simulator/core/Observer.h"

#include <span>
#include <vector>

namespace dlp::check {

class Pieces {
public:
  void clear() {
    pieces.clear();
    running.clear();
  }
  void begin() { running.push_back(pieces.size()); }
  void add(const MemoryPiece &piece) { pieces.push_back(piece); }
  // Those of the instruction that ends, in this order.
  template <class Use> void end(Use use) {
    const size_t first = running.back();
    running.pop_back();
    use(std::span<const MemoryPiece>(pieces.data() + first, pieces.size() - first));
    pieces.resize(first);
  }

private:
  std::vector<MemoryPiece> pieces;
  std::vector<size_t> running; // first piece of each
};

} // namespace dlp::check

#endif // OPENBANG_SIMULATOR_CHECK_PIECES_H

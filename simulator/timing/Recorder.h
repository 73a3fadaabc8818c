// Recorder.h: turns what one core does into a stream of events, and counts what it moves.
#ifndef OPENBANG_SIMULATOR_TIMING_RECORDER_H
#define OPENBANG_SIMULATOR_TIMING_RECORDER_H

#include "simulator/core/Blocks.h"
#include "simulator/core/Core.h"
#include "simulator/timing/Engines.h"

#include <deque>

namespace dlp::timing {

// What the transfers of one instruction move, all together.
struct SiteTraffic {
  uint64_t count = 0, rows = 0;
  uint64_t useful = 0, moved = 0; // off-chip bytes: asked for, and with whole sectors
  uint64_t shortest = 0;          // row off chip
  uint64_t split = 0;             // rows that begin or end inside a sector
  uint64_t bytes = 0;             // all pieces
  uint64_t products = 0, padded = 0;
  uint64_t scalarOffChip = 0; // loads and stores of the scalar unit in this block
  double start = 0;           // cycles before bytes flow; of compute, its start alone
  uint64_t places = 0;        // says which off-chip addresses were read, in which order
  uint64_t needless = 0;      // syncs behind which nothing used what they waited for, up to the next one
  void add(const SiteTraffic &other);
};

struct Traffic {
  uint64_t read[kSpaces] = {}, written[kSpaces] = {}; // bytes
  uint64_t moved = 0;                                 // off-chip bytes with whole sectors
  double ideal = 0;                                   // cycles of compute at peak
  double products = 0, elements = 0;                  // of matrix and of vector instructions
  uint64_t nramEnd = 0;                               // end of the highest NRAM piece, from the start of NRAM
  void add(const Traffic &other);
};

class CoreRecorder {
public:
  void launchBegins(const Parameters &parameters, const Program &program, Core &core);
  void taskBegins(Stream &stream);
  void taskEnds();

  void scalar(Core &core, uint64_t address, uint64_t bytes, bool write);
  void issues(const Instruction &instruction);
  void begins() { pieces.clear(); }
  void accesses(const MemoryPiece &piece) { pieces.add(piece, *p); }
  void ends(Core &core, const Instruction &instruction);
  // The barrier at which this core is: its number, and how many meet.
  void meets(uint32_t group, uint32_t cores);

  BlockCounter blocks;
  Traffic traffic;
  std::vector<SiteTraffic> sites;
  std::vector<uint64_t> accessCycles; // by Op: what scalar accesses outside NRAM cost more

  uint64_t events = 0, words = 0; // recorded in this launch

  // An event that happens here and now; to be filled and put.
  Event make(Event::Kind kind);
  void put(const Event &event);
  // Shapes that nobody needs are forgotten where they have become many; between turns.
  void tidy();
  // A wait for queues that belongs to the instruction itself.
  void drains(uint32_t mask, double cost, bool implied);

private:
  void fillWork(Event &event, const Cost &cost);
  void watchSync(uint32_t site);
  void useSynced();
  void useSynced(uint64_t begin, uint64_t end);
  void endsCompute(const Instruction &instruction);
  void endsCopy(const Instruction &instruction);

  const Parameters *p = nullptr;
  Stream *stream = nullptr;
  std::shared_ptr<Shapes> shapes;
  uint64_t lastCycles = 0;
  Pieces pieces;
  struct Reserved {
    uint64_t position = ~uint64_t{0}; // in the stream
    Event event;
  };
  Reserved reserve(const Event &event);
  void resolve(Reserved &reserved);
  std::deque<Reserved> unresolved[2]; // copies that have issued and not executed
  Reserved unmet;                     // the barrier where the core is
  struct Range {
    uint64_t begin, end;
  };
  std::array<Range, 4> lastWritten;
  unsigned lastWrittenCount = 0;
  // What copies since the last sync touched on chip, and what those before it did, until something uses that.
  static constexpr size_t kMostWatched = 16;
  std::vector<Range> copied, synced;
  uint32_t syncSite = 0;
  bool syncUsed = true;
  const Op *firstOp = nullptr;
  uint64_t nramRow = 1; // bytes
};

} // namespace dlp::timing

#endif // OPENBANG_SIMULATOR_TIMING_RECORDER_H

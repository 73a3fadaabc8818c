// Stream.h: what a task did, as the timing model sees it: work for queues, waits, and scalar cycles between them.
//
// What a kernel does never depends on time, so tasks are recorded while the simulator runs them in its own order, and
// Replay.h says afterwards when each step would have happened. The outcome is the same for any number of host threads.
//
// Recordings are long, and events of a loop differ in little: a stream keeps 4 or 8 bytes of each event, the number of
// its shape and what is its own.
#ifndef OPENBANG_SIMULATOR_TIMING_STREAM_H
#define OPENBANG_SIMULATOR_TIMING_STREAM_H

#include <array>
#include <cstdint>
#include <cstring>
#include <deque>
#include <memory>
#include <unordered_map>
#include <vector>

namespace dlp::timing {

enum class Unit : uint8_t { Io, Move, Compute }; // queues
inline constexpr unsigned kUnits = 3;
inline constexpr uint32_t kIoBit = 1, kMoveBit = 2, kComputeBit = 4, kAllBits = 7;

// The shared resource that the bytes of a transfer flow through.
enum class Flow : uint8_t { None, DramRead, DramWrite, Sram };

// Pictures of NRAM have so many rows.
inline constexpr unsigned kNramRows = 96;

// The rows that an operand of an instruction touches.
struct NramPiece {
  uint8_t first = 0, last = 0;
  bool write = false;
  bool operator==(const NramPiece &) const = default;
};

struct Event {
  enum Kind : uint8_t {
    Work,   // of queue `unit`
    Sync,   // the scalar unit waits for the queues in `group`
    Order,  // later work of `unit` waits for what the queues in `group` hold now
    Meet,   // barrier number `group`
    Arrive, // half of barrier `group`
    Wait,   // for the arrivals at `group`, until there are as many as `ticket`
    Lock,   // lock `group`, as number `ticket`
    Unlock,
    Nothing, // a barrier that lets this core pass
  };
  double scalar = 0;  // cycles of the scalar unit since the event before, a whole number
  double start = 0;   // Work: cycles of its engine before bytes flow; of a compute instruction: all of them
  uint64_t bytes = 0; // Work: what flows then, with what is moved in vain
  uint32_t site = 0;  // block of the instruction (Blocks.h)
  uint32_t group = 0, ticket = 0;
  Kind kind = Nothing;
  Unit unit = Unit::Compute;
  Flow flow = Flow::None;
  bool tensor = false;  // Work of the matrix unit
  bool depends = false; // compute: reads what the instruction before it wrote
  bool result = false;  // the scalar unit waits for a value
  bool implied = false; // Sync: belongs to another instruction
  uint8_t nramPieces = 0;
  std::array<NramPiece, 4> nram{};
  bool operator==(const Event &) const = default;
};

// The different events of a core, without the scalar cycles before them and without what counts up (numberOf).
class Shapes {
public:
  Shapes() { recent.fill(~0u); }
  // Of an event; its scalar cycles do not matter.
  uint32_t indexOf(const Event &event);
  const Event &operator[](uint32_t index) const { return all[index]; }
  size_t size() const { return all.size(); }

private:
  // An event without its first member. There are no gaps between the others.
  static constexpr size_t kScalar = sizeof(double), kWords = (sizeof(Event) - kScalar) / sizeof(uint64_t);
  static_assert(sizeof(Event) == 56);
  using Key = std::array<uint64_t, kWords>;
  struct Hash {
    size_t operator()(const Key &key) const;
  };
  std::vector<Event> all;
  std::unordered_map<Key, uint32_t, Hash> known;
  std::array<uint32_t, 256> recent; // by a part of the hash: loops ask for the same few again and again
};

// One task, or the work of a memory core beside a union task. Positions count from its beginning, in words of 4 bytes.
class Stream {
public:
  uint64_t order = 0;             // of Block tasks; number of the union task
  uint32_t cluster = 0, core = 0; // inside a union task
  bool ofUnion = false;
  double tail = 0; // scalar cycles behind the last event
  bool ended = false;

  // Before the first event. One for all tasks of a core is best.
  void use(std::shared_ptr<Shapes> shared) { shapes = std::move(shared); }
  const std::shared_ptr<Shapes> &used() const { return shapes; }

  uint64_t begin() const { return dropped; }
  uint64_t end() const { return dropped + words.size(); }
  void add(const Event &event);
  // An event of which the rest is known later. Until then it cannot be read.
  uint64_t reserve();
  void resolve(uint64_t position, const Event &event);
  // The event at `position`, and where the next one begins. False: it is reserved.
  bool read(uint64_t position, Event &event, uint64_t &next) const;
  // Forgets the events before `position`; how many words.
  uint64_t dropBefore(uint64_t position);
  // Moves what is left to `fresh` shapes, because those it uses have become too many.
  void changeTo(std::shared_ptr<Shapes> fresh);

private:
  void put(uint32_t shape, uint32_t own);

  std::shared_ptr<Shapes> shapes;
  std::deque<uint32_t> words;
  uint64_t dropped = 0;
};

} // namespace dlp::timing

#endif // OPENBANG_SIMULATOR_TIMING_STREAM_H

// Stream.h: what a task did, as the timing model sees it: work for queues, waits, and scalar cycles between them.
//
// What a kernel does never depends on time, so tasks are recorded while the simulator runs them in its own order, and
// Replay.h says afterwards when each step would have happened. The outcome is the same for any number of host threads.
#ifndef OPENBANG_SIMULATOR_TIMING_STREAM_H
#define OPENBANG_SIMULATOR_TIMING_STREAM_H

#include <cstdint>
#include <vector>

namespace dlp::timing {

enum class Unit : uint8_t { Io, Move, Compute }; // queues
inline constexpr unsigned kUnits = 3;
inline constexpr uint32_t kIoBit = 1, kMoveBit = 2, kComputeBit = 4, kAllBits = 7;

// The shared resource that the bytes of a transfer flow through.
enum class Flow : uint8_t { None, DramRead, DramWrite, Sram };

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
  double scalar = 0;  // cycles of the scalar unit since the event before
  double start = 0;   // Work: cycles of its engine before bytes flow; of a compute instruction: all of them
  uint64_t bytes = 0; // Work: what flows then, with what is moved in vain
  uint32_t site = 0;  // block of the instruction (Blocks.h)
  uint32_t group = 0, ticket = 0;
  Kind kind = Nothing;
  Unit unit = Unit::Compute;
  Flow flow = Flow::None;
  bool resolved = true; // false: not known yet how large it is, or whom it meets
  bool tensor = false;  // Work of the matrix unit
  bool depends = false; // compute: reads what the instruction before it wrote
  bool result = false;  // the scalar unit waits for a value
  bool implied = false; // Sync: belongs to another instruction
};

// One task, or the work of a memory core beside a union task.
struct Stream {
  uint64_t order = 0;             // of Block tasks; number of the union task
  uint32_t cluster = 0, core = 0; // inside a union task
  bool ofUnion = false;
  std::vector<Event> events;
  uint64_t dropped = 0; // events before the first of `events`, already replayed
  double tail = 0;      // scalar cycles behind the last event
  bool ended = false;
};

} // namespace dlp::timing

#endif // OPENBANG_SIMULATOR_TIMING_STREAM_H

// ScalarPath.cpp: first accesses to an object, and the ends of runs.
#include "simulator/check/ScalarPath.h"

#include <bit>
#include <cstring>

namespace dlp::check {

void ScalarPath::changeHands(Core &core, Stream &stream, bool write) {
  if (stream.op) {
    endRun(core, stream);
    tellTimes(core, stream);
  }
  stream = {};
  stream.op = core.op;
  stream.write = write;
  stream.times = context.executionOf(core, core.currentPc());
}

// Whether a store leaves memory as it is, or stores a constant 0. A 0 that was computed may be like the rest of the
// data by chance.
bool ScalarPath::storesSame(const Core &core, const uint8_t *memory, uint64_t bytes) {
  constexpr unsigned kZeroRegister = 0;
  uint64_t value = 0;
  switch (ScalarId(core.op->id)) {
  case ScalarId::SB:
  case ScalarId::SH:
  case ScalarId::SW:
  case ScalarId::SD:
    if (core.op->rs2 == kZeroRegister)
      return true;
    value = core.x[core.op->rs2];
    break;
  case ScalarId::FSH:
  case ScalarId::FSW:
  case ScalarId::FSD:
    value = core.f[core.op->rs2];
    break;
  default:
    return false;
  }
  static_assert(std::endian::native == std::endian::little);
  constexpr uint8_t kZeros[sizeof value] = {};
  return memory && std::memcmp(memory, &value, bytes) == 0 && std::memcmp(memory, kZeros, bytes) != 0;
}

void ScalarPath::slowAccess(Core &core, Stream &stream, uint64_t address, uint64_t bytes) {
  tellTimes(core, stream);
  for (Check *check : checks)
    check->scalar(core, address, bytes, stream.write);
  stream.reach = {};
  if (!context.scalarObject(core, address, stream.reach)) {
    endRun(core, stream);
    stream.begin = stream.end = 0;
    // Memory that belongs to no object may be shared all the same.
    for (Check *check : checks)
      check->scalarRun(core, {address, address + bytes, stream.write, core.currentPc(), stream.times, bytes, false});
    return;
  }
  for (Check *check : checks)
    check->reaches(core, stream.reach);
  if (!stream.reach.shared)
    return;
  stream.reach.host = core.view.memoryFrom(stream.reach.begin).data();
  if (stream.write)
    stream.storesSame = storesSame(core, stream.reach.host + (address - stream.reach.begin), bytes);
  extend(core, stream, address, bytes);
}

void ScalarPath::newRun(Core &core, Stream &stream, uint64_t address, uint64_t bytes) {
  if (address + bytes == stream.begin && stream.times == stream.dueBackwards) { // code that walks backwards
    stream.begin = address;
    ++stream.dueBackwards;
    stream.dueForwards = 0;
    return;
  }
  std::vector<Stream *> &own = open[context.ordinal(core)];
  if (stream.begin != stream.end)
    endRun(core, stream);
  else if (own.size() < 4 * kStreams) // a stream that changed hands is there more than once
    own.push_back(&stream);
  else
    endRuns(core), own.push_back(&stream);
  stream.begin = address;
  stream.end = address + bytes;
  stream.first = stream.times;
  stream.step = bytes;
  stream.same = stream.storesSame;
  stream.dueForwards = stream.dueBackwards = stream.times + 1;
}

void ScalarPath::endRun(Core &core, Stream &stream) {
  if (stream.begin == stream.end)
    return;
  const bool backwards = !stream.dueForwards;
  for (Check *check : checks)
    check->scalarRun(core, {stream.begin, stream.end, stream.write, core.program->pcOf(stream.op), stream.first,
                            stream.step, backwards, stream.same});
}

void ScalarPath::endRuns(Core &core) {
  for (Stream *stream : open[context.ordinal(core)]) {
    endRun(core, *stream);
    stream->begin = stream->end = 0;
  }
  open[context.ordinal(core)].clear();
}

} // namespace dlp::check

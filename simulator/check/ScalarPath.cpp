// ScalarPath.cpp: first accesses to an object, and the ends of runs.
#include "simulator/check/ScalarPath.h"

namespace dlp::check {

void ScalarPath::slowAccess(Core &core, Stream &stream, uint64_t address, uint64_t bytes, bool write) {
  for (Check *check : checks)
    check->scalar(core, address, bytes, write);
  if (stream.op && (stream.op != core.op || stream.write != write)) {
    endRun(core, stream);
    stream = {};
  }
  stream.op = core.op;
  stream.write = write;
  stream.reach = {};
  if (!context.scalarObject(core, address, stream.reach)) {
    endRun(core, stream);
    stream = {};
    // Memory that belongs to no object may be shared all the same.
    for (Check *check : checks)
      check->scalarRun(core, address, address + bytes, write, core.currentPc());
    return;
  }
  for (Check *check : checks)
    check->reaches(core, stream.reach);
  if (stream.reach.shared)
    extend(core, stream, address, bytes);
}

void ScalarPath::newRun(Core &core, Stream &stream, uint64_t address, uint64_t bytes) {
  if (address + bytes == stream.begin) { // code that walks backwards
    stream.begin = address;
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
}

void ScalarPath::endRun(Core &core, Stream &stream) {
  if (stream.begin == stream.end)
    return;
  for (Check *check : checks)
    check->scalarRun(core, stream.begin, stream.end, stream.write, core.program->pcOf(stream.op));
}

void ScalarPath::endRuns(Core &core) {
  for (Stream *stream : open[context.ordinal(core)]) {
    endRun(core, *stream);
    stream->begin = stream->end = 0;
  }
  open[context.ordinal(core)].clear();
}

} // namespace dlp::check

// recording.cpp: what it costs to keep an event of the timing model: nanoseconds to record it, and bytes.
//
// The events are those of a kernel that copies, computes, waits and meets other cores, with scalar work between them
// that differs from event to event. bench/calibration/cost compiles and runs this; it prints both numbers.
#include "simulator/timing/Stream.h"

#include <cstdio>
#include <ctime>

using namespace dlp::timing;

int main() {
  constexpr uint64_t kRounds = 1'000'000;
  Stream stream;
  stream.use(std::make_shared<Shapes>());
  uint64_t events = 0;
  uint32_t state = 1;
  auto scalar = [&] {
    state = state * 1664525 + 1013904223;
    return double(state >> 24);
  };
  const std::clock_t begin = std::clock();
  for (uint64_t round = 0; round < kRounds; ++round) {
    // A copy is known in full when it executes only.
    Event copy;
    copy.kind = Event::Work;
    copy.unit = Unit::Io;
    copy.site = 10;
    copy.scalar = scalar();
    const uint64_t position = stream.reserve();
    for (uint32_t site = 11; site < 16; ++site, ++events) {
      Event compute;
      compute.kind = Event::Work;
      compute.site = site;
      compute.scalar = scalar();
      compute.start = 100 + site;
      compute.depends = site > 11;
      stream.add(compute);
    }
    copy.flow = Flow::DramRead;
    copy.start = 24;
    copy.bytes = round % 8 ? 65536 : 4096;
    stream.resolve(position, copy);
    Event sync;
    sync.kind = Event::Sync;
    sync.site = 16;
    sync.scalar = scalar();
    sync.group = kAllBits;
    stream.add(sync);
    Event meeting;
    meeting.kind = Event::Meet;
    meeting.site = 17;
    meeting.group = uint32_t(round);
    meeting.ticket = 4;
    stream.add(meeting);
    events += 3;
  }
  const double nanoseconds = 1e9 * double(std::clock() - begin) / CLOCKS_PER_SEC;
  std::printf("%.2f %.3f\n", nanoseconds / double(events), double(stream.end() * sizeof(uint32_t)) / double(events));
}

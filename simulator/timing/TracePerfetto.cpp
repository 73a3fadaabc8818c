// TracePerfetto.cpp: Perfetto's binary format, a quarter of the size of JSON and for traces of any length.
//
// All packets are one sequence. Names and source lines are written once, in front of the packet that first needs them.
#include "simulator/timing/PerfettoFields.h"
#include "simulator/timing/TraceFile.h"

#include <cmath>
#include <cstdio>
#include <unordered_map>

namespace dlp::timing {
namespace {

using namespace perfetto;

constexpr uint64_t kSequence = 1;         // any number but 0
constexpr uint64_t kBandwidth = 1;        // track of the counter; processes and threads have larger numbers
constexpr uint64_t kLine = 1, kBytes = 2; // ids of annotation names

uint64_t trackOf(TracePlace place) { return (uint64_t(place.pid) + 1) << 16 | place.tid; }
uint64_t whole(double nanoseconds) { return uint64_t(std::llround(nanoseconds)); }

class PerfettoTrace : public TraceFile {
public:
  explicit PerfettoTrace(FILE *file) : file(file) {
    Message names, line, bytes;
    line.number(interned::kId, kLine);
    line.text(interned::kText, "line");
    bytes.number(interned::kId, kBytes);
    bytes.text(interned::kText, "bytes");
    names.message(interned::kAnnotationNames, line);
    names.message(interned::kAnnotationNames, bytes);
    Message first;
    first.number(packet::kSequence, kSequence);
    first.number(packet::kSequenceFlags, packet::kStateCleared);
    first.message(packet::kInternedData, names);
    write(first);

    Message unit, track;
    unit.text(counter::kUnitName, "GB/s");
    track.number(descriptor::kUuid, kBandwidth);
    track.text(descriptor::kName, "off-chip GB/s");
    track.message(descriptor::kCounter, unit);
    describe(track);
  }
  ~PerfettoTrace() override { finish(); }

  void process(uint32_t pid, const std::string &name) override {
    if (!pid)
      return; // the card: its counter has a track of its own
    Message who, track;
    who.number(process::kPid, pid);
    who.text(process::kName, name);
    track.number(descriptor::kUuid, trackOf({pid, 0}));
    track.message(descriptor::kProcess, who);
    describe(track);
  }

  void thread(TracePlace place, const std::string &name) override {
    Message who, track;
    who.number(thread::kPid, place.pid);
    who.number(thread::kTid, uint64_t(place.pid) << 16 | place.tid); // of the whole trace
    who.text(thread::kName, name);
    track.number(descriptor::kUuid, trackOf(place));
    track.number(descriptor::kParent, trackOf({place.pid, 0}));
    track.message(descriptor::kThread, who);
    describe(track);
  }

  void slice(const TraceSlice &slice) override {
    fresh.clear();
    body.clear();
    body.number(event::kType, event::kBegins);
    body.number(event::kTrack, trackOf(slice.at));
    body.number(event::kNameId, idOf(names, interned::kEventNames, slice.name));
    if (slice.line) {
      part.clear();
      part.number(annotation::kNameId, kLine);
      part.number(annotation::kStringId, idOf(lines, interned::kStrings, *slice.line));
      body.message(event::kAnnotations, part);
    }
    if (slice.bytes) {
      part.clear();
      part.number(annotation::kNameId, kBytes);
      part.number(annotation::kUint, slice.bytes);
      body.message(event::kAnnotations, part);
    }
    if (slice.flow)
      body.fixed(event::kFlows, slice.flow);
    for (const TraceFlow &flow : slice.used)
      body.fixed(event::kEndingFlows, flow.id);
    happens(slice.begin);
    body.clear();
    fresh.clear();
    body.number(event::kType, event::kEnds);
    body.number(event::kTrack, trackOf(slice.at));
    // At the end: a wait may begin before the copy that it waits for.
    for (const TraceFlow &flow : slice.awaited)
      body.fixed(flow.goesOn ? event::kFlows : event::kEndingFlows, flow.id);
    happens(slice.end);
  }

  void bandwidth(double time, double gigabytesPerSecond) override {
    fresh.clear();
    body.clear();
    body.number(event::kType, event::kCounts);
    body.number(event::kTrack, kBandwidth);
    body.real(event::kDoubleValue, gigabytesPerSecond);
    happens(time);
  }

  void finish() override {
    if (file)
      std::fclose(file);
    file = nullptr;
  }

private:
  using Ids = std::unordered_map<std::string, uint64_t>;

  void write(const Message &packet) {
    outer.clear();
    outer.message(trace::kPacket, packet);
    std::fwrite(outer.encoded().data(), 1, outer.encoded().size(), file);
  }
  void describe(const Message &track) {
    Message packet;
    packet.number(packet::kSequence, kSequence);
    packet.message(packet::kTrackDescriptor, track);
    write(packet);
  }
  // The event in `body` at a time, behind the texts in `fresh` that it is the first to use.
  void happens(double nanoseconds) {
    packet.clear();
    packet.number(packet::kTimestamp, whole(nanoseconds));
    packet.number(packet::kSequence, kSequence);
    packet.number(packet::kSequenceFlags, packet::kNeedsState);
    if (!fresh.encoded().empty())
      packet.message(packet::kInternedData, fresh);
    packet.message(packet::kTrackEvent, body);
    write(packet);
  }
  uint64_t idOf(Ids &ids, uint32_t field, const std::string &text) {
    auto [it, isNew] = ids.try_emplace(text, ids.size() + 1);
    if (isNew) {
      entry.clear();
      entry.number(interned::kId, it->second);
      entry.text(interned::kText, text);
      fresh.message(field, entry);
    }
    return it->second;
  }

  FILE *file;
  Ids names, lines;
  Message outer, packet, body, part, fresh, entry;
};

} // namespace

std::unique_ptr<TraceFile> openPerfettoTrace(const std::string &path) {
  FILE *file = std::fopen(path.c_str(), "wb");
  return file ? std::make_unique<PerfettoTrace>(file) : nullptr;
}

} // namespace dlp::timing

// PerfettoFields.h: the field numbers of Perfetto's messages that traces use, and the wire format of protocol buffers.
//
// From protos/perfetto/trace of github.com/google/perfetto: a trace is a sequence of TracePackets (field 1 of Trace).
// Only numbers ever identify a field there, and used numbers never change their meaning.
#ifndef OPENBANG_SIMULATOR_TIMING_PERFETTOFIELDS_H
#define OPENBANG_SIMULATOR_TIMING_PERFETTOFIELDS_H

#include <bit>
#include <cstdint>
#include <string>
#include <string_view>

namespace dlp::timing::perfetto {

namespace trace {
inline constexpr uint32_t kPacket = 1;
}
namespace packet { // TracePacket
inline constexpr uint32_t kTimestamp = 8, kSequence = 10, kTrackEvent = 11, kInternedData = 12, kSequenceFlags = 13,
                          kTrackDescriptor = 60;
inline constexpr uint64_t kStateCleared = 1, kNeedsState = 2; // of kSequenceFlags
} // namespace packet
namespace descriptor { // TrackDescriptor
inline constexpr uint32_t kUuid = 1, kName = 2, kProcess = 3, kThread = 4, kParent = 5, kCounter = 8;
}
namespace process { // ProcessDescriptor
inline constexpr uint32_t kPid = 1, kName = 6;
}
namespace thread { // ThreadDescriptor
inline constexpr uint32_t kPid = 1, kTid = 2, kName = 5;
}
namespace counter { // CounterDescriptor
inline constexpr uint32_t kUnitName = 6;
}
namespace event { // TrackEvent
inline constexpr uint32_t kAnnotations = 4, kType = 9, kNameId = 10, kTrack = 11, kDoubleValue = 44, kFlows = 47,
                          kEndingFlows = 48;
inline constexpr uint64_t kBegins = 1, kEnds = 2, kCounts = 4; // of kType
} // namespace event
namespace annotation { // DebugAnnotation
inline constexpr uint32_t kNameId = 1, kUint = 3, kStringId = 17;
}
namespace interned { // InternedData, and its entries: EventName, DebugAnnotationName, InternedString
inline constexpr uint32_t kEventNames = 2, kAnnotationNames = 3, kStrings = 29;
inline constexpr uint32_t kId = 1, kText = 2;
} // namespace interned

// A message in the making.
class Message {
public:
  void number(uint32_t field, uint64_t value) {
    varint(uint64_t(field) << 3);
    varint(value);
  }
  void fixed(uint32_t field, uint64_t value) {
    varint(uint64_t(field) << 3 | 1);
    for (int shift = 0; shift < 64; shift += 8)
      bytes += char(value >> shift);
  }
  void real(uint32_t field, double value) { fixed(field, std::bit_cast<uint64_t>(value)); }
  void text(uint32_t field, std::string_view value) {
    varint(uint64_t(field) << 3 | 2);
    varint(value.size());
    bytes += value;
  }
  void message(uint32_t field, const Message &value) { text(field, value.bytes); }
  void clear() { bytes.clear(); }
  const std::string &encoded() const { return bytes; }

private:
  void varint(uint64_t value) {
    for (; value >= 0x80; value >>= 7)
      bytes += char(value | 0x80);
    bytes += char(value);
  }
  std::string bytes;
};

} // namespace dlp::timing::perfetto

#endif // OPENBANG_SIMULATOR_TIMING_PERFETTOFIELDS_H

// Packet.h: framing of the gdb-remote protocol: "$text#checksum", acknowledgements, the interrupt byte.
#ifndef OPENBANG_SIMULATOR_DEBUG_PACKET_H
#define OPENBANG_SIMULATOR_DEBUG_PACKET_H

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace dlp::debug {

struct Incoming {
  enum Kind : uint8_t { Packet, Damaged, Interrupt, Repeat } kind;
  std::string text; // of a packet, with its escapes
};

// Takes the bytes of a connection as they come and gives out what they mean.
class PacketReader {
public:
  void feed(std::string_view bytes) { buffer.append(bytes); }
  std::optional<Incoming> next();

private:
  std::string buffer;
};

// Longer packets are dropped: nothing here needs them.
inline constexpr size_t kMaxPacket = 128 * 1024;

// A packet ready to send; characters that have a meaning in framing are escaped.
std::string framePacket(std::string_view text);
// Undoes the escapes of binary data.
std::string unescape(std::string_view text);

std::string toHex(std::span<const uint8_t> bytes);
std::string toHex(std::string_view text);
// The bytes of a little-endian number of 1 to 8 bytes.
std::string toHex(uint64_t value, unsigned bytes);
std::optional<std::string> fromHex(std::string_view text);

// Reads a text from its front. Each function takes what it recognised.
class Scanner {
public:
  explicit Scanner(std::string_view text) : rest(text) {}
  bool take(char c);
  bool take(std::string_view prefix);
  std::optional<uint64_t> takeHexNumber();
  // Up to `end`, which is taken too, or all of it.
  std::string_view takeUntil(char end);
  std::string_view takeRest();
  std::string_view takeSome(size_t characters);
  bool empty() const { return rest.empty(); }

private:
  std::string_view rest;
};

} // namespace dlp::debug

#endif // OPENBANG_SIMULATOR_DEBUG_PACKET_H

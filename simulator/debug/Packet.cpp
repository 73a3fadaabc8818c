// Packet.cpp: framing, escapes and numbers of the gdb-remote protocol.
#include "simulator/debug/Packet.h"

#include <algorithm>

namespace dlp::debug {
namespace {

constexpr char kEscape = '}', kEscapeBit = 0x20, kInterrupt = 3;

int hexDigit(char c) {
  if (c >= '0' && c <= '9')
    return c - '0';
  c |= 0x20;
  return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

uint8_t checksum(std::string_view text) {
  uint8_t sum = 0;
  for (char c : text)
    sum = uint8_t(sum + uint8_t(c));
  return sum;
}

constexpr char kDigits[] = "0123456789abcdef";

} // namespace

std::optional<Incoming> PacketReader::next() {
  size_t start = 0;
  // Acknowledgements need no answer, and noise between packets has none.
  while (start < buffer.size() && buffer[start] != '$' && buffer[start] != kInterrupt && buffer[start] != '-')
    ++start;
  buffer.erase(0, start);
  if (buffer.empty())
    return std::nullopt;
  if (buffer[0] != '$') {
    auto kind = buffer[0] == '-' ? Incoming::Repeat : Incoming::Interrupt;
    buffer.erase(0, 1);
    return Incoming{kind, {}};
  }
  constexpr size_t kChecksumDigits = 2;
  size_t end = buffer.find('#');
  if (end == std::string::npos || end + kChecksumDigits >= buffer.size()) {
    if (buffer.size() <= kMaxPacket)
      return std::nullopt;
    buffer.clear();
    return Incoming{Incoming::Damaged, {}};
  }
  std::string text = buffer.substr(1, end - 1);
  int high = hexDigit(buffer[end + 1]), low = hexDigit(buffer[end + 2]);
  buffer.erase(0, end + 1 + kChecksumDigits);
  if (high < 0 || low < 0 || (high << 4 | low) != checksum(text) || text.size() > kMaxPacket)
    return Incoming{Incoming::Damaged, {}};
  return Incoming{Incoming::Packet, std::move(text)};
}

std::string framePacket(std::string_view text) {
  std::string body;
  for (char c : text) {
    if (c == '$' || c == '#' || c == kEscape || c == '*') {
      body += kEscape;
      c ^= kEscapeBit;
    }
    body += c;
  }
  uint8_t sum = checksum(body);
  return "$" + body + "#" + kDigits[sum >> 4] + kDigits[sum & 15];
}

std::string unescape(std::string_view text) {
  std::string plain;
  for (size_t i = 0; i < text.size(); ++i) {
    bool escaped = text[i] == kEscape && i + 1 < text.size();
    plain += escaped ? char(text[++i] ^ kEscapeBit) : text[i];
  }
  return plain;
}

std::string toHex(std::span<const uint8_t> bytes) {
  std::string text;
  text.reserve(2 * bytes.size());
  for (uint8_t b : bytes) {
    text += kDigits[b >> 4];
    text += kDigits[b & 15];
  }
  return text;
}

std::string toHex(std::string_view text) {
  return toHex(std::span(reinterpret_cast<const uint8_t *>(text.data()), text.size()));
}

std::string toHex(uint64_t value, unsigned bytes) {
  uint8_t little[8];
  for (unsigned i = 0; i < bytes; ++i)
    little[i] = uint8_t(value >> (8 * i));
  return toHex(std::span<const uint8_t>(little, bytes));
}

std::optional<std::string> fromHex(std::string_view text) {
  if (text.size() % 2)
    return std::nullopt;
  std::string bytes;
  for (size_t i = 0; i < text.size(); i += 2) {
    int high = hexDigit(text[i]), low = hexDigit(text[i + 1]);
    if (high < 0 || low < 0)
      return std::nullopt;
    bytes += char(high << 4 | low);
  }
  return bytes;
}

bool Scanner::take(char c) {
  if (rest.empty() || rest[0] != c)
    return false;
  rest.remove_prefix(1);
  return true;
}

bool Scanner::take(std::string_view prefix) {
  if (!rest.starts_with(prefix))
    return false;
  rest.remove_prefix(prefix.size());
  return true;
}

std::optional<uint64_t> Scanner::takeHexNumber() {
  uint64_t value = 0;
  size_t digits = 0;
  constexpr size_t kMostDigits = 16;
  for (; digits < rest.size() && hexDigit(rest[digits]) >= 0; ++digits)
    value = value << 4 | unsigned(hexDigit(rest[digits]));
  if (!digits || digits > kMostDigits)
    return std::nullopt;
  rest.remove_prefix(digits);
  return value;
}

std::string_view Scanner::takeUntil(char end) {
  size_t length = std::min(rest.find(end), rest.size());
  std::string_view taken = rest.substr(0, length);
  rest.remove_prefix(std::min(length + 1, rest.size()));
  return taken;
}

std::string_view Scanner::takeSome(size_t characters) {
  std::string_view taken = rest.substr(0, characters);
  rest.remove_prefix(taken.size());
  return taken;
}

std::string_view Scanner::takeRest() {
  std::string_view taken = rest;
  rest = {};
  return taken;
}

} // namespace dlp::debug

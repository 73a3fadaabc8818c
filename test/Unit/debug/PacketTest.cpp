// PacketTest.cpp: framing of the gdb-remote protocol, with good and with broken bytes.
#include "simulator/debug/Packet.h"
#include "simulator/debug/Transport.h"

#include <gtest/gtest.h>
#include <random>

using namespace dlp::debug;

namespace {

std::string checksummed(const std::string &text) {
  unsigned sum = 0;
  for (unsigned char c : text)
    sum += c;
  char digits[8];
  std::snprintf(digits, sizeof digits, "#%02x", sum % 256);
  return "$" + text + digits;
}

} // namespace

TEST(Packet, ComesInPieces) {
  PacketReader reader;
  for (char c : std::string("+$qC#b4")) {
    EXPECT_FALSE(reader.next());
    reader.feed({&c, 1});
  }
  auto packet = reader.next();
  ASSERT_TRUE(packet);
  EXPECT_EQ(packet->kind, Incoming::Packet);
  EXPECT_EQ(packet->text, "qC");
  EXPECT_FALSE(reader.next());
}

TEST(Packet, WrongChecksumIsDamage) {
  PacketReader reader;
  reader.feed("$qC#b5$qC#zz$qC#b4\x03-");
  EXPECT_EQ(reader.next()->kind, Incoming::Damaged);
  EXPECT_EQ(reader.next()->kind, Incoming::Damaged);
  EXPECT_EQ(reader.next()->text, "qC");
  EXPECT_EQ(reader.next()->kind, Incoming::Interrupt);
  EXPECT_EQ(reader.next()->kind, Incoming::Repeat);
  EXPECT_FALSE(reader.next());
}

TEST(Packet, AnEndlessOneIsDropped) {
  PacketReader reader;
  reader.feed("$" + std::string(kMaxPacket + 1, 'x'));
  EXPECT_EQ(reader.next()->kind, Incoming::Damaged);
  reader.feed(checksummed("g"));
  EXPECT_EQ(reader.next()->text, "g");
}

TEST(Packet, FramesAndEscapes) {
  EXPECT_EQ(framePacket("OK"), "$OK#9a");
  EXPECT_EQ(framePacket("a#b"), checksummed("a}\003b"));
  EXPECT_EQ(unescape("a}\003b"), "a#b");
  EXPECT_EQ(unescape("x}"), "x}");
}

TEST(Packet, Numbers) {
  EXPECT_EQ(toHex(0x1234, 4), "34120000");
  EXPECT_EQ(fromHex("0a7F"), std::string("\x0a\x7f"));
  EXPECT_FALSE(fromHex("0"));
  EXPECT_FALSE(fromHex("0g"));
  Scanner scanner("1f,ffffffffffffffff,00000000000000001");
  EXPECT_EQ(scanner.takeHexNumber(), 0x1fu);
  EXPECT_TRUE(scanner.take(','));
  EXPECT_EQ(scanner.takeHexNumber(), ~uint64_t{0});
  EXPECT_TRUE(scanner.take(','));
  EXPECT_FALSE(scanner.takeHexNumber()) << "17 digits are no 64-bit number";
}

// What comes out fits what went in, whatever the bytes are and however they are cut.
TEST(Packet, NoiseIsHarmless) {
  std::mt19937 random(1);
  const std::string alphabet = "$#+-\x03}*:;,abf0129qZmc";
  for (int round = 0; round < 2000; ++round) {
    PacketReader reader;
    size_t packets = 0;
    std::string good = checksummed("m" + std::to_string(round));
    std::string noise;
    for (unsigned i = random() % 40; i--;)
      noise += alphabet[random() % alphabet.size()];
    // "#00" ends whatever the noise has begun.
    std::string all = noise + "#00" + good;
    for (size_t at = 0; at < all.size();) {
      size_t count = 1 + random() % 7;
      reader.feed(std::string_view(all).substr(at, count));
      at += count;
      while (auto packet = reader.next())
        packets += packet->kind == Incoming::Packet && packet->text == good.substr(1, good.size() - 4);
    }
    EXPECT_EQ(packets, 1u) << noise;
  }
}

TEST(Transport, OnlyThisMachine) {
  std::string error;
  EXPECT_EQ(parsePlace("unix:/tmp/x", error)->path, "/tmp/x");
  EXPECT_EQ(parsePlace("127.0.0.1:1234", error)->port, 1234);
  for (const char *wrong : {"", "unix:", "0.0.0.0:1234", "1234", "127.0.0.1:", "127.0.0.1:65536", "127.0.0.1:1x",
                            "[::]:1", "localhost:1"}) {
    error.clear();
    EXPECT_FALSE(parsePlace(wrong, error)) << wrong;
    EXPECT_NE(error.find("expected"), std::string::npos) << wrong;
  }
}

// CountingTest.cpp: packed and counted bits, sparse groups, patterns in WRAM, repeated pieces: ends and faults.
#include "Bench.h"

using namespace dlp;
using namespace dlp::test;

namespace {

TEST(Bits, LastByteIsNotFull) {
  Bench m;
  m.put<int16_t>(kA, {0, 1, -1, 0, 0, 5, 0, 0, 0, -32768});
  m.put<uint8_t>(kOut, {0xff, 0xff, 0xff});
  m.run(execVpackb, "vpackb.b16", VpackbOps{kOut, kA, 1, 1, 5, 4});
  EXPECT_EQ(m.get<uint8_t>(kOut, 3), (std::vector<uint8_t>{0x26, 0x02, 0xff}));
  m.run(execVunpackb, "vunpackb.b32", VunpackbOps{kB, kOut, 1, 1, 9, 4});
  EXPECT_EQ(m.get<uint32_t>(kB, 9), (std::vector<uint32_t>{0, 1, 1, 0, 0, 1, 0, 0, 0}));
}

TEST(Bits, InPlace) {
  Bench m;
  m.put<uint8_t>(kA, {0xb1});
  m.run(execVunpackb, "vunpackb.b8", VunpackbOps{kA, kA, 1, 1, 1, 8});
  EXPECT_EQ(m.get<uint8_t>(kA, 8), (std::vector<uint8_t>{1, 0, 0, 0, 1, 1, 0, 1}));
}

TEST(Bits, CountsAtTheEnds) {
  Bench m;
  m.put<uint32_t>(kA, {0, 0xffffffff, 1, 0x80000000, 0x7fffffff, 0xc0000000});
  m.run(execVbitcnt, "vbitcnt.b32.nsa", VbitcntOps{kOut, kA, 6});
  EXPECT_EQ(m.get<uint32_t>(kOut, 6), (std::vector<uint32_t>{31, 31, 30, 0, 0, 1}));
  m.run(execVbitcnt, "vbitcnt.b32.ones", VbitcntOps{kOut, kA, 6});
  EXPECT_EQ(m.get<uint32_t>(kOut, 6), (std::vector<uint32_t>{0, 32, 1, 1, 31, 2}));
  m.run(execVbitcnt, "vbitcnt.b8.zeros", VbitcntOps{kOut, kA, 5});
  EXPECT_EQ(m.get<uint8_t>(kOut, 5), (std::vector<uint8_t>{8, 8, 8, 8, 0}));
}

TEST(Sparse, EqualMagnitudesAndNaN) {
  Bench m;
  m.put<float>(kA, {1, -1, 1, 1, NAN, 2, INFINITY, 3, 0, -0.0f, 0, 0});
  m.run(execVsparse, "vsparse.f32.index", VsparseOps{kOut, kA, 0, 4, 1, 1, 3});
  EXPECT_EQ(m.get<float>(kOut, 12), (std::vector<float>{1, 1, 0, 0, 1, 0, 1, 0, 1, 1, 0, 0}));
}

// WRAM row r of a pattern is in table r.
void putRow(Bench &m, uint64_t row, const std::vector<int16_t> &values) {
  m.put(kWramBase + row * m.machine().wramTableBytes(), values);
}

TEST(Patterns, CountsAddAndWrap) {
  Bench m;
  for (uint64_t row = 0; row < 64; ++row)
    putRow(m, row, std::vector<int16_t>(32, int16_t(row)));
  m.put<int16_t>(kA, {0, 1, 2, 3, 0, 1, 2, 3, 3});
  m.put(kOut, std::vector<int16_t>(64, 32767));
  m.run(execVhist, "vhist.i16.i16", VhistOps{kOut, kA, kWramBase, 9});
  const auto got = m.get<int16_t>(kOut, 64);
  EXPECT_EQ(got[0], -32767);
  EXPECT_EQ(got[3], -32766);
  EXPECT_EQ(got[4], 32767);
}

TEST(Patterns, SumsGoOnAcrossBlocks) {
  Bench m;
  for (int64_t row = 0; row < 32; ++row) {
    std::vector<int16_t> ones(32);
    std::fill_n(ones.begin(), row + 1, int16_t(1));
    putRow(m, row, ones);
  }
  m.put(kA, std::vector<int16_t>(100, 32767));
  m.run(execVintegral, "vintegral.i32.i16", VintegralOps{kOut, kA, kWramBase, 100, 0});
  const auto got = m.get<int32_t>(kOut, 100);
  for (int i = 0; i < 100; ++i)
    EXPECT_EQ(got[i], 32767 * (i + 1));
}

TEST(Extension, NothingAndMuch) {
  Bench m;
  m.put<uint16_t>(kA, {7, 8, 9});
  m.put<uint8_t>(kB, {2, 0, 3});
  m.put(kOut, std::vector<uint16_t>(6, 1));
  m.run(execVextend, "vextend.u8", VextendOps{kOut, kA, kB, 2, 8, 3});
  EXPECT_EQ(m.get<uint16_t>(kOut, 6), (std::vector<uint16_t>{7, 7, 9, 9, 9, 1}));
}

TEST(CountingFaults, Sentences) {
  Bench m;
  m.put<uint32_t>(kB, {0xffffffff});
  EXPECT_EQ(m.faultOf(execVpackb, "vpackb.b32", VpackbOps{kOut, kA, 1, 1, 1, 6}),
            "vpackb.b32: bytes is 6, expected a multiple of the element's 4 bytes");
  EXPECT_EQ(m.faultOf(execVsparse, "vsparse.f16.union", VsparseOps{kOut, kA, 0, 6, 1, 1, 1}),
            "vsparse.f16.union: ci is 6, expected a multiple of 4: pad the channels with zeros");
  EXPECT_EQ(m.faultOf(execVextend, "vextend.u8", VextendOps{kOut, kA, kB, 2, 0, 3}),
            "vextend.u8: dir is 0, expected NRAM2NRAM");
  EXPECT_EQ(m.faultOf(execVextend, "vextend.u32", VextendOps{kOut, kA, kB, 64, 8, 1}),
            "vextend.u32: the results take more than the NRAM of a core");
  EXPECT_EQ(m.faultOf(execVhist, "vhist.i32.i8", VhistOps{kOut, kA, kWramBase + m.machine().wramTableBytes(), 1}),
            "vhist.i32.i8: kernel lies at byte 16384 of WRAM, expected an offset in table 0");
  EXPECT_EQ(m.faultOf(execVhist, "vhist.i32.i8", VhistOps{kOut, kA, kWramBase, 0}),
            "vhist.i32.i8: n is 0, expected at least 1");
}

} // namespace

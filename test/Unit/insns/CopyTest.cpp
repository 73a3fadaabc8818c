// CopyTest.cpp: copies in all forms and directions, WRAM tables, fills.
#include "Bench.h"

using namespace dlp;
using namespace dlp::test;

namespace {

constexpr uint64_t kTable = kMiB / 64;

TEST(Copy, PlainThroughEverySpace) {
  Bench m;
  const uint64_t gdram = m.gdram.allocate(5000);
  const auto bytes = samples<uint8_t>(4999, 81);
  m.put(gdram, bytes);
  m.run(execLd, "ld.sram.gdram", LdOps{kSramBase + 3, gdram, 4999});
  m.run(execMv, "mv.nram.sram", MvOps{kA + 1, kSramBase + 3, 4999});
  m.run(execStAsync, "st.async.ldram.nram", StAsyncOps{kLdramBase + 5, kA + 1, 4999});
  m.run(execCp, "cp.gdram.ldram", CpOps{gdram + 1, kLdramBase + 5, 4999});
  EXPECT_EQ(m.get<uint8_t>(gdram + 1, 4999), bytes);
}

TEST(Copy, OverlapReadsSourcesFirst) {
  for (int shift : {1, -1, 100, -100}) {
    Bench m;
    const auto bytes = samples<uint8_t>(1000, 82);
    m.put(kA, bytes);
    m.run(execMv, "mv.nram.nram", MvOps{kA + shift, kA, 1000});
    EXPECT_EQ(m.get<uint8_t>(kA + shift, 1000), bytes);
    m.put(kA, bytes);
    // 30 rows of 20 bytes packed into rows of 25, over themselves.
    m.run(execMv2d, "mv.2d.nram.nram", Mv2dOps{kA + shift, kA, 20, 25, 20, 29});
    for (size_t s = 0; s < 30; ++s)
      EXPECT_EQ(m.get<uint8_t>(kA + shift + s * 25, 20),
                std::vector<uint8_t>(bytes.begin() + s * 20, bytes.begin() + (s + 1) * 20));
  }
}

TEST(Copy, TwoDimensionalStrides) {
  Bench m;
  const uint64_t gdram = m.gdram.allocate(4096);
  const auto bytes = samples<uint8_t>(4096, 83);
  m.put(gdram, bytes);
  m.run(execLd2d, "ld.2d.nram.gdram", Ld2dOps{kA, gdram, 10, 16, 100, 7});
  for (size_t s = 0; s < 8; ++s)
    for (size_t i = 0; i < 10; ++i)
      ASSERT_EQ(m.get<uint8_t>(kA + s * 16, 10)[i], bytes[s * 100 + i]);
  m.run(execLd2d, "ld.2d.nram.gdram", Ld2dOps{kB, gdram + 50, 10, 10, 0, 3});
  for (size_t i = 0; i < 40; ++i)
    ASSERT_EQ(m.get<uint8_t>(kB, 40)[i], bytes[50 + i % 10]) << "a source stride of 0 repeats";
  m.run(execLd2d, "ld.2d.nram.gdram", Ld2dOps{kC, gdram + 4000, 4, 4, uint64_t(-8), 9});
  for (size_t i = 0; i < 40; ++i)
    ASSERT_EQ(m.get<uint8_t>(kC, 40)[i], bytes[4000 - i / 4 * 8 + i % 4]) << "source strides may be negative";
}

TEST(Copy, FourDimensionalStrides) {
  Bench m;
  const auto bytes = samples<uint8_t>(4096, 84);
  m.put(kA, bytes);
  // 3 x 4 destination segments, 6 x 2 source segments of 5 bytes.
  m.run(execMv4d, "mv.4d.nram.nram", Mv4dOps{kOut, kA, 5, 8, 2, 50, 3, 40, 5, uint64_t(-7), 1});
  for (int k = 0; k < 12; ++k) {
    const uint64_t s = kA + (k % 6) * 40 - (k / 6) * 7, d = kOut + (k % 3) * 8 + (k / 3) * 50;
    ASSERT_EQ(m.get<uint8_t>(d, 5), m.get<uint8_t>(s, 5)) << k;
  }
}

TEST(Copy, RunTimeDirections) {
  Bench m;
  const uint64_t gdram = m.gdram.allocate(1024);
  const uint64_t bases[] = {0, kA, kWramBase, kSramBase, kLdramBase, gdram};
  // mluMemcpyDirection_t in order: {destination, source}.
  const Space N = Space::Nram, W = Space::Wram, S = Space::Sram, L = Space::Ldram, G = Space::Gdram;
  const std::pair<Space, Space> order[] = {{N, G}, {G, N}, {N, L}, {L, N}, {W, G}, {G, W}, {W, L}, {L, W},
                                           {N, N}, {W, N}, {N, W}, {S, G}, {G, S}, {S, L}, {L, S}, {N, S},
                                           {S, N}, {W, S}, {S, W}, {G, G}, {L, G}, {G, L}, {L, L}, {S, S}};
  for (uint64_t dir = 0; dir < std::size(order); ++dir) {
    const uint64_t dst = bases[int(order[dir].first)] + (order[dir].first == W ? 0 : 256);
    const uint64_t src = bases[int(order[dir].second)];
    const auto bytes = samples<uint8_t>(128, uint32_t(dir));
    // A plain copy sees WRAM spread over its tables: move the bytes there and back by segments.
    m.put(kB, bytes);
    if (order[dir].second == W)
      m.run(execMv2d, "mv.2d.wram.nram", Mv2dOps{src, kB, 2, kTable, 2, 63});
    else
      m.put(src, bytes);
    m.run(execDma, "dma", DmaOps{dst, src, 128, dir});
    if (order[dir].first == W)
      m.run(execMv4d, "mv.4d.nram.wram", Mv4dOps{kC, dst, 2, 2, 63, 0, 0, kTable, 63, 0, 0});
    EXPECT_EQ(m.get<uint8_t>(order[dir].first == W ? kC : dst, 128), bytes) << "direction " << dir;
  }
  EXPECT_EQ(m.faultOf(execDma, "dma", DmaOps{kA, kB, 1, 24}),
            "dma: direction is 24, expected 0 to 23, a value of mluMemcpyDirection_t");
  EXPECT_NE(m.faultOf(execDma, "dma", DmaOps{kA, kSramBase, 64, 0}), "")
      << "the source must be where the direction says";
  EXPECT_EQ(m.kind, FaultKind::WrongSpace);
}

TEST(Copy, OtherCluster) {
  Bench m;
  const auto bytes = samples<uint8_t>(300, 85);
  m.put(kSramBase, bytes);
  m.run(execMvCluster, "mv.cluster.sram.sram", MvClusterOps{kSramBase + 7, kSramBase, 300, 2});
  EXPECT_EQ(m.remoteCluster, 2u);
  EXPECT_EQ(m.get<uint8_t>(kSramBase + 7 + 0x100000, 300), bytes);
}

TEST(CopyWram, PlainCopySpreadsOverTables) {
  Bench m;
  const auto bytes = samples<uint8_t>(64 * 24, 86);
  m.put(kA, bytes);
  m.run(execMv, "mv.wram.nram", MvOps{kWramBase + 64, kA, bytes.size()});
  for (size_t t = 0; t < 64; ++t)
    EXPECT_EQ(m.get<uint8_t>(kWramBase + t * kTable + 64, 24),
              std::vector<uint8_t>(bytes.begin() + t * 24, bytes.begin() + (t + 1) * 24));
  m.run(execMv, "mv.nram.wram", MvOps{kB, kWramBase + 64, bytes.size()});
  EXPECT_EQ(m.get<uint8_t>(kB, bytes.size()), bytes) << "reading back is the inverse";
}

TEST(CopyWram, TableStrideEqualsPlainCopy) {
  Bench m;
  const auto bytes = samples<uint8_t>(64 * 32, 87);
  m.put(kA, bytes);
  m.run(execMv2d, "mv.2d.wram.nram", Mv2dOps{kWramBase, kA, 32, kTable, 32, 63});
  m.run(execMv, "mv.nram.wram", MvOps{kB, kWramBase, bytes.size()});
  EXPECT_EQ(m.get<uint8_t>(kB, bytes.size()), bytes);
}

TEST(CopyWram, Faults) {
  Bench m;
  EXPECT_EQ(m.faultOf(execMv, "mv.wram.nram", MvOps{kWramBase, kA, 100}),
            "mv.wram.nram: bytes is 100, expected a multiple of 64, to spread over the WRAM tables");
  EXPECT_EQ(
      m.faultOf(execMv, "mv.wram.nram", MvOps{kWramBase + 3 * kTable, kA, 64}),
      "mv.wram.nram: dst lies in WRAM table 3, expected an offset in table 0, since a copy without segments spreads "
      "over all 64 tables");
  EXPECT_EQ(m.faultOf(execMv, "mv.wram.nram", MvOps{kWramBase + kTable - 8, kA, 64 * 9}),
            "mv.wram.nram: dst takes 9 bytes of each WRAM table from offset 16376, a table has 16384");
  EXPECT_EQ(m.kind, FaultKind::OutOfBounds);
  EXPECT_EQ(m.faultOf(execMv2d, "mv.2d.wram.nram", Mv2dOps{kWramBase, kA, 4, 12, 4, 1}),
            "mv.2d.wram.nram: destination stride is 12, expected a multiple of 8 in WRAM");
}

TEST(CopyFaults, Sentences) {
  Bench m;
  EXPECT_EQ(m.faultOf(execMv, "mv.nram.nram", MvOps{kA, kB, 0}), "mv.nram.nram: bytes is 0, expected at least 1");
  EXPECT_EQ(m.faultOf(execMv2d, "mv.2d.nram.nram", Mv2dOps{kA, kB, 8, 4, 8, 1}),
            "mv.2d.nram.nram: dst_stride is 4, expected at least the 8 bytes of a segment");
  EXPECT_EQ(m.faultOf(execMv2d, "mv.2d.nram.nram", Mv2dOps{kA, kB, 8, 0, 0, 0}), "") << "one segment needs no stride";
  EXPECT_EQ(m.faultOf(execMv2d, "mv.2d.nram.nram", Mv2dOps{kA, kB, 8, 8, 8, 65536}),
            "mv.2d.nram.nram: segnum is 65536, expected 0 to 65535, the number of segments less one");
  EXPECT_EQ(
      m.faultOf(execMv4d, "mv.4d.nram.nram", Mv4dOps{kA, kB, 8, 8, 2, 8, 0, 8, 1, 8, 0}),
      "mv.4d.nram.nram: the destination has 3 segments and the source 2, expected (dseg1 + 1) * (dseg2 + 1) equal to "
      "(sseg1 + 1) * (sseg2 + 1)");
  EXPECT_NE(m.faultOf(execLd, "ld.nram.gdram", LdOps{kA, kGdramBase + kGiB, 4}), "");
  EXPECT_EQ(m.kind, FaultKind::OutOfBounds);
}

TEST(Fill, WidthsSpacesAndSegments) {
  Bench m;
  const uint64_t gdram = m.gdram.allocate(1000);
  m.run(execSet, "set.b8.nram", SetOps{kA + 1, 0x1ff, 77});
  EXPECT_EQ(m.get<uint8_t>(kA + 1, 77), std::vector<uint8_t>(77, 0xff));
  m.run(execSetAsync, "set.async.b16.sram", SetAsyncOps{kSramBase + 1, 0xffff1234, 3});
  EXPECT_EQ(m.get<uint16_t>(kSramBase + 1, 3), std::vector<uint16_t>(3, 0x1234));
  m.run(execSetx, "setx.b32.gdram", SetxOps{gdram, 0x3f800000, 250});
  EXPECT_EQ(m.get<float>(gdram, 250), std::vector<float>(250, 1.0f));
  m.put(kB, std::vector<uint8_t>(64, 9));
  m.run(execSet2d, "set.2d.b16.nram", Set2dOps{kB, 0x0101, 2, 10, 3});
  const auto got = m.get<uint8_t>(kB, 64);
  for (size_t i = 0; i < 64; ++i)
    ASSERT_EQ(got[i], i % 10 < 4 && i < 40 ? 1 : 9);
  m.run(execSetxAsync2d, "setx.async.2d.b32.ldram", SetxAsync2dOps{kLdramBase, 7, 4, 32, 1});
  EXPECT_EQ(m.get<uint32_t>(kLdramBase + 32, 4), std::vector<uint32_t>(4, 7));
  EXPECT_EQ(m.faultOf(execSet, "set.b8.nram", SetOps{kA, 0, 0}), "set.b8.nram: n is 0, expected at least 1");
}

} // namespace

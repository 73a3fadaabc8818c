// EnginesTest.cpp: cycles of single instructions, against sums worked out by hand.
#include "simulator/timing/Engines.h"
#include "Machine.h"
#include "simulator/core/Core.h"
#include "simulator/timing/Pipeline.h"

#include <gtest/gtest.h>

#include <cmath>

using namespace dlp;
using namespace dlp::timing;

namespace {

const Parameters p = plainParameters();

// An instruction by its mnemonic, with operands by name.
struct Insn {
  XdlpInsn insn;
  std::array<uint64_t, kMaxOperands> operands{};
  Insn(const char *mnemonic, std::initializer_list<std::pair<const char *, uint64_t>> values = {}) {
    auto ref = findInsn(mnemonic);
    EXPECT_TRUE(ref) << mnemonic;
    insn.word = {ref->id, ref->variant, {}};
    insn.info = &insnInfo(ref->id);
    for (auto [name, value] : values)
      for (unsigned i = 0; i < insn.info->operands.size(); ++i)
        if (std::string_view(name) == insn.info->operands[i].name)
          operands[i] = value;
  }
  Instruction get(Queue queue = Queue::None) const { return {insn, operands.data(), queue}; }
};

Pieces pieces(std::initializer_list<MemoryPiece> list) {
  Pieces all;
  for (const MemoryPiece &piece : list)
    all.add(piece, p);
  return all;
}

double vectorCycles(const char *mnemonic, uint64_t bytes) {
  Pieces touched = pieces({{kNramBase, bytes, false, "src"}, {kNramBase + 65536, bytes, true, "dst"}});
  return computeCost(Insn(mnemonic).get(), touched, p).start;
}

TEST(Engines, vectorsTakeAStartAndTheirBytes) {
  EXPECT_DOUBLE_EQ(vectorCycles("vadd.f32", 4096), 24 + 32);
  EXPECT_DOUBLE_EQ(vectorCycles("vadd.f32", 4), 24 + 1); // a part of a row costs a row
  EXPECT_DOUBLE_EQ(vectorCycles("vdiv.f32", 4096), 24 + 8 * 32);
  EXPECT_DOUBLE_EQ(vectorCycles("vdiv.f16", 4096), 24 + 4 * 32);
  EXPECT_DOUBLE_EQ(vectorCycles("vtrans.b32", 4096), 24 + 2 * 32);
  EXPECT_DOUBLE_EQ(vectorCycles("vsum.f32", 4096), 24 + 32 + 5); // log2 of 32 lanes
}

double matmul(const char *mnemonic, uint64_t m, uint64_t k, uint64_t n) {
  return computeCost(Insn(mnemonic, {{"m", m}, {"k", k}, {"n", n}}).get(), {}, p).start;
}

TEST(Engines, productsArePadded) {
  EXPECT_DOUBLE_EQ(matmul("tmatmul.f32.f32.f32", 8, 16, 64), 64 + 8 * 16 * 64 / 256.);
  EXPECT_DOUBLE_EQ(matmul("tmatmul.f32.f32.f32", 8, 1, 1), 64 + 8 * 16 * 64 / 256.);
  EXPECT_DOUBLE_EQ(matmul("tmatmul.f32.f16.f16", 8, 33, 65), 64 + 8 * 64 * 128 / 1024.);
  EXPECT_DOUBLE_EQ(matmul("tmatmul.f32.i8.i8", 8, 64, 64), 64 + 8 * 64 * 64 / 4096.);
  EXPECT_DOUBLE_EQ(matmul("tmatmul.f32.i16.i8", 8, 64, 64), 64 + 8 * 64 * 64 / 2048.);
  EXPECT_DOUBLE_EQ(matmul("tmatmul.f32.f16.f32", 8, 64, 64), 64 + 8 * 64 * 64 / 512.);
  Cost cost = computeCost(Insn("tmatmul.f32.f32.f32", {{"m", 8}, {"k", 1}, {"n", 1}}).get(), {}, p);
  EXPECT_EQ(cost.useful, 8u);
  EXPECT_EQ(cost.padded, 8u * 16 * 64);
}

TEST(Engines, convolutionsCountTheirWindows) {
  Insn conv("tconv.f32.f32.f32",
            {{"ci", 16}, {"h", 10}, {"w", 8}, {"kh", 3}, {"kw", 3}, {"sh", 1}, {"sw", 1}, {"co", 64}});
  EXPECT_DOUBLE_EQ(computeCost(conv.get(), {}, p).start, 64 + 8 + 8 * 6 * 9 * 16 * 64 / 256.);
}

constexpr uint64_t kG = kGdramBase;

TEST(Engines, offChipMemoryMovesWholeSectors) {
  EXPECT_EQ(pieces({{kG, 64, false, "src"}}).sectorsRead, 64u);
  EXPECT_EQ(pieces({{kG, 4, false, "src"}}).sectorsRead, 64u);
  EXPECT_EQ(pieces({{kG + 60, 8, false, "src"}}).sectorsRead, 128u);
  EXPECT_EQ(pieces({{kG, 64, true, "dst"}}).sectorsWritten, 64u);
  EXPECT_EQ(pieces({{kG, 4, true, "dst"}}).sectorsWritten, 128u); // read, change, write
  EXPECT_EQ(pieces({{kG + 32, 64, true, "dst"}}).sectorsWritten, 256u);
  EXPECT_EQ(pieces({{kG + 32, 32, true, "dst"}}).sectorsWritten, 128u);
  EXPECT_EQ(pieces({{kG + 32, 32, true, "dst"}}).split, 1u);
  EXPECT_EQ(pieces({{kNramBase, 4, true, "dst"}}).sectorsWritten, 0u);
}

TEST(Engines, copiesOffChip) {
  Insn load("ld.nram.gdram");
  Cost one = copyCost(load.get(Queue::Io), pieces({{kG, 4096, false, "src"}, {kNramBase, 4096, true, "dst"}}), p);
  EXPECT_DOUBLE_EQ(one.start, 20 + 300);
  EXPECT_EQ(one.bytes, 4096u);
  EXPECT_EQ(one.flow, Flow::DramRead);
  Pieces rows;
  for (unsigned i = 0; i < 10; ++i) {
    rows.add({kNramBase + i * 16, 16, false, "src"}, p);
    rows.add({kG + i * 1024, 16, true, "dst"}, p);
  }
  Cost strided = copyCost(Insn("st.gdram.nram").get(Queue::Io), rows, p);
  EXPECT_DOUBLE_EQ(strided.start, 20 + 100 + 10 * 4);
  EXPECT_EQ(strided.bytes, 10u * 128);
  EXPECT_EQ(strided.flow, Flow::DramWrite);
}

TEST(Engines, copiesOnChip) {
  Insn move("mv.nram.nram");
  Cost nram = copyCost(move.get(Queue::Move),
                       pieces({{kNramBase, 640, false, "src"}, {kNramBase + 4096, 640, true, "dst"}}), p);
  EXPECT_DOUBLE_EQ(nram.start, 20 + 30 + 10);
  EXPECT_EQ(nram.flow, Flow::None);
  Cost sram =
      copyCost(move.get(Queue::Move), pieces({{kSramBase, 640, false, "src"}, {kNramBase, 640, true, "dst"}}), p);
  EXPECT_DOUBLE_EQ(sram.start, 20 + 30);
  EXPECT_EQ(sram.bytes, 640u);
  EXPECT_EQ(sram.flow, Flow::Sram);
  Cost remote = copyCost(move.get(Queue::Move),
                         pieces({{kSramBase, 640, false, "src"}, {kSramBase, 640, true, "dst", 1, true}}), p);
  EXPECT_DOUBLE_EQ(remote.start, 20 + 200 + 20);
}

TEST(Engines, scalarInstructions) {
  Parameters q = p;
  q.scalarAlu = 1;
  q.scalarMultiply = 3;
  q.scalarFloat = 2;
  q.scalarDivideFloat = 16;
  q.scalarDivideHalf = 8;
  q.scalarDivide = 18;
  q.nramLoad = 10;
  q.nramStore = 2;
  q.sramLoad = 30;
  q.sramStore = 3;
  q.gdramStore = 8;
  auto cost = [&](ScalarId id) {
    Op op{};
    op.id = uint16_t(id);
    return scalarCost(op, q);
  };
  EXPECT_EQ(cost(ScalarId::ADDI), 1u);
  EXPECT_EQ(cost(ScalarId::JALR), 1u);
  EXPECT_EQ(cost(ScalarId::MULW), 3u);
  EXPECT_EQ(cost(ScalarId::REMU), 18u);
  EXPECT_EQ(cost(ScalarId::FADD_S), 2u);
  EXPECT_EQ(cost(ScalarId::FCVT_S_H), 2u);
  EXPECT_EQ(cost(ScalarId::FDIV_S), 16u);
  EXPECT_EQ(cost(ScalarId::FDIV_H), 8u);
  EXPECT_EQ(cost(ScalarId::LW), 10u);
  EXPECT_EQ(cost(ScalarId::FLH), 10u);
  EXPECT_EQ(cost(ScalarId::AMOADD_W), 10u);
  EXPECT_EQ(cost(ScalarId::FSW), 2u);
  EXPECT_EQ(scalarAccessCost(Space::Nram, false, q), 0u);
  EXPECT_EQ(scalarAccessCost(Space::Sram, false, q), 20u);
  EXPECT_EQ(scalarAccessCost(Space::Gdram, false, q), 290u);
  EXPECT_EQ(scalarAccessCost(Space::Ldram, true, q), 6u);
  EXPECT_EQ(scalarAccessCost(Space::Rom, false, q), 0u);
}

} // namespace

// DeviceTest.cpp: the card: launches, tasks, queues, barriers and faults.
#include "simulator/Device.h"
#include "TestImage.h"
#include "simulator/core/MachineConfig.h"

#include <gtest/gtest.h>

#include <cstdlib>

using namespace dlp;
using namespace dlp::test;

namespace {

class Card : public testing::Test {
protected:
  void useMachine(const char *name) {
    std::string error;
    auto config = loadMachine(name, error);
    ASSERT_TRUE(config) << error;
    device = std::make_unique<Device>(*config);
  }
  void SetUp() override { useMachine("mlu370-x8"); }

  // Loads `code` as the only kernel, with parameters given as 64-bit words.
  LaunchRequest request(const Code &code, ImageOptions options = {}, std::vector<uint64_t> words = {}) {
    auto *bytes = reinterpret_cast<const uint8_t *>(words.data());
    params.assign(bytes, bytes + words.size() * 8);
    options.paramBytes = uint32_t(params.size());
    LaunchRequest r{0, "k", {}, TaskType::Block, params};
    Error e = device->loadImage(buildImage(code, options), r.image);
    EXPECT_FALSE(e) << *e;
    return r;
  }

  std::optional<Fault> run(const LaunchRequest &r) {
    Error e = device->validate(r);
    EXPECT_FALSE(e) << *e;
    return e ? std::nullopt : device->launch(r, LaunchHost{[this](std::string_view t) { printed += t; }}, &stats);
  }

  void expectSuccess(const LaunchRequest &r) {
    auto fault = run(r);
    EXPECT_FALSE(fault) << fault->describe();
  }

  template <typename T = uint64_t> std::vector<T> read(uint64_t address, size_t n) {
    std::vector<T> v(n);
    EXPECT_FALSE(device->read(v.data(), address, n * sizeof(T)));
    return v;
  }

  std::unique_ptr<Device> device;
  std::vector<uint8_t> params;
  std::string printed;
  LaunchStats stats;
};

// out[taskId] = special, for every core that is no memory core.
Code storeSpecial(const char *special) {
  return Code()
      .ld(s0, 0, a0)
      .csrr(t0, "coreId")
      .addi(t1, zero, 0x80)
      .beq(t0, t1, 6 * 4)
      .csrr(t0, "taskId")
      .slli(t0, t0, 3)
      .add(s0, s0, t0)
      .csrr(t1, special)
      .sd(t1, 0, s0)
      .exit();
}

TEST_F(Card, blockTasksRunOnceEach) {
  uint64_t out = device->allocate(100 * 8);
  auto r = request(storeSpecial("taskId"), {}, {out});
  r.dim = {10, 5, 2};
  expectSuccess(r);
  auto v = read(out, 100);
  for (uint64_t i = 0; i < 100; ++i)
    EXPECT_EQ(v[i], i);
  EXPECT_EQ(stats.instructions, 100u * 10);
}

TEST_F(Card, taskCoordinatesFollowTheDimension) {
  uint64_t out = device->allocate(24 * 8);
  for (auto [special, value] :
       {std::pair<const char *, uint64_t (*)(uint64_t)>{"taskIdX", [](uint64_t i) { return i % 4; }},
        {"taskIdY", [](uint64_t i) { return i / 4 % 3; }},
        {"taskIdZ", [](uint64_t i) { return i / 12; }},
        {"taskDim", [](uint64_t) { return uint64_t{24}; }},
        {"taskDimX", [](uint64_t) { return uint64_t{4}; }},
        {"taskDimY", [](uint64_t) { return uint64_t{3}; }},
        {"taskDimZ", [](uint64_t) { return uint64_t{2}; }},
        {"coreDim", [](uint64_t) { return uint64_t{4}; }},
        {"clusterDim", [](uint64_t) { return uint64_t{0}; }}}) {
    auto r = request(storeSpecial(special), {}, {out});
    r.dim = {4, 3, 2};
    expectSuccess(r);
    auto v = read(out, 24);
    for (uint64_t i = 0; i < 24; ++i)
      EXPECT_EQ(v[i], value(i)) << special << " of task " << i;
  }
}

TEST_F(Card, unionTasksSpreadOverClusters) {
  uint64_t out = device->allocate(32 * 8);
  auto r = request(storeSpecial("clusterId"), {}, {out});
  r.type = TaskType::Union2;
  r.dim = {32, 1, 1}; // four unions of two clusters on a card of four clusters
  expectSuccess(r);
  auto v = read(out, 32);
  for (uint64_t i = 0; i < 32; ++i)
    EXPECT_EQ(v[i], i / 4 % 2) << i;
  r = request(storeSpecial("coreId"), {}, {out});
  r.type = TaskType::Union4;
  r.dim = {16, 1, 2};
  expectSuccess(r);
  v = read(out, 32);
  for (uint64_t i = 0; i < 32; ++i)
    EXPECT_EQ(v[i], i % 4) << i;
}

TEST_F(Card, memoryCoresRunUnionTasksWithTheirClustersFirstTask) {
  uint64_t out = device->allocate(16 * 8);
  // Only the memory cores store: out[clusterId] = taskId + 100.
  Code code;
  code.ld(s0, 0, a0).csrr(t0, "coreId").addi(t1, zero, 0x80).bne(t0, t1, 7 * 4);
  code.csrr(t0, "clusterId").slli(t0, t0, 3).add(s0, s0, t0).csrr(t1, "taskId").addi(t1, t1, 100).sd(t1, 0, s0).exit();
  auto r = request(code, {}, {out});
  r.type = TaskType::Union4;
  r.dim = {16, 1, 1};
  expectSuccess(r);
  EXPECT_EQ(read(out, 4), (std::vector<uint64_t>{100, 104, 108, 112}));
  r.type = TaskType::Block; // and none in Block tasks
  device->fill(out, 0, 128);
  expectSuccess(r);
  EXPECT_EQ(read(out, 4), (std::vector<uint64_t>{0, 0, 0, 0}));
}

TEST_F(Card, memoryCoreIgnoresComputeAndNramCopies) {
  uint64_t data = device->allocate(256);
  Code code;
  code.ld(s0, 0, a0).lui(t0, kNramBase >> 12).addi(t1, zero, 64).addi(t2, zero, 16);
  code.xdlp("ld.nram.gdram", {t0, s0, t1}).xdlp("vadd.f32", {t0, t0, t0, t2}).exit();
  auto r = request(code, {}, {data});
  r.type = TaskType::Union1;
  r.dim = {4, 1, 1};
  expectSuccess(r);
}

// SRAM is filled by the memory core alone; the cores read it after a barrier.
TEST_F(Card, sramIsLoadedByTheMemoryCore) {
  uint64_t in = device->allocate(64), out = device->allocate(32 * 8);
  uint64_t value = 0x1122334455667788;
  device->write(in, &value, 8);
  Code code;
  code.ld(s0, 0, a0).ld(s1, 8, a0).lui(t0, kSramBase >> 12).addi(t1, zero, 64);
  code.xdlp("ld.sram.gdram", {t0, s0, t1}).xdlp("barrier.cluster");
  code.csrr(t1, "coreId").addi(t2, zero, 0x80).beq(t1, t2, 6 * 4);
  code.csrr(t1, "taskId").slli(t1, t1, 3).add(s1, s1, t1).ld(t2, 0, t0).sd(t2, 0, s1).exit();
  auto r = request(code, {}, {in, out});
  r.type = TaskType::Union2;
  r.dim = {16, 1, 1};
  expectSuccess(r);
  EXPECT_EQ(read(out, 16), std::vector<uint64_t>(16, value));
}

// An asynchronous load is seen only after its sync; how far it is late does not depend on luck.
TEST_F(Card, asynchronousCopiesHappenAtTheSync) {
  for (const char *sync : {"", "sync.move", "sync.io", "sync"}) {
    uint64_t in = device->allocate(64), out = device->allocate(64);
    uint64_t value = 1234;
    device->write(in, &value, 8);
    Code code;
    code.ld(s0, 0, a0).ld(s1, 8, a0).lui(t0, kNramBase >> 12).addi(t1, zero, 8).sd(zero, 0, t0);
    code.xdlp("ld.async.nram.gdram", {t0, s0, t1});
    if (*sync)
      code.xdlp(sync);
    code.ld(t2, 0, t0).sd(t2, 0, s1).exit();
    expectSuccess(request(code, {}, {in, out}));
    bool covers = std::string(sync) == "sync.io" || std::string(sync) == "sync";
    EXPECT_EQ(read(out, 1)[0], covers ? 1234u : 0u) << sync;
  }
}

TEST_F(Card, synchronousCopyDrainsItsQueueAndTaskEndDrainsAll) {
  uint64_t in = device->allocate(64), out = device->allocate(64);
  uint64_t values[2] = {5, 6};
  device->write(in, values, 16);
  Code code;
  code.ld(s0, 0, a0).ld(s1, 8, a0).lui(t0, kNramBase >> 12).addi(t1, zero, 8).addi(t2, t0, 8).addi(a1, s0, 8);
  code.xdlp("ld.async.nram.gdram", {t0, s0, t1}).xdlp("ld.nram.gdram", {t2, a1, t1});
  code.ld(a2, 0, t0).sd(a2, 0, s1);                                      // 5: the queue was drained
  code.addi(a3, s1, 8).xdlp("st.async.gdram.nram", {a3, t2, t1}).exit(); // 6: at the end of the task
  expectSuccess(request(code, {}, {in, out}));
  EXPECT_EQ(read(out, 2), (std::vector<uint64_t>{5, 6}));
}

TEST_F(Card, fullQueueRunsItsOldestOperation) {
  uint64_t in = device->allocate(256), out = device->allocate(256);
  std::vector<uint64_t> ones(32, 1);
  device->write(in, ones.data(), 256);
  Code code;
  code.ld(s0, 0, a0).ld(s1, 8, a0).lui(t0, kNramBase >> 12).addi(t1, zero, 8);
  for (int i = 0; i < 20; ++i)
    code.addi(a1, t0, 8 * i).sd(zero, 0, a1);
  for (int i = 0; i < 20; ++i)
    code.addi(a1, t0, 8 * i).xdlp("ld.async.nram.gdram", {a1, s0, t1});
  for (int i = 0; i < 20; ++i)
    code.ld(a2, 8 * i, t0).sd(a2, 8 * i, s1);
  code.exit();
  expectSuccess(request(code, {}, {in, out}));
  auto v = read(out, 20);
  for (unsigned i = 0; i < 20; ++i)
    EXPECT_EQ(v[i], i < 4) << i; // 16 may wait
}

// IO load, then sync.mask IO -> Move, then an asynchronous Move of the loaded data: in order without waiting at once.
TEST_F(Card, syncMaskOrdersOneQueueAfterAnother) {
  for (bool ordered : {false, true}) {
    uint64_t in = device->allocate(64), out = device->allocate(64);
    uint64_t value = 77;
    device->write(in, &value, 8);
    Code code;
    code.ld(s0, 0, a0).ld(s1, 8, a0).lui(t0, kNramBase >> 12).addi(t1, zero, 8).addi(t2, t0, 64).sd(zero, 0, t0);
    code.xdlp("ld.async.nram.gdram", {t0, s0, t1});
    if (ordered)
      code.addi(a1, zero, 1).addi(a2, zero, 2).xdlp("sync.mask", {a1, a2});
    code.xdlp("mv.async.nram.nram", {t2, t0, t1});
    code.ld(a3, 0, t0).sd(a3, 0, s1); // still 0: nobody waited for the load yet
    code.xdlp("sync.move").ld(a3, 0, t2).sd(a3, 8, s1).exit();
    expectSuccess(request(code, {}, {in, out}));
    EXPECT_EQ(read(out, 2), (std::vector<uint64_t>{0, ordered ? 77u : 0u}));
  }
}

TEST_F(Card, barriersLeaveNobodyBehind) {
  for (const char *barrier : {"barrier.cluster", "barrier.all", "barrier.cluster.ipu", "barrier.all.ipu"}) {
    auto r = request(Code().xdlp(barrier).xdlp(barrier).exit());
    r.type = TaskType::Union4;
    r.dim = {32, 1, 1};
    expectSuccess(r);
    r.type = TaskType::Block; // a plain sync
    r.dim = {3, 1, 1};
    expectSuccess(r);
  }
}

TEST_F(Card, numberedBarrierCountsItsCores) {
  auto r = request(Code().addi(t0, zero, 7).addi(t1, zero, 5).xdlp("barrier.local", {t0, t1}).exit());
  r.type = TaskType::Union1;
  r.dim = {4, 1, 1};
  expectSuccess(r);
}

TEST_F(Card, differentCountsAtOneBarrierFault) {
  auto r = request(Code().addi(t0, zero, 7).csrr(t1, "coreId").addi(t1, t1, 2).xdlp("barrier.local", {t0, t1}).exit());
  r.type = TaskType::Union1;
  r.dim = {4, 1, 1};
  auto fault = run(r);
  ASSERT_TRUE(fault);
  EXPECT_EQ(fault->kind, FaultKind::BarrierMismatch);
  EXPECT_EQ(fault->core, 1u);
}

TEST_F(Card, missingArrivalIsADeadlock) {
  // Core 2 of each cluster leaves without the barrier.
  auto r = request(Code().csrr(t0, "coreId").addi(t1, zero, 2).beq(t0, t1, 3 * 4).xdlp("barrier.cluster").exit());
  r.type = TaskType::Union1;
  r.dim = {4, 1, 1};
  auto fault = run(r);
  ASSERT_TRUE(fault);
  EXPECT_EQ(fault->kind, FaultKind::Deadlock);
  EXPECT_EQ(fault->message,
            "every core waits and none can go on; at barrier.cluster (pc 0x100007c): core 0 of cluster 0, core 1 of "
            "cluster 0, core 3 of cluster 0, memory core of cluster 0; already at the end of the kernel: core 2 of "
            "cluster 0");
}

TEST_F(Card, faultsSayWhereAndTheCardSurvives) {
  auto bad = request(Code().lui(t0, kWramBase >> 12).lw(t1, 4, t0).exit());
  auto fault = run(bad);
  ASSERT_TRUE(fault);
  EXPECT_EQ(fault->kind, FaultKind::WrongSpace);
  EXPECT_EQ(fault->kernel, "k");
  EXPECT_EQ(fault->space, "WRAM");
  EXPECT_EQ(fault->address, kWramBase + 4);
  EXPECT_EQ(fault->size, 4u);
  EXPECT_EQ(fault->instruction, "lw t1, 4(t0)");
  EXPECT_EQ(fault->queue, "scalar");
  EXPECT_NE(fault->describe().find("kernel fault: wrong memory space"), std::string::npos);
  uint64_t out = device->allocate(8);
  expectSuccess(request(storeSpecial("taskDim"), {}, {out}));
  EXPECT_EQ(read(out, 1)[0], 1u);
}

TEST_F(Card, faultOfAnAsynchronousCopyNamesTheCopy) {
  Code code;
  code.lui(t0, kNramBase >> 12).addi(t1, zero, 8).xdlp("ld.async.nram.gdram", {t0, zero, t1}).addi(t2, zero, 0);
  code.xdlp("sync").exit();
  auto fault = run(request(code));
  ASSERT_TRUE(fault);
  EXPECT_EQ(fault->kind, FaultKind::NullAccess);
  EXPECT_EQ(fault->instruction, "ld.async.nram.gdram t0, zero, t1");
  EXPECT_EQ(fault->queue, "io");
}

TEST_F(Card, everyWayToDieHasItsKind) {
  auto kindOf = [&](const Code &code, ImageOptions options = {}) {
    auto fault = run(request(code, options));
    return fault ? fault->kind : FaultKind::InstructionLimit;
  };
  EXPECT_EQ(kindOf(Code().word(0xc0001073)), FaultKind::Trap); // unimp
  EXPECT_EQ(kindOf(Code().half(0)), FaultKind::Trap);          // c.unimp
  EXPECT_EQ(kindOf(Code().word(0x00100073)), FaultKind::Trap); // ebreak
  EXPECT_EQ(kindOf(Code().addi(t0, zero, 3).xdlp("trap", {t0})), FaultKind::Trap);
  EXPECT_EQ(kindOf(Code().word(0x00000073)), FaultKind::IllegalInstruction);       // ecall
  EXPECT_EQ(kindOf(Code().word(0x3f).word(0)), FaultKind::IllegalInstruction);     // no Xdlp opcode
  EXPECT_EQ(kindOf(Code().word(0xcd002573)), FaultKind::IllegalInstruction);       // unknown special register
  EXPECT_EQ(kindOf(Code().word(0xcc051073)), FaultKind::IllegalInstruction);       // write to taskId
  EXPECT_EQ(kindOf(Code().addi(t0, zero, 0)), FaultKind::Trap);                    // runs off the end
  EXPECT_EQ(kindOf(Code().word(0x00028067)), FaultKind::IllegalInstruction);       // jalr to 0
  EXPECT_EQ(kindOf(Code().beq(zero, zero, -2048)), FaultKind::IllegalInstruction); // leaves the code
  EXPECT_EQ(kindOf(Code().xdlp("assert.fail", {zero, zero, zero, zero})), FaultKind::Assert);
  EXPECT_EQ(kindOf(Code().addi(t0, zero, 1).word(0x00002073 | 6 << 7 | 5 << 15)), FaultKind::IllegalInstruction);
  EXPECT_EQ(kindOf(Code().addi(t0, sp, -7).word(0x0052a02f | 6 << 7)), FaultKind::Misaligned); // amoadd.w
}

TEST_F(Card, stackOverflowIsSeenAtTheVariables) {
  // The kernel's variables leave 8 KB for the stack; an endless recursion pushes 64 bytes a call.
  ImageOptions options;
  options.nramBytes = 760 * 1024;
  Code code;
  code.addi(sp, sp, -64).sd(ra, 0, sp).beq(zero, zero, -8).exit();
  auto fault = run(request(code, options));
  ASSERT_TRUE(fault);
  EXPECT_EQ(fault->kind, FaultKind::StackOverflow);
  EXPECT_EQ(fault->address, kNramBase + 760 * 1024 - 64);
}

TEST_F(Card, stackCanLieInLdram) {
  uint64_t out = device->allocate(8);
  ImageOptions options;
  options.flags = kKernelStackOnLdram;
  expectSuccess(request(Code().ld(s0, 0, a0).sd(sp, 0, s0).sd(s0, -8, sp).exit(), options, {out}));
  EXPECT_EQ(read(out, 1)[0], kLdramBase + device->config().ldramBytes);
}

TEST_F(Card, initialValuesAreThereBeforeEveryTask) {
  uint64_t out = device->allocate(40 * 8);
  ImageOptions options;
  options.constants = {9, 0, 0, 0, 0, 0, 0, 0};
  options.inits = {{kNramBase + 16, 0, 8}};
  Code code; // out[taskId] = x; x = 0
  code.ld(s0, 0, a0).csrr(t0, "taskId").slli(t0, t0, 3).add(s0, s0, t0).lui(t1, kNramBase >> 12);
  code.ld(t2, 16, t1).sd(t2, 0, s0).sd(zero, 16, t1).exit();
  auto r = request(code, options, {out});
  r.dim = {40, 1, 1};
  expectSuccess(r);
  EXPECT_EQ(read(out, 40), std::vector<uint64_t>(40, 9));
}

TEST_F(Card, deviceVariablesKeepTheirValueBetweenLaunches) {
  uint64_t out = device->allocate(8);
  ImageOptions options;
  options.dataBytes = 64;
  Code code; // out = ++variable
  code.ld(s0, 0, a0).lui(t0, kDeviceDataBase >> 12).ld(t1, 0, t0).addi(t1, t1, 1).sd(t1, 0, t0).sd(t1, 0, s0).exit();
  auto r = request(code, options, {out});
  expectSuccess(r);
  expectSuccess(r);
  EXPECT_EQ(read(out, 1)[0], 2u);
}

TEST_F(Card, atomicsAddUpOverCores) {
  uint64_t counter = device->allocate(8);
  Code code; // 1000 times: amoadd.d
  code.ld(s0, 0, a0).addi(t0, zero, 1000).addi(t1, zero, 1);
  code.word(0x0064302f).addi(t0, t0, -1).bne(t0, zero, -8).exit();
  auto r = request(code, {}, {counter});
  r.dim = {64, 1, 1};
  expectSuccess(r);
  EXPECT_EQ(read(counter, 1)[0], 64000u);
}

TEST_F(Card, equalLaunchesRunEqually) {
  uint64_t out = device->allocate(8);
  Code code; // a race: every task adds its number many times without atomics
  code.ld(s0, 0, a0).csrr(t1, "taskId").lui(t0, 4);
  code.ld(t2, 0, s0).add(t2, t2, t1).sd(t2, 0, s0).addi(t0, t0, -1).bne(t0, zero, -16).exit();
  auto r = request(code, {}, {out});
  r.dim = {16, 1, 1};
  expectSuccess(r);
  uint64_t first = read(out, 1)[0];
  device->fill(out, 0, 8);
  expectSuccess(r);
  EXPECT_EQ(read(out, 1)[0], first);
}

TEST_F(Card, printReadsFormatAndArguments) {
  ImageOptions options;
  const char format[] = "x=%d %s\n";
  options.constants.assign(format, format + sizeof format); // lies right before the code
  Code code;
  code.lui(s0, kNramBase >> 12).addi(t0, zero, 42).sd(t0, 0, s0).ld(a1, 0, a0).sd(a1, 8, s0);
  code.ld(a2, 8, a0).addi(a3, zero, 2).xdlp("print", {a4, a2, s0, a3}).ld(a1, 0, a0).sd(a4, 0, a1).exit();
  uint64_t text = device->allocate(8);
  device->write(text, "hello", 6);
  uint64_t formatAt = kRomBase + sizeof(ImageHeader) + sizeof(KernelRecord) + 8;
  expectSuccess(request(code, options, {text, formatAt}));
  EXPECT_EQ(printed, "x=42 hello\n");
  EXPECT_EQ(read(text, 1)[0], printed.size());
}

TEST_F(Card, instructionLimitStopsEndlessLoops) {
  setenv("BANG_MAX_INSTRUCTIONS", "100000", 1);
  auto fault = run(request(Code().beq(zero, zero, 0).exit()));
  unsetenv("BANG_MAX_INSTRUCTIONS");
  ASSERT_TRUE(fault);
  EXPECT_EQ(fault->kind, FaultKind::InstructionLimit);
  EXPECT_NEAR(double(stats.instructions), 100000, 10);
  setenv("BANG_MAX_INSTRUCTIONS", "many", 1);
  EXPECT_EQ(*device->validate(request(Code().exit())),
            "BANG_MAX_INSTRUCTIONS is 'many', expected a whole number above zero");
  unsetenv("BANG_MAX_INSTRUCTIONS");
}

TEST_F(Card, launchesAreCheckedBeforeTheyRun) {
  auto r = request(Code().exit());
  r.dim = {0, 1, 1};
  EXPECT_EQ(*device->validate(r),
            "kernel k is launched with dimension 0 x 1 x 1, expected at least 1 in each direction");
  r.dim = {6, 1, 1};
  r.type = TaskType::Union1;
  EXPECT_EQ(*device->validate(r),
            "kernel k is launched as UNION1 with dimension x = 6, expected a multiple of 4 (1 cluster of 4 cores)");
  r.dim = {64, 1, 1};
  r.type = TaskType::Union8;
  EXPECT_EQ(*device->validate(r), "kernel k is launched as UNION8, but machine mlu370-x8 has 4 clusters");
  r.type = TaskType(3);
  EXPECT_EQ(*device->validate(r), "kernel k is launched with a task type that does not exist: 3");
  r.type = TaskType::Block;
  r.kernel = "j";
  EXPECT_EQ(*device->validate(r), "the program has no kernel 'j'");
  r.kernel = "k";
  uint8_t extra[4];
  r.params = extra;
  EXPECT_EQ(*device->validate(r), "kernel k takes 0 bytes of parameters, but 4 are given");
  ImageOptions big;
  big.nramBytes = 768 * 1024;
  EXPECT_EQ(*device->validate(request(Code().exit(), big)),
            "kernel k needs 772 KB of NRAM, but machine mlu370-x8 has 768 KB");
}

TEST_F(Card, programsOfAnotherArchAreRefused) {
  ImageOptions options;
  options.arch = 270;
  int id = 0;
  EXPECT_EQ(*device->loadImage(buildImage(Code().exit(), options), id),
            "this program is compiled for arch 270, but machine mlu370-x8 runs arch 372; compile with "
            "--bang-mlu-arch=mtp_372 or choose another machine with BANG_MACHINE");
}

TEST_F(Card, smallMachinesRunTheSameProgram) {
  for (const char *name : {"edge", "nano"}) {
    useMachine(name);
    uint64_t out = device->allocate(12 * 8);
    auto r = request(storeSpecial("taskId"), {}, {out});
    r.type = TaskType::Union1;
    r.dim = {4, 3, 1};
    expectSuccess(r);
    EXPECT_EQ(read(out, 12)[11], 11u) << name;
  }
}

TEST_F(Card, hostCopiesAreChecked) {
  uint64_t a = device->allocate(16);
  char bytes[32] = {};
  EXPECT_FALSE(device->write(a, bytes, 16));
  EXPECT_EQ(*device->write(a + 8, bytes, 16),
            "a copy to the device of 16 bytes at 0x100000008 reaches 8 bytes past the "
            "end of its allocation of 16 bytes");
  EXPECT_EQ(*device->read(bytes, 0, 4), "a copy from the device at 0x0 uses a null device pointer");
  EXPECT_EQ(*device->release(a + 4),
            "cannot free 0x100000004: it lies inside the allocation that starts at 0x100000000");
  EXPECT_FALSE(device->release(a));
  EXPECT_EQ(*device->release(a), "cannot free 0x100000000: it was freed before");
  EXPECT_EQ(*device->fill(a, 0, 4), "a fill of device memory at 0x100000000 uses device memory that was freed");
}

} // namespace

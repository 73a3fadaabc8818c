// LaunchTest.cpp: registration of device code and launches as compiled programs do them.
#include "test/Unit/runtime/RuntimeTest.h"

using namespace cnrt;

class LaunchTest : public RuntimeTest {
protected:
  void SetUp() override {
    RuntimeTest::SetUp();
    launches.clear();
    defineKernel("k", {4}, [this](const NullDriver::Call &call) {
      launches.push_back(call.work);
      return success();
    });
  }
  cnrtRet_t launch(cnrtDim3_t dim = {1, 1, 1}, cnrtFunctionType_t type = cnrtFuncTypeBlock) {
    void *args[] = {&value};
    cnrtRet_t code = cnrtInvokeKernel(&stub, dim, type, args, 0, nullptr);
    EXPECT_EQ(cnrtSyncDevice(), cnrtSuccess);
    return code;
  }

  std::vector<LaunchWork> launches;
  int value = 77;
  char stub = 0;
};

TEST_F(LaunchTest, TripleChevronPassesConfigurationAndArguments) {
  RegisteredModule module;
  module.addKernel(&stub, "k");
  ASSERT_EQ(__bangPushCallConfiguration({8, 2, 3}, cnrtFuncTypeUnion2, nullptr), 0u);
  cnrtDim3_t dim, type;
  size_t unused = 1;
  cnrtQueue_t queue;
  ASSERT_EQ(__bangPopCallConfiguration(&dim, &type, &unused, &queue), 0u);
  EXPECT_EQ(unused, 0u);
  void *args[] = {&value};
  EXPECT_EQ(__bangLaunchKernel(&stub, dim, type, args, unused, queue), cnrtSuccess);
  ASSERT_EQ(cnrtSyncDevice(), cnrtSuccess);
  ASSERT_EQ(launches.size(), 1u);
  EXPECT_EQ(launches[0].dim.x, 8u);
  EXPECT_EQ(launches[0].dim.y, 2u);
  EXPECT_EQ(launches[0].dim.z, 3u);
  EXPECT_EQ(launches[0].type, cnrtFuncTypeUnion2);
  int passed = 0;
  std::memcpy(&passed, launches[0].params.data(), 4);
  EXPECT_EQ(passed, 77);
}

TEST_F(LaunchTest, ConfigurationsNest) {
  __bangPushCallConfiguration({1, 1, 1}, cnrtFuncTypeBlock, nullptr);
  __bangPushCallConfiguration({2, 1, 1}, cnrtFuncTypeBlock, nullptr);
  cnrtDim3_t dim, type;
  size_t unused;
  cnrtQueue_t queue;
  __bangPopCallConfiguration(&dim, &type, &unused, &queue);
  EXPECT_EQ(dim.x, 2u);
  __bangPopCallConfiguration(&dim, &type, &unused, &queue);
  EXPECT_EQ(dim.x, 1u);
  EXPECT_CONTAINS(stderrOf([&] { EXPECT_NE(__bangPopCallConfiguration(&dim, &type, &unused, &queue), 0u); }),
                  "launch it with <<<dim, type, queue>>>");
}

TEST_F(LaunchTest, ArgumentsAreCopiedAtTheLaunch) {
  RegisteredModule module;
  module.addKernel(&stub, "k");
  void *args[] = {&value};
  cnrtInvokeKernel(&stub, {1, 1, 1}, cnrtFuncTypeBlock, args, 0, nullptr);
  value = 1;
  cnrtSyncDevice();
  EXPECT_EQ(launches.at(0).params[0], 77);
}

TEST_F(LaunchTest, UnknownStubIsAnError) {
  EXPECT_CONTAINS(stderrOf([&] { EXPECT_EQ(launch(), cnrtErrorInvalidKernel); }), "is not a kernel of this program");
  EXPECT_EQ(cnrtPeekAtLastError(), cnrtErrorInvalidKernel);
}

TEST_F(LaunchTest, KernelMissingInTheImageIsAnError) {
  RegisteredModule module;
  module.addKernel(&stub, "missing");
  EXPECT_CONTAINS(stderrOf([&] { EXPECT_EQ(launch(), cnrtErrorNoKernel); }), "does not contain the kernel missing");
}

TEST_F(LaunchTest, ChoosesTheImageOfTheMachine) {
  RegisteredModule module(std::vector<uint32_t>{270, 372, 592});
  module.addKernel(&stub, "k");
  EXPECT_EQ(launch(), cnrtSuccess);
  EXPECT_EQ(launches.size(), 1u);
}

TEST_F(LaunchTest, ProgramForAnotherMachineIsRefused) {
  RegisteredModule module(std::vector<uint32_t>{270, 592});
  module.addKernel(&stub, "k");
  std::string text = stderrOf([&] { EXPECT_EQ(launch(), cnrtErrorNoModule); });
  EXPECT_EQ(text,
            "error: cnrtInvokeKernel: this program was compiled for mtp_270 and mtp_592, but the machine null runs "
            "mtp_372; compile with --bang-mlu-arch=mtp_372 or choose another machine with BANG_MACHINE\n");
}

TEST_F(LaunchTest, DamagedDeviceCodeIsReportedAtTheLaunch) {
  std::vector<uint8_t> bytes = makeFatObject({372});
  bytes[sizeof(dlp::FatHeader) + sizeof(dlp::FatEntry) + 10] ^= 4;
  RegisteredModule module(bytes);
  module.addKernel(&stub, "k");
  EXPECT_CONTAINS(stderrOf([&] { EXPECT_EQ(launch(), cnrtErrorUnsupportedKernelVersion); }),
                  "the device code is damaged: the checksum of image 0");
}

// Lies in the program's own segment: its claimed size must not lead the reader out of it.
alignas(16) static uint8_t embedded[256];

TEST_F(LaunchTest, DeviceCodeIsNeverReadPastTheProgramsSegment) {
  std::vector<uint8_t> bytes = makeFatObject({372});
  ASSERT_LE(bytes.size(), sizeof(embedded));
  uint64_t huge = 1ull << 40;
  std::memcpy(bytes.data() + offsetof(dlp::FatHeader, totalBytes), &huge, sizeof(huge));
  std::memcpy(embedded, bytes.data(), bytes.size());
  EXPECT_LT(loadedBytesFrom(embedded), 1ull << 32);
  BangFatBinaryWrapper wrapper = {0, 1, embedded, nullptr};
  void **handle = __bangRegisterFatBinary(&wrapper);
  __bangRegisterFunction(handle, &stub, "k", "k", -1, nullptr, nullptr, nullptr, nullptr, nullptr);
  EXPECT_CONTAINS(stderrOf([&] { EXPECT_EQ(launch(), cnrtErrorUnsupportedKernelVersion); }), "it says it has");
  __bangUnregisterFatBinary(handle);
}

TEST_F(LaunchTest, NoDeviceCodeIsReportedAtTheLaunch) {
  BangFatBinaryWrapper wrapper = {0, 1, nullptr, nullptr};
  void **handle = __bangRegisterFatBinary(&wrapper);
  __bangRegisterFunction(handle, &stub, "k", "k", -1, nullptr, nullptr, nullptr, nullptr, nullptr);
  __bangRegisterVar(handle, &stub, "v", "v", 0, 1, 0, 0);
  __bangRegisterFatBinaryEnd(handle);
  EXPECT_CONTAINS(stderrOf([&] { EXPECT_EQ(launch(), cnrtErrorUnsupportedKernelVersion); }), "no device code");
  __bangUnregisterFatBinary(handle);
}

TEST_F(LaunchTest, AStubOfTwoFilesOutlivesOneOfThem) {
  auto first = std::make_unique<RegisteredModule>();
  RegisteredModule second;
  first->addKernel(&stub, "k");
  second.addKernel(&stub, "k");
  EXPECT_EQ(launch(), cnrtSuccess);
  first.reset();
  EXPECT_EQ(launch(), cnrtSuccess);
  EXPECT_EQ(launches.size(), 2u);
}

TEST_F(LaunchTest, UnregisteredKernelsAreGone) {
  {
    RegisteredModule module;
    module.addKernel(&stub, "k");
    EXPECT_EQ(launch(), cnrtSuccess);
  }
  stderrOf([&] { EXPECT_EQ(launch(), cnrtErrorInvalidKernel); });
}

TEST_F(LaunchTest, FilesKeepEqualKernelNamesApart) {
  RegisteredModule first, second;
  char other = 0;
  first.addKernel(&stub, "k");
  second.addKernel(&other, "k");
  EXPECT_EQ(launch(), cnrtSuccess);
  void *args[] = {&value};
  EXPECT_EQ(cnrtInvokeKernel(&other, {1, 1, 1}, cnrtFuncTypeBlock, args, 0, nullptr), cnrtSuccess);
  cnrtSyncDevice();
  ASSERT_EQ(launches.size(), 2u);
  EXPECT_NE(launches[0].image, launches[1].image);
}

TEST_F(LaunchTest, BadConfigurationsAreErrorsOfTheLaunch) {
  RegisteredModule module;
  module.addKernel(&stub, "k");
  EXPECT_CONTAINS(stderrOf([&] { EXPECT_EQ(launch({4, 0, 1}), cnrtErrorArgsInvalid); }), "dimension");
  EXPECT_CONTAINS(
      stderrOf([&] { EXPECT_EQ(launch({4, 1, 1}, static_cast<cnrtFunctionType_t>(5)), cnrtErrorArgsInvalid); }),
      "job type 5 is unknown");
  EXPECT_CONTAINS(stderrOf([&] {
                    EXPECT_EQ(cnrtInvokeKernel(&stub, {1, 1, 1}, cnrtFuncTypeBlock, nullptr, 0, nullptr),
                              cnrtErrorArgsInvalid);
                  }),
                  "takes 1 arguments");
  EXPECT_TRUE(launches.empty());
  EXPECT_EQ(cnrtGetLastError(), cnrtErrorArgsInvalid);
  EXPECT_EQ(launch(), cnrtSuccess);
}

TEST_F(LaunchTest, CodeLoadsAgainAfterReset) {
  RegisteredModule module;
  module.addKernel(&stub, "k");
  EXPECT_EQ(launch(), cnrtSuccess);
  EXPECT_EQ(cnrtDeviceReset(), cnrtSuccess);
  EXPECT_EQ(launch(), cnrtSuccess);
  EXPECT_NE(launches.at(0).image, launches.at(1).image);
}

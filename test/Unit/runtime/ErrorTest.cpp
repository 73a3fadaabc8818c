// ErrorTest.cpp: codes, texts, the last error, versions.
#include "test/Unit/runtime/RuntimeTest.h"

#include "runtime/include/cn_api.h"

#include <set>
#include <thread>

class ErrorTest : public RuntimeTest {};

TEST_F(ErrorTest, CodesHaveTheNumbersRealProgramsKnow) {
  EXPECT_EQ(cnrtSuccess, 0);
  EXPECT_EQ(cnrtErrorNotReady, 1);
  EXPECT_EQ(cnrtErrorNoMem, 100100);
  EXPECT_EQ(cnrtErrorAssert, 100128);
  EXPECT_EQ(cnrtErrorKernelTrap, 100132);
  EXPECT_EQ(cnrtErrorInvalidSymbol, 632100);
  EXPECT_EQ(int(CN_OPS_ERROR_NOT_SUPPORTED), int(cnrtErrorNotSupport));
}

TEST_F(ErrorTest, EveryCodeHasItsOwnTextAndName) {
  std::set<std::string> texts, names;
  std::set<int> codes;
  size_t rows = 0;
#define CNRT_ROW(name, cnName, code, text)                                                                             \
  names.insert(cnrtGetErrorName(cnrt##name)), texts.insert(cnrtGetErrorStr(cnrt##name)), codes.insert(code), ++rows;
  CNRT_SHARED_ERRORS(CNRT_ROW)
#undef CNRT_ROW
#define CNRT_ROW(name, code, text)                                                                                     \
  names.insert(cnrtGetErrorName(cnrt##name)), texts.insert(cnrtGetErrorStr(cnrt##name)), codes.insert(code), ++rows;
  CNRT_OWN_ERRORS(CNRT_ROW)
#undef CNRT_ROW
  EXPECT_EQ(texts.size(), rows);
  EXPECT_EQ(names.size(), rows);
  EXPECT_EQ(codes.size(), rows);
  EXPECT_STREQ(cnrtGetErrorName(cnrtErrorNoMem), "cnrtErrorNoMem");
  EXPECT_STREQ(cnrtGetErrorStr(cnrtErrorNoMem), "out of device memory");
}

TEST_F(ErrorTest, UnknownCodeHasAText) {
  EXPECT_STREQ(cnrtGetErrorStr(static_cast<cnrtRet_t>(77)), "this is not a code of this library");
}

TEST_F(ErrorTest, LastErrorStaysUntilItIsTaken) {
  std::string text = stderrOf([] { EXPECT_EQ(cnrtSetDevice(3), cnrtErrorDeviceInvalid); });
  EXPECT_EQ(text, "error: cnrtSetDevice: there is no device 3, the only device is 0; "
                  "BANG_MACHINE=<machine>*<n> gives several\n");
  EXPECT_EQ(cnrtSetDevice(0), cnrtSuccess);
  EXPECT_EQ(cnrtPeekAtLastError(), cnrtErrorDeviceInvalid);
  EXPECT_EQ(cnrtGetLastError(), cnrtErrorDeviceInvalid);
  EXPECT_EQ(cnrtPeekAtLastError(), cnrtSuccess);
}

TEST_F(ErrorTest, LastErrorBelongsToTheThread) {
  std::thread([] { stderrOf([] { cnrtSetDevice(3); }); }).join();
  EXPECT_EQ(cnrtPeekAtLastError(), cnrtSuccess);
}

TEST_F(ErrorTest, VersionsPassTheGatesOfRealPrograms) {
  int major = 0, minor = 0, patch = -1;
  ASSERT_EQ(cnrtGetLibVersion(&major, &minor, &patch), cnrtSuccess);
  EXPECT_GE(major * 100 + minor, 607);
  ASSERT_EQ(cnGetLibVersion(&major, &minor, &patch), CN_SUCCESS);
  EXPECT_GE(major * 100 + minor, 207);
  EXPECT_EQ(cnrtGetLibVersion(nullptr, nullptr, nullptr), cnrtSuccess);
}

TEST_F(ErrorTest, CheckMacroEndsTheProgramAndNamesTheCall) {
  EXPECT_EXIT(CNRT_CHECK(cnrtSetDevice(9)), testing::ExitedWithCode(1),
              "ErrorTest.cpp:[0-9]+: error: cnrtSetDevice\\(9\\) returned 100005: no device has this ordinal");
}

// RuntimeTest.h: a fresh runtime on the null card for every test, kernels made of host functions, and stderr.
#ifndef OPENBANG_TEST_UNIT_RUNTIME_RUNTIMETEST_H
#define OPENBANG_TEST_UNIT_RUNTIME_RUNTIMETEST_H

#include "codegen/object/FatBinary.h"
#include "runtime/api/LaunchAbi.h"
#include "runtime/core/Runtime.h"
#include "runtime/drivers/null/NullDriver.h"
#include "runtime/include/cnrt.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <condition_variable>
#include <cstring>
#include <mutex>

class RuntimeTest : public testing::Test {
protected:
  void SetUp() override;
  void TearDown() override;

  void *allocate(size_t bytes);
  cnrtQueue_t createQueue();
  cnrtNotifier_t createNotifier();
};

// A fat object with one image per arch, registered like a compiled file does it.
class RegisteredModule {
public:
  explicit RegisteredModule(std::vector<uint32_t> archs = {372});
  explicit RegisteredModule(std::vector<uint8_t> bytes);
  ~RegisteredModule();
  void addKernel(const void *stub, const char *name);
  void addVariable(void *shadow, const char *name);

private:
  std::vector<uint8_t> bytes;
  BangFatBinaryWrapper wrapper;
  void **handle;
};

// The bytes of such a fat object.
std::vector<uint8_t> makeFatObject(std::vector<uint32_t> archs);

// Defines kernel `name` of the null card with parameters of these sizes, aligned to their size.
void defineKernel(const std::string &name, std::vector<uint32_t> sizes,
                  std::function<cnrt::Status(const cnrt::NullDriver::Call &)> run);

// A door that work of the device thread waits at: what is queued behind it stays queued until open().
class Door {
public:
  void open();
  void wait();

private:
  std::mutex mutex;
  std::condition_variable changed;
  bool isOpen = false;
};

// The value of type T at `offset` of a launch's parameter block.
template <class T> T parameter(const cnrt::NullDriver::Call &call, size_t offset) {
  T value;
  std::memcpy(&value, call.work.params.data() + offset, sizeof(value));
  return value;
}

// What `body` writes to stderr.
template <class Body> std::string stderrOf(Body body) {
  testing::internal::CaptureStderr();
  body();
  return testing::internal::GetCapturedStderr();
}

#define EXPECT_CONTAINS(text, part) EXPECT_NE((text).find(part), std::string::npos) << (text)

#endif // OPENBANG_TEST_UNIT_RUNTIME_RUNTIMETEST_H

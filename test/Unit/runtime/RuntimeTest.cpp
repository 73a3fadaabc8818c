// RuntimeTest.cpp: what the runtime tests share.
#include "test/Unit/runtime/RuntimeTest.h"

using namespace cnrt;

// The card of this program: every libcnrt defines one.
Status cnrt::createDrivers(Drivers &drivers) { return NullDriver::createOne(drivers); }

void RuntimeTest::SetUp() {
  Runtime::restart(NullDriver::createOne);
  cnrtGetLastError();
}

void RuntimeTest::TearDown() { Runtime::restart(NullDriver::createOne); }

void *RuntimeTest::allocate(size_t bytes) {
  void *pointer = nullptr;
  EXPECT_EQ(cnrtMalloc(&pointer, bytes), cnrtSuccess);
  return pointer;
}

cnrtQueue_t RuntimeTest::createQueue() {
  cnrtQueue_t queue = nullptr;
  EXPECT_EQ(cnrtQueueCreate(&queue), cnrtSuccess);
  return queue;
}

cnrtNotifier_t RuntimeTest::createNotifier() {
  cnrtNotifier_t notifier = nullptr;
  EXPECT_EQ(cnrtNotifierCreate(&notifier), cnrtSuccess);
  return notifier;
}

std::vector<uint8_t> makeFatObject(std::vector<uint32_t> archs) {
  static const uint8_t image[40] = {1, 2, 3};
  std::vector<dlp::FatImage> images;
  for (uint32_t arch : archs)
    images.push_back({arch, image});
  return dlp::writeFatBinary(images);
}

RegisteredModule::RegisteredModule(std::vector<uint32_t> archs) : RegisteredModule(makeFatObject(archs)) {}

RegisteredModule::RegisteredModule(std::vector<uint8_t> fat)
    : bytes(std::move(fat)), wrapper{0, 1, bytes.data(), nullptr}, handle(__bangRegisterFatBinary(&wrapper)) {}

RegisteredModule::~RegisteredModule() { __bangUnregisterFatBinary(handle); }

void RegisteredModule::addKernel(const void *stub, const char *name) {
  __bangRegisterFunction(handle, stub, name, name, -1, nullptr, nullptr, nullptr, nullptr, nullptr);
}

void RegisteredModule::addVariable(void *shadow, const char *name) {
  __bangRegisterVar(handle, shadow, name, name, 0, NullDriver::kVariableBytes, 0, 0);
}

void defineKernel(const std::string &name, std::vector<uint32_t> sizes,
                  std::function<Status(const NullDriver::Call &)> run) {
  KernelInfo info;
  info.displayName = name;
  for (uint32_t size : sizes) {
    info.paramBytes = (info.paramBytes + size - 1) / size * size;
    info.params.push_back({info.paramBytes, size, size, dlp::kParamValue});
    info.paramBytes += size;
  }
  NullDriver::defineKernel(name, {info, std::move(run)});
}

void Door::open() {
  std::lock_guard lock(mutex);
  isOpen = true;
  changed.notify_all();
}

void Door::wait() {
  std::unique_lock lock(mutex);
  changed.wait(lock, [this] { return isOpen; });
}

// Runtime.cpp: start and end of the runtime; queues and notifiers.
#include "runtime/core/Runtime.h"

#include <atomic>
#include <cstdio>
#include <cstdlib>

namespace cnrt {

static std::mutex startMutex;
static std::atomic<Runtime *> current = nullptr;
static DriverFactory factory = createDriver;

Runtime::Runtime(std::unique_ptr<Driver> driver) : driver(std::move(driver)) {}

// The device thread uses the driver.
Runtime::~Runtime() { executor.stop(); }

Runtime *Runtime::started() { return current; }

Runtime *Runtime::get(Status &status) {
  if (Runtime *runtime = current)
    return runtime;
  std::lock_guard lock(startMutex);
  if (Runtime *runtime = current)
    return runtime;
  std::unique_ptr<Driver> driver;
  status = factory(driver);
  if (!status.ok())
    return nullptr;
  // The device thread must not run into the destructors of static objects.
  static const int registered = std::atexit(shutDown);
  (void)registered;
  current = new Runtime(std::move(driver));
  return current;
}

// The object stays: other threads may still hold it. Its device thread has ended, every call on it fails politely.
void Runtime::shutDown() {
  Runtime *runtime = current;
  if (!runtime)
    return;
  if (size_t dropped = runtime->executor.stop())
    std::fprintf(stderr,
                 "warning: the program ended before its device work was done (%zu operations were dropped); call "
                 "cnrtQueueSync or cnrtSyncDevice before leaving\n",
                 dropped);
  runtime->driver->finish();
}

void Runtime::restart(DriverFactory newFactory) {
  std::lock_guard lock(startMutex);
  delete current.exchange(nullptr);
  factory = newFactory;
}

Status Runtime::checkOrdinal(int ordinal) const {
  if (ordinal == 0)
    return success();
  return failure(cnrtErrorDeviceInvalid, "there is no device %d, the only device is 0", ordinal);
}

Status Runtime::createQueue(cnrtQueue_t &queue) {
  queue = queues.add(std::make_shared<cnrtQueue>());
  return success();
}

Status Runtime::findQueue(cnrtQueue_t handle, QueuePtr &queue) const {
  queue = handle ? queues.find(handle) : defaultQueue;
  if (queue)
    return success();
  return failure(cnrtErrorInvalidResourceHandle, "%p is not a queue; it was never created or is already destroyed",
                 static_cast<void *>(handle));
}

Status Runtime::destroyQueue(cnrtQueue_t handle) {
  if (!handle)
    return failure(cnrtErrorInvalidResourceHandle, "NULL is the default queue, which cannot be destroyed");
  QueuePtr queue;
  if (Status status = findQueue(handle, queue); !status.ok())
    return status;
  queues.remove(handle);
  return executor.wait(queue);
}

Status Runtime::createNotifier(cnrtNotifier_t &notifier, unsigned int flags) {
  if (flags & ~unsigned(CNRT_NOTIFIER_DISABLE_TIMING_SW | CNRT_NOTIFIER_DISABLE_TIMING_ALL))
    return failure(cnrtErrorNotSupport, "notifier flags 0x%x are not supported, expected those of cnrtNotifierFlags_t",
                   flags);
  auto object = std::make_shared<cnrtNotifier>();
  object->flags = flags;
  notifier = notifiers.add(std::move(object));
  return success();
}

Status Runtime::findNotifier(cnrtNotifier_t handle, NotifierPtr &notifier) const {
  notifier = notifiers.find(handle);
  if (notifier)
    return success();
  return failure(cnrtErrorInvalidResourceHandle, "%p is not a notifier; it was never created or is already destroyed",
                 static_cast<void *>(handle));
}

Status Runtime::destroyNotifier(cnrtNotifier_t handle) {
  NotifierPtr notifier;
  Status status = findNotifier(handle, notifier);
  notifiers.remove(handle);
  return status;
}

Status Runtime::reset() {
  Status fault = executor.waitAll();
  queues.clear();
  notifiers.clear();
  std::unordered_map<const Module *, int> loaded;
  {
    std::lock_guard lock(imageMutex);
    loaded.swap(images);
  }
  Status status = executor.runNow([&] {
    for (auto &[module, image] : loaded)
      driver->unloadImage(image);
    for (const Block &block : deviceMemory.clear())
      if (Status status = driver->release(block.base); !status.ok())
        return status;
    return success();
  });
  return fault.ok() ? status : fault;
}

} // namespace cnrt

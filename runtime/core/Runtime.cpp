// Runtime.cpp: start and end of the runtime; queues and notifiers.
#include "runtime/core/Runtime.h"

#include <atomic>
#include <cstdio>
#include <cstdlib>

namespace cnrt {

static std::mutex startMutex;
static std::atomic<Runtime *> current = nullptr;
static DriverFactory factory = createDrivers;
static thread_local int threadDevice = 0;

Runtime::Runtime(Drivers drivers) {
  for (std::unique_ptr<Driver> &driver : drivers) {
    cards.push_back(std::make_unique<Card>());
    cards.back()->driver = std::move(driver);
    cards.back()->defaultQueue->device = deviceCount() - 1;
  }
  executor.deviceClock = [this](int device) { return cards[device]->driver->clock(); };
}

// The device thread uses the driver.
Runtime::~Runtime() { executor.stop(); }

Runtime *Runtime::started() { return current; }

Runtime *Runtime::get(Status &status) {
  if (Runtime *runtime = current)
    return runtime;
  std::lock_guard lock(startMutex);
  if (Runtime *runtime = current)
    return runtime;
  Drivers drivers;
  status = factory(drivers);
  if (!status.ok())
    return nullptr;
  // The device thread must not run into the destructors of static objects.
  static const int registered = std::atexit(shutDown);
  (void)registered;
  current = new Runtime(std::move(drivers));
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
  for (const std::unique_ptr<Card> &card : runtime->cards)
    card->driver->finish();
}

void Runtime::restart(DriverFactory newFactory) {
  std::lock_guard lock(startMutex);
  delete current.exchange(nullptr);
  factory = newFactory;
}

Status Runtime::checkOrdinal(int ordinal) const {
  if (ordinal >= 0 && ordinal < deviceCount())
    return success();
  if (deviceCount() == 1)
    return failure(cnrtErrorDeviceInvalid,
                   "there is no device %d, the only device is 0; BANG_MACHINE=<machine>*<n> gives several", ordinal);
  return failure(cnrtErrorDeviceInvalid, "there is no device %d, the devices are 0 to %d", ordinal, deviceCount() - 1);
}

int Runtime::currentDevice() const { return threadDevice < deviceCount() ? threadDevice : 0; }

Status Runtime::setCurrentDevice(int ordinal) {
  Status status = checkOrdinal(ordinal);
  if (status.ok())
    threadDevice = ordinal;
  return status;
}

Status Runtime::createQueue(cnrtQueue_t &queue, int priority) {
  auto object = std::make_shared<cnrtQueue>();
  object->device = currentDevice();
  object->priority = priority;
  queue = queues.add(std::move(object));
  return success();
}

Status Runtime::findQueue(cnrtQueue_t handle, QueuePtr &queue) const {
  queue = handle ? queues.find(handle) : cards[currentDevice()]->defaultQueue;
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
  object->device = currentDevice();
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
  const int device = currentDevice();
  Card &card = *cards[device];
  Status fault = executor.waitAll(device);
  queues.removeDevice(device);
  notifiers.removeDevice(device);
  std::unordered_map<const Module *, int> loaded;
  {
    std::lock_guard lock(imageMutex);
    loaded.swap(card.images);
    card.variables.clear();
  }
  Status status = executor.runNow([&] {
    for (auto &[module, image] : loaded)
      card.driver->unloadImage(image);
    for (const Block &block : deviceMemory.clear(device))
      if (Status status = card.driver->release(block.base); !status.ok())
        return status;
    return success();
  });
  executor.restart(device);
  // A fault was told when it happened; the reset is what the program does about it.
  return fault.ok() || isKernelFault(fault) ? status : fault;
}

} // namespace cnrt

// Runtime.h: the one card of the process with its queues, notifiers, memory and loaded device code.
#ifndef OPENBANG_RUNTIME_CORE_RUNTIME_H
#define OPENBANG_RUNTIME_CORE_RUNTIME_H

#include "runtime/core/Allocations.h"
#include "runtime/core/Arguments.h"
#include "runtime/core/Driver.h"
#include "runtime/core/Executor.h"
#include "runtime/core/HandleTable.h"
#include "runtime/core/Registry.h"

#include <functional>

namespace cnrt {

class Runtime {
public:
  // The runtime of this process, started by the first call. Null with a failure: there is no card, or the machine
  // file is wrong.
  static Runtime *get(Status &status);
  // The runtime if it was started.
  static Runtime *started();
  // Ends the runtime and lets the next call start another with cards from `factory`. For tests.
  static void restart(DriverFactory factory);
  // Ends the runtime: what is still queued is dropped, with a note to the user.
  static void shutDown();

  const DeviceFacts &facts() const { return driver->facts(); }
  Status checkOrdinal(int ordinal) const;

  // Queues and notifiers. findQueue(NULL) is the default queue.
  Status createQueue(cnrtQueue_t &queue);
  Status findQueue(cnrtQueue_t handle, QueuePtr &queue) const;
  Status destroyQueue(cnrtQueue_t handle);
  Status createNotifier(cnrtNotifier_t &notifier, unsigned int flags);
  Status findNotifier(cnrtNotifier_t handle, NotifierPtr &notifier) const;
  Status destroyNotifier(cnrtNotifier_t handle);

  // Memory (Memory.cpp).
  Status allocate(void **pointer, size_t bytes);
  Status release(void *pointer);
  Status allocateHost(void **pointer, size_t bytes);
  Status releaseHost(void *pointer);
  Status memoryInfo(size_t *freeBytes, size_t *totalBytes);
  Status pointerAttributes(cnrtPointerAttributes_t &attributes, const void *pointer);
  // Check on the calling thread and give the work that does it.
  Status prepareCopy(void *dst, const void *src, size_t bytes, cnrtMemTransDir_t direction, Executor::Work &work);
  Status prepareFill(void *pointer, int byte, size_t bytes, Executor::Work &work);

  // Launches (Launch.cpp). `pack` makes the parameter block for the kernel.
  using Packer = std::function<Status(const KernelInfo &, std::vector<uint8_t> &)>;
  Status launch(const void *stub, cnrtDim3_t dim, cnrtFunctionType_t type, const Packer &pack, cnrtQueue_t queue);
  Status preload(const void *stub);
  void unload(const Module *module); // behind everything queued

  // Waits for everything, then frees all that the program made on the card.
  Status reset();

  Executor executor;

private:
  explicit Runtime(std::unique_ptr<Driver> driver);
  ~Runtime();
  Status runBehindAll(Executor::Work work);
  Status findKernel(const void *stub, RegisteredKernel &kernel, int &image, std::shared_ptr<const KernelInfo> &info);
  Status loadImage(const ModulePtr &module, int &image);

  std::unique_ptr<Driver> driver;
  HandleTable<cnrtQueue> queues;
  HandleTable<cnrtNotifier> notifiers;
  QueuePtr defaultQueue = std::make_shared<cnrtQueue>();
  Allocations deviceMemory, hostMemory;
  std::mutex imageMutex;
  std::unordered_map<const Module *, int> images;
};

} // namespace cnrt

#endif // OPENBANG_RUNTIME_CORE_RUNTIME_H

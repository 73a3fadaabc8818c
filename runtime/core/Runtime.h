// Runtime.h: the cards of the process with their queues, notifiers, memory and loaded device code.
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

  int deviceCount() const { return static_cast<int>(cards.size()); }
  Status checkOrdinal(int ordinal) const;
  const DeviceFacts &facts(int ordinal) const { return cards[ordinal]->driver->facts(); }
  // The device of the calling thread, 0 at first.
  int currentDevice() const;
  Status setCurrentDevice(int ordinal);

  // Queues and notifiers. findQueue(NULL) is the default queue of the current device.
  Status createQueue(cnrtQueue_t &queue, int priority = 0);
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
  void memoryInfo(int ordinal, uint64_t &freeBytes, uint64_t &totalBytes);
  Status pointerAttributes(cnrtPointerAttributes_t &attributes, const void *pointer);
  // Check on the calling thread and give the work that does it.
  Status prepareCopy(void *dst, const void *src, size_t bytes, cnrtMemTransDir_t direction, Executor::Work &work);
  Status prepareFill(void *pointer, int byte, size_t bytes, Executor::Work &work);

  // Launches (Launch.cpp). `pack` makes the parameter block for the kernel.
  using Packer = std::function<Status(const KernelInfo &, std::vector<uint8_t> &)>;
  Status launch(const void *stub, cnrtDim3_t dim, cnrtFunctionType_t type, const Packer &pack, cnrtQueue_t queue);
  Status preload(const void *stub);
  void unload(const Module *module); // behind everything queued

  // __mlu_device__ variables (Symbols.cpp) of the current device, by the address of their host shadow.
  Status findSymbol(const void *shadow, Block &variable);

  // Waits for everything, then frees all that the program made on the current device.
  Status reset();

  Executor executor;

private:
  struct Card {
    std::unique_ptr<Driver> driver;
    QueuePtr defaultQueue = std::make_shared<cnrtQueue>();
    std::unordered_map<const Module *, int> images;
    std::multimap<int, uint64_t> variables; // by image: addresses that deviceMemory knows
  };

  explicit Runtime(Drivers drivers);
  ~Runtime();
  Status runBehindAll(Executor::Work work);
  Status findKernel(const void *stub, Card &card, RegisteredKernel &kernel, int &image,
                    std::shared_ptr<const KernelInfo> &info);
  Status loadImage(const ModulePtr &module, Card &card, int &image);
  void forgetVariables(Card &card, int image);
  Driver &driverOf(const Block &block) { return *cards[block.device]->driver; }

  std::vector<std::unique_ptr<Card>> cards;
  HandleTable<cnrtQueue> queues;
  HandleTable<cnrtNotifier> notifiers;
  Allocations deviceMemory, hostMemory;
  std::mutex imageMutex;
};

} // namespace cnrt

#endif // OPENBANG_RUNTIME_CORE_RUNTIME_H

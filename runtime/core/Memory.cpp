// Memory.cpp: device and host memory of the runtime, copies and fills.
#include "runtime/core/Runtime.h"

#include <algorithm>
#include <cinttypes>
#include <cstdlib>
#include <cstring>

namespace cnrt {

static uint64_t addressOf(const void *pointer) { return reinterpret_cast<uint64_t>(pointer); }

Status Runtime::allocate(void **pointer, size_t bytes) {
  if (!pointer)
    return failure(cnrtErrorArgsInvalid, "the place for the new pointer is a null pointer");
  *pointer = nullptr;
  if (bytes == 0)
    return success();
  uint64_t address = 0, freeBytes = 0, totalBytes = 0;
  const int device = currentDevice();
  Driver &driver = *cards[device]->driver;
  Status status = executor.runNow([&] {
    address = driver.allocate(bytes);
    if (address)
      deviceMemory.add({address, bytes, device});
    else
      driver.memoryInfo(freeBytes, totalBytes);
    return success();
  });
  if (!status.ok())
    return status;
  if (!address)
    return failure(cnrtErrorNoMem,
                   "out of device memory: %zu bytes wanted, %" PRIu64 " of %" PRIu64
                   " bytes are free; free some with cnrtFree",
                   bytes, freeBytes, totalBytes);
  *pointer = reinterpret_cast<void *>(address);
  return success();
}

// Queued work may still use memory that is freed, so the work of freeing goes behind everything queued: a queue of its
// own is in order with all others (Executor.h) and has no pending fault.
Status Runtime::runBehindAll(Executor::Work work) {
  auto queue = std::make_shared<cnrtQueue>();
  queue->device = kNoDevice;
  return executor.run(queue, std::move(work));
}

Status Runtime::release(void *pointer) {
  if (!pointer)
    return success();
  if (hostMemory.find(addressOf(pointer)))
    return failure(cnrtErrorArgsInvalid, "%p is host memory from cnrtHostMalloc; free it with cnrtFreeHost", pointer);
  std::optional<Block> block = deviceMemory.find(addressOf(pointer));
  if (Status status = deviceMemory.remove(addressOf(pointer)); !status.ok())
    return status;
  return runBehindAll([&] { return driverOf(*block).release(addressOf(pointer)); });
}

Status Runtime::allocateHost(void **pointer, size_t bytes) {
  if (!pointer)
    return failure(cnrtErrorArgsInvalid, "the place for the new pointer is a null pointer");
  *pointer = nullptr;
  if (bytes == 0)
    return success();
  void *memory = nullptr;
  if (posix_memalign(&memory, 4096, bytes) != 0)
    return failure(cnrtErrorSysNoMem, "out of host memory: %zu bytes wanted", bytes);
  hostMemory.add({addressOf(memory), bytes});
  *pointer = memory;
  return success();
}

Status Runtime::releaseHost(void *pointer) {
  if (!pointer)
    return success();
  std::optional<Block> block = hostMemory.find(addressOf(pointer));
  if (!block || block->base != addressOf(pointer))
    return failure(cnrtErrorArgsInvalid, "%p is not memory from cnrtHostMalloc, or is freed already", pointer);
  if (Status status = hostMemory.remove(addressOf(pointer)); !status.ok())
    return status;
  return runBehindAll([&] {
    std::free(pointer);
    return success();
  });
}

void Runtime::memoryInfo(int ordinal, uint64_t &freeBytes, uint64_t &totalBytes) {
  // Fails only when the program is ending; the answer is then nothing.
  (void)executor.runNow([&] {
    cards[ordinal]->driver->memoryInfo(freeBytes, totalBytes);
    return success();
  });
}

Status Runtime::pointerAttributes(cnrtPointerAttributes_t &attributes, const void *pointer) {
  attributes = {cnrtMemTypeUnregistered, -1, 0, nullptr, nullptr, nullptr};
  void *self = const_cast<void *>(pointer);
  if (std::optional<Block> block = deviceMemory.find(addressOf(pointer)))
    attributes = {cnrtMemTypeDevice, block->device, block->size, self, nullptr, reinterpret_cast<void *>(block->base)};
  else if (std::optional<Block> block = hostMemory.find(addressOf(pointer)))
    attributes = {cnrtMemTypeHost, -1, block->size, nullptr, self, nullptr};
  else
    attributes.hostPointer = self;
  return success();
}

// One side of a copy: right kind of memory, and inside its allocation.
static Status checkSide(const Allocations &device, const Allocations &host, const char *role, uint64_t address,
                        uint64_t bytes, bool onDevice) {
  if (onDevice)
    return device.check(role, address, bytes);
  if (address == 0)
    return failure(cnrtErrorArgsInvalid, "%s is a null pointer, expected host memory", role);
  if (device.find(address))
    return failure(cnrtErrorArgsInvalid,
                   "%s 0x%" PRIx64 " is device memory, but the copy direction says that it is host memory", role,
                   address);
  // Of other host memory the runtime does not know the size.
  return host.find(address) ? host.check(role, address, bytes) : success();
}

static bool isBetweenDevices(cnrtMemTransDir_t direction) {
  return direction == cnrtMemcpyDevToDev || direction == cnrtMemcpyPeerToPeer;
}

// Through host memory, a piece at a time.
static Status copyBetween(Driver &target, uint64_t to, Driver &origin, uint64_t from, uint64_t bytes) {
  std::vector<uint8_t> piece(std::min<uint64_t>(bytes, 1 << 20));
  for (uint64_t done = 0; done < bytes; done += piece.size()) {
    uint64_t count = std::min<uint64_t>(bytes - done, piece.size());
    Status status = origin.read(piece.data(), from + done, count);
    if (status.ok())
      status = target.write(to + done, piece.data(), count);
    if (!status.ok())
      return status;
  }
  return success();
}

Status Runtime::prepareCopy(void *dst, const void *src, size_t bytes, cnrtMemTransDir_t direction,
                            Executor::Work &work) {
  uint64_t to = addressOf(dst), from = addressOf(src);
  if (direction == cnrtMemcpyNoDirection) {
    bool fromDevice = deviceMemory.find(from).has_value();
    direction = deviceMemory.find(to) ? (fromDevice ? cnrtMemcpyDevToDev : cnrtMemcpyHostToDev)
                                      : (fromDevice ? cnrtMemcpyDevToHost : cnrtMemcpyHostToHost);
  }
  if (direction < cnrtMemcpyHostToDev || direction > cnrtMemcpyPeerToPeer)
    return failure(cnrtErrorMemcpyDirectionInvalid,
                   "copy direction %d is unknown, expected one of cnrtMemTransDir_t, for example cnrtMemcpyHostToDev",
                   static_cast<int>(direction));
  if (bytes != 0) {
    bool toDevice = direction == cnrtMemcpyHostToDev || isBetweenDevices(direction);
    bool fromDevice = direction == cnrtMemcpyDevToHost || isBetweenDevices(direction);
    Status status = checkSide(deviceMemory, hostMemory, "the destination", to, bytes, toDevice);
    if (status.ok())
      status = checkSide(deviceMemory, hostMemory, "the source", from, bytes, fromDevice);
    if (!status.ok())
      return status;
  }
  // A range lies inside one allocation, and an allocation on one device.
  std::optional<Block> target = deviceMemory.find(to), origin = deviceMemory.find(from);
  if (bytes != 0 && direction == cnrtMemcpyDevToDev && target->device != origin->device)
    return failure(cnrtErrorArgsInvalid,
                   "the source lies on device %d and the destination on device %d; copy between devices with "
                   "cnrtMemcpyPeer or the direction cnrtMemcpyPeerToPeer",
                   origin->device, target->device);
  work = [=, this]() -> Status {
    if (bytes == 0)
      return success();
    switch (direction) {
    case cnrtMemcpyHostToDev:
      return driverOf(*target).write(to, src, bytes);
    case cnrtMemcpyDevToHost:
      return driverOf(*origin).read(dst, from, bytes);
    case cnrtMemcpyDevToDev:
    case cnrtMemcpyPeerToPeer:
      return target->device == origin->device ? driverOf(*target).copy(to, from, bytes)
                                              : copyBetween(driverOf(*target), to, driverOf(*origin), from, bytes);
    default:
      std::memmove(dst, src, bytes);
      return success();
    }
  };
  return success();
}

Status Runtime::prepareFill(void *pointer, int byte, size_t bytes, Executor::Work &work) {
  uint64_t address = addressOf(pointer);
  if (bytes != 0)
    if (Status status = deviceMemory.check("the destination", address, bytes); !status.ok())
      return status;
  std::optional<Block> block = deviceMemory.find(address);
  work = [=, this] { return bytes ? driverOf(*block).fill(address, static_cast<uint8_t>(byte), bytes) : success(); };
  return success();
}

} // namespace cnrt

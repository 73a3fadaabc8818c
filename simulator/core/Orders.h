// Orders.h: does a launch give the same bytes whenever its asynchronous copies happen?
//
// A copy may happen at any time between its issue and the sync that waits for it. The simulator runs it as late as it
// may; here a launch is repeated with other legal times, and the device memory behind each run is compared.
#ifndef OPENBANG_SIMULATOR_CORE_ORDERS_H
#define OPENBANG_SIMULATOR_CORE_ORDERS_H

#include "simulator/Device.h"
#include "simulator/memory/Memories.h"

#include <functional>

namespace dlp {

// All that a launch can change for the host: device memory and __mlu_device__ variables.
class MemoryImage {
public:
  // The regions and blocks live as long as this.
  MemoryImage(Gdram &gdram, std::span<const Region> regions);
  void restore() const;
  // Compares the memory of now with this.
  bool equals(uint64_t &firstAddress, uint64_t &differentBytes) const;

private:
  struct Piece {
    uint64_t address;
    uint8_t *host;
    std::vector<uint8_t> bytes;
  };
  std::vector<Piece> pieces;
};

// One run of the launch, with these times for its copies; the fault it ended with, if any.
using TimedRun = std::function<std::optional<Fault>(const CopyTiming &)>;

// `before` and `after` are the memory at the start and at the end of the usual run; `lines` the code addresses of
// asynchronous copies. Leaves the memory as it was at the end of the usual run.
OrderResult compareOrders(unsigned orders, const MemoryImage &before, const MemoryImage &after,
                          std::span<const uint64_t> copies, const TimedRun &run);

} // namespace dlp

#endif // OPENBANG_SIMULATOR_CORE_ORDERS_H

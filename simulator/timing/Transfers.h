// Transfers.h: bytes on their way, and how fast they flow.
//
// Off-chip transfers share the bandwidth of the device memory and of their cluster, transfers through an SRAM its port:
// who came first gets all that it can take, the others what is left. Rates are computed anew whenever a transfer begins
// or ends; in between they are constant. Equal shares would keep cores that start together in step for ever, all
// loading and then all computing; the published ladders (docs/timing.md) show that cards do not do that.
#ifndef OPENBANG_SIMULATOR_TIMING_TRANSFERS_H
#define OPENBANG_SIMULATOR_TIMING_TRANSFERS_H

#include "simulator/timing/Parameters.h"
#include "simulator/timing/Stream.h"

#include <limits>

namespace dlp::timing {

class Transfers {
public:
  Transfers(const Parameters &parameters, uint32_t clusters, double bandwidthScale, double onChipScale);

  struct Transfer {
    uint32_t actor, cluster;
    bool memoryCore;
    uint8_t unit;
    Flow flow;
    double left = 0, rate = 0;
  };
  // Times never go back.
  void begin(Transfer transfer, uint64_t bytes, double time);
  double nextEnd() const { return soonest; } // infinite: none is on its way
  Transfer endNext();                        // at nextEnd()
  // Cycles that such a transfer needs when no other is on its way.
  double alone(const Transfer &transfer, uint64_t bytes) const;
  double offChipRate() const; // bytes per cycle now

private:
  // Rate of a transfer that gets these shares of what there is of each resource.
  double rateOf(const Transfer &t, double ofMemory, double ofCluster) const;
  void settle(double time);
  void share();

  const Parameters p;
  const double bandwidth, onChip;
  std::vector<Transfer> active;
  std::vector<double> clusterLeft, sramLeft; // shares, by cluster
  double now = 0;
  double soonest = std::numeric_limits<double>::infinity();
  size_t first = 0; // that ends
};

} // namespace dlp::timing

#endif // OPENBANG_SIMULATOR_TIMING_TRANSFERS_H

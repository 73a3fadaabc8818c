// Transfers.cpp: shares of bandwidth.
#include "simulator/timing/Transfers.h"

#include <algorithm>

namespace dlp::timing {

Transfers::Transfers(const Parameters &parameters, uint32_t clusters, double bandwidthScale, double onChipScale)
    : p(parameters), bandwidth(bandwidthScale), onChip(onChipScale), clusterLeft(clusters), sramLeft(clusters) {}

double Transfers::rateOf(const Transfer &t, double ofMemory, double ofCluster) const {
  if (t.flow == Flow::Sram)
    return std::min(p.moveWidth, p.sramWidth * ofCluster) / onChip;
  const double efficiency = t.flow == Flow::DramWrite ? p.gdramWriteEfficiency : p.gdramReadEfficiency;
  return bandwidth * p.perCycle(std::min({t.memoryCore ? p.memoryCoreBandwidth : p.coreBandwidth,
                                          p.clusterBandwidth * ofCluster, efficiency * p.gdramBandwidth * ofMemory}));
}

double Transfers::alone(const Transfer &transfer, uint64_t bytes) const {
  return double(bytes) / rateOf(transfer, 1, 1);
}

double Transfers::offChipRate() const {
  double rate = 0;
  for (const Transfer &t : active)
    rate += t.flow == Flow::Sram ? 0 : t.rate;
  return rate;
}

void Transfers::settle(double time) {
  for (Transfer &t : active)
    t.left = std::max(0.0, t.left - t.rate * (time - now));
  now = time;
}

void Transfers::share() {
  std::fill(clusterLeft.begin(), clusterLeft.end(), 1);
  std::fill(sramLeft.begin(), sramLeft.end(), 1);
  double memoryLeft = 1;
  soonest = std::numeric_limits<double>::infinity();
  for (size_t i = 0; i < active.size(); ++i) {
    Transfer &t = active[i];
    double &ofCluster = (t.flow == Flow::Sram ? sramLeft : clusterLeft)[t.cluster];
    t.rate = rateOf(t, memoryLeft, ofCluster);
    if (t.flow == Flow::Sram) {
      ofCluster -= t.rate * onChip / p.sramWidth;
    } else {
      const double efficiency = t.flow == Flow::DramWrite ? p.gdramWriteEfficiency : p.gdramReadEfficiency;
      const double full = bandwidth * p.perCycle(1);
      ofCluster -= t.rate / (full * p.clusterBandwidth);
      memoryLeft -= t.rate / (full * efficiency * p.gdramBandwidth);
    }
    // What is left after sums of fractions is nothing.
    constexpr double kNothing = 1e-9;
    if (ofCluster < kNothing)
      ofCluster = 0;
    if (memoryLeft < kNothing)
      memoryLeft = 0;
    if (t.rate <= 0)
      continue;
    if (double end = now + t.left / t.rate; end < soonest) {
      soonest = end;
      first = i;
    }
  }
}

void Transfers::begin(Transfer transfer, uint64_t bytes, double time) {
  settle(time);
  transfer.left = double(bytes);
  active.push_back(transfer);
  share();
}

Transfers::Transfer Transfers::endNext() {
  settle(soonest);
  Transfer ended = active[first];
  active.erase(active.begin() + ptrdiff_t(first));
  share();
  return ended;
}

} // namespace dlp::timing

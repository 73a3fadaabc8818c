// Machine.h: a machine with round numbers, so that expected times can be worked out by hand.
#ifndef OPENBANG_TEST_UNIT_TIMING_MACHINE_H
#define OPENBANG_TEST_UNIT_TIMING_MACHINE_H

#include "simulator/timing/Parameters.h"

namespace dlp::timing {

// One GHz, so a GB/s is a byte per cycle and a nanosecond a cycle.
inline Parameters plainParameters() {
  Parameters p;
  p.clock = 1;
  p.gdramBandwidth = 100;
  p.clusterBandwidth = 50;
  p.coreBandwidth = 20;
  p.memoryCoreBandwidth = 50;
  p.gdramReadEfficiency = p.gdramWriteEfficiency = 1;
  p.gdramReadLatency = 300;
  p.gdramWriteLatency = 100;
  p.sector = 64;
  p.dmaStart = 20;
  p.dmaRow = 4;
  p.moveStart = 30;
  p.moveWidth = 64;
  p.sramWidth = 128;
  p.remoteStart = 200;
  p.remoteWidth = 32;
  p.atomicGap = 8;
  p.vectorWidth = 128;
  p.vectorStart = 24;
  p.vectorDependent = 8;
  p.functionPassesHalf = 4;
  p.functionPassesFloat = 8;
  p.movePasses = 2;
  p.tensorStart = 64;
  p.tensorEfficiency = 1;
  p.overlapPenalty = 1;
  p.macInt4 = 8192;
  p.macInt8 = 4096;
  p.macInt16 = 2048;
  p.macFp16 = 1024;
  p.macFp32 = 256;
  p.weightLanes = 64;
  p.weightRow = 64;
  p.syncCost = 4;
  p.barrierCluster = 40;
  p.barrierAll = 200;
  return p;
}

// 2 clusters of 2 cores and a memory core; queues hold 2 operations.
inline MachineConfig plainMachine() {
  MachineConfig m;
  m.name = "plain";
  m.clusters = 2;
  m.coresPerCluster = 2;
  m.memoryCore = true;
  m.queueDepth = 2;
  return m;
}

} // namespace dlp::timing

#endif // OPENBANG_TEST_UNIT_TIMING_MACHINE_H

// Simd.h: how handlers are compiled once for each instruction set of the host, and how one of them is chosen.
//
// A file with such handlers names itself in HWY_TARGET_INCLUDE and includes <hwy/foreach_target.h>: Highway then reads
// it once for each instruction set, and wants <hwy/highway.h> to be included each time. What stands between
// HWY_BEFORE_NAMESPACE and HWY_AFTER_NAMESPACE, in namespace dlp::HWY_NAMESPACE, is compiled each time; loops over
// lanes become vectors as wide as the host has. Behind it, once, a DLP_DISPATCH for each handler. The instruction set
// never changes a result: lanes are independent, sums keep their order, and nothing is fused
// (test/Unit/insns/TargetsTest.cpp compares them).
#ifndef OPENBANG_SIMULATOR_INSNS_SIMD_H
#define OPENBANG_SIMULATOR_INSNS_SIMD_H

#include "simulator/insns/Handlers.h"

#include <hwy/highway.h>

// The handler of a row that calls the one for this host.
#define DLP_DISPATCH(ROW)                                                                                              \
  HWY_EXPORT(exec##ROW);                                                                                               \
  uint64_t exec##ROW(Exec &x, const ROW##Ops &ops, Variant v) { return HWY_DYNAMIC_DISPATCH(exec##ROW)(x, ops, v); }

#endif // OPENBANG_SIMULATOR_INSNS_SIMD_H

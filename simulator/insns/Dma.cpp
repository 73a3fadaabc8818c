// Dma.cpp: the copy instructions. Asynchronous rows do the same work as the synchronous ones; the core decides when.
#include "simulator/insns/Copy.h"
#include "simulator/insns/Handlers.h"

#include <cstring>
#include <string>
#include <utility>
#include <vector>

namespace dlp {
namespace {

template <class Ops> void copy1D(Exec &x, const Ops &ops, CopyRoute route) {
  copyPlain(x, route, ops.dst, ops.src, ops.bytes);
}

template <class Ops> void copy2D(Exec &x, const Ops &ops, CopyRoute route) {
  const uint64_t count = segmentCount(x, "segnum", ops.segnum);
  const int64_t dstStride = int64_t(ops.dst_stride);
  if (count > 1 && (dstStride < 0 || uint64_t(dstStride) < ops.bytes))
    x.badOperand("dst_stride", dstStride, "at least the " + std::to_string(ops.bytes) + " bytes of a segment");
  copySegments(x, route, {ops.dst, dstStride, count}, {ops.src, int64_t(ops.src_stride), count}, ops.bytes);
}

template <class Ops> std::pair<Segments, Segments> gridsOf(const Exec &x, const Ops &ops) {
  const Segments dst{ops.dst, int64_t(ops.dstride0), segmentCount(x, "dseg1", ops.dseg1), int64_t(ops.dstride1),
                     segmentCount(x, "dseg2", ops.dseg2)};
  const Segments src{ops.src, int64_t(ops.sstride0), segmentCount(x, "sseg1", ops.sseg1), int64_t(ops.sstride1),
                     segmentCount(x, "sseg2", ops.sseg2)};
  if (dst.count() != src.count())
    x.fault(FaultKind::BadOperand, "the destination has " + std::to_string(dst.count()) + " segments and the source " +
                                       std::to_string(src.count()) +
                                       ", expected (dseg1 + 1) * (dseg2 + 1) equal to (sseg1 + 1) * (sseg2 + 1)");
  return {dst, src};
}

template <class Ops> void copy4D(Exec &x, const Ops &ops, CopyRoute route) {
  const auto [dst, src] = gridsOf(x, ops);
  copySegments(x, route, dst, src, ops.bytes);
}

// The suffixes of a copy name its spaces.
CopyRoute routeOf(Variant v) { return {Space(v.e0), Space(v.e1)}; }

// To the SRAM of another cluster. All pieces are read before any is written: the cluster may be our own.
void copyToCluster(Exec &x, uint64_t cluster, const Segments &dst, const Segments &src, uint64_t bytes) {
  if (bytes == 0)
    x.badOperand("bytes", 0, "at least 1");
  std::vector<uint8_t> content;
  for (uint64_t k = 0; k < src.count(); ++k) {
    const uint8_t *from = x.read(src.at(k), bytes, kInSram, "src");
    content.insert(content.end(), from, from + bytes);
  }
  for (uint64_t k = 0; k < dst.count(); ++k)
    std::memcpy(x.writeRemoteSram(cluster, dst.at(k), bytes, "dst"), content.data() + k * bytes, bytes);
}

template <class Ops> void cluster1D(Exec &x, const Ops &ops) {
  copyToCluster(x, ops.cluster, {ops.dst}, {ops.src}, ops.bytes);
}

template <class Ops> void cluster2D(Exec &x, const Ops &ops) {
  const uint64_t count = segmentCount(x, "segnum", ops.segnum);
  copyToCluster(x, ops.cluster, {ops.dst, int64_t(ops.dst_stride), count}, {ops.src, int64_t(ops.src_stride), count},
                ops.bytes);
}

template <class Ops> void cluster4D(Exec &x, const Ops &ops) {
  const auto [dst, src] = gridsOf(x, ops);
  copyToCluster(x, ops.cluster, dst, src, ops.bytes);
}

} // namespace

#define DLP_CLUSTER_COPY(ROW, FORM)                                                                                    \
  uint64_t exec##ROW(Exec &x, const ROW##Ops &ops, Variant) {                                                          \
    FORM(x, ops);                                                                                                      \
    return 0;                                                                                                          \
  }
#define DLP_COPY(ROW, FORM)                                                                                            \
  uint64_t exec##ROW(Exec &x, const ROW##Ops &ops, Variant v) {                                                        \
    FORM(x, ops, routeOf(v));                                                                                          \
    return 0;                                                                                                          \
  }
#define DLP_COPIES(ROW)                                                                                                \
  DLP_COPY(ROW, copy1D)                                                                                                \
  DLP_COPY(ROW##2d, copy2D)                                                                                            \
  DLP_COPY(ROW##4d, copy4D)                                                                                            \
  DLP_COPY(ROW##Async, copy1D)                                                                                         \
  DLP_COPY(ROW##Async2d, copy2D)                                                                                       \
  DLP_COPY(ROW##Async4d, copy4D)

DLP_COPIES(Ld)
DLP_COPIES(St)
DLP_COPIES(Mv)
DLP_COPIES(Cp)

#define DLP_DYN_COPY(ROW, FORM)                                                                                        \
  uint64_t exec##ROW(Exec &x, const ROW##Ops &ops, Variant) {                                                          \
    FORM(x, ops, routeOfDirection(x, ops.dir));                                                                        \
    return 0;                                                                                                          \
  }

DLP_DYN_COPY(Dma, copy1D)
DLP_DYN_COPY(Dma2d, copy2D)
DLP_DYN_COPY(Dma4d, copy4D)
DLP_DYN_COPY(DmaAsync, copy1D)
DLP_DYN_COPY(DmaAsync2d, copy2D)
DLP_DYN_COPY(DmaAsync4d, copy4D)

DLP_CLUSTER_COPY(MvCluster, cluster1D)
DLP_CLUSTER_COPY(MvCluster2d, cluster2D)
DLP_CLUSTER_COPY(MvCluster4d, cluster4D)
DLP_CLUSTER_COPY(MvClusterAsync, cluster1D)
DLP_CLUSTER_COPY(MvClusterAsync2d, cluster2D)
DLP_CLUSTER_COPY(MvClusterAsync4d, cluster4D)

} // namespace dlp

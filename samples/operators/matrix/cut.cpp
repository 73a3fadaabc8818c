// cut.cpp: how a product is cut into tiles: every way that fits into the memories of the card is weighed by a small
// model of its time, and the quickest is taken.
#include "common/device_constants.h"
#include "matrix/matrix.h"

#include <algorithm>
#include <limits>

namespace bangops {
namespace {

int64_t parts(int64_t whole, int64_t part) { return (whole + part - 1) / part; }
int64_t padded(int64_t value, int64_t multiple) { return parts(value, multiple) * multiple; }

// Per cycle of a core; only their ratios matter for what is chosen.
double productsPerCycle(bangopsDataType_t dtype) {
  return dtype == BANGOPS_DTYPE_F32 ? 384 : dtype == BANGOPS_DTYPE_I8 ? 4096 : 1536;
}
constexpr double kCoreBytes = 15; // of memory, while all cores load
constexpr double kMemoryCoreBytes = 54;
constexpr double kMoveBytes = 64, kVectorBytes = 128, kCopyStart = 400, kCopyRow = 4, kStep = 1300, kMatrixStart = 64;

struct Bytes {
  int64_t element, result;
};

// What bandOf finds for a whole band.
int64_t bandHigh(const ProductPlan &p) {
  return static_cast<int64_t>(p.bandH - 1) * p.strideH + static_cast<int64_t>(p.kh - 1) * p.dilationH + 1;
}
int64_t sumWide(const ProductPlan &p) {
  return p.bandW + (p.folded ? (p.kw - 1) / p.strideW : p.gathered ? (p.kw - 1) * p.dilationW : 0);
}
int64_t bandElements(const ProductPlan &p) { // of one channel
  const int64_t wide =
      p.folded ? sumWide(p) * p.strideW
               : static_cast<int64_t>(p.bandW - 1) * p.strideW + static_cast<int64_t>(p.kw - 1) * p.dilationW + 1;
  return bandHigh(p) * wide;
}
// Of the left operand in a tile, as it is loaded, and unfolded.
int64_t tileElements(const ProductPlan &p) {
  if (p.folded)
    return bandElements(p) * p.channels + p.tileDepth; // the last window reaches beyond the band
  return (p.image ? bandElements(p) : p.tileM) * p.tileDepth;
}
int64_t tileWindows(const ProductPlan &p) { return p.folded ? bandHigh(p) * sumWide(p) * p.tileDepth : 0; }

// The memories hold what ProductStage takes of them.
bool fits(const ProductPlan &p, Bytes size, const Machine &machine) {
  const int64_t tile = static_cast<int64_t>(p.tileRows) * p.tileN, row = static_cast<int64_t>(p.taps) * p.tileDepth;
  const int64_t a = ((p.folded ? 3 : 2) * tileElements(p) + 2 * tileWindows(p)) * size.element;
  const bool spare = p.beta != 0 || p.activation == BANGOPS_SILU;
  const int64_t sums =
      tile * (size.result == 4 ? 8 : 4 + 2 * size.result) + (spare ? tile * 4 : 0) + (p.gathered ? tile * 4 : 0);
  const int64_t nram =
      a + sums + (p.beta != 0 ? 2 * tile * size.result : 0) + row * size.element + p.tileN * 20 + 16 * kLineBytes;
  const int64_t sharedA = p.gridN > 1 && !p.image ? static_cast<int64_t>(p.gridM) * p.tileM * p.tileDepth : 0;
  const int64_t sharedB = p.gridM > 1 ? p.gridN * p.tileN * row : 0;
  return nram <= machine.nramBytes && (p.folded ? 3 : 2) * p.tileN * row * size.element <= machine.wramBytes &&
         2 * (sharedA + sharedB) * size.element <= kSharedKB * 1024;
}

bool writesDirectly(const ProductPlan &p, double pieces) {
  return elementBytes(p.result) == 2 && pieces == 1 && p.alpha == 1 && p.beta == 0 && !p.bias && p.activation < 0 &&
         !p.gathered;
}

// Cycles, roughly: the first load, then in each step what takes longest, and the last store.
double estimate(const ProductPlan &p, bangopsDataType_t dtype, Bytes size, const Machine &machine) {
  const int team = p.gridM * p.gridN;
  const int64_t tilesM = parts(p.m, static_cast<int64_t>(p.gridM) * p.tileM);
  const int64_t tilesN = parts(p.n, static_cast<int64_t>(p.gridN) * p.tileN);
  const auto items =
      static_cast<double>(parts(p.partsH * p.partsW * p.batch * tilesM * tilesN, machine.cores / team)); // of a team
  const auto pieces = static_cast<double>(parts(p.depth, p.tileDepth));
  const auto width = static_cast<double>(std::min<int64_t>(p.tileDepth, p.depth));
  const double row = p.taps * width * static_cast<double>(size.element);
  const auto wide = static_cast<double>(std::min<int64_t>(p.n, static_cast<int64_t>(p.gridN) * p.tileN));
  const auto high = static_cast<double>(std::min<int64_t>(p.m, static_cast<int64_t>(p.gridM) * p.tileM));
  const bool sharedA = p.gridN > 1 && !p.image, sharedB = p.gridM > 1;
  // Loads of a step: bytes that memory gives, and rows that copies start.
  const double channels = p.folded ? static_cast<double>(p.channels) : width;
  const double a = high * (p.image ? p.gridN * static_cast<double>(bandElements(p)) : 1) * channels *
                   static_cast<double>(size.element);
  const double b = wide * row;
  const double rowsA =
      p.image ? static_cast<double>(channels < static_cast<double>(p.channels) ? bandElements(p) : bandHigh(p))
      : sharedA && pieces == 1 ? 1
                               : high / (sharedA ? 1 : p.gridM);
  const double rowsB = sharedB && pieces == 1 ? 1 : wide / (sharedB ? 1 : p.gridN) * (pieces > 1 ? p.taps : 1);
  const bool stays =
      (pieces + 1) * p.tileN * p.taps * p.tileDepth * static_cast<double>(size.element) <= machine.wramBytes;
  const double shareOfB = stays ? std::max(1 / items, 1 / static_cast<double>(tilesM)) : 1;
  const auto loading = [&](double partOfB) {
    const double common = (sharedA ? a : 0) + (sharedB ? b * partOfB : 0), own = a + b * partOfB - common;
    const double rows = (sharedA ? rowsA : 0) + (sharedB ? rowsB * partOfB : 0);
    const double ownRows = rowsA + rowsB * partOfB - rows;
    return std::max({common / kMemoryCoreBytes + kCopyRow * rows, own / team / kCoreBytes + kCopyRow * ownRows,
                     (common + own) / team / kCoreBytes}) +
           kCopyStart;
  };
  const auto columns = static_cast<double>(std::min<int64_t>(p.tileN, padded(p.n, 64)));
  const double results = p.tileRows * columns;
  const double passes = (size.result < 4 && !writesDirectly(p, pieces) ? 1 : 0) +
                        (p.bias || p.alpha != 1 || p.step != 1 ? 1 : 0) +
                        (p.activation == BANGOPS_RELU ? 1
                         : p.activation >= 0          ? 8
                                                      : 0) +
                        (p.beta != 0 ? 4 : 0) + (p.gathered ? 4 : 0);
  const double compute = kMatrixStart + results * p.taps * p.tileDepth / (0.95 * productsPerCycle(dtype)) +
                         results * 4 / kVectorBytes * passes / pieces;
  const double windows = p.folded ? static_cast<double>(bandHigh(p) * sumWide(p)) : 0;
  const double unfold = windows * (kCopyRow + row / p.taps / kMoveBytes);
  const double c = (p.image ? high * p.tileRows : high) * wide * static_cast<double>(size.result);
  const double store = c / team / kCoreBytes + kCopyRow * p.tileRows;
  const double first = loading(1) * (sharedA || sharedB ? 1.5 : 1);
  return first + items * pieces * (std::max({loading(shareOfB) + store / pieces, compute, unfold}) + kStep) + unfold +
         compute + store;
}

} // namespace

bool cutProduct(ProductPlan &plan, bangopsDataType_t dtype, const Machine &machine) {
  const Bytes size = {static_cast<int64_t>(elementBytes(dtype)), static_cast<int64_t>(elementBytes(plan.result))};
  plan.alignDepth = static_cast<int>(64 / size.element);
  const int64_t wholeDepth = padded(plan.depth, plan.alignDepth);
  ProductPlan best = plan;
  double least = std::numeric_limits<double>::infinity();
  const auto consider = [&](ProductPlan p) {
    for (int64_t bytes : {2048, 1024, 512, 256, 128, 64}) {
      p.tileDepth = static_cast<int>(std::min(bytes / size.element, wholeDepth));
      if (!fits(p, size, machine) || (p.folded && p.tileDepth < p.depth))
        continue;
      p.tileElements = static_cast<int>(tileElements(p));
      p.tileWindows = static_cast<int>(tileWindows(p));
      const double cycles = estimate(p, dtype, size, machine);
      if (cycles < least) {
        least = cycles;
        best = p;
      }
    }
  };
  const int grids[][2] = {{1, 1}, {2, 2}, {4, 1}, {1, 4}};
  for (const auto &grid : grids) {
    if (grid[0] * grid[1] > 1 && !(machine.sharesSram && machine.coresPerCluster == 4))
      continue;
    ProductPlan p = plan;
    p.gridM = grid[0];
    p.gridN = grid[1];
    for (int n = 64; n <= 256 && (n == 64 || n / 2 < plan.n); n *= 2) {
      p.tileN = n;
      if (!plan.image) {
        for (int m = 1; m <= 256 && (m == 1 || m / 2 < plan.m); m *= 2) {
          p.tileM = p.tileRows = m;
          consider(p);
        }
        continue;
      }
      p.tileM = 1;
      const int64_t partH = parts(plan.oh, plan.partsH), partW = parts(plan.ow, plan.partsW); // of the output
      for (int64_t across = 1; across <= partW; across *= 2)
        for (int64_t high = 1; high <= partH; high += high < 4 ? 1 : high / 4) {
          p.bandW = static_cast<int>(parts(partW, across));
          p.bandH = static_cast<int>(high);
          p.bandsX = parts(partW, p.bandW);
          p.bandsY = parts(partH, p.bandH);
          p.m = plan.images * p.bandsX * p.bandsY;
          p.tileRows = static_cast<int>(p.bandH * sumWide(p));
          consider(p);
        }
    }
  }
  plan = best;
  plan.clearA =
      plan.turned || plan.padTop != 0 || plan.padLeft != 0 || plan.folded || plan.depth % plan.alignDepth != 0;
  plan.direct = writesDirectly(plan, static_cast<double>(parts(plan.depth, plan.tileDepth)));
  return least < std::numeric_limits<double>::infinity();
}

} // namespace bangops

// cut.cpp: how rows are cut for the cores and their NRAM: many short ones together, whole ones, or parts of long ones.
#include "common/device_constants.h"
#include "rows/rows.h"

#include <algorithm>

namespace bangops {

struct RowFacts {
  int passes;
  bool mapped;
};
static const RowFacts facts[] = {
#define BANGOPS_FACTS(name, passes, mapped) {passes, mapped},
    BANGOPS_ROW_OPERATIONS(BANGOPS_FACTS)
#undef BANGOPS_FACTS
};

// Rows of at most so many columns are worked on together, when there are many of them: so many on every machine,
// because the order of a sum, and with it its last bits, depends on the choice.
constexpr int64_t kShortRow = 1024, kManyRows = 256, kEnoughRows = 16;
constexpr int64_t kLongRow = 4096;                      // fewer such rows than cores are cut
constexpr int64_t kLeastPart = 4096, kGoodPart = 16384; // elements
constexpr int64_t kLine = 64, kLongLine = 512;          // bytes that lie together, of rows across memory
constexpr int64_t kNumberBytes = 160;                   // of NRAM, for the numbers of a row in parts
constexpr int64_t kSpareLines = 40;                     // of NRAM, for what is rounded up

// Parts of one row begin at whole lines.
static int64_t wholeOf(const RowsPlan &plan) { return plan.inner == 1 ? kLine : 1; }
static bool workedTogether(const RowsPlan &plan) {
  switch (plan.operation) {
  case RowOperation::NormaliseGiven:
  case RowOperation::Moments:
  case RowOperation::MeanSquaredError: return false;
  case RowOperation::Normalise: return !plan.runningMean && plan.affineRows == (plan.inner > 1 ? plan.inner : 0);
  default: return true;
  }
}
static bool isPlace(RowOperation operation) {
  return operation == RowOperation::ArgMax || operation == RowOperation::ArgMin;
}
// Cuts tiles of many rows; false when they would be too few to be worth it.
static bool cutShortRows(const Machine &machine, RowsPlan &plan, bangopsDataType_t dtype) {
  const bool across = plan.inner > 1, always = across || plan.operation == RowOperation::LocalResponse;
  if (!workedTogether(plan) || (!always && (plan.columns > kShortRow || plan.rows < kManyRows)))
    return false;
  plan.needsSpare = plan.operation == RowOperation::LocalResponse || plan.operation == RowOperation::CrossEntropy;
  plan.marginColumns = plan.operation == RowOperation::LocalResponse ? static_cast<int>(plan.numbers[0]) - 1 : 0;
  // Two tiles of the element type and, where rows are turned, a third; one to three tiles of float; numbers of rows and
  // columns.
  const int64_t bytes = static_cast<int64_t>(elementBytes(dtype));
  const int64_t perElement = (across ? 2 : 3) * bytes + (bytes < 4 ? 8 : 4) + (plan.needsSpare ? 4 : 0);
  const int64_t perRow = plan.columns * perElement + plan.marginColumns * 4 + 72;
  const int64_t room = machine.nramBytes - kSpareLines * kLineBytes - plan.columns * 4 * bytes;
  int64_t fit = room / perRow;
  if (!always || fit >= kEnoughRows)
    fit = fit / kEnoughRows * kEnoughRows;
  if (fit < (always ? 1 : kEnoughRows))
    return false;
  // Memory moves whole sectors, so short pieces are left to parts, which read everything that lies together.
  if (across && fit < plan.inner && fit * bytes < (plan.mapped ? kLine : kLongLine) && !isPlace(plan.operation) &&
      plan.operation != RowOperation::LocalResponse)
    return false;
  // All cores get the same number of tiles, four at least.
  const int64_t groupRows = across ? plan.inner : plan.rows, groups = plan.rows / groupRows;
  const int64_t perCore = (groupRows * groups - 1) / machine.cores + 1;
  const int64_t rounds = std::max<int64_t>(4, (perCore - 1) / fit + 1);
  const int64_t share = ((perCore - 1) / rounds / kEnoughRows + 1) * kEnoughRows;
  plan.turned = true;
  plan.rowsPerTile = static_cast<int>(std::min(fit, share));
  return true;
}

// Cuts tiles of rows that fit one by one; false when they do not fit or are too few for the cores.
static bool cutWholeRows(const Machine &machine, RowsPlan &plan, bangopsDataType_t dtype) {
  if (plan.inner > 1 || plan.operation == RowOperation::MeanSquaredError ||
      (plan.rows < machine.cores && plan.columns >= kLongRow))
    return false;
  // Bytes of NRAM for each column of one row: scale and shift, a buffer of float to work in, one to widen. A row of a
  // tile is there twice and has 32 bytes of its own.
  const int64_t bytes = static_cast<int64_t>(elementBytes(dtype));
  const int64_t room = machine.nramBytes - kSpareLines * kLineBytes - plan.affineRows * (3 * 4 + bytes);
  const int64_t fit = (room - plan.columns * (2 * bytes + 4 + (bytes < 4 ? 4 : 0))) / (plan.columns * 2 * bytes + 32);
  if (fit < 1)
    return false;
  // A tile should be some kilobytes, but every core should have a few of them.
  const int64_t share = (plan.rows + machine.cores * 4 - 1) / (machine.cores * 4);
  const int64_t enough = std::max<int64_t>(1, 16384 / (plan.columns * bytes));
  plan.rowsPerTile =
      static_cast<int>(std::min({fit, std::max(share, enough), (plan.rows + machine.cores - 1) / machine.cores}));
  plan.chunk = static_cast<int>(plan.columns);
  return true;
}

// Columns of a group of rows that fit into NRAM twice, with scale, shift and what else a part needs, whole lines of one
// row.
static int64_t columnsThatFit(const Machine &machine, const RowsPlan &plan, bangopsDataType_t dtype) {
  const int64_t bytes = static_cast<int64_t>(elementBytes(dtype)), perColumn = plan.affineRows == 0;
  // Two tiles of the element type and of each other operand that is as long, one of float to work in, one to widen.
  const int64_t operands =
      1 + (plan.target != nullptr) + perColumn * ((plan.scale != nullptr) + (plan.shift != nullptr));
  const int64_t perElement = 2 * operands * bytes + 4 + (bytes < 4 ? 4 : 0);
  const int64_t room = machine.nramBytes - kSpareLines * kLineBytes - plan.inner * kNumberBytes;
  return std::max<int64_t>(room, 0) / (perElement * plan.inner) / wholeOf(plan) * wholeOf(plan);
}

// Gives each core of a cluster the same part of the rows of its team; false when a part does not fit, or when too many
// teams would have no row in the last turn.
static bool cutForTeams(const Machine &machine, RowsPlan &plan, bangopsDataType_t dtype) {
  const int64_t cores = machine.coresPerCluster, teams = machine.cores / cores, groups = plan.rows / plan.inner;
  const int64_t whole = wholeOf(plan), turns = (groups + teams - 1) / teams;
  const bool gathers = plan.mapped && plan.passes > 0;
  if (!gathers || !plan.y || cores < 2 || !machine.sharesSram || plan.inner * cores > kTeamNumbers ||
      plan.numberCount != 0 || groups * 4 < turns * teams * 3)
    return false;
  plan.chunk = static_cast<int>(((plan.columns + cores - 1) / cores + whole - 1) / whole * whole);
  plan.parts = cores;
  plan.numberCount = plan.rows;
  plan.slice = static_cast<int>(plan.inner);
  return plan.chunk <= columnsThatFit(machine, plan, dtype) && (cores - 1) * plan.chunk < plan.columns;
}

// Cuts rows into parts; false when not even one column of the rows across fits.
static bool cutParts(const Machine &machine, RowsPlan &plan, bangopsDataType_t dtype) {
  const int64_t fit = columnsThatFit(machine, plan, dtype), whole = wholeOf(plan);
  if (plan.operation == RowOperation::LocalResponse || (plan.inner > 1 && isPlace(plan.operation)) || fit < 1)
    return false;
  // Small enough that the first load and the last store, which nothing hides, are short.
  const int64_t perCore = plan.rows * plan.columns / (machine.cores * 4);
  const int64_t share = std::clamp(perCore, kLeastPart, kGoodPart) / plan.inner;
  plan.chunk = static_cast<int>(std::min(fit, (std::max<int64_t>(share, 1) + whole - 1) / whole * whole));
  plan.parts = (plan.columns + plan.chunk - 1) / plan.chunk;
  plan.chunk = static_cast<int>(((plan.columns + plan.parts - 1) / plan.parts + whole - 1) / whole * whole);
  if (plan.numberCount == 0)
    plan.numberCount = plan.rows;
  // Numbers are finished in slices: two of each part, and a few.
  const int64_t lines = plan.rows * plan.parts / plan.numberCount;
  const int64_t slices = (machine.nramBytes - kSpareLines * kLineBytes) / (lines * 8 + 40);
  plan.slice = static_cast<int>(
      std::min(slices, std::max<int64_t>(kEnoughRows, (plan.numberCount + machine.cores - 1) / machine.cores)));
  return slices >= 1;
}
static void runParts(bangopsHandle_t handle, RowsPlan plan, bangopsDataType_t dtype) {
  const Machine &machine = handle->machine;
  const bool map = plan.mapped && plan.y;
  Scratch partial(handle, plan.rows * plan.parts * 2 * sizeof(float));
  Scratch found(handle, map ? plan.numberCount * 3 * sizeof(float) : 0);
  plan.partial = static_cast<float *>(partial.get());
  plan.found = map ? static_cast<float *>(found.get()) : nullptr;
  if (handle->asked)
    return;
  // Short parts that are whole rows come faster by the tile.
  RowsPlan moments = plan;
  moments.operation = RowOperation::Moments;
  moments.mapped = false;
  moments.scale = moments.shift = nullptr;
  moments.affineRows = 0;
  moments.found = nullptr;
  moments.mean = plan.partial;
  moments.factor = plan.partial + plan.rows;
  RowsPlan given = plan;
  given.operation = RowOperation::NormaliseGiven;
  given.mean = given.factor = nullptr;
  const bool byTile = plan.operation == RowOperation::Normalise && plan.parts == 1 &&
                      cutWholeRows(machine, moments, dtype) && cutWholeRows(machine, given, dtype);
  if (byTile)
    launchRows(moments, dtype, machine, handle->queue);
  else if (plan.passes > 0)
    launchParts(PartStep::Gather, plan, dtype, machine, handle->queue);
  launchParts(PartStep::Finish, plan, dtype, machine, handle->queue);
  if (map && byTile)
    launchRows(given, dtype, machine, handle->queue);
  else if (map)
    launchParts(PartStep::Map, plan, dtype, machine, handle->queue);
}

bool runRows(bangopsHandle_t handle, RowsPlan plan, bangopsDataType_t dtype) {
  if (plan.rows == 0 || plan.columns == 0)
    return true;
  plan.passes = facts[static_cast<int>(plan.operation)].passes;
  plan.mapped = facts[static_cast<int>(plan.operation)].mapped;
  plan.inner = std::max<int64_t>(plan.inner, 1);
  const bool shared = plan.operation == RowOperation::Normalise && plan.numberCount != 0;
  if (!shared && (cutShortRows(handle->machine, plan, dtype) || cutWholeRows(handle->machine, plan, dtype))) {
    if (!handle->asked)
      launchRows(plan, dtype, handle->machine, handle->queue);
    return true;
  }
  RowsPlan team = plan;
  if (cutForTeams(handle->machine, team, dtype)) {
    if (!handle->asked)
      launchParts(PartStep::All, team, dtype, handle->machine, handle->queue);
    return true;
  }
  if (!cutParts(handle->machine, plan, dtype))
    return false;
  runParts(handle, plan, dtype);
  return true;
}

} // namespace bangops

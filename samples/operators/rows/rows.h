// rows.h: what the host half tells the kernel of reductions, softmax, normalisations and cross entropy.
#ifndef BANGOPS_ROWS_H
#define BANGOPS_ROWS_H

#include "common/host.h"

namespace bangops {

// What is done to each row. A row has `passes` over its elements that gather numbers; mapped ones write a row as well.
// X(name, passes, mapped)
#define BANGOPS_ROW_OPERATIONS(X)                                                                                      \
  X(Sum, 1, false)                                                                                                     \
  X(Mean, 1, false)                                                                                                    \
  X(Max, 1, false)                                                                                                     \
  X(Min, 1, false)                                                                                                     \
  X(SumOfSquares, 1, false)                                                                                            \
  X(ArgMax, 1, false)                                                                                                  \
  X(ArgMin, 1, false)                                                                                                  \
  X(Softmax, 1, true)                                                                                                  \
  X(LogSoftmax, 1, true)                                                                                               \
  X(CrossEntropy, 1, true)                                                                                             \
  X(Normalise, 2, true)                                                                                                \
  X(NormaliseGiven, 0, true)                                                                                           \
  X(RootMeanSquare, 1, true)                                                                                           \
  X(LocalResponse, 0, true)                                                                                            \
  X(MeanSquaredError, 1, false)                                                                                        \
  X(Moments, 1, false)

enum class RowOperation {
#define BANGOPS_ENUM(name, passes, mapped) name,
  BANGOPS_ROW_OPERATIONS(BANGOPS_ENUM)
#undef BANGOPS_ENUM
};

struct RowsPlan {
  RowOperation operation;
  int passes;
  bool mapped;
  const void *x;              // rows x columns of T
  void *y;                    // the same, of mapped operations; may be null for cross entropy
  void *result;               // one T per row, of reductions and cross entropy; may be null
  int32_t *index;             // one per row: results of arg max and arg min
  const void *target;         // the same as x, of the mean squared error
  const int32_t *labels;      // one per row, of cross entropy
  const void *scale, *shift;  // of T, per column or per row, or null
  int64_t affineRows;         // 0: scale and shift are per column; else row r takes element r % affineRows
  float *mean, *factor;  // one per row of what Normalise found, or null; of Moments mean and sum of squares around it
  const float *givenMean, *givenVariance;
  float *runningMean, *runningVariance;  // updated, or null
  int64_t rows, columns;
  int64_t inner;      // more than 1: rows lie across memory, element c of so many rows side by side
  int chunk;          // columns that are in NRAM at once, those of a part
  int rowsPerTile;    // whole rows in NRAM at once
  bool turned;        // many rows at once, see short_rows.h
  bool needsSpare;    // these want another tile of float,
  int marginColumns;  // and so many columns more in one of them
  // Rows in parts of `chunk` columns, see parts.h.
  int64_t parts, numberCount;  // parts of a row; numbers that are found: one for each row, or fewer that rows share
  float *partial, *found;      // two arrays of what parts leave, three of numbers for the map, or null
  int slice;                   // numbers that are finished at once
  float numbers[4];
};
void launchRows(const RowsPlan &plan, bangopsDataType_t dtype, const Machine &machine, cnrtQueue_t queue);

constexpr int kTeamNumbers = 16384;  // that the parts of a row, or of rows across, leave to a team at most

// One step of rows in parts. An operation that is not mapped leaves out the map. Teams do all steps at once, see
// team.h.
enum class PartStep { Gather, Finish, Map, All };
void launchParts(PartStep step, const RowsPlan &plan, bangopsDataType_t dtype, const Machine &machine,
                 cnrtQueue_t queue);

// Fills in how the rows are cut, and queues the kernels. The operands lie as plan.inner says. False when they cannot be
// worked on as they lie.
bool runRows(bangopsHandle_t handle, RowsPlan plan, bangopsDataType_t dtype);

}  // namespace bangops

#endif  // BANGOPS_ROWS_H

// windows.h: what the host half tells the kernel of pools and depthwise convolutions.
#ifndef BANGOPS_WINDOWS_H
#define BANGOPS_WINDOWS_H

#include "common/host.h"

namespace bangops {

enum class WindowOperation { Max, Average, MaxBack, AverageBack, Depthwise };

// Work is cut in bands: some rows of the small image, which the windows make or are made from, and some channels.
struct WindowPlan {
  WindowOperation operation;
  const void *x;       // the large image; of AverageBack: not read
  const void *dy;      // of backward operations: the small image
  const void *weights; // of Depthwise: [kh][kw][channels]
  const void *bias;    // of Depthwise: [channels], or null
  void *y;             // the small image; of backward operations: dx, the large one
  int64_t images, h, w, channels, oh, ow;
  int kh, kw, strideH, strideW, padH, padW;
  bool countPadding; // an average divides by the whole window
  int bandRows, bandChannels;
  int columns;      // of a band of the large image, with its borders
  int largeN, rowN; // elements in NRAM: of a band of the large image, of a row of the small one
  int smallN;       // of a band of the small image
};
void launchWindows(const WindowPlan &plan, bangopsDataType_t dtype, const Machine &machine, cnrtQueue_t queue);

} // namespace bangops

#endif // BANGOPS_WINDOWS_H

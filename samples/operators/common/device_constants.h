// device_constants.h: numbers that the host, which cuts tiles, and the kernels, which hold them, must share.
#ifndef BANGOPS_COMMON_DEVICE_CONSTANTS_H
#define BANGOPS_COMMON_DEVICE_CONSTANTS_H

namespace bangops {
constexpr int kStackKB = 128;   // of NRAM that kernels leave to the stack
constexpr int kSharedKB = 1536; // of SRAM that the cores of a cluster share
constexpr int kLineBytes = 128; // of a vector unit; buffers begin at whole lines
} // namespace bangops

#endif // BANGOPS_COMMON_DEVICE_CONSTANTS_H

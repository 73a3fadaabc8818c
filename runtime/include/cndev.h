// cndev.h: the part of the management API that BANG C projects use. For C and C++.
//
// Answers come from the machine file; what a simulated card does not have (temperatures, fans, other processes) is not
// declared. A record's `version` must be set to CNDEV_VERSION_5 before the call.
#ifndef OPENBANG_CNDEV_H
#define OPENBANG_CNDEV_H

#include "cnrt_tables.h"

#include <stdio.h>
#include <stdlib.h>

#define CNDEV_API __attribute__((visibility("default")))
#define CNDEV_VERSION_5 5
#define CNDEV_UUID_SIZE 37

#ifdef __cplusplus
extern "C" {
#endif

typedef enum cndevRet CNRT_ENUM_BASE {
  CNDEV_SUCCESS = 0,
  CNDEV_ERROR_UNINITIALIZED = 3,
  CNDEV_ERROR_INVALID_ARGUMENT = 4,
  CNDEV_ERROR_INVALID_DEVICE_ID = 5,
  CNDEV_ERROR_UNKNOWN = 6,
  CNDEV_ERROR_INSUFFICIENT_SPACE = 8,
  CNDEV_ERROR_NOT_SUPPORTED = 9
} cndevRet_t;

typedef int cndevDevice_t; // the ordinal of the host API

typedef struct cndevCardInfo {
  int version;
  unsigned int number; // of devices
} cndevCardInfo_t;

typedef struct cndevDDRInfo {
  int version;
  unsigned int dataWidth;        // in bits; 0: the machine does not say
  unsigned int bandWidth;        // in GB/s, the whole part
  unsigned int bandWidthDecimal; // and its first decimal; both 0: the machine does not say
} cndevDDRInfo_t;

typedef struct cndevFrequencyInfo {
  int version;
  int boardFreq; // of the cores, in MHz; 0: the machine does not say
  int ddrFreq;   // of the memory, in MHz; 0: the machine does not say
} cndevFrequencyInfo_t;

typedef struct cndevProcessInfo {
  int version;
  unsigned int pid;
  unsigned long long physicalMemoryUsed; // in KiB
} cndevProcessInfo_t;

CNDEV_API cndevRet_t cndevInit(int reserved);
CNDEV_API cndevRet_t cndevRelease(void);
CNDEV_API const char *cndevGetErrorString(cndevRet_t error);
CNDEV_API cndevRet_t cndevGetDeviceCount(cndevCardInfo_t *info);
CNDEV_API cndevRet_t cndevGetDeviceHandleByIndex(int index, cndevDevice_t *device);
CNDEV_API cndevRet_t cndevGetDeviceHandleByUUID(const char *uuid, cndevDevice_t *device);
CNDEV_API cndevRet_t cndevGetDDRInfo(cndevDDRInfo_t *info, cndevDevice_t device);
CNDEV_API cndevRet_t cndevGetFrequencyInfo(cndevFrequencyInfo_t *info, cndevDevice_t device);
// In: room for *count records. Out: the one process that can see a simulated card, this one.
CNDEV_API cndevRet_t cndevGetProcessInfo(unsigned int *count, cndevProcessInfo_t *info, cndevDevice_t device);

#define cndevCheckErrors(...)                                                                                          \
  do {                                                                                                                 \
    cndevRet_t cndevCheckResult = (__VA_ARGS__);                                                                       \
    if (cndevCheckResult != CNDEV_SUCCESS) {                                                                           \
      fprintf(stderr, "%s:%d: error: %s returned %d: %s\n", __FILE__, __LINE__, #__VA_ARGS__, (int)cndevCheckResult,   \
              cndevGetErrorString(cndevCheckResult));                                                                  \
      exit(EXIT_FAILURE);                                                                                              \
    }                                                                                                                  \
  } while (0)

#ifdef __cplusplus
}
#endif

#endif // OPENBANG_CNDEV_H

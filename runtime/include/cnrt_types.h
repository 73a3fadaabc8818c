// cnrt_types.h: enumerations and records of the host API; plain data that host and device code may both use.
#ifndef OPENBANG_CNRT_TYPES_H
#define OPENBANG_CNRT_TYPES_H

#include "cnrt_tables.h"

#include <stddef.h>
#include <stdint.h>

// What a call returns: 0 is success. cnrtGetErrorStr gives the text.
typedef enum cnrtRet CNRT_ENUM_BASE {
#define CNRT_ROW(name, cnName, code, text) cnrt##name = code,
  CNRT_SHARED_ERRORS(CNRT_ROW)
#undef CNRT_ROW
#define CNRT_ROW(name, code, text) cnrt##name = code,
      CNRT_OWN_ERRORS(CNRT_ROW)
#undef CNRT_ROW
  // First-generation spellings; they mean the same conditions.
  CNRT_RET_SUCCESS = cnrtSuccess,
  CNRT_RET_ERR_NOT_READY = cnrtErrorNotReady,
  CNRT_RET_ERR_INVALID = cnrtErrorArgsInvalid,
  CNRT_RET_ERR_NOMEM = cnrtErrorNoMem,
  CNRT_RET_ERR_NODEV = cnrtErrorNoDevice,
  CNRT_RET_ERR_UNKNOWN = cnrtErrorUnknown
} cnrtRet_t;

// Job type of a launch. UnionN: N clusters run together and dim.x is a multiple of N x cores per cluster.
typedef enum cnrtFunctionType CNRT_ENUM_BASE {
#define CNRT_ROW(name, cnName, number) cnrtFuncType##name = number, cnrtJobType##name = number,
  CNRT_JOB_TYPES(CNRT_ROW)
#undef CNRT_ROW
      cnrtFuncTypeMutable = -1
} cnrtFunctionType_t;
typedef cnrtFunctionType_t cnrtJobType_t;

// First-generation spellings. Macros, because real code tests them with #ifdef.
#define CNRT_FUNC_TYPE_BLOCK cnrtFuncTypeBlock
#define CNRT_FUNC_TYPE_UNION1 cnrtFuncTypeUnion1
#define CNRT_FUNC_TYPE_UNION2 cnrtFuncTypeUnion2
#define CNRT_FUNC_TYPE_UNION4 cnrtFuncTypeUnion4
#define CNRT_FUNC_TYPE_UNION8 cnrtFuncTypeUnion8
#define CNRT_FUNC_TYPE_UNION16 cnrtFuncTypeUnion16
#define CNRT_FUNC_TYPE_MUTABLE cnrtFuncTypeMutable

// Number of tasks of a launch: taskDim = x * y * z. An aggregate: brace initialisation works.
typedef struct cnrtDim3 {
  unsigned int x, y, z;
} cnrtDim3_t;

typedef enum cnrtMemTransDir CNRT_ENUM_BASE {
  cnrtMemcpyHostToDev = 0,
  cnrtMemcpyDevToDev = 1,
  cnrtMemcpyDevToHost = 2,
  cnrtMemcpyHostToHost = 3,
  cnrtMemcpyPeerToPeer = 4,
  cnrtMemcpyNoDirection = 5, // found out from the two addresses
  CNRT_MEM_TRANS_DIR_HOST2DEV = cnrtMemcpyHostToDev,
  CNRT_MEM_TRANS_DIR_DEV2DEV = cnrtMemcpyDevToDev,
  CNRT_MEM_TRANS_DIR_DEV2HOST = cnrtMemcpyDevToHost,
  CNRT_MEM_TRANS_DIR_HOST2HOST = cnrtMemcpyHostToHost,
  CNRT_MEM_TRANS_DIR_PEER2PEER = cnrtMemcpyPeerToPeer,
  CNRT_MEM_TRANS_DIR_NODIR = cnrtMemcpyNoDirection
} cnrtMemTransDir_t;

typedef enum cnrtMemType CNRT_ENUM_BASE {
  cnrtMemTypeUnregistered = 0, // not memory of this runtime: ordinary host memory
  cnrtMemTypeHost = 1,         // from cnrtHostMalloc
  cnrtMemTypeDevice = 2
} cnrtMemType_t;

typedef struct cnrtPointerAttributes {
  cnrtMemType_t type;
  int device;              // ordinal; -1 for memory that is not of a device
  size_t size;             // of the whole allocation, in bytes; 0 when unregistered
  void *devicePointer;     // the pointer itself if it is device memory, else NULL
  void *hostPointer;       // the pointer itself if it is host memory, else NULL
  void *deviceBasePointer; // start of the device allocation, else NULL
} cnrtPointerAttributes_t;

// First-generation data types. Real kernels take one as a parameter and switch on it.
typedef enum cnrtDataType CNRT_ENUM_BASE {
  cnrtInvalid = 0x0,
  CNRT_INVALID = cnrtInvalid,
  cnrtFloat16 = 0x12,
  CNRT_FLOAT16 = cnrtFloat16,
  cnrtFloat32 = 0x13,
  CNRT_FLOAT32 = cnrtFloat32,
  cnrtFloat64 = 0x14,
  CNRT_FLOAT64 = cnrtFloat64,
  cnrtInt8 = 0x21,
  CNRT_INT8 = cnrtInt8,
  cnrtInt16 = 0x22,
  CNRT_INT16 = cnrtInt16,
  cnrtInt32 = 0x23,
  CNRT_INT32 = cnrtInt32,
  cnrtInt64 = 0x24,
  CNRT_INT64 = cnrtInt64,
  cnrtUInt8 = 0x31,
  CNRT_UINT8 = cnrtUInt8,
  cnrtUInt16 = 0x32,
  CNRT_UINT16 = cnrtUInt16,
  cnrtUInt32 = 0x33,
  CNRT_UINT32 = cnrtUInt32,
  cnrtBool = 0x61,
  CNRT_BOOL = cnrtBool
} cnrtDataType_t;

// Data types of cnrtCastDataType_V2.
typedef enum cnrtDataType_V2 CNRT_ENUM_BASE {
  cnrtUnknown = 0,
  cnrtDouble = 0x1,
  cnrtFloat = 0x2,
  cnrtHalf = 0x3,
  cnrtBfloat = 0x4,
  cnrtUlonglong = 0x11,
  cnrtUint = 0x12,
  cnrtUshort = 0x13,
  cnrtUchar = 0x14,
  cnrtLonglong = 0x21,
  cnrtInt = 0x22,
  cnrtShort = 0x23,
  cnrtChar = 0x24,
  cnrtBoolean = 0x31
} cnrtDataType_V2_t;

typedef enum cnrtRoundingMode CNRT_ENUM_BASE {
  cnrtRounding_rn = 0, // nearest, ties to even
  cnrtRounding_rz = 1, // towards zero
  cnrtRounding_rd = 2, // down
  cnrtRounding_ru = 3, // up
  cnrtRounding_ro = 4, // away from zero
  cnrtRounding_rm = 5  // nearest, ties up (chosen: the vendor does not define it)
} cnrtRoundingMode_t;

typedef enum cnrtDeviceAttr CNRT_ENUM_BASE {
#define CNRT_ROW(name, cnName, number) cnrtAttr##name = number,
  CNRT_DEVICE_ATTRIBUTES(CNRT_ROW)
#undef CNRT_ROW
      cnrtAttrMaxNum
} cnrtDeviceAttr_t;

typedef struct cnrtDeviceProp {
  char name[256];
  uint64_t totalGlobalMemSize; // in bytes
  int totalMem;                // in MiB
  int maxDim[3];
  int ipuClockRate; // in kHz; 0: the machine does not say
  int memClockRate; // in kHz; 0: the machine does not say
  int GmemBusWidth; // in bits; 0: the machine does not say
  int major, minor; // compute capability: major is the tens of the ISA generation, as in compute_30
  int ISAVersion;   // value of __BANG_ARCH__
  int clusterCount;
  int McorePerCluster;
  int maxClusterCountPerUnionTask;
  int NramSizePerMcore; // in bytes
  int WramSizePerMcore; // in bytes
  int SramSizePerMcore; // in bytes, of a whole cluster
  int LmemSizePerMcore; // in MiB
  int maxL2CacheSize;   // in bytes
  int ECCEnabled;
  int pciBusID, pciDeviceID, pciDomainID;
} cnrtDeviceProp_t;

// Flags of cnrtNotifierCreateWithFlags.
typedef enum cnrtNotifierFlags CNRT_ENUM_BASE {
  CNRT_NOTIFIER_DEFAULT = 0x0,
  CNRT_NOTIFIER_DISABLE_TIMING_SW = 0x2,
  CNRT_NOTIFIER_DISABLE_TIMING = CNRT_NOTIFIER_DISABLE_TIMING_SW,
  CNRT_NOTIFIER_DISABLE_TIMING_ALL = 0x4
} cnrtNotifierFlags_t;

// Host functions in queues.
struct cnrtQueue;
typedef void (*cnrtHostFn_t)(void *data);
typedef void (*cnrtQueueCallback_t)(struct cnrtQueue *queue, cnrtRet_t status, void *data);

// Sharing and capturing: declared for programs that mention them.
typedef struct cnrtIpcMemHandle {
  char bytes[64];
} cnrtIpcMemHandle;
typedef struct cnrtIpcNotifierHandle {
  char bytes[64];
} cnrtIpcNotifierHandle;
typedef enum cnrtQueueCaptureMode CNRT_ENUM_BASE {
  cnrtQueueCaptureModeGlobal = 0,
  cnrtQueueCaptureModeThreadLocal = 1,
  cnrtQueueCaptureModeRelaxed = 2
} cnrtQueueCaptureMode_t;
typedef enum cnrtQueueCaptureStatus CNRT_ENUM_BASE {
  cnrtQueueCaptureStatusNone = 0,
  cnrtQueueCaptureStatusActive = 1,
  cnrtQueueCaptureStatusInvalidated = 2
} cnrtQueueCaptureStatus_t;
struct cnrtTaskTopo;
typedef struct cnrtTaskTopo *cnrtTaskTopo_t;
struct cnrtTaskTopoNode;
typedef struct cnrtTaskTopoNode *cnrtTaskTopoNode_t;
struct cnrtTaskTopoEntity;
typedef struct cnrtTaskTopoEntity *cnrtTaskTopoEntity_t;

// Handles. NULL is the default queue of the device; a cnrtQueue_t is also the driver API's CNqueue.
typedef struct cnrtQueue *cnrtQueue_t;
struct cnrtNotifier;
typedef struct cnrtNotifier *cnrtNotifier_t;
struct cnrtQuantizedParam;
typedef struct cnrtQuantizedParam *cnrtQuantizedParam_t;
// First generation.
typedef uint64_t cnrtDev_t;
struct cnrtKernelInitParam;
typedef struct cnrtKernelInitParam *cnrtKernelInitParam_t;
struct cnrtKernelParamsBuffer;
typedef struct cnrtKernelParamsBuffer *cnrtKernelParamsBuffer_t;

#endif // OPENBANG_CNRT_TYPES_H

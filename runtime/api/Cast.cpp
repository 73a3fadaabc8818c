// Cast.cpp: host-side numbers of the host API.
#include "runtime/core/Api.h"
#include "runtime/core/NumberCast.h"
#include "runtime/include/cnrt.h"

using namespace cnrt;

static Status cast(const void *src, cnrtDataType_V2_t srcType, void *dst, cnrtDataType_V2_t dstType, int count,
                   cnrtQuantizedParam_t parameters, cnrtRoundingMode_t rounding) {
  if (count < 0)
    return failure(cnrtErrorArgsInvalid, "%d elements cannot be converted, expected 0 or more", count);
  return castArray(src, srcType, dst, dstType, count, parameters ? *parameters : cnrtQuantizedParam{}, rounding);
}

cnrtRet_t cnrtCastDataType_V2(void *src, cnrtDataType_V2_t srcType, void *dst, cnrtDataType_V2_t dstType, int count,
                              cnrtQuantizedParam_t parameters, cnrtRoundingMode_t rounding) {
  return hostCall("cnrtCastDataType_V2", [&] { return cast(src, srcType, dst, dstType, count, parameters, rounding); });
}

// The first generation's type in terms of the second's; cnrtUnknown: there is none.
static cnrtDataType_V2_t currentType(cnrtDataType_t type) {
  switch (type) {
  case cnrtFloat16:
    return cnrtHalf;
  case cnrtFloat32:
    return cnrtFloat;
  case cnrtFloat64:
    return cnrtDouble;
  case cnrtInt8:
    return cnrtChar;
  case cnrtInt16:
    return cnrtShort;
  case cnrtInt32:
    return cnrtInt;
  case cnrtInt64:
    return cnrtLonglong;
  case cnrtUInt8:
    return cnrtUchar;
  case cnrtUInt16:
    return cnrtUshort;
  case cnrtUInt32:
    return cnrtUint;
  case cnrtBool:
    return cnrtBoolean;
  case cnrtInvalid:
    break;
  }
  return cnrtUnknown;
}

cnrtRet_t cnrtCastDataType(void *src, cnrtDataType_t srcType, void *dst, cnrtDataType_t dstType, int count,
                           cnrtQuantizedParam_t parameters) {
  return hostCall("cnrtCastDataType", [&]() -> Status {
    for (cnrtDataType_t type : {srcType, dstType})
      if (currentType(type) == cnrtUnknown)
        return failure(cnrtErrorArgsInvalid, "data type 0x%x is unknown, expected one of cnrtDataType_t",
                       static_cast<unsigned>(type));
    return cast(src, currentType(srcType), dst, currentType(dstType), count, parameters, cnrtRounding_rn);
  });
}

cnrtRet_t cnrtCreateQuantizedParam(cnrtQuantizedParam_t *parameters, int position, float scale, int offset) {
  return hostCall("cnrtCreateQuantizedParam", [&]() -> Status {
    if (Status status = needsPlace(parameters); !status.ok())
      return status;
    *parameters = new cnrtQuantizedParam{position, scale, offset};
    return success();
  });
}

cnrtRet_t cnrtDestroyQuantizedParam(cnrtQuantizedParam_t parameters) {
  delete parameters;
  return cnrtSuccess;
}

cnrtRet_t cnrtConvertFloatToHalf(uint16_t *half, float value) {
  return hostCall("cnrtConvertFloatToHalf", [&] {
    Status status = needsPlace(half);
    if (status.ok())
      *half = floatToHalf(value);
    return status;
  });
}

cnrtRet_t cnrtConvertHalfToFloat(float *value, uint16_t half) {
  return hostCall("cnrtConvertHalfToFloat", [&] {
    Status status = needsPlace(value);
    if (status.ok())
      *value = halfToFloat(half);
    return status;
  });
}

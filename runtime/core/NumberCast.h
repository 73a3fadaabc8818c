// NumberCast.h: conversion of host arrays between the data types of the host API.
#ifndef OPENBANG_RUNTIME_CORE_NUMBERCAST_H
#define OPENBANG_RUNTIME_CORE_NUMBERCAST_H

#include "runtime/core/Status.h"

#include <cstddef>
#include <cstdint>

// An integer q of a quantised array stands for (q - offset) * 2^position / scale.
struct cnrtQuantizedParam {
  int position = 0;
  float scale = 1;
  int offset = 0;
};

namespace cnrt {

uint16_t floatToHalf(float value, cnrtRoundingMode_t rounding = cnrtRounding_rn);
float halfToFloat(uint16_t bits);

// Converts `count` elements. `quantization` applies between integers and floating-point numbers.
Status castArray(const void *src, cnrtDataType_V2_t srcType, void *dst, cnrtDataType_V2_t dstType, size_t count,
                 const cnrtQuantizedParam &quantization, cnrtRoundingMode_t rounding);

} // namespace cnrt

#endif // OPENBANG_RUNTIME_CORE_NUMBERCAST_H

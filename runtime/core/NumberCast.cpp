// NumberCast.cpp: every value passes through Wide, which holds all source types exactly, and is rounded once.
#include "runtime/core/NumberCast.h"

#include <bit>
#include <cmath>
#include <cstring>
#include <limits>
#include <utility>

namespace cnrt {

// 64 bits of mantissa and more: every int64, uint64 and double.
using Wide = long double;
static_assert(std::numeric_limits<Wide>::digits >= 64);

// A 16-bit floating-point format with sign, `exponentBits` and `mantissaBits`, IEEE style.
struct Format16 {
  int exponentBits, mantissaBits;
  int bias() const { return (1 << (exponentBits - 1)) - 1; }
  int maxExponent() const { return (1 << exponentBits) - 1; } // of infinities and NaNs
};
static constexpr Format16 kHalf = {5, 10}, kBfloat = {8, 7};

static Wide roundToInteger(Wide value, cnrtRoundingMode_t rounding) {
  switch (rounding) {
  case cnrtRounding_rn: {
    Wide low = std::floor(value), rest = value - low;
    if (rest != 0.5L)
      return rest < 0.5L ? low : low + 1;
    return std::fmod(low, 2) == 0 ? low : low + 1;
  }
  case cnrtRounding_rz:
    return std::trunc(value);
  case cnrtRounding_rd:
    return std::floor(value);
  case cnrtRounding_ru:
    return std::ceil(value);
  case cnrtRounding_ro:
    return value < 0 ? std::floor(value) : std::ceil(value);
  case cnrtRounding_rm:
    return value - std::floor(value) < 0.5L ? std::floor(value) : std::floor(value) + 1;
  }
  return value; // castArray has checked the mode
}

static uint16_t encode(Wide value, Format16 format, cnrtRoundingMode_t rounding) {
  const uint16_t sign = std::signbit(value) ? 0x8000 : 0;
  const uint16_t infinity = format.maxExponent() << format.mantissaBits;
  if (std::isnan(value))
    return sign | infinity | 1 << (format.mantissaBits - 1);
  if (std::isinf(value))
    return sign | infinity;
  if (value == 0)
    return sign;
  // Round at the last mantissa bit of the value's binade; subnormals share the smallest one.
  int exponent = std::max(std::ilogb(value), 1 - format.bias());
  Wide units = std::fabs(roundToInteger(std::ldexp(value, format.mantissaBits - exponent), rounding));
  // `units` has at most mantissaBits + 1 bits; one more when rounding reached the next binade, which the sum carries
  // into the exponent. Without the implicit bit it is a subnormal, whose exponent field is one less.
  uint32_t bits = ((exponent + format.bias() - 1) << format.mantissaBits) + static_cast<uint32_t>(units);
  if (bits < infinity)
    return sign | bits;
  bool towardsZero =
      rounding == cnrtRounding_rz || (rounding == cnrtRounding_rd && !sign) || (rounding == cnrtRounding_ru && sign);
  return sign | (towardsZero ? infinity - 1 : infinity);
}

static float decode(uint16_t bits, Format16 format) {
  int exponent = bits >> format.mantissaBits & format.maxExponent();
  int mantissa = bits & ((1 << format.mantissaBits) - 1);
  float magnitude;
  if (exponent == format.maxExponent())
    magnitude = mantissa ? std::numeric_limits<float>::quiet_NaN() : std::numeric_limits<float>::infinity();
  else if (exponent == 0)
    magnitude = std::ldexp(static_cast<float>(mantissa), 1 - format.bias() - format.mantissaBits);
  else
    magnitude = std::ldexp(static_cast<float>(mantissa | 1 << format.mantissaBits),
                           exponent - format.bias() - format.mantissaBits);
  return std::copysign(magnitude, bits & 0x8000 ? -1.0f : 1.0f);
}

uint16_t floatToHalf(float value, cnrtRoundingMode_t rounding) { return encode(value, kHalf, rounding); }
float halfToFloat(uint16_t bits) { return decode(bits, kHalf); }

// Float and double: rounded by hand only when the mode is not what the hardware does.
template <class T> static T narrow(Wide value, cnrtRoundingMode_t rounding) {
  T near = static_cast<T>(value);
  if (rounding == cnrtRounding_rn || std::isnan(value) || near == value)
    return near;
  constexpr T infinity = std::numeric_limits<T>::infinity();
  T below = near < value ? near : std::nextafter(near, -infinity);
  T above = near > value ? near : std::nextafter(near, infinity);
  switch (rounding) {
  case cnrtRounding_rz:
    return value < 0 ? above : below;
  case cnrtRounding_rd:
    return below;
  case cnrtRounding_ru:
    return above;
  case cnrtRounding_ro:
    return value < 0 ? below : above;
  default: // rm: nearest, and of two equally near ones the upper
    return std::isfinite(above) && std::isfinite(below) && value - below == above - value ? above : near;
  }
}

template <class T> static T saturate(Wide value, cnrtRoundingMode_t rounding) {
  if (std::isnan(value))
    return 0;
  if (value <= static_cast<Wide>(std::numeric_limits<T>::min()))
    return std::numeric_limits<T>::min();
  if (value >= static_cast<Wide>(std::numeric_limits<T>::max()))
    return std::numeric_limits<T>::max();
  return static_cast<T>(roundToInteger(value, rounding));
}

namespace {
// How one data type is read and written.
struct TypeAccess {
  size_t size;
  bool isInteger;
  Wide (*load)(const void *);
  void (*store)(void *, Wide, cnrtRoundingMode_t);
};
} // namespace

template <class T> static T loadAs(const void *from) {
  T value;
  std::memcpy(&value, from, sizeof(value));
  return value;
}
template <class T> static void storeAs(void *to, T value) { std::memcpy(to, &value, sizeof(value)); }

template <class T> static constexpr TypeAccess integerAccess() {
  return {sizeof(T), true, [](const void *from) -> Wide { return loadAs<T>(from); },
          [](void *to, Wide value, cnrtRoundingMode_t rounding) { storeAs<T>(to, saturate<T>(value, rounding)); }};
}
template <class T> static constexpr TypeAccess floatAccess() {
  return {sizeof(T), false, [](const void *from) -> Wide { return loadAs<T>(from); },
          [](void *to, Wide value, cnrtRoundingMode_t rounding) { storeAs<T>(to, narrow<T>(value, rounding)); }};
}
template <bool IsHalf> static constexpr TypeAccess format16Access() {
  return {2, false, [](const void *from) -> Wide { return decode(loadAs<uint16_t>(from), IsHalf ? kHalf : kBfloat); },
          [](void *to, Wide value, cnrtRoundingMode_t rounding) {
            storeAs<uint16_t>(to, encode(value, IsHalf ? kHalf : kBfloat, rounding));
          }};
}
static constexpr TypeAccess kBoolAccess = {
    1, true, [](const void *from) -> Wide { return loadAs<uint8_t>(from) != 0; },
    [](void *to, Wide value, cnrtRoundingMode_t) { storeAs<uint8_t>(to, value != 0); }};

static bool findAccess(cnrtDataType_V2_t type, TypeAccess &access) {
  switch (type) {
  case cnrtDouble:
    access = floatAccess<double>();
    return true;
  case cnrtFloat:
    access = floatAccess<float>();
    return true;
  case cnrtHalf:
    access = format16Access<true>();
    return true;
  case cnrtBfloat:
    access = format16Access<false>();
    return true;
  case cnrtUlonglong:
    access = integerAccess<uint64_t>();
    return true;
  case cnrtUint:
    access = integerAccess<uint32_t>();
    return true;
  case cnrtUshort:
    access = integerAccess<uint16_t>();
    return true;
  case cnrtUchar:
    access = integerAccess<uint8_t>();
    return true;
  case cnrtLonglong:
    access = integerAccess<int64_t>();
    return true;
  case cnrtInt:
    access = integerAccess<int32_t>();
    return true;
  case cnrtShort:
    access = integerAccess<int16_t>();
    return true;
  case cnrtChar:
    access = integerAccess<int8_t>();
    return true;
  case cnrtBoolean:
    access = kBoolAccess;
    return true;
  case cnrtUnknown:
    break;
  }
  return false;
}

Status castArray(const void *src, cnrtDataType_V2_t srcType, void *dst, cnrtDataType_V2_t dstType, size_t count,
                 const cnrtQuantizedParam &quantization, cnrtRoundingMode_t rounding) {
  TypeAccess from, to;
  for (auto [type, access] : {std::pair{srcType, &from}, std::pair{dstType, &to}})
    if (!findAccess(type, *access))
      return failure(cnrtErrorArgsInvalid, "data type 0x%x is unknown, expected one of cnrtDataType_V2_t",
                     static_cast<unsigned>(type));
  if (rounding < cnrtRounding_rn || rounding > cnrtRounding_rm)
    return failure(cnrtErrorArgsInvalid, "rounding mode %d is unknown, expected one of cnrtRoundingMode_t",
                   static_cast<int>(rounding));
  if (count && (!src || !dst))
    return failure(cnrtErrorArgsInvalid, "%s is a null pointer", src ? "the destination" : "the source");
  if (!(quantization.scale > 0))
    return failure(cnrtErrorArgsInvalid, "the scale of the quantisation is %g, expected a positive number",
                   static_cast<double>(quantization.scale));

  const Wide factor = std::ldexp(static_cast<Wide>(1), quantization.position) / quantization.scale;
  const bool quantize = !from.isInteger && to.isInteger, dequantize = from.isInteger && !to.isInteger;
  const auto *input = static_cast<const unsigned char *>(src);
  auto *output = static_cast<unsigned char *>(dst);
  for (size_t i = 0; i < count; ++i) {
    Wide value = from.load(input + i * from.size);
    if (quantize)
      value = value / factor + quantization.offset;
    else if (dequantize)
      value = (value - quantization.offset) * factor;
    to.store(output + i * to.size, value, rounding);
  }
  return success();
}

} // namespace cnrt

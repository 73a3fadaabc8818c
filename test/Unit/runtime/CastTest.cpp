// CastTest.cpp: host-side number conversion, exact against independent facts of the formats.
#include "test/Unit/runtime/RuntimeTest.h"

#include "runtime/core/NumberCast.h"

#include <cmath>

using namespace cnrt;

template <class To, class From>
static To cast(From value, cnrtDataType_V2_t from, cnrtDataType_V2_t to, cnrtRoundingMode_t mode = cnrtRounding_rn,
               cnrtQuantizedParam_t parameters = nullptr) {
  To result{};
  EXPECT_EQ(cnrtCastDataType_V2(&value, from, &result, to, 1, parameters, mode), cnrtSuccess);
  return result;
}

TEST(Cast, EveryHalfSurvivesTheRoundTrip) {
  for (uint32_t bits = 0; bits < 0x10000; ++bits) {
    float value = halfToFloat(bits);
    if (std::isnan(value))
      EXPECT_TRUE((bits & 0x7c00) == 0x7c00 && (bits & 0x3ff)) << bits;
    else
      EXPECT_EQ(floatToHalf(value), bits);
  }
}

TEST(Cast, HalfHasItsKnownValues) {
  EXPECT_EQ(halfToFloat(0x3c00), 1.0f);
  EXPECT_EQ(halfToFloat(0xc000), -2.0f);
  EXPECT_EQ(halfToFloat(0x7bff), 65504.0f);
  EXPECT_EQ(halfToFloat(0x0001), std::ldexp(1.0f, -24));
  EXPECT_EQ(halfToFloat(0x0400), std::ldexp(1.0f, -14));
  EXPECT_EQ(floatToHalf(65519.9f), 0x7bff);
  EXPECT_EQ(floatToHalf(65520.0f), 0x7c00);
  EXPECT_EQ(floatToHalf(-0.0f), 0x8000);
  EXPECT_EQ(floatToHalf(INFINITY), 0x7c00);
  EXPECT_EQ(floatToHalf(std::ldexp(1.0f, -25)), 0); // a tie, to even
  EXPECT_EQ(floatToHalf(std::ldexp(1.001f, -25)), 1);
  EXPECT_EQ(floatToHalf(std::ldexp(1.0f, -14) - std::ldexp(1.0f, -26)), 0x0400); // carries out of the subnormals
}

TEST(Cast, HalfRoundsInEveryMode) {
  // 1 + 1/2048 is halfway between 0x3c00 and 0x3c01.
  float tie = 1.0f + 1.0f / 2048, odd = 1.0f + 3.0f / 2048;
  struct Row {
    cnrtRoundingMode_t mode;
    uint16_t tie, odd, negativeTie;
  };
  for (Row row : {Row{cnrtRounding_rn, 0x3c00, 0x3c02, 0xbc00}, Row{cnrtRounding_rz, 0x3c00, 0x3c01, 0xbc00},
                  Row{cnrtRounding_rd, 0x3c00, 0x3c01, 0xbc01}, Row{cnrtRounding_ru, 0x3c01, 0x3c02, 0xbc00},
                  Row{cnrtRounding_ro, 0x3c01, 0x3c02, 0xbc01}, Row{cnrtRounding_rm, 0x3c01, 0x3c02, 0xbc00}}) {
    EXPECT_EQ(floatToHalf(tie, row.mode), row.tie) << row.mode;
    EXPECT_EQ(floatToHalf(odd, row.mode), row.odd) << row.mode;
    EXPECT_EQ(floatToHalf(-tie, row.mode), row.negativeTie) << row.mode;
  }
}

TEST(Cast, BfloatIsTheUpperHalfOfAFloat) {
  EXPECT_EQ(cast<uint16_t>(1.0f, cnrtFloat, cnrtBfloat), 0x3f80);
  EXPECT_EQ(cast<uint16_t>(-3.140625f, cnrtFloat, cnrtBfloat), 0xc049);
  EXPECT_EQ(cast<float>(uint16_t(0x4049), cnrtBfloat, cnrtFloat), 3.140625f);
  EXPECT_EQ(cast<uint16_t>(3.4e38f, cnrtFloat, cnrtBfloat, cnrtRounding_rz), 0x7f7f);
  EXPECT_EQ(cast<uint16_t>(3.4e38f, cnrtFloat, cnrtBfloat), 0x7f80);
}

TEST(Cast, IntegersRoundAndSaturate) {
  EXPECT_EQ(cast<int8_t>(2.5f, cnrtFloat, cnrtChar, cnrtRounding_rn), 2);
  EXPECT_EQ(cast<int8_t>(3.5f, cnrtFloat, cnrtChar, cnrtRounding_rn), 4);
  EXPECT_EQ(cast<int8_t>(2.5f, cnrtFloat, cnrtChar, cnrtRounding_rm), 3);
  EXPECT_EQ(cast<int8_t>(-2.5f, cnrtFloat, cnrtChar, cnrtRounding_rm), -2);
  EXPECT_EQ(cast<int8_t>(-2.1f, cnrtFloat, cnrtChar, cnrtRounding_ro), -3);
  EXPECT_EQ(cast<int8_t>(-2.9f, cnrtFloat, cnrtChar, cnrtRounding_rz), -2);
  EXPECT_EQ(cast<int8_t>(1000.0f, cnrtFloat, cnrtChar), 127);
  EXPECT_EQ(cast<uint8_t>(-1.0f, cnrtFloat, cnrtUchar), 0);
  EXPECT_EQ(cast<int32_t>(NAN, cnrtFloat, cnrtInt), 0);
  EXPECT_EQ(cast<int64_t>(INFINITY, cnrtFloat, cnrtLonglong), INT64_MAX);
  EXPECT_EQ(cast<int16_t>(int32_t(-70000), cnrtInt, cnrtShort), INT16_MIN);
}

TEST(Cast, WideIntegersStayExact) {
  EXPECT_EQ(cast<uint64_t>(uint64_t(UINT64_MAX - 1), cnrtUlonglong, cnrtUlonglong), UINT64_MAX - 1);
  EXPECT_EQ(cast<int64_t>(int64_t(INT64_MIN + 1), cnrtLonglong, cnrtLonglong), INT64_MIN + 1);
  EXPECT_EQ(cast<float>(int32_t(16777217), cnrtInt, cnrtFloat, cnrtRounding_ru), 16777218.0f);
  EXPECT_EQ(cast<float>(int32_t(16777217), cnrtInt, cnrtFloat, cnrtRounding_rn), 16777216.0f);
  EXPECT_EQ(cast<float>(int32_t(16777217), cnrtInt, cnrtFloat, cnrtRounding_rm), 16777218.0f);
}

TEST(Cast, BooleanIsZeroOrOne) {
  EXPECT_EQ(cast<uint8_t>(0.25f, cnrtFloat, cnrtBoolean), 1);
  EXPECT_EQ(cast<uint8_t>(0.0f, cnrtFloat, cnrtBoolean), 0);
  EXPECT_EQ(cast<float>(uint8_t(7), cnrtBoolean, cnrtFloat), 1.0f);
}

TEST(Cast, QuantisationScalesBothWays) {
  cnrtQuantizedParam_t parameters;
  ASSERT_EQ(cnrtCreateQuantizedParam(&parameters, -3, 2.0f, 1), cnrtSuccess);
  // q = x * 2 / 2^-3 + 1
  EXPECT_EQ(cast<int8_t>(1.5f, cnrtFloat, cnrtChar, cnrtRounding_rn, parameters), 25);
  EXPECT_EQ(cast<float>(int8_t(25), cnrtChar, cnrtFloat, cnrtRounding_rn, parameters), 1.5f);
  EXPECT_EQ(cnrtDestroyQuantizedParam(parameters), cnrtSuccess);
}

TEST(Cast, ConvertsArraysAndOldTypes) {
  std::vector<float> in = {0.5f, -1.0f, 2.0f};
  std::vector<uint16_t> half(3);
  ASSERT_EQ(cnrtCastDataType(in.data(), CNRT_FLOAT32, half.data(), CNRT_FLOAT16, 3, nullptr), cnrtSuccess);
  EXPECT_EQ(half, (std::vector<uint16_t>{0x3800, 0xbc00, 0x4000}));
  uint16_t one = 0;
  float back = 0;
  EXPECT_EQ(cnrtConvertFloatToHalf(&one, 1.0f), cnrtSuccess);
  EXPECT_EQ(cnrtConvertHalfToFloat(&back, one), cnrtSuccess);
  EXPECT_EQ(back, 1.0f);
}

TEST(Cast, MisuseIsReported) {
  float value = 1;
  stderrOf([&] {
    EXPECT_EQ(cnrtCastDataType_V2(&value, cnrtFloat, &value, cnrtUnknown, 1, nullptr, cnrtRounding_rn),
              cnrtErrorArgsInvalid);
    EXPECT_EQ(cnrtCastDataType_V2(&value, cnrtFloat, &value, cnrtInt, 1, nullptr, static_cast<cnrtRoundingMode_t>(9)),
              cnrtErrorArgsInvalid);
    EXPECT_EQ(cnrtCastDataType_V2(&value, cnrtFloat, &value, cnrtInt, -1, nullptr, cnrtRounding_rn),
              cnrtErrorArgsInvalid);
    EXPECT_EQ(cnrtCastDataType_V2(nullptr, cnrtFloat, &value, cnrtInt, 1, nullptr, cnrtRounding_rn),
              cnrtErrorArgsInvalid);
    EXPECT_EQ(cnrtCastDataType(&value, cnrtInvalid, &value, CNRT_INT32, 1, nullptr), cnrtErrorArgsInvalid);
  });
}

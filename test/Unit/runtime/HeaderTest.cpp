// HeaderTest.cpp: numbers and shapes of the public headers that real programs rely on.
#include "test/Unit/runtime/RuntimeTest.h"

#include "runtime/include/cn_api.h"

#include <type_traits>

extern "C" int runCProgram(void);

class HeaderTest : public RuntimeTest {};

TEST_F(HeaderTest, WorksFromC) { EXPECT_EQ(runCProgram(), 9 + 4 + 4 + 4); }

TEST_F(HeaderTest, EnumeratorsHaveTheirNumbers) {
  EXPECT_EQ(cnrtFuncTypeMutable, -1);
  EXPECT_EQ(CNRT_FUNC_TYPE_BLOCK, 1);
  EXPECT_EQ(CNRT_FUNC_TYPE_UNION1, 4);
  EXPECT_EQ(CNRT_FUNC_TYPE_UNION16, 64);
  EXPECT_EQ(cnrtMemcpyHostToDev, 0);
  EXPECT_EQ(cnrtMemcpyDevToDev, 1);
  EXPECT_EQ(cnrtMemcpyDevToHost, 2);
  EXPECT_EQ(cnrtMemcpyNoDirection, 5);
  EXPECT_EQ(CNRT_FLOAT16, 0x12);
  EXPECT_EQ(CNRT_FLOAT32, 0x13);
  EXPECT_EQ(cnrtBfloat, 4);
  EXPECT_EQ(cnrtUchar, 0x14);
  EXPECT_EQ(cnrtBoolean, 0x31);
  EXPECT_EQ(cnrtRounding_rm, 5);
  EXPECT_EQ(CN_KERNEL_CLASS_NONE, 0xff);
  EXPECT_EQ(CN_CTX_CONFIG_UNION_LIMIT, 2);
}

TEST_F(HeaderTest, DimIsAnAggregateAndQueuesAreOneType) {
  EXPECT_TRUE(std::is_aggregate_v<cnrtDim3_t>);
  EXPECT_EQ(sizeof(cnrtDim3_t), 12u);
  EXPECT_TRUE((std::is_same_v<CNqueue, cnrtQueue_t>));
  EXPECT_TRUE((std::is_same_v<cnrtQueue_t, struct cnrtQueue *>));
}

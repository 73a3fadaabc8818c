// WordsTest.cpp: Clang's messages in BANG words, hints for builtins.
#include "frontend/sema/BuiltinCalls.h"
#include "frontend/sema/Diagnostics.h"

#include <gtest/gtest.h>

using namespace bang;

TEST(Words, sidesOfAFunction) {
  EXPECT_EQ(toBangWords("reference to __host__ function 'f' in __global__ function"),
            "reference to host function 'f' in kernel function");
  EXPECT_EQ(toBangWords("reference to __host__ __device__ variable 'v' in __device__ function"),
            "reference to host and device variable 'v' in device function");
}
TEST(Words, launch) {
  EXPECT_EQ(toBangWords("call to global function 'k' not configured"),
            "call to kernel 'k' has no launch configuration; write kernel<<<dim, type, queue>>>(...)");
}
TEST(Words, everyOccurrence) { EXPECT_EQ(toBangWords("__device__ __device__"), "device device"); }
TEST(Words, otherMessagesStay) {
  EXPECT_EQ(toBangWords("expected ';' after expression"), "expected ';' after expression");
}
TEST(Words, noForeignWordIsLeft) {
  for (const char *message : {"CUDA device code does not support va_arg",
                              "CUDA special function '__cudaPushCallConfiguration' must have scalar "
                              "return type",
                              "in CUDA/HIP, deduction guides may only be annotated with '__host__ __device__'",
                              "dynamic initialization is not supported for __device__, __constant__, __shared__, and "
                              "__managed__ variables"}) {
    std::string text = toBangWords(message);
    EXPECT_EQ(text.find("CUDA"), std::string::npos) << text;
    EXPECT_EQ(text.find("cuda"), std::string::npos) << text;
    EXPECT_EQ(text.find("__device__"), std::string::npos) << text;
  }
}

TEST(BuiltinHint, builtinLikeName) {
  std::string hint = missingBuiltinHint("'__bang_foo'", "mtp_372");
  EXPECT_NE(hint.find("__bang_foo"), std::string::npos);
  EXPECT_NE(hint.find("mtp_372"), std::string::npos);
}
TEST(BuiltinHint, copyBuiltin) { EXPECT_FALSE(missingBuiltinHint("__memcpy_3d", "mtp_372").empty()); }
TEST(BuiltinHint, usersName) { EXPECT_TRUE(missingBuiltinHint("total", "mtp_372").empty()); }

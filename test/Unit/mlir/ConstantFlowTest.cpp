// ConstantFlowTest.cpp: constants through arithmetic, branches and loops.
#include "mlir-dialects/Bang/Analysis/ConstantFlow.h"
#include "mlir-dialects/Pipeline.h"

#include "mlir/Parser/Parser.h"

#include "gtest/gtest.h"

using namespace mlir;
using bang::ConstantFlow;

namespace {

// Parses one function; tests look at what it returns.
class ConstantFlowTest : public testing::Test {
protected:
  std::optional<int64_t> returned(const char *text) {
    DialectRegistry registry;
    bang::registerAllDialects(registry);
    context.appendDialectRegistry(registry);
    context.loadAllAvailableDialects();
    module = parseSourceString<ModuleOp>(text, &context);
    if (!module) {
      ADD_FAILURE() << "the function does not parse";
      return std::nullopt;
    }
    auto function = *module->getOps<LLVM::LLVMFuncOp>().begin();
    ConstantFlow flow(function);
    std::optional<llvm::APInt> value;
    function.walk([&](LLVM::ReturnOp ret) {
      if (flow.canRun(ret->getBlock()))
        value = flow.constant(ret.getArg());
    });
    return value ? std::optional(value->getSExtValue()) : std::nullopt;
  }

  MLIRContext context;
  OwningOpRef<ModuleOp> module;
};

} // namespace

TEST_F(ConstantFlowTest, foldsArithmetic) {
  EXPECT_EQ(returned(R"(llvm.func @f() -> i64 {
    %a = llvm.mlir.constant(-7 : i32) : i32
    %b = llvm.mlir.constant(2 : i32) : i32
    %q = llvm.sdiv %a, %b : i32
    %s = llvm.shl %q, %b : i32
    %w = llvm.sext %s : i32 to i64
    llvm.return %w : i64
  })"),
            -12);
}

TEST_F(ConstantFlowTest, divisionByZeroHasNoValue) {
  EXPECT_EQ(returned(R"(llvm.func @f() -> i32 {
    %a = llvm.mlir.constant(7 : i32) : i32
    %b = llvm.mlir.constant(0 : i32) : i32
    %q = llvm.udiv %a, %b : i32
    llvm.return %q : i32
  })"),
            std::nullopt);
}

TEST_F(ConstantFlowTest, parametersVary) {
  EXPECT_EQ(returned(R"(llvm.func @f(%a: i32) -> i32 {
    %z = llvm.sub %a, %a : i32
    llvm.return %z : i32
  })"),
            std::nullopt);
}

TEST_F(ConstantFlowTest, takenBranchDecides) {
  EXPECT_EQ(returned(R"(llvm.func @f() -> i32 {
    %a = llvm.mlir.constant(1 : i32) : i32
    %b = llvm.mlir.constant(2 : i32) : i32
    %c = llvm.icmp "slt" %a, %b : i32
    llvm.cond_br %c, ^join(%a : i32), ^join(%b : i32)
  ^join(%x: i32):
    llvm.return %x : i32
  })"),
            1);
}

TEST_F(ConstantFlowTest, unequalArgumentsVary) {
  EXPECT_EQ(returned(R"(llvm.func @f(%c: i1) -> i32 {
    %a = llvm.mlir.constant(1 : i32) : i32
    %b = llvm.mlir.constant(2 : i32) : i32
    llvm.cond_br %c, ^join(%a : i32), ^join(%b : i32)
  ^join(%x: i32):
    llvm.return %x : i32
  })"),
            std::nullopt);
}

TEST_F(ConstantFlowTest, loopCounterVariesButInvariantStays) {
  EXPECT_EQ(returned(R"(llvm.func @f(%n: i32) -> i32 {
    %zero = llvm.mlir.constant(0 : i32) : i32
    %one = llvm.mlir.constant(1 : i32) : i32
    llvm.br ^head(%zero, %one : i32, i32)
  ^head(%i: i32, %keep: i32):
    %more = llvm.icmp "slt" %i, %n : i32
    %next = llvm.add %i, %one : i32
    llvm.cond_br %more, ^head(%next, %keep : i32, i32), ^exit
  ^exit:
    llvm.return %keep : i32
  })"),
            1);
}

// LoweringTest.cpp: the two tables fit together: every builtin becomes instructions that exist.
#include "mlir-dialects/Bang/IR/CopyDirection.h"
#include "mlir-dialects/Bang/IR/TableOp.h"
#include "mlir-dialects/Pipeline.h"

#include "codegen/isa/Insn.h"

#include "mlir/IR/Builders.h"
#include "mlir/IR/Verifier.h"
#include "mlir/Parser/Parser.h"

#include "gtest/gtest.h"

using namespace mlir;
using namespace bang;

namespace {

class LoweringTest : public testing::Test {
protected:
  LoweringTest() {
    DialectRegistry registry;
    registerAllDialects(registry);
    context.appendDialectRegistry(registry);
    context.loadAllAvailableDialects();
  }

  Type elementType(OpBuilder &builder, StringRef name) {
    if (name == "f16")
      return builder.getF16Type();
    if (name == "bf16")
      return builder.getBF16Type();
    if (name == "f32")
      return builder.getF32Type();
    unsigned bits = 0;
    EXPECT_FALSE(name.drop_front().getAsInteger(10, bits)) << name.str();
    return builder.getIntegerType(bits);
  }

  // A function that declares the label and calls it once with its own parameters.
  OwningOpRef<ModuleOp> callOf(const LabelInfo &label) {
    OpBuilder builder(&context);
    Location loc = builder.getUnknownLoc();
    const OpInfo &row = allOps()[label.op];
    SmallVector<StringRef> elements;
    StringRef(label.types).split(elements, '.');
    SmallVector<Type> params;
    for (int8_t index : label.args) {
      const ParamInfo &param = row.params[index];
      if (param.role == ParamRole::Value)
        params.push_back(elementType(builder, elements[param.typeIndex]));
      else if (param.role == ParamRole::Read || param.role == ParamRole::Write || param.role == ParamRole::Text)
        params.push_back(LLVM::LLVMPointerType::get(&context));
      else
        params.push_back(builder.getI32Type());
    }
    Type result = LLVM::LLVMVoidType::get(&context);
    if (row.result != ResultKind::None)
      result = row.result == ResultKind::U32 ? builder.getI32Type() : elementType(builder, elements[0]);
    auto type = LLVM::LLVMFunctionType::get(result, params);

    OwningOpRef<ModuleOp> module(ModuleOp::create(loc));
    builder.setInsertionPointToEnd(module->getBody());
    auto callee = LLVM::LLVMFuncOp::create(builder, loc, label.label, type);
    auto caller = LLVM::LLVMFuncOp::create(builder, loc, "caller", type);
    builder.setInsertionPointToEnd(caller.addEntryBlock(builder));
    auto call = LLVM::CallOp::create(builder, loc, callee, caller.getArguments());
    LLVM::ReturnOp::create(builder, loc, call->getResults());
    return module;
  }

  MLIRContext context;
};

} // namespace

// A row that names an instruction gives it every operand it has, under the instruction's names.
TEST_F(LoweringTest, rowsFitTheirInstructions) {
  for (const OpInfo &row : allOps()) {
    if (!*row.insn)
      continue;
    std::optional<dlp::InsnId> id = dlp::findRow(row.insn);
    ASSERT_TRUE(id) << row.mnemonic << " names the instruction " << row.insn;
    const dlp::InsnInfo &insn = dlp::insnInfo(*id);
    for (const ParamInfo &param : row.params) {
      auto found = llvm::find_if(
          insn.operands, [&](const dlp::OperandInfo &operand) { return StringRef(operand.name) == param.name; });
      EXPECT_NE(found, insn.operands.end()) << row.insn << " has no operand '" << param.name << "' of " << row.mnemonic;
    }
    EXPECT_EQ(insn.hasResult, row.result != ResultKind::None) << row.mnemonic;
  }
}

// All labels, hence all builtins with all element types, reach LLVM, and every instruction on the way exists.
TEST_F(LoweringTest, everyLabelReachesLLVM) {
  const dlp::ArchInfo *arch = dlp::findArch(dlp::kDefaultArch);
  PipelineOptions options{arch, 0};
  PassManager passes(&context);
  buildBangPipeline(passes, options);
  buildDlpPipeline(passes, options);
  buildLLVMPipeline(passes, options);
  for (const LabelInfo &label : allLabels()) {
    OwningOpRef<ModuleOp> module = callOf(label);
    ASSERT_TRUE(succeeded(verify(*module))) << label.label;
    ASSERT_TRUE(succeeded(passes.run(*module))) << label.label;
    bool calls = false;
    module->walk([&](LLVM::CallOp call) {
      StringRef name = *call.getCallee();
      ASSERT_TRUE(name.consume_front("dlp.")) << label.label;
      EXPECT_TRUE(dlp::findInsn(name.str())) << label.label << " became " << name.str();
      calls = true;
    });
    EXPECT_TRUE(calls) << label.label;
  }
}

TEST_F(LoweringTest, everyDirectionHasInstructions) {
  PassManager passes(&context);
  buildDlpPipeline(passes, {});
  for (const CopyDirection &direction : allCopyDirections()) {
    std::string text = "llvm.func @k(%p: !llvm.ptr, %n: i32) {\n  %dir = llvm.mlir.constant(" +
                       std::to_string(direction.value) + R"( : i32) : i32
      bang.memcpy %p, %p, %n, %dir
      bang.memcpy_async %p, %p, %n, %dir
      bang.memcpy_2d %p, %p, %n, %dir, %n, %n, %n
      bang.memcpy_async_2d %p, %p, %n, %dir, %n, %n, %n
      bang.memcpy_4d %p, %p, %n, %dir, %n, %n, %n, %n, %n, %n, %n, %n
      bang.memcpy_async_4d %p, %p, %n, %dir, %n, %n, %n, %n, %n, %n, %n, %n
      llvm.return
    })";
    auto module = parseSourceString<ModuleOp>(text, &context);
    ASSERT_TRUE(module);
    // The verifier after the pass knows which instructions exist.
    EXPECT_TRUE(succeeded(passes.run(*module))) << direction.name;
  }
}

TEST_F(LoweringTest, failedRaisingStopsThePipeline) {
  auto module = parseSourceString<ModuleOp>(R"(
    llvm.func @bang.teleport()
    llvm.func @k() {
      llvm.call @bang.teleport() : () -> ()
      llvm.return
    })",
                                            &context);
  std::string message;
  ScopedDiagnosticHandler handler(&context, [&](Diagnostic &diagnostic) {
    message = diagnostic.str();
    return success();
  });
  PassManager passes(&context);
  buildBangPipeline(passes, {});
  EXPECT_TRUE(failed(passes.run(*module)));
  EXPECT_EQ(message, "builtin 'teleport' is not implemented");
}

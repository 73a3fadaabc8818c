// TranslateTest.cpp: what must survive LLVM -> MLIR -> LLVM.
#include "mlir-dialects/Bang/IR/BangDialect.h"
#include "mlir-dialects/Pipeline.h"

#include "mlir/Dialect/LLVMIR/LLVMDialect.h"

#include "llvm/AsmParser/Parser.h"
#include "llvm/IR/DebugInfoMetadata.h"
#include "llvm/IR/InstIterator.h"
#include "llvm/IR/Module.h"
#include "llvm/IR/Verifier.h"
#include "llvm/Support/SourceMgr.h"

#include "gtest/gtest.h"

using namespace bang;

static const char *const moduleText = R"(
target datalayout = "e-m:e-p:64:64-i64:64-i128:128-n32:64-S128"
target triple = "riscv64-unknown-linux-gnu"
$generic = comdat any
@tile = internal externally_initialized global [64 x half] zeroinitializer, section ".nram", align 64, !dbg !10
declare void @bang.add.f16(ptr, ptr, ptr, i32)
declare void @dlp.exit()
declare void @llvm.memcpy.p0.p0.i64(ptr, ptr, i64, i1)
define linkonce_odr void @generic() comdat { ret void }
define internal void @k(ptr noundef %out, ptr dead_on_return noundef %s) #0 !dbg !20 {
    #dbg_value(ptr %out, !23, !DIExpression(), !25)
  call void @bang.add.f16(ptr @tile, ptr @tile, ptr @tile, i32 64), !dbg !24
  call void @generic(), !dbg !24
  ret void, !dbg !24
}
define void @__bang_entry.other(ptr %params) {
  %copy = alloca [64 x i8]
  call void @llvm.memcpy.p0.p0.i64(ptr %copy, ptr %params, i64 64, i1 false)
  %p = load ptr, ptr %params
  call void @other(ptr %p)
  call void @dlp.exit()
  unreachable
}
define internal void @other(ptr %p) { ret void }
attributes #0 = { noinline "bang-kernel" }
!llvm.module.flags = !{!0, !1, !2, !3, !4}
!llvm.dbg.cu = !{!6}
!0 = !{i32 2, !"SDK Version", [2 x i32] [i32 12, i32 9]}
!1 = !{i32 2, !"Debug Info Version", i32 3}
!2 = !{i32 1, !"target-abi", !"lp64d"}
!3 = !{i32 6, !"riscv-isa", !5}
!4 = !{i32 7, !"Dwarf Version", i32 5}
!5 = !{!"rv64i2p1_m2p0"}
!6 = distinct !DICompileUnit(language: DW_LANG_C_plus_plus_14, file: !7, isOptimized: true, runtimeVersion: 0, emissionKind: FullDebug, globals: !8)
!7 = !DIFile(filename: "k.mlu", directory: "/src")
!8 = !{!10}
!10 = !DIGlobalVariableExpression(var: !11, expr: !DIExpression())
!11 = distinct !DIGlobalVariable(name: "tile", scope: !6, file: !7, line: 3, type: !12, isLocal: true, isDefinition: true)
!12 = !DICompositeType(tag: DW_TAG_array_type, baseType: !13, size: 1024, elements: !14)
!13 = !DIBasicType(name: "half", size: 16, encoding: DW_ATE_float)
!14 = !{!15}
!15 = !DISubrange(count: 64)
!20 = distinct !DISubprogram(name: "k", scope: !7, file: !7, line: 5, type: !21, scopeLine: 5, spFlags: DISPFlagDefinition, unit: !6)
!21 = !DISubroutineType(types: !22)
!22 = !{null, !26}
!26 = !DICompositeType(tag: DW_TAG_structure_type, name: "limits", file: !7, line: 1, size: 32, elements: !27)
!27 = !{!28, !29}
!28 = !DIDerivedType(tag: DW_TAG_variable, name: "digits", scope: !26, file: !7, line: 1, baseType: !13, flags: DIFlagStaticMember)
!29 = !DIDerivedType(tag: DW_TAG_member, name: "value", scope: !26, file: !7, line: 1, baseType: !13, size: 16)
!23 = !DILocalVariable(name: "out", arg: 1, scope: !20, file: !7, line: 5, type: !13)
!24 = !DILocation(line: 6, column: 3, scope: !20)
!25 = !DILocation(line: 5, column: 1, scope: !20)
)";

namespace {

class TranslateTest : public testing::Test {
protected:
  TranslateTest() {
    mlir::DialectRegistry registry;
    registerAllDialects(registry);
    context.appendDialectRegistry(registry);
    // A warning of the importer is a fact that gets lost.
    handler.emplace(&context, [&](mlir::Diagnostic &diagnostic) {
      ADD_FAILURE() << diagnostic.str();
      return mlir::success();
    });
    llvm::SMDiagnostic error;
    auto parsed = llvm::parseAssemblyString(moduleText, error, llvmContext);
    EXPECT_TRUE(parsed) << error.getMessage().str();
    imported = importModule(std::move(parsed), context, {dlp::findArch("mtp_372"), 0});
  }

  std::unique_ptr<llvm::Module> exported() { return exportModule(*imported, llvmContext); }

  llvm::LLVMContext llvmContext;
  mlir::MLIRContext context;
  std::optional<mlir::ScopedDiagnosticHandler> handler;
  mlir::OwningOpRef<mlir::ModuleOp> imported;
};

} // namespace

TEST_F(TranslateTest, archIsAnAttribute) {
  EXPECT_EQ((*imported)->getAttrOfType<mlir::StringAttr>(kArchAttr).getValue(), "mtp_372");
}

TEST_F(TranslateTest, kernelsAreMarked) {
  auto isKernel = [&](const char *name) {
    return imported->lookupSymbol<mlir::LLVM::LLVMFuncOp>(name)->hasAttr(kKernelAttr);
  };
  EXPECT_TRUE(isKernel("k"));
  EXPECT_TRUE(isKernel("other"));
  EXPECT_FALSE(isKernel("generic"));
  EXPECT_FALSE(isKernel("dlp.exit"));
  EXPECT_FALSE(isKernel("__bang_entry.other"));
}

TEST_F(TranslateTest, argumentsInMemoryAreMarked) {
  auto kernel = imported->lookupSymbol<mlir::LLVM::LLVMFuncOp>("k");
  EXPECT_FALSE(kernel.getArgAttr(0, kIndirectAttr));
  EXPECT_TRUE(kernel.getArgAttr(1, kIndirectAttr));
}

TEST_F(TranslateTest, exportedModuleVerifies) {
  auto module = exported();
  ASSERT_TRUE(module);
  EXPECT_FALSE(llvm::verifyModule(*module, &llvm::errs()));
}

TEST_F(TranslateTest, moduleFlagsSurvive) {
  auto module = exported();
  llvm::SmallVector<llvm::Module::ModuleFlagEntry> flags;
  module->getModuleFlagsMetadata(flags);
  EXPECT_EQ(flags.size(), 5u);
  auto *abi = llvm::dyn_cast_or_null<llvm::MDString>(module->getModuleFlag("target-abi"));
  ASSERT_TRUE(abi);
  EXPECT_EQ(abi->getString(), "lp64d");
  auto *isa = llvm::dyn_cast_or_null<llvm::MDNode>(module->getModuleFlag("riscv-isa"));
  ASSERT_TRUE(isa);
  EXPECT_EQ(llvm::cast<llvm::MDString>(isa->getOperand(0))->getString(), "rv64i2p1_m2p0");
  EXPECT_EQ(module->getSDKVersion(), llvm::VersionTuple(12, 9));
  EXPECT_EQ(module->getDwarfVersion(), 5u);
}

TEST_F(TranslateTest, targetSurvives) {
  auto module = exported();
  EXPECT_EQ(module->getTargetTriple().str(), "riscv64-unknown-linux-gnu");
  EXPECT_EQ(module->getDataLayoutStr(), "e-m:e-p:64:64-i64:64-i128:128-n32:64-S128");
}

TEST_F(TranslateTest, onChipObjectSurvives) {
  auto module = exported();
  auto *tile = module->getGlobalVariable("tile", /*AllowInternal=*/true);
  ASSERT_TRUE(tile);
  EXPECT_EQ(tile->getSection(), ".nram");
  EXPECT_EQ(tile->getAlign(), llvm::Align(64));
  EXPECT_TRUE(tile->hasInternalLinkage());
  EXPECT_TRUE(tile->isExternallyInitialized());
  llvm::SmallVector<llvm::DIGlobalVariableExpression *> debug;
  tile->getDebugInfo(debug);
  ASSERT_EQ(debug.size(), 1u);
  EXPECT_EQ(debug[0]->getVariable()->getName(), "tile");
}

TEST_F(TranslateTest, functionsSurvive) {
  auto module = exported();
  EXPECT_TRUE(module->getFunction("generic")->hasComdat());
  EXPECT_TRUE(module->getFunction("generic")->hasLinkOnceODRLinkage());
  EXPECT_TRUE(module->getFunction("k")->hasFnAttribute("bang-kernel"));
  EXPECT_TRUE(module->getFunction("k")->hasFnAttribute(llvm::Attribute::NoInline));
}

// LLVM's verifier refuses static members that MLIR brings back without their flag.
TEST_F(TranslateTest, staticMembersAreLeftOut) {
  auto module = exported();
  ASSERT_TRUE(module);
  llvm::DISubprogram *kernel = module->getFunction("k")->getSubprogram();
  auto *limits = llvm::cast<llvm::DICompositeType>(kernel->getType()->getTypeArray()[1]);
  ASSERT_EQ(limits->getElements().size(), 1u);
  EXPECT_EQ(llvm::cast<llvm::DIDerivedType>(limits->getElements()[0])->getName(), "value");
}

TEST_F(TranslateTest, debugInformationSurvives) {
  auto module = exported();
  llvm::Function *kernel = module->getFunction("k");
  ASSERT_TRUE(kernel->getSubprogram());
  EXPECT_EQ(kernel->getSubprogram()->getName(), "k");
  bool variable = false;
  for (llvm::Instruction &inst : llvm::instructions(kernel)) {
    EXPECT_EQ(inst.getDebugLoc().getLine(), 6u);
    for (llvm::DbgVariableRecord &record : llvm::filterDbgVars(inst.getDbgRecordRange()))
      variable |= record.getVariable()->getName() == "out";
  }
  EXPECT_TRUE(variable);
}

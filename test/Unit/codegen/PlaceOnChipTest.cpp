// PlaceOnChipTest.cpp: what placement does to a module, where the text tests cannot see it.
#include "codegen/emit/Emit.h"
#include "codegen/emit/OnChip.h"

#include "llvm/AsmParser/Parser.h"
#include "llvm/IR/Instructions.h"
#include "llvm/IR/LLVMContext.h"
#include "llvm/IR/Module.h"
#include "llvm/IR/Verifier.h"
#include "llvm/Support/SourceMgr.h"
#include "llvm/Support/raw_ostream.h"

#include <gtest/gtest.h>

using namespace dlp;
using namespace llvm;

namespace {

class PlaceOnChip : public testing::Test {
protected:
  void parse(StringRef text) {
    SMDiagnostic diagnostic;
    module = parseAssemblyString(text, diagnostic, context);
    ASSERT_TRUE(module) << diagnostic.getMessage().str();
    options.arch = findArch("mtp_372");
  }

  bool place(std::vector<std::string> names) {
    std::vector<KernelInfo> kernels;
    for (const std::string &name : names)
      kernels.push_back({name, name, name, "k.mlu:1:1", {}, 0});
    return placeOnChipObjects(*module, kernels, options, layout,
                              [&](const Diagnostic &d) { messages.push_back(d.message); });
  }

  std::string problems() {
    std::string text;
    raw_string_ostream os(text);
    verifyModule(*module, &os);
    return text;
  }

  LLVMContext context;
  std::unique_ptr<Module> module;
  EmitOptions options;
  std::string layout;
  std::vector<std::string> messages;
};

TEST_F(PlaceOnChip, AWrapperThatReturnsExitsInstead) {
  parse("define void @k(i1 %c) {\n br i1 %c, label %a, label %b\na:\n ret void\nb:\n ret void\n}");
  ASSERT_TRUE(place({"k"}));
  EXPECT_EQ(problems(), "");
  for (BasicBlock &block : *module->getFunction("k"))
    EXPECT_FALSE(isa<ReturnInst>(block.getTerminator()));
  EXPECT_NE(module->getModuleInlineAsm().find(".macro exit\n"), std::string::npos);
}

TEST_F(PlaceOnChip, WhatNobodyReachesIsDropped) {
  parse("@a = internal global [8 x i8] zeroinitializer, section \".nram\"\n"
        "@host = global i32 0\n@c = internal constant i32 3\n"
        "@alias = alias void (), ptr @dead\n"
        "@llvm.compiler.used = appending global [1 x ptr] [ptr @dead], section \"llvm.metadata\"\n"
        "define void @dead() {\n store i8 1, ptr @a\n call void @partner()\n ret void\n}\n"
        "define void @partner() {\n call void @dead()\n ret void\n}\n"
        "define void @k() {\n ret void\n}");
  ASSERT_TRUE(place({"k"}));
  EXPECT_EQ(problems(), "");
  for (const char *name : {"a", "c", "dead", "partner", "alias"})
    EXPECT_FALSE(module->getNamedValue(name)) << name;
  EXPECT_TRUE(module->getNamedValue("host"));
  EXPECT_EQ(layout, "");
}

TEST_F(PlaceOnChip, AKernelWithoutABodyIsAnError) {
  parse("declare void @k()");
  EXPECT_FALSE(place({"k"}));
  ASSERT_EQ(messages.size(), 1u);
  EXPECT_EQ(messages[0], "kernel 'k' has no body in the device module");
}

TEST_F(PlaceOnChip, EveryKernelOverBudgetIsReported) {
  parse("@a = internal global [900000 x i8] zeroinitializer, section \".nram\"\n"
        "define void @k1() {\n store volatile i8 1, ptr @a\n ret void\n}\n"
        "define void @k2() {\n store volatile i8 1, ptr @a\n ret void\n}");
  EXPECT_FALSE(place({"k1", "k2"}));
  EXPECT_EQ(messages.size(), 2u);
}

TEST_F(PlaceOnChip, NamesAreTheUsers) {
  parse("@_ZZ1kPfiE1a = internal global i32 0, section \".nram\"\n@plain = internal global i32 0, section \".nram\"\n"
        "@_ZN3ops5cacheE = internal global i32 0, section \".nram\"\n"
        "@_ZZ3addIN3ops1TEEvvE3buf = internal global i32 0, section \".nram\"\n");
  EXPECT_EQ(userName(*module->getNamedGlobal("_ZZ1kPfiE1a")), "a");
  EXPECT_EQ(userName(*module->getNamedGlobal("plain")), "plain");
  EXPECT_EQ(userName(*module->getNamedGlobal("_ZN3ops5cacheE")), "cache");
  EXPECT_EQ(userName(*module->getNamedGlobal("_ZZ3addIN3ops1TEEvvE3buf")), "buf");
}

TEST_F(PlaceOnChip, OtherSectionsAreNotOnChip) {
  parse("@a = global i32 0, section \".nramx\"\n@b = global i32 0\n@c = global i32 0, section \".sram\"");
  EXPECT_FALSE(onChipSpace(*module->getNamedGlobal("a")));
  EXPECT_FALSE(onChipSpace(*module->getNamedGlobal("b")));
  EXPECT_EQ(onChipSpace(*module->getNamedGlobal("c")), Space::Sram);
}

} // namespace

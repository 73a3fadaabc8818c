// NamedCallsTest.cpp: the memory effects of every named call, against rules stated independently of the code that sets
// them; and lowering.
#include "codegen/emit/NamedCalls.h"
#include "codegen/emit/Emit.h"
#include "codegen/emit/Prelude.h"

#include "llvm/AsmParser/Parser.h"
#include "llvm/IR/LLVMContext.h"
#include "llvm/IR/Module.h"
#include "llvm/Support/SourceMgr.h"

#include <gtest/gtest.h>

using namespace dlp;
using namespace llvm;

namespace {

class NamedCall : public testing::TestWithParam<unsigned> {
protected:
  NamedCall() : module("test", context), info(insnInfo(InsnId(GetParam()))) {
    SmallVector<Type *> types;
    Type *pointer = PointerType::getUnqual(context), *word = Type::getInt64Ty(context);
    for (const OperandInfo &operand : info.operands)
      if (operand.kind != OperandKind::Result && !operand.inDesc)
        types.push_back(operand.spaces ? pointer : word);
    if (info.numFields)
      types.push_back(pointer);
    Type *result = info.hasResult ? word : Type::getVoidTy(context);
    function = Function::Create(FunctionType::get(result, types, false), GlobalValue::ExternalLinkage,
                                "dlp." + fullMnemonic(InsnId(GetParam()), info.variants[0]), module);
    setNamedCallAttributes(module);
  }

  LLVMContext context;
  Module module;
  const InsnInfo &info;
  Function *function;
};

bool noCapture(const Argument &arg) {
  Attribute attribute = arg.getParent()->getAttributes().getParamAttr(arg.getArgNo(), Attribute::Captures);
  return attribute.isValid() && capturesNothing(attribute.getCaptureInfo());
}

class AsyncCall : public NamedCall {};
class SyncCall : public NamedCall {};
class ComputeCall : public NamedCall {};

TEST_P(AsyncCall, KeepsItsPointers) {
  EXPECT_FALSE(function->hasFnAttribute(Attribute::NoSync));
  EXPECT_EQ(function->getMemoryEffects(), MemoryEffects::unknown());
  unsigned descriptor = info.numFields ? function->arg_size() - 1 : ~0u;
  for (const Argument &arg : function->args())
    EXPECT_EQ(arg.getType()->isPointerTy() && noCapture(arg), arg.getArgNo() == descriptor) << arg.getArgNo();
}

TEST_P(SyncCall, TouchesEverything) {
  EXPECT_FALSE(function->hasFnAttribute(Attribute::NoSync));
  EXPECT_FALSE(function->hasFnAttribute(Attribute::WillReturn));
  EXPECT_EQ(function->getMemoryEffects(), MemoryEffects::unknown());
}

TEST_P(ComputeCall, TouchesItsOperandsOnly) {
  MemoryEffects effects = function->getMemoryEffects();
  EXPECT_TRUE(effects.onlyAccessesArgPointees());
  bool writes = false;
  unsigned index = 0;
  for (const OperandInfo &operand : info.operands) {
    if (operand.kind == OperandKind::Result || operand.inDesc)
      continue;
    writes |= operand.kind == OperandKind::Write || operand.kind == OperandKind::ReadWrite;
    const Argument &arg = *function->getArg(index++);
    EXPECT_EQ(arg.hasAttribute(Attribute::ReadOnly), operand.kind == OperandKind::Read) << operand.name;
    EXPECT_EQ(arg.hasAttribute(Attribute::WriteOnly), operand.kind == OperandKind::Write) << operand.name;
  }
  EXPECT_EQ(effects.onlyReadsMemory(), !writes);
}

// Other cores write SRAM and GDRAM: such a pointer must stay known to barriers.
TEST_P(NamedCall, SharedMemoryIsNeverPrivate) {
  unsigned index = 0;
  for (const OperandInfo &operand : info.operands) {
    if (operand.kind == OperandKind::Result || operand.inDesc)
      continue;
    const Argument &arg = *function->getArg(index++);
    bool shared = operand.spaces & ~(1u << 1 | 1u << 2);
    if (shared)
      EXPECT_FALSE(noCapture(arg)) << operand.name;
  }
}

TEST_P(NamedCall, HasAMacroInThePrelude) {
  for (const Variant &variant : info.variants) {
    std::string name = fullMnemonic(InsnId(GetParam()), variant);
    EXPECT_TRUE(preludeMacro(name).starts_with(".macro " + name)) << name;
    EXPECT_TRUE(preludeMacro(name).ends_with(".endm\n")) << name;
  }
}

std::string rowName(const testing::TestParamInfo<unsigned> &param) { return insnInfo(InsnId(param.param)).id; }

template <typename Predicate> std::vector<unsigned> rowsWith(Predicate predicate) {
  std::vector<unsigned> rows;
  for (unsigned row = 0; row < unsigned(InsnId::Count); ++row)
    if (predicate(insnInfo(InsnId(row))))
      rows.push_back(row);
  return rows;
}

INSTANTIATE_TEST_SUITE_P(Isa, NamedCall, testing::Range(0u, unsigned(InsnId::Count)), rowName);
INSTANTIATE_TEST_SUITE_P(Isa, AsyncCall, testing::ValuesIn(rowsWith([](const InsnInfo &info) {
                           return std::string_view(info.id).find("_ASYNC") != std::string_view::npos;
                         })),
                         rowName);
INSTANTIATE_TEST_SUITE_P(Isa, SyncCall,
                         testing::ValuesIn(rowsWith([](const InsnInfo &info) { return info.engine == Engine::Sync; })),
                         rowName);
INSTANTIATE_TEST_SUITE_P(Isa, ComputeCall, testing::ValuesIn(rowsWith([](const InsnInfo &info) {
                           return info.engine == Engine::Compute;
                         })),
                         rowName);

std::string lowerText(StringRef text) {
  LLVMContext context;
  SMDiagnostic diagnostic;
  auto module = parseAssemblyString(text, diagnostic, context);
  EXPECT_TRUE(module) << diagnostic.getMessage().str();
  if (!module)
    return "";
  if (Error error = lowerNamedCalls(*module))
    return toString(std::move(error));
  return "";
}

TEST(Lowering, RefusesWhatTheMachineDoesNotHave) {
  EXPECT_EQ(
      lowerText("declare void @dlp.vfoo.f16(ptr)\ndefine void @k(ptr %p) { call void @dlp.vfoo.f16(ptr %p) ret void }"),
      "the machine has no instruction 'vfoo.f16'");
  EXPECT_EQ(lowerText("declare i64 @dlp.sreg.foo()\ndefine i64 @k() { %r = call i64 @dlp.sreg.foo() ret i64 %r }"),
            "the machine has no instruction 'sreg.foo'");
}

TEST(Lowering, RefusesWrongOperands) {
  EXPECT_EQ(lowerText("declare void @dlp.sync(ptr)\ndefine void @k(ptr %p) { call void @dlp.sync(ptr %p) ret void }"),
            "'sync' takes 0 operands, not 1");
  EXPECT_EQ(lowerText("declare void @dlp.trap(i32)\ndefine void @k() { call void @dlp.trap(i32 1) ret void }"),
            "operand 1 of 'trap' must be i64 or a pointer");
  EXPECT_EQ(
      lowerText("declare void @dlp.vsum.f16(ptr, i64)\ndefine void @k(ptr %p) { call void @dlp.vsum.f16(ptr %p, i64 1) "
                "ret void }"),
      "'vsum.f16' gives a result of type i64");
}

TEST(Lowering, RefusesTheAddressOfAnInstruction) {
  EXPECT_EQ(lowerText("declare void @dlp.sync()\ndefine ptr @k() { ret ptr @dlp.sync }"),
            "'dlp.sync' is an instruction: it can be called, but has no address");
}

} // namespace

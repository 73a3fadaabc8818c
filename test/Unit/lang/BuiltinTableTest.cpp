// BuiltinTableTest.cpp: the builtin table, alone and against the instruction table.
#include "lang/builtins/BuiltinTable.h"
#include "codegen/isa/Insn.h"
#include "codegen/isa/Target.h"

#include <gtest/gtest.h>

#include <set>
#include <string>

using namespace bang;

static const OpInfo &opOf(const LabelInfo &label) { return allOps()[label.op]; }

TEST(BuiltinTable, FindsALabelWithItsTypes) {
  const LabelInfo *label = findLabel("bang.add_scalar.f32");
  ASSERT_TRUE(label);
  EXPECT_STREQ(label->cname, "__bang_add_scalar");
  EXPECT_STREQ(label->types, "f32");
  EXPECT_STREQ(opOf(*label).mnemonic, "add_scalar");
  EXPECT_EQ(label->elementBits[0], 32);
}

TEST(BuiltinTable, UnknownNamesGiveNothing) {
  EXPECT_FALSE(findLabel("bang.add_scalar.f64"));
  EXPECT_FALSE(findLabel(""));
  EXPECT_FALSE(findOp("no_such_op"));
}

TEST(BuiltinTable, AliasesShareTheLabelOfTheirOperation) {
  // __bang_mul_const is __bang_mul_scalar under its older name.
  const LabelInfo *label = findLabel("bang.mul_scalar.f16");
  ASSERT_TRUE(label);
  EXPECT_STREQ(opOf(*label).insn, "vmul.vs");
}

TEST(BuiltinTable, AShortFormLeavesParametersOut) {
  const LabelInfo *label = findLabel("bang.sumpool.tiled.f32");
  ASSERT_TRUE(label);
  EXPECT_EQ(label->args.size(), 7u);
  EXPECT_EQ(opOf(*label).params.size(), 13u);
}

TEST(BuiltinTable, MlpTakesItsBiasBeforeTheWeights) {
  const LabelInfo *label = findLabel("bang.mlp.float.bias.f32.f32.f32");
  ASSERT_TRUE(label);
  const OpInfo &op = opOf(*label);
  EXPECT_STREQ(op.params[label->args[2]].name, "bias");
  EXPECT_STREQ(op.params[label->args[3]].name, "weights");
}

TEST(BuiltinTable, ConversionPositionsMapBySide) {
  const LabelInfo *toInt = findLabel("bang.convert.dpos.i32.f32.rd");
  const LabelInfo *toFloat = findLabel("bang.convert.spos.f32.i32");
  ASSERT_TRUE(toInt && toFloat);
  EXPECT_STREQ(opOf(*toInt).params[toInt->args[3]].name, "dst_pos");
  EXPECT_STREQ(opOf(*toFloat).params[toFloat->args[3]].name, "src_pos");
}

TEST(BuiltinTable, EveryLabelMapsItsArgumentsToDifferentParameters) {
  for (const LabelInfo &label : allLabels()) {
    std::set<int8_t> seen(label.args.begin(), label.args.end());
    EXPECT_EQ(seen.size(), label.args.size()) << label.label;
    for (int8_t arg : label.args)
      EXPECT_LT(size_t(arg), opOf(label).params.size()) << label.label;
  }
}

TEST(BuiltinTable, EveryLabelStartsWithItsOperation) {
  for (const LabelInfo &label : allLabels()) {
    std::string prefix = std::string("bang.") + opOf(label).mnemonic;
    EXPECT_EQ(std::string(label.label).substr(0, prefix.size()), prefix);
  }
}

TEST(BuiltinTable, RulesNameExistingParameters) {
  for (const OpInfo &op : allOps())
    for (const RuleInfo &rule : op.rules) {
      ASSERT_GE(rule.a, 0);
      EXPECT_LT(size_t(rule.a), op.params.size()) << op.mnemonic;
      EXPECT_LT(int(rule.b), int(op.params.size())) << op.mnemonic;
    }
}

// The two tables meet here: a one-to-one operation names an instruction that has its types and its operands.
TEST(BuiltinTable, OneToOneOperationsMatchTheirInstruction) {
  for (const LabelInfo &label : allLabels()) {
    const OpInfo &op = opOf(label);
    if (!*op.insn)
      continue;
    std::string full = std::string(op.insn) + (*label.types ? "." : "") + label.types;
    auto insn = dlp::findInsn(full);
    ASSERT_TRUE(insn) << label.label << " needs " << full;
    const dlp::InsnInfo &info = dlp::insnInfo(insn->id);
    for (const ParamInfo &param : op.params) {
      bool found = false;
      for (const dlp::OperandInfo &operand : info.operands)
        found |= std::string(operand.name) == param.name;
      EXPECT_TRUE(found) << full << " has no operand '" << param.name << "' of " << op.mnemonic;
    }
    EXPECT_EQ(info.hasResult, op.result != ResultKind::None) << full;
  }
}

TEST(BuiltinTable, AddressSpacesAgreeWithTheInstruction) {
  for (const LabelInfo &label : allLabels()) {
    const OpInfo &op = opOf(label);
    if (!*op.insn)
      continue;
    auto insn = dlp::findInsn(std::string(op.insn) + (*label.types ? "." : "") + label.types);
    ASSERT_TRUE(insn);
    for (const ParamInfo &param : op.params)
      for (const dlp::OperandInfo &operand : dlp::insnInfo(insn->id).operands)
        if (std::string(operand.name) == param.name && param.spaces) {
          EXPECT_EQ(param.spaces, operand.spaces) << label.label << " " << param.name;
        }
  }
}

TEST(Targets, FindsArchsByEverySpelling) {
  ASSERT_TRUE(dlp::findArch("mtp_372"));
  EXPECT_EQ(dlp::findArch("compute_30"), dlp::findArch("mtp_372"));
  EXPECT_EQ(dlp::findArch("MLU270")->number, 270u);
  EXPECT_EQ(dlp::findArch("compute_50")->number, 592u);
  EXPECT_FALSE(dlp::findArch("mtp_999"));
  EXPECT_TRUE(dlp::findArch(dlp::kDefaultArch));
}

TEST(Targets, SizesAreThoseOfTheReference) {
  const dlp::ArchInfo *arch = dlp::findArch("mtp_372");
  EXPECT_EQ(arch->nramKB, 768u);
  EXPECT_EQ(arch->wramKB, 1024u);
  EXPECT_EQ(arch->sramKB, 4096u);
}

// RowRules.cpp: one function per kind of rule (lang/builtins/Vocab.td, classes
// R_*), each with its message.
#include "mlir-dialects/Bang/Transforms/RowRules.h"
#include "mlir-dialects/Bang/Analysis/Extents.h"

#include "codegen/isa/Target.h"

#include "mlir/Dialect/LLVMIR/LLVMDialect.h"

using namespace mlir;

namespace bang {

struct RowRules::Call {
  Operation *op;
  const OpInfo &row;
  const RuleInfo &rule;

  // "'n' of __bang_add"
  std::string the(int param) const { return "'" + name(param) + "' of " + nameOf(op, row).str(); }
  std::string name(int param) const { return row.params[param].name; }
};

LogicalResult RowRules::check(Operation *op, const OpInfo &row, const RuleInfo &rule) const {
  Call call{op, row, rule};
  switch (rule.kind) {
  case RuleKind::Multiple:
    return multiple(call);
  case RuleKind::NoAlias:
    return noAlias(call);
  case RuleKind::ByteMultiple:
    return byteMultiple(call);
  case RuleKind::Unit:
    return unit(call);
  case RuleKind::Range:
    return range(call);
  case RuleKind::NotAbove:
    return notAbove(call);
  case RuleKind::Apart:
    return apart(call);
  case RuleKind::SamePieces:
    return samePieces(call);
  case RuleKind::Aligned:
    return aligned(call);
  }
  return success();
}

std::optional<int64_t> RowRules::constant(const Call &call, int param) const {
  std::optional<APInt> value = flow.constant(call.op->getOperand(param));
  if (!value)
    return std::nullopt;
  return call.row.params[param].isSigned ? value->getSExtValue() : int64_t(value->getZExtValue());
}

LogicalResult RowRules::multiple(const Call &call) const {
  std::optional<int64_t> a = constant(call, call.rule.a), b = constant(call, call.rule.b);
  if (!a || !b || *b == 0 || *a % *b == 0)
    return success();
  return call.op->emitError() << call.the(call.rule.a) << " must be a multiple of '" << call.name(call.rule.b)
                              << "', but " << *a << " is no multiple of " << *b << "; round '" << call.name(call.rule.a)
                              << "' up to " << llvm::alignTo(*a, *b);
}

LogicalResult RowRules::unit(const Call &call) const {
  std::optional<int64_t> value = constant(call, call.rule.a);
  if (!value || *value % call.rule.number == 0)
    return success();
  return call.op->emitError() << call.the(call.rule.a) << " must be a multiple of " << call.rule.number << ", but is "
                              << *value << "; pad the data to " << llvm::alignTo(*value, call.rule.number);
}

LogicalResult RowRules::byteMultiple(const Call &call) const {
  std::optional<int64_t> count = constant(call, call.rule.a);
  const LabelInfo *overload = overloadOf(call.op, call.row);
  if (!count || !overload)
    return success();
  int type = call.rule.b < 0 ? 0 : call.row.params[call.rule.b].typeIndex;
  uint64_t bits = overload->elementBits[type], bytes = *count * bits / 8;
  if (bytes % call.rule.number == 0)
    return success();
  InFlightDiagnostic diag = call.op->emitError();
  if (call.rule.only2xx)
    diag << "on " << arch->name << " ";
  diag << call.the(call.rule.a) << " must fill whole units of " << call.rule.number << " bytes, but " << *count
       << " elements are " << bytes << " bytes; round it up to " << llvm::alignTo(bytes, call.rule.number) * 8 / bits;
  return diag;
}

LogicalResult RowRules::range(const Call &call) const {
  std::optional<int64_t> value = constant(call, call.rule.a);
  if (!value || (*value >= call.rule.low && *value <= call.rule.number))
    return success();
  return call.op->emitError() << call.the(call.rule.a) << " is " << *value << ", but must be " << call.rule.low
                              << " to " << call.rule.number << "; split the work";
}

LogicalResult RowRules::notAbove(const Call &call) const {
  std::optional<int64_t> a = constant(call, call.rule.a), b = constant(call, call.rule.b);
  if (!a || !b || *a <= *b)
    return success();
  return call.op->emitError() << call.the(call.rule.a) << " is " << *a << ", but must be at most '"
                              << call.name(call.rule.b) << "', which is " << *b << "; reduce it or pad the data";
}

LogicalResult RowRules::apart(const Call &call) const {
  std::optional<int64_t> size = constant(call, call.rule.a), stride = constant(call, call.rule.b);
  std::optional<int64_t> more = constant(call, call.rule.c);
  if (!size || !stride || !more || *more == 0 || *stride >= *size)
    return success();
  return call.op->emitError() << call.the(call.rule.b) << " is " << *stride << " bytes, but a segment has " << *size
                              << ", so segments would overwrite each other; a "
                                 "stride counts from start to start";
}

LogicalResult RowRules::samePieces(const Call &call) const {
  std::optional<int64_t> a = constant(call, call.rule.a), b = constant(call, call.rule.b);
  std::optional<int64_t> c = constant(call, call.rule.c), d = constant(call, call.rule.d);
  if (!a || !b || !c || !d || (*a + 1) * (*b + 1) == (*c + 1) * (*d + 1))
    return success();
  return call.op->emitError() << nameOf(call.op, call.row) << " writes " << (*a + 1) * (*b + 1)
                              << " segments and reads " << (*c + 1) * (*d + 1) << "; ('" << call.name(call.rule.a)
                              << "' + 1) * ('" << call.name(call.rule.b) << "' + 1) must be ('"
                              << call.name(call.rule.c) << "' + 1) * ('" << call.name(call.rule.d) << "' + 1)";
}

// Every object on the chip starts at a multiple of 64 bytes or more, so the
// offset inside it decides.
LogicalResult RowRules::aligned(const Call &call) const {
  BaseAndOffset at = splitAddress(call.op->getOperand(call.rule.a), flow, layout);
  if (!at.exact || !at.base.getDefiningOp<LLVM::AddressOfOp>() || at.offset % call.rule.number == 0)
    return success();
  return call.op->emitError() << "on " << arch->name << " " << call.the(call.rule.a) << " must begin at a multiple of "
                              << call.rule.number << " bytes, but begins at byte " << at.offset
                              << " of its buffer; move the data to byte " << llvm::alignTo(at.offset, call.rule.number);
}

static bool sameBase(Value a, Value b) {
  if (a == b)
    return true;
  auto globalA = a.getDefiningOp<LLVM::AddressOfOp>(), globalB = b.getDefiningOp<LLVM::AddressOfOp>();
  return globalA && globalB && globalA.getGlobalName() == globalB.getGlobalName();
}

// The same address, or two parts of one object that surely overlap.
LogicalResult RowRules::noAlias(const Call &call) const {
  Value a = call.op->getOperand(call.rule.a), b = call.op->getOperand(call.rule.b);
  BaseAndOffset atA = splitAddress(a, flow, layout), atB = splitAddress(b, flow, layout);
  bool overlap = a == b;
  if (atA.exact && atB.exact && sameBase(atA.base, atB.base)) {
    uint64_t sizeA = touchedBytes(call.op, call.row, call.rule.a, flow).value_or(1);
    uint64_t sizeB = touchedBytes(call.op, call.row, call.rule.b, flow).value_or(1);
    overlap |= atA.offset < atB.offset + int64_t(sizeB) && atB.offset < atA.offset + int64_t(sizeA);
  }
  if (!overlap)
    return success();
  bool certain = alwaysRuns(call.op);
  InFlightDiagnostic diag = certain ? call.op->emitError() : call.op->emitWarning();
  diag << "'" << call.name(call.rule.a) << "' and " << call.the(call.rule.b)
       << " overlap, but must not; use two buffers";
  return certain ? LogicalResult(diag) : success();
}

bool RowRules::alwaysRuns(Operation *op) const {
  Block *block = op->getBlock();
  return order.postDominates(block, &block->getParent()->front());
}

} // namespace bang

// ConstantFlow.cpp: optimistic propagation; a value is constant until something says otherwise.
#include "mlir-dialects/Bang/Analysis/ConstantFlow.h"

#include "mlir/Dialect/LLVMIR/LLVMDialect.h"
#include "mlir/IR/Matchers.h"
#include "mlir/Interfaces/ControlFlowInterfaces.h"

#include "llvm/ADT/TypeSwitch.h"

using namespace mlir;

namespace bang {

static std::optional<APInt> compare(LLVM::ICmpPredicate predicate, const APInt &a, const APInt &b) {
  auto bit = [](bool value) { return APInt(1, value); };
  switch (predicate) {
  case LLVM::ICmpPredicate::eq:
    return bit(a == b);
  case LLVM::ICmpPredicate::ne:
    return bit(a != b);
  case LLVM::ICmpPredicate::slt:
    return bit(a.slt(b));
  case LLVM::ICmpPredicate::sle:
    return bit(a.sle(b));
  case LLVM::ICmpPredicate::sgt:
    return bit(a.sgt(b));
  case LLVM::ICmpPredicate::sge:
    return bit(a.sge(b));
  case LLVM::ICmpPredicate::ult:
    return bit(a.ult(b));
  case LLVM::ICmpPredicate::ule:
    return bit(a.ule(b));
  case LLVM::ICmpPredicate::ugt:
    return bit(a.ugt(b));
  case LLVM::ICmpPredicate::uge:
    return bit(a.uge(b));
  }
  return std::nullopt;
}

// Division by zero and shifts by the whole width or more have no value.
static std::optional<APInt> guarded(bool defined, llvm::function_ref<APInt()> compute) {
  if (!defined)
    return std::nullopt;
  return compute();
}

static std::optional<APInt> fold(Operation &op, ArrayRef<APInt> in) {
  using Result = std::optional<APInt>;
  auto width = [&] { return op.getResult(0).getType().getIntOrFloatBitWidth(); };
  return llvm::TypeSwitch<Operation *, Result>(&op)
      .Case([&](LLVM::AddOp) { return in[0] + in[1]; })
      .Case([&](LLVM::SubOp) { return in[0] - in[1]; })
      .Case([&](LLVM::MulOp) { return in[0] * in[1]; })
      .Case([&](LLVM::AndOp) { return in[0] & in[1]; })
      .Case([&](LLVM::OrOp) { return in[0] | in[1]; })
      .Case([&](LLVM::XOrOp) { return in[0] ^ in[1]; })
      .Case([&](LLVM::UDivOp) { return guarded(!in[1].isZero(), [&] { return in[0].udiv(in[1]); }); })
      .Case([&](LLVM::SDivOp) { return guarded(!in[1].isZero(), [&] { return in[0].sdiv(in[1]); }); })
      .Case([&](LLVM::URemOp) { return guarded(!in[1].isZero(), [&] { return in[0].urem(in[1]); }); })
      .Case([&](LLVM::SRemOp) { return guarded(!in[1].isZero(), [&] { return in[0].srem(in[1]); }); })
      .Case([&](LLVM::ShlOp) { return guarded(in[1].ult(width()), [&] { return in[0].shl(in[1]); }); })
      .Case([&](LLVM::LShrOp) { return guarded(in[1].ult(width()), [&] { return in[0].lshr(in[1]); }); })
      .Case([&](LLVM::AShrOp) { return guarded(in[1].ult(width()), [&] { return in[0].ashr(in[1]); }); })
      .Case([&](LLVM::ZExtOp) { return in[0].zext(width()); })
      .Case([&](LLVM::SExtOp) { return in[0].sext(width()); })
      .Case([&](LLVM::TruncOp) { return in[0].trunc(width()); })
      .Case([&](LLVM::FreezeOp) { return in[0]; })
      .Case([&](LLVM::SelectOp) { return in[0].isZero() ? in[2] : in[1]; })
      .Case([&](LLVM::ICmpOp cmp) { return compare(cmp.getPredicate(), in[0], in[1]); })
      .Default([](Operation *) { return Result(); });
}

ConstantFlow::ConstantFlow(Operation *function) {
  if (function->getRegion(0).empty())
    return;
  Block *entry = &function->getRegion(0).front();
  for (Value arg : entry->getArguments())
    values[arg] = std::nullopt;
  reached.insert(entry);
  for (Operation &op : llvm::reverse(*entry))
    worklist.push_back(&op);
  while (!worklist.empty()) {
    Operation *op = worklist.back();
    worklist.pop_back();
    if (reached.contains(op->getBlock()))
      visit(*op);
  }
}

std::optional<APInt> ConstantFlow::constant(Value value) const {
  auto known = values.find(value);
  return known == values.end() ? std::nullopt : known->second;
}

void ConstantFlow::update(Value value, const Known &known) {
  auto [entry, inserted] = values.try_emplace(value, known);
  if (!inserted) {
    Known &old = entry->second;
    if (!old || (known && *old == *known))
      return;
    old = std::nullopt; // two constants, or one that varies: it varies
  }
  for (Operation *user : value.getUsers())
    worklist.push_back(user);
}

std::optional<SmallVector<APInt>> ConstantFlow::operands(Operation &op, bool &pending) const {
  SmallVector<APInt> constants;
  bool varies = false;
  for (Value operand : op.getOperands()) {
    auto known = values.find(operand);
    if (known == values.end())
      pending = true;
    else if (!known->second)
      varies = true;
    else
      constants.push_back(*known->second);
  }
  if (pending || varies)
    return std::nullopt;
  return constants;
}

void ConstantFlow::visit(Operation &op) {
  if (op.hasTrait<OpTrait::IsTerminator>())
    return visitBranch(op);
  APInt literal;
  if (matchPattern(&op, m_ConstantInt(&literal)))
    return update(op.getResult(0), literal);
  bool foldable = op.getNumResults() == 1 && isa<IntegerType>(op.getResult(0).getType()) && op.getNumOperands() > 0;
  bool pending = false;
  Known known;
  if (foldable)
    if (auto constants = operands(op, pending))
      known = fold(op, *constants);
  if (pending)
    return;
  for (Value result : op.getResults())
    update(result, known);
}

void ConstantFlow::enter(Block *from, unsigned successor, ValueRange args) {
  Block *to = from->getTerminator()->getSuccessor(successor);
  for (auto [param, arg] : llvm::zip_equal(to->getArguments(), args)) {
    auto known = values.find(arg);
    if (known != values.end())
      update(param, Known(known->second)); // a copy: the update may move the map's entries
  }
  if (!reached.insert(to).second)
    return;
  for (Operation &op : llvm::reverse(*to))
    worklist.push_back(&op);
}

void ConstantFlow::visitBranch(Operation &op) {
  Block *from = op.getBlock();
  if (auto branch = dyn_cast<LLVM::CondBrOp>(op)) {
    auto known = values.find(branch.getCondition());
    if (known == values.end())
      return;
    if (!known->second || !known->second->isZero())
      enter(from, 0, branch.getTrueDestOperands());
    if (!known->second || known->second->isZero())
      enter(from, 1, branch.getFalseDestOperands());
    return;
  }
  if (auto branch = dyn_cast<BranchOpInterface>(op)) {
    for (unsigned i = 0; i < op.getNumSuccessors(); ++i)
      enter(from, i, branch.getSuccessorOperands(i).getForwardedOperands());
    return;
  }
  for (unsigned i = 0; i < op.getNumSuccessors(); ++i) {
    for (Value param : op.getSuccessor(i)->getArguments())
      update(param, std::nullopt);
    enter(from, i, op.getSuccessor(i)->getArguments());
  }
}

} // namespace bang

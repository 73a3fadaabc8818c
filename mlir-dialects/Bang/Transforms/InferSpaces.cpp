// InferSpaces.cpp: --bang-infer-spaces, finds the memory of every operand and refuses operands that lie in a wrong one.
//
// C pointers do not say where they point, so the card would compute garbage without a word. Only what is certain is an
// error: an operand whose every possible object lies elsewhere. What is known is kept in the attribute `bang.spaces`.
#include "mlir-dialects/Bang/Analysis/ConstantFlow.h"
#include "mlir-dialects/Bang/Analysis/PointsTo.h"
#include "mlir-dialects/Bang/IR/CopyDirection.h"
#include "mlir-dialects/Bang/IR/TableOp.h"
#include "mlir-dialects/Passes.h"

#include "mlir/IR/Builders.h"

#include "llvm/ADT/StringExtras.h"

using namespace mlir;
using dlp::Space;

namespace bang {
#define GEN_PASS_DEF_INFERSPACES
#include "mlir-dialects/Passes.h.inc"

static bool isAddress(const ParamInfo &param) {
  return param.role == ParamRole::Read || param.role == ParamRole::Write;
}

// Constants and kernel parameters lie in GDRAM to users: what may be read there may be read here.
static SpaceMask allowedFor(SpaceMask spaces, ParamRole role) {
  if (role == ParamRole::Read && (spaces & maskOf(Space::Gdram)))
    spaces |= maskOf(Space::Rom) | maskOf(Space::Param);
  return spaces;
}

static Space firstOf(SpaceMask spaces) { return Space(llvm::countr_zero(unsigned(spaces))); }

static const char *qualifierOf(Space space) {
  switch (space) {
  case Space::Nram:
    return "an __nram__";
  case Space::Wram:
    return "a __wram__";
  case Space::Sram:
    return "an __mlu_shared__";
  case Space::Ldram:
    return "an __ldram__";
  default:
    return "a device memory";
  }
}

// A copy or a fill treats constants as what they are to users.
static Space userSpace(Space space) { return space == Space::Rom || space == Space::Param ? Space::Gdram : space; }

namespace {

class SpaceChecker {
public:
  SpaceChecker(const PointsTo &pointsTo, const ConstantFlow &flow) : pointsTo(pointsTo), flow(flow) {}

  LogicalResult check(Operation *op, const OpInfo &row) const {
    if (findParam(row, "dir") && failed(checkCopy(op, row)))
      return failure();
    for (unsigned i = 0; i < row.params.size(); ++i)
      if (isAddress(row.params[i]) && failed(checkOperand(op, row, i)))
        return failure();
    return success();
  }

private:
  // An object the operand may point into, to name it: all of them are wrong.
  const MemoryObject *anyObject(Value pointer) const {
    ArrayRef<unsigned> ids = pointsTo.of(pointer).objects();
    return ids.empty() ? nullptr : &pointsTo.object(ids.front());
  }

  bool isWrong(Value pointer, SpaceMask allowed) const {
    SpaceMask spaces = pointsTo.spacesOf(pointer);
    return spaces && !(spaces & allowed);
  }

  static std::string quoted(const MemoryObject *object) {
    StringRef name = object ? sourceName(*object) : StringRef();
    return name.empty() ? "it" : ("'" + name + "'").str();
  }

  static void noteDeclaration(InFlightDiagnostic &diag, const MemoryObject *object) {
    if (!object || sourceName(*object).empty())
      return;
    Location loc = sourceLocation(*object);
    if (!isa<UnknownLoc>(loc))
      diag.attachNote(loc) << "'" << sourceName(*object) << "' is declared here";
  }

  static void explainRepair(InFlightDiagnostic &diag, const OpInfo &row, const ParamInfo &param, Space actual,
                            Space wanted) {
    bool reads = llvm::any_of(row.params, [](const ParamInfo &p) { return p.role == ParamRole::Read; });
    Space user = userSpace(actual);
    const CopyDirection *in = findCopyDirection(wanted, user), *out = findCopyDirection(user, wanted);
    if (param.role == ParamRole::Read && in)
      diag << "; copy it to " << qualifierOf(wanted) << " buffer with __memcpy(..., " << in->name << ") first";
    else if (!reads && user != Space::Wram)
      diag << "; use __" << spaceSuffix(user) << "set for it";
    else if (param.role == ParamRole::Write && out && actual != Space::Rom)
      diag << "; write to " << qualifierOf(wanted) << " buffer and copy that with __memcpy(..., " << out->name
           << ") afterwards";
    else
      diag << "; use " << qualifierOf(wanted) << " buffer";
  }

  LogicalResult checkOperand(Operation *op, const OpInfo &row, unsigned index) const {
    const ParamInfo &param = row.params[index];
    Value pointer = op->getOperand(index);
    if (!isWrong(pointer, allowedFor(param.spaces, param.role)))
      return success();
    const MemoryObject *object = anyObject(pointer);
    Space actual = firstOf(object->spaces), wanted = firstOf(param.spaces);
    InFlightDiagnostic diag = op->emitError();
    diag << "parameter '" << param.name << "' of " << nameOf(op, row) << " must lie in " << spaceName(wanted)
         << ", but " << quoted(object) << " lies in " << spaceName(actual);
    explainRepair(diag, row, param, actual, wanted);
    noteDeclaration(diag, object);
    return diag;
  }

  LogicalResult checkCopy(Operation *op, const OpInfo &row) const {
    std::optional<APInt> value = flow.constant(operandNamed(op, row, "dir"));
    const CopyDirection *direction = value ? findCopyDirection(value->getSExtValue()) : nullptr;
    if (!direction)
      return success();
    Value dst = operandNamed(op, row, "dst"), src = operandNamed(op, row, "src");
    bool dstWrong = isWrong(dst, maskOf(direction->dst));
    bool srcWrong = isWrong(src, allowedFor(maskOf(direction->src), ParamRole::Read));
    if (!dstWrong && !srcWrong)
      return success();

    const MemoryObject *object = anyObject(dstWrong ? dst : src);
    InFlightDiagnostic diag = op->emitError();
    diag << nameOf(op, row) << " direction " << direction->name << " says the " << (dstWrong ? "destination" : "source")
         << " is in " << spaceName(dstWrong ? direction->dst : direction->src) << ", but " << quoted(object)
         << " is in " << spaceName(firstOf(object->spaces));
    Space actualDst = dstWrong ? firstOf(anyObject(dst)->spaces) : direction->dst;
    Space actualSrc = srcWrong ? userSpace(firstOf(anyObject(src)->spaces)) : direction->src;
    if (const CopyDirection *right = findCopyDirection(actualDst, actualSrc))
      diag << "; use " << right->name;
    else if (actualDst == Space::Rom)
      diag << ", which cannot be written";
    else
      diag << "; copy by way of an __nram__ buffer";
    noteDeclaration(diag, object);
    return diag;
  }

  const PointsTo &pointsTo;
  const ConstantFlow &flow;
};

struct InferSpaces : impl::InferSpacesBase<InferSpaces> {
  void runOnOperation() override {
    PointsTo pointsTo(getOperation());
    bool failed = false;
    for (auto function : getOperation().getOps<LLVM::LLVMFuncOp>()) {
      ConstantFlow flow(function);
      SpaceChecker checker(pointsTo, flow);
      function.walk([&](Operation *op) {
        const OpInfo *row = rowOf(op);
        if (!row)
          return;
        annotate(op, *row, pointsTo);
        if (flow.canRun(op->getBlock()))
          failed |= mlir::failed(checker.check(op, *row));
      });
    }
    if (failed)
      signalPassFailure();
  }

  static std::string textOf(SpaceMask spaces) {
    if (spaces == kAnySpace)
      return "any";
    SmallVector<StringRef> names;
    for (unsigned space = 1; space <= unsigned(Space::Param); ++space)
      if (spaces & maskOf(Space(space)))
        names.push_back(spaceSuffix(Space(space)));
    return llvm::join(names, "|");
  }

  // One text per address operand: "nram", "nram|sram", "any", "" when nothing is known.
  static void annotate(Operation *op, const OpInfo &row, const PointsTo &pointsTo) {
    SmallVector<Attribute> spaces;
    for (auto [param, operand] : llvm::zip_equal(row.params, op->getOperands()))
      if (isAddress(param))
        spaces.push_back(StringAttr::get(op->getContext(), textOf(pointsTo.spacesOf(operand))));
    if (!spaces.empty())
      op->setAttr(kSpacesAttr, ArrayAttr::get(op->getContext(), spaces));
  }
};

} // namespace
} // namespace bang

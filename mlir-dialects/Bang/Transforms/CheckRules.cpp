// CheckRules.cpp: --bang-check-rules, refuses counts, overlaps and sizes that are certainly wrong; warns of sizes that
// are wrong where control may get.
//
// Only operations that can run are looked at, with the constants of their function (ConstantFlow.h).
#include "mlir-dialects/Bang/Analysis/ConstantFlow.h"
#include "mlir-dialects/Bang/Analysis/Extents.h"
#include "mlir-dialects/Bang/Analysis/PointsTo.h"
#include "mlir-dialects/Bang/IR/TableOp.h"
#include "mlir-dialects/Passes.h"

#include "codegen/isa/Target.h"

#include "mlir/IR/Builders.h"
#include "mlir/IR/Dominance.h"
#include "mlir/IR/SymbolTable.h"

using namespace mlir;

namespace bang {
#define GEN_PASS_DEF_CHECKRULES
#include "mlir-dialects/Passes.h.inc"

namespace {

class RuleChecker {
public:
  RuleChecker(const PointsTo &pointsTo, const ConstantFlow &flow, const PostDominanceInfo &order,
              const DataLayout &layout, const dlp::ArchInfo *arch)
      : pointsTo(pointsTo), flow(flow), order(order), layout(layout), arch(arch) {}

  LogicalResult check(Operation *op, const OpInfo &row) const {
    if (failed(checkCounts(op, row)))
      return failure();
    for (const RuleInfo &rule : row.rules)
      if ((!rule.only2xx || (arch && arch->number < 300)) && failed(checkRule(op, row, rule)))
        return failure();
    for (unsigned i = 0; i < row.params.size(); ++i)
      if (failed(checkBounds(op, row, i)))
        return failure();
    return success();
  }

private:
  std::optional<uint64_t> constant(Operation *op, int param) const {
    std::optional<APInt> value = flow.constant(op->getOperand(param));
    return value ? std::optional(value->getZExtValue()) : std::nullopt;
  }

  LogicalResult checkCounts(Operation *op, const OpInfo &row) const {
    for (unsigned i = 0; i < row.params.size(); ++i)
      if (row.params[i].role == ParamRole::Count && constant(op, i) == 0)
        return op->emitError() << "count '" << row.params[i].name << "' of " << nameOf(op, row)
                               << " is 0, but must be at least 1; leave the call out when there is nothing to do";
    return success();
  }

  LogicalResult checkRule(Operation *op, const OpInfo &row, const RuleInfo &rule) const {
    switch (rule.kind) {
    case RuleKind::Multiple:
      return checkMultiple(op, row, rule);
    case RuleKind::NoAlias:
      return checkNoAlias(op, row, rule);
    case RuleKind::ByteMultiple:
      return checkByteMultiple(op, row, rule);
    case RuleKind::AtMost:
      return checkAtMost(op, row, rule);
    }
    return success();
  }

  LogicalResult checkMultiple(Operation *op, const OpInfo &row, const RuleInfo &rule) const {
    std::optional<uint64_t> a = constant(op, rule.a), b = constant(op, rule.b);
    if (!a || !b || *b == 0 || *a % *b == 0)
      return success();
    const char *name = row.params[rule.a].name, *unit = row.params[rule.b].name;
    return op->emitError() << "'" << name << "' of " << nameOf(op, row) << " must be a multiple of '" << unit
                           << "', but " << *a << " is no multiple of " << *b << "; round '" << name << "' up to "
                           << llvm::alignTo(*a, *b);
  }

  LogicalResult checkByteMultiple(Operation *op, const OpInfo &row, const RuleInfo &rule) const {
    std::optional<uint64_t> count = constant(op, rule.a);
    const LabelInfo *overload = overloadOf(op, row);
    if (!count || !overload)
      return success();
    uint64_t elementBytes = overload->elementBits[0] / 8, bytes = *count * elementBytes;
    if (bytes % rule.number == 0)
      return success();
    InFlightDiagnostic diag = op->emitError();
    if (rule.only2xx)
      diag << "on " << arch->name << " ";
    diag << "'" << row.params[rule.a].name << "' of " << nameOf(op, row) << " must fill whole units of " << rule.number
         << " bytes, but " << *count << " elements are " << bytes << " bytes; round it up to "
         << llvm::alignTo(bytes, rule.number) / elementBytes;
    return diag;
  }

  LogicalResult checkAtMost(Operation *op, const OpInfo &row, const RuleInfo &rule) const {
    std::optional<uint64_t> value = constant(op, rule.a);
    if (!value || (*value >= 1 && *value <= uint64_t(rule.number)))
      return success();
    return op->emitError() << "'" << row.params[rule.a].name << "' of " << nameOf(op, row) << " is " << *value
                           << ", but must be 1 to " << rule.number << "; split the work";
  }

  // The same address, or two parts of one object that surely overlap.
  LogicalResult checkNoAlias(Operation *op, const OpInfo &row, const RuleInfo &rule) const {
    Value a = op->getOperand(rule.a), b = op->getOperand(rule.b);
    BaseAndOffset atA = splitAddress(a, flow, layout), atB = splitAddress(b, flow, layout);
    bool overlap = a == b;
    if (atA.exact && atB.exact && sameBase(atA.base, atB.base)) {
      uint64_t sizeA = touchedBytes(op, row, rule.a, flow).value_or(1);
      uint64_t sizeB = touchedBytes(op, row, rule.b, flow).value_or(1);
      overlap |= atA.offset < atB.offset + int64_t(sizeB) && atB.offset < atA.offset + int64_t(sizeA);
    }
    if (!overlap)
      return success();
    bool certain = alwaysRuns(op);
    InFlightDiagnostic diag = certain ? op->emitError() : op->emitWarning();
    diag << "'" << row.params[rule.a].name << "' and '" << row.params[rule.b].name << "' of " << nameOf(op, row)
         << " overlap, but must not; use two buffers";
    return certain ? LogicalResult(diag) : success();
  }

  // A mistake about places in memory on a path that is not always taken is a warning: published kernels have such
  // places, meant never to run.
  bool alwaysRuns(Operation *op) const {
    Block *block = op->getBlock();
    return order.postDominates(block, &block->getParent()->front());
  }

  static bool sameBase(Value a, Value b) {
    if (a == b)
      return true;
    auto globalA = a.getDefiningOp<LLVM::AddressOfOp>(), globalB = b.getDefiningOp<LLVM::AddressOfOp>();
    return globalA && globalB && globalA.getGlobalName() == globalB.getGlobalName();
  }

  LogicalResult checkBounds(Operation *op, const OpInfo &row, unsigned index) const {
    const ParamInfo &param = row.params[index];
    if (param.role != ParamRole::Read && param.role != ParamRole::Write)
      return success();
    Value pointer = op->getOperand(index);
    const MemoryObject *object = pointsTo.onlyObject(pointer);
    std::optional<uint64_t> touched = touchedBytes(op, row, index, flow);
    if (!object || object->kind != MemoryObject::Global || !touched)
      return success();
    auto global = cast<LLVM::GlobalOp>(object->op);
    uint64_t size = layout.getTypeSize(global.getGlobalType()).getFixedValue();
    // `extern __nram__ char buffer[];` gets its size elsewhere.
    if (size == 0)
      return success();
    // Without an exact offset only the whole size is certain.
    BaseAndOffset at = splitAddress(pointer, flow, layout);
    bool exact = at.exact && at.base.getDefiningOp<LLVM::AddressOfOp>() && at.offset >= 0;
    uint64_t offset = exact ? at.offset : 0;
    if (offset + *touched <= size)
      return success();

    bool certain = alwaysRuns(op);
    StringRef name = sourceName(*object);
    InFlightDiagnostic diag = certain ? op->emitError() : op->emitWarning();
    diag << nameOf(op, row) << (param.role == ParamRole::Read ? " reads " : " writes ") << *touched << " bytes";
    if (offset)
      diag << " at byte " << offset;
    diag << " of '" << (name.empty() ? global.getSymName() : name) << "', which has " << size
         << " bytes; enlarge the buffer or reduce the count";
    if (Location declared = sourceLocation(*object); !isa<UnknownLoc>(declared))
      diag.attachNote(declared) << "'" << name << "' is declared here";
    return certain ? LogicalResult(diag) : success();
  }

  const PointsTo &pointsTo;
  const ConstantFlow &flow;
  const PostDominanceInfo &order;
  const DataLayout &layout;
  const dlp::ArchInfo *arch;
};

struct CheckRules : impl::CheckRulesBase<CheckRules> {
  void runOnOperation() override {
    ModuleOp module = getOperation();
    const dlp::ArchInfo *arch = nullptr;
    if (auto name = module->getAttrOfType<StringAttr>(kArchAttr))
      arch = dlp::findArch(std::string_view(name.data(), name.size()));
    PointsTo pointsTo(module);
    DataLayout layout(module);
    bool failed = false;
    for (auto function : module.getOps<LLVM::LLVMFuncOp>()) {
      ConstantFlow flow(function);
      PostDominanceInfo order(function);
      RuleChecker checker(pointsTo, flow, order, layout, arch);
      function.walk([&](Operation *op) {
        const OpInfo *row = rowOf(op);
        if (row && flow.canRun(op->getBlock()))
          failed |= mlir::failed(checker.check(op, *row));
      });
    }
    if (failed)
      signalPassFailure();
  }
};

} // namespace
} // namespace bang

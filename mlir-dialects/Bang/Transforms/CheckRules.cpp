// CheckRules.cpp: --bang-check-rules, refuses counts, overlaps and sizes that are certainly wrong; warns of sizes that
// are wrong where control may get.
//
// Only operations that can run are looked at, with the constants of their function (ConstantFlow.h).
#include "mlir-dialects/Bang/Analysis/ConstantFlow.h"
#include "mlir-dialects/Bang/Analysis/Extents.h"
#include "mlir-dialects/Bang/Analysis/PointsTo.h"
#include "mlir-dialects/Bang/IR/TableOp.h"
#include "mlir-dialects/Bang/Transforms/CoreRules.h"
#include "mlir-dialects/Bang/Transforms/RowRules.h"
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
      : pointsTo(pointsTo), flow(flow), layout(layout), arch(arch), rules(flow, order, layout, arch) {}

  LogicalResult check(Operation *op, const OpInfo &row) const {
    if (failed(checkCounts(op, row)))
      return failure();
    for (const RuleInfo &rule : row.rules)
      if ((!rule.only2xx || (arch && arch->number < 300)) && failed(rules.check(op, row, rule)))
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

    // Published programs overrun their arrays and still run on cards, where other objects follow: no error.
    StringRef name = sourceName(*object);
    InFlightDiagnostic diag = op->emitWarning();
    diag << nameOf(op, row) << (param.role == ParamRole::Read ? " reads " : " writes ") << *touched << " bytes";
    if (offset)
      diag << " at byte " << offset;
    diag << " of '" << (name.empty() ? global.getSymName() : name) << "', which has " << size
         << " bytes; enlarge the buffer or reduce the count";
    if (Location declared = sourceLocation(*object); !isa<UnknownLoc>(declared))
      diag.attachNote(declared) << "'" << name << "' is declared here";
    return success();
  }

  const PointsTo &pointsTo;
  const ConstantFlow &flow;
  const DataLayout &layout;
  const dlp::ArchInfo *arch;
  RowRules rules;
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
      CoreRules cores(function);
      RuleChecker checker(pointsTo, flow, order, layout, arch);
      function.walk([&](Operation *op) {
        const OpInfo *row = rowOf(op);
        if (!row || !flow.canRun(op->getBlock()))
          return;
        failed |= mlir::failed(checker.check(op, *row));
        cores.check(op, *row, flow);
      });
    }
    if (failed)
      signalPassFailure();
  }
};

} // namespace
} // namespace bang

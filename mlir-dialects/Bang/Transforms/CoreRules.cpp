// CoreRules.cpp: which cores reach a block, by the tests of `coreId` on the
// way, and which do the work of an operation.
#include "mlir-dialects/Bang/Transforms/CoreRules.h"
#include "mlir-dialects/Bang/Analysis/PointsTo.h"
#include "mlir-dialects/Bang/IR/CopyDirection.h"

#include "mlir/Dialect/LLVMIR/LLVMDialect.h"
#include "mlir/IR/Dominance.h"
#include "mlir/IR/Matchers.h"

#include "llvm/ADT/DepthFirstIterator.h"

using namespace mlir;

namespace bang {

// `coreId` of the memory core.
constexpr int64_t kMemoryCoreId = 0x80;

// What a condition says about the core when it is true: nullopt when it is
// another condition.
static std::optional<bool> saysMemoryCore(Value condition) {
  auto compare = condition.getDefiningOp<LLVM::ICmpOp>();
  if (!compare)
    return std::nullopt;
  Operation *reg = compare.getLhs().getDefiningOp();
  APInt id;
  if (!reg || reg->getName().getStringRef() != "bang.sreg" || !matchPattern(compare.getRhs(), m_ConstantInt(&id)) ||
      id != kMemoryCoreId)
    return std::nullopt;
  if (auto name = reg->getAttrOfType<StringAttr>("name"); !name || name != "coreId")
    return std::nullopt;
  if (compare.getPredicate() == LLVM::ICmpPredicate::eq)
    return true;
  if (compare.getPredicate() == LLVM::ICmpPredicate::ne)
    return false;
  return std::nullopt;
}

CoreRules::CoreRules(Operation *function) {
  Region &body = function->getRegion(0);
  if (body.empty() || body.hasOneBlock())
    return;
  DominanceInfo dominance(function);
  // A block inherits from its dominator, unless the one edge into it is a test
  // of the core.
  for (auto *node : llvm::depth_first(dominance.getRootNode(&body))) {
    Block *block = node->getBlock();
    Cores cores = node->getIDom() ? reaches.lookup(node->getIDom()->getBlock()) : Cores::All;
    if (Block *from = block->getSinglePredecessor())
      if (auto branch = dyn_cast<LLVM::CondBrOp>(from->getTerminator());
          branch && branch.getTrueDest() != branch.getFalseDest())
        if (std::optional<bool> memory = saysMemoryCore(branch.getCondition()))
          cores = *memory == (branch.getTrueDest() == block) ? Cores::Memory : Cores::Others;
    reaches[block] = cores;
  }
}

// Spaces of a copy when its direction is known, else of the operands of the
// row.
static SpaceMask spacesOf(Operation *op, const OpInfo &row, const ConstantFlow &flow) {
  if (std::optional<unsigned> dir = findParam(row, "dir")) {
    std::optional<APInt> value = flow.constant(op->getOperand(*dir));
    const CopyDirection *direction = value ? findCopyDirection(value->getSExtValue()) : nullptr;
    return direction ? maskOf(direction->dst) | maskOf(direction->src) : SpaceMask(0);
  }
  SpaceMask spaces = 0;
  for (const ParamInfo &param : row.params)
    if (llvm::popcount(param.spaces) == 1) // what may lie in several memories may be meant for either core
      spaces |= param.spaces;
  return spaces;
}

void CoreRules::check(Operation *op, const OpInfo &row, const ConstantFlow &flow) const {
  Cores cores = reaches.lookup(op->getBlock());
  if (cores == Cores::All)
    return;
  constexpr SpaceMask kOwn = maskOf(dlp::Space::Nram) | maskOf(dlp::Space::Wram), kShared = maskOf(dlp::Space::Sram);
  SpaceMask spaces = spacesOf(op, row, flow);
  if (cores == Cores::Memory && (spaces & kOwn))
    op->emitWarning() << nameOf(op, row)
                      << " does nothing here: only the memory core comes here, "
                         "and it has no NRAM and WRAM; move it out "
                         "of the branch of __is_mpu()";
  if (cores == Cores::Others && (spaces & kShared) && !(spaces & kOwn))
    op->emitWarning() << nameOf(op, row)
                      << " does nothing here: the memory core alone works "
                         "between SRAM and DRAM, and it does not come "
                         "here; move it into a branch of __is_mpu()";
}

} // namespace bang

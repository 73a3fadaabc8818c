// MemoryCoreStores.cpp: stores of scalar code that are not meant for the memory core do not happen there.
//
// Inferred: published union kernels (mmcv's nms is one) write results to GDRAM with scalar code that no guard keeps
// from the memory core, between barriers it takes part in. It has not seen the data the other cores computed with, so
// its values would replace theirs; the kernels are right on cards, so there it cannot be so. Here such a store goes to
// a place nobody reads, when the memory core executes it. Stores stay that depend on the core's id, in what they write,
// in where, or in whether they are reached. Where a pointer leads the core finds out: without optimisation those to
// its own variables are no different.
#include "codegen/emit/MemoryCore.h"
#include "codegen/emit/OnChip.h"
#include "codegen/emit/Reach.h"
#include "codegen/isa/AddressMap.h"
#include "codegen/isa/CoreTags.h"

#include "llvm/ADT/DenseSet.h"
#include "llvm/Analysis/ValueTracking.h"
#include "llvm/IR/Dominators.h"
#include "llvm/IR/IRBuilder.h"
#include "llvm/IR/InstIterator.h"
#include "llvm/IR/Module.h"

using namespace llvm;

namespace dlp {
namespace {

// What depends on the id of the core, in all functions that the memory core may run.
class CoreIdFlow {
public:
  explicit CoreIdFlow(ArrayRef<Function *> functions) {
    for (Function *function : functions)
      trees[function] = std::make_unique<DominatorTree>(*function);
    do {
      changed = false;
      for (Function *function : functions)
        for (Instruction &inst : instructions(*function))
          visit(inst);
    } while (changed);
  }

  bool depends(const Value *value) const { return marked.contains(value); }
  const DominatorTree &tree(const Function &function) const { return *trees.at(&function); }

private:
  void mark(const Value *value) { changed |= marked.insert(value).second; }

  // Without optimisation variables are memory. What lies behind other pointers is not followed.
  static const Value *variable(const Value *pointer) {
    const Value *object = getUnderlyingObject(pointer);
    return isa<AllocaInst>(object) ? object : nullptr;
  }

  bool branchesById(const BasicBlock &block) const {
    const auto *branch = dyn_cast<BranchInst>(block.getTerminator());
    return branch && branch->isConditional() && depends(branch->getCondition());
  }

  // Whether the id decides if a block is reached.
  bool isChosen(const BasicBlock &block) const {
    const DominatorTree &tree = *trees.at(block.getParent());
    for (auto *node = tree.getNode(&block); node && node->getIDom(); node = node->getIDom()) {
      const BasicBlock *above = node->getIDom()->getBlock();
      if (branchesById(*above))
        for (const BasicBlock *next : successors(above))
          if (tree.dominates(BasicBlockEdge(above, next), &block))
            return true;
    }
    return false;
  }

  void visit(Instruction &inst) {
    if (auto *store = dyn_cast<StoreInst>(&inst)) {
      const Value *object = variable(store->getPointerOperand());
      if (object && !depends(object) &&
          (depends(store->getValueOperand()) || depends(store->getPointerOperand()) || isChosen(*store->getParent())))
        mark(object);
      return;
    }
    if (depends(&inst))
      return;
    if (auto *load = dyn_cast<LoadInst>(&inst))
      if (const Value *object = variable(load->getPointerOperand()); object && depends(object))
        mark(load);
    // The value of a conditional expression is chosen by the branch before it.
    if (isa<PHINode>(inst))
      if (auto *node = trees.at(inst.getFunction())->getNode(inst.getParent()); node && node->getIDom())
        if (branchesById(*node->getIDom()->getBlock()))
          mark(&inst);
    auto *call = dyn_cast<CallInst>(&inst);
    if (call && readsCoreId(*call))
      mark(call);
    if (any_of(inst.operands(), [&](const Use &use) { return isa<Instruction, Argument>(use) && depends(use); }))
      mark(&inst);
    if (call)
      visitCall(*call);
  }

  void visitCall(CallInst &call) {
    Function *callee = call.getCalledFunction();
    if (!callee || callee->isDeclaration())
      return;
    for (auto [argument, parameter] : zip(call.args(), callee->args()))
      if (depends(argument))
        mark(&parameter);
    for (BasicBlock &block : *callee)
      if (auto *ret = dyn_cast<ReturnInst>(block.getTerminator()))
        if (ret->getReturnValue() && depends(ret->getReturnValue()))
          mark(&call);
  }

  DenseSet<const Value *> marked;
  DenseMap<const Function *, std::unique_ptr<DominatorTree>> trees;
  bool changed = false;
};

enum class Reach { Everyone, Chosen, Others }; // Chosen: because of the core's id; Others: not the memory core

// Whether the memory core takes an edge of a branch whose condition compares the core's id with a constant.
bool excludesMemoryCore(const Value *condition, bool taken) {
  const auto *compare = dyn_cast<ICmpInst>(condition);
  const auto *constant = compare ? dyn_cast<ConstantInt>(compare->getOperand(1)) : nullptr;
  if (!constant)
    return false;
  const Value *id = compare->getOperand(0);
  while (isa<TruncInst, ZExtInst>(id))
    id = cast<Instruction>(id)->getOperand(0);
  const auto *read = dyn_cast<CallInst>(id);
  if (!read || !readsCoreId(*read))
    return false;
  APInt core(constant->getBitWidth(), kMemoryCoreId);
  return ICmpInst::compare(core, constant->getValue(), compare->getPredicate()) != taken;
}

class Guards {
public:
  Guards(Function &function, const CoreIdFlow &flow) : tree(flow.tree(function)) {
    for (BasicBlock &block : function) {
      Instruction *end = block.getTerminator();
      if (auto *branch = dyn_cast<BranchInst>(end); branch && branch->isConditional()) {
        if (flow.depends(branch->getCondition()))
          for (unsigned i = 0; i < 2; ++i)
            (excludesMemoryCore(branch->getCondition(), i == 0) ? others : chosen)
                .push_back({&block, branch->getSuccessor(i)});
      } else if (auto *select = dyn_cast<SwitchInst>(end); select && flow.depends(select->getCondition())) {
        for (BasicBlock *next : successors(&block))
          chosen.push_back({&block, next});
      }
    }
  }

  Reach of(const BasicBlock &block) const {
    auto covers = [&](const BasicBlockEdge &edge) { return tree.dominates(edge, &block); };
    return any_of(others, covers) ? Reach::Others : any_of(chosen, covers) ? Reach::Chosen : Reach::Everyone;
  }

private:
  const DominatorTree &tree;
  SmallVector<BasicBlockEdge> others, chosen;
};

// On-chip variables are the core's own, or SRAM, where the memory core's work is.
bool mayBeGdram(const Value *pointer) {
  const Value *object = getUnderlyingObject(pointer);
  const auto *global = dyn_cast<GlobalVariable>(object);
  return !isa<AllocaInst>(object) && !(global && onChipSpace(*global));
}

Value *isGdram(IRBuilder<> &builder, Value *pointer) {
  Value *number = builder.CreatePtrToInt(pointer, builder.getInt64Ty());
  Value *address = builder.CreateAnd(number, builder.getInt64(kUntaggedMask));
  Value *intoVariables = builder.CreateSub(address, builder.getInt64(kDeviceDataBase));
  return builder.CreateOr(builder.CreateICmpUGE(address, builder.getInt64(kGdramBase)),
                          builder.CreateICmpULT(intoVariables, builder.getInt64(kDeviceDataEnd - kDeviceDataBase)));
}

} // namespace

void dropStoresOfMemoryCore(Module &module, ArrayRef<GlobalValue *> entries) {
  SmallVector<Function *> functions;
  for (GlobalValue *value : reachedFrom(entries))
    if (auto *function = dyn_cast<Function>(value); function && !function->isDeclaration())
      functions.push_back(function);
  CoreIdFlow flow(functions);

  // A function that is called because of the core's id is meant for the core it is called on, with all it calls.
  DenseMap<Function *, std::unique_ptr<Guards>> guards;
  for (Function *function : functions)
    guards[function] = std::make_unique<Guards>(*function, flow);
  DenseSet<Function *> meant;
  for (bool changed = true; changed;) {
    changed = false;
    for (Function *function : functions)
      for (User *user : function->users()) {
        auto *call = dyn_cast<CallInst>(user);
        bool direct = call && call->getCalledFunction() == function;
        if (direct && !guards.contains(call->getFunction()))
          continue; // of a kernel that the memory core does not run
        if (!direct || meant.contains(call->getFunction()) ||
            guards[call->getFunction()]->of(*call->getParent()) == Reach::Chosen)
          changed |= meant.insert(function).second;
      }
  }

  auto *number = Type::getInt64Ty(module.getContext());
  for (Function *function : functions) {
    SmallVector<StoreInst *> stores;
    for (Instruction &inst : instructions(*function))
      if (auto *store = dyn_cast<StoreInst>(&inst); store && mayBeGdram(store->getPointerOperand()) &&
                                                    !flow.depends(store->getPointerOperand()) &&
                                                    !flow.depends(store->getValueOperand()))
        stores.push_back(store);
    if (meant.contains(function) || stores.empty())
      continue;
    llvm::erase_if(stores, [&](StoreInst *s) { return guards[function]->of(*s->getParent()) != Reach::Everyone; });
    if (stores.empty())
      continue;
    IRBuilder<> builder(&*function->getEntryBlock().getFirstInsertionPt());
    builder.SetCurrentDebugLocation(DebugLoc());
    auto *nowhere = builder.CreateAlloca(ArrayType::get(number, 8));
    nowhere->setAlignment(Align(64));
    Value *id = builder.CreateCall(module.getOrInsertFunction(kCoreId, FunctionType::get(number, false)));
    Value *isMemoryCore = builder.CreateICmpEQ(id, builder.getInt64(kMemoryCoreId));
    for (StoreInst *store : stores) {
      if (module.getDataLayout().getTypeStoreSize(store->getValueOperand()->getType()) > 64)
        continue;
      builder.SetInsertPoint(store);
      builder.SetCurrentDebugLocation(store->getDebugLoc());
      Value *pointer = store->getPointerOperand();
      Value *dropped = builder.CreateAnd(isMemoryCore, isGdram(builder, pointer));
      store->setOperand(1, builder.CreateSelect(dropped, nowhere, pointer));
    }
  }
}

} // namespace dlp

// Reach.cpp: reachability over uses; conservative for function pointers, exact for everything else.
#include "codegen/emit/Reach.h"

#include "codegen/emit/OnChip.h"

#include "llvm/ADT/SmallPtrSet.h"
#include "llvm/IR/Constants.h"
#include "llvm/IR/InstIterator.h"
#include "llvm/IR/Module.h"
#include "llvm/Transforms/Utils/ModuleUtils.h"

using namespace llvm;

namespace dlp {

namespace {

class Walker {
public:
  ReachedSet reached;

  void addConstant(Constant *constant) {
    SmallVector<Constant *> work{constant};
    while (!work.empty()) {
      Constant *c = work.pop_back_val();
      if (auto *global = dyn_cast<GlobalValue>(c)) {
        reached.insert(global);
        continue;
      }
      if (!seen.insert(c).second)
        continue;
      for (Value *operand : c->operands())
        if (auto *next = dyn_cast<Constant>(operand))
          work.push_back(next);
    }
  }

  void visit(GlobalValue &global) {
    for (Value *operand : global.operands()) // initialiser, aliasee, personality
      if (auto *constant = dyn_cast<Constant>(operand))
        addConstant(constant);
    if (auto *function = dyn_cast<Function>(&global))
      for (Instruction &inst : instructions(*function))
        for (Value *operand : inst.operands())
          if (auto *constant = dyn_cast<Constant>(operand))
            addConstant(constant);
  }

private:
  SmallPtrSet<Constant *, 32> seen;
};

} // namespace

ReachedSet reachedFrom(ArrayRef<GlobalValue *> roots) {
  Walker walker;
  walker.reached.insert(roots.begin(), roots.end());
  for (size_t i = 0; i < walker.reached.size(); ++i) // grows while it runs
    walker.visit(*walker.reached[i]);
  return std::move(walker.reached);
}

void dropUnreached(Module &module, ArrayRef<GlobalValue *> kernelEntries) {
  // Lists of symbols to keep would keep everything that was ever a kernel's callee.
  removeFromUsedLists(module, [](Constant *) { return true; });
  SmallVector<GlobalValue *> roots(kernelEntries);
  for (GlobalVariable &global : module.globals())
    if (!global.hasLocalLinkage() && !onChipSpace(global))
      roots.push_back(&global); // the host looks device variables up by name
  ReachedSet keep = reachedFrom(roots);

  SmallVector<GlobalValue *> dead;
  auto collect = [&](auto &&globals) {
    for (GlobalValue &global : globals)
      if (!keep.contains(&global))
        dead.push_back(&global);
  };
  collect(module.aliases()); // first: an alias may not outlive the body it names
  collect(module.functions());
  collect(module.globals());
  for (GlobalValue *global : dead) {
    if (auto *function = dyn_cast<Function>(global))
      function->deleteBody();
    else if (auto *variable = dyn_cast<GlobalVariable>(global))
      variable->setInitializer(nullptr);
  }
  for (GlobalValue *global : dead) {
    global->removeDeadConstantUsers();
    if (global->use_empty())
      global->eraseFromParent();
  }
}

} // namespace dlp

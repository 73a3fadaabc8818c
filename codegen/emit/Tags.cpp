// Tags.cpp: the tag of sp in locations, and tp, which is the tag, in code.
#include "codegen/emit/Tags.h"

#include "codegen/isa/CoreTags.h"

#include "llvm/BinaryFormat/Dwarf.h"
#include "llvm/IR/DebugInfoMetadata.h"
#include "llvm/IR/IRBuilder.h"
#include "llvm/IR/Intrinsics.h"
#include "llvm/IR/Module.h"
#include "llvm/IR/ReplaceConstant.h"

using namespace llvm;

namespace dlp {

void describeTag(GlobalVariable &object) {
  SmallVector<DIGlobalVariableExpression *, 1> infos;
  object.getDebugInfo(infos);
  object.eraseMetadata(LLVMContext::MD_dbg);
  LLVMContext &context = object.getContext();
  constexpr unsigned kStackPointer = 2;
  for (DIGlobalVariableExpression *info : infos) {
    // The tag is that of sp, which debuggers know in the frames of callers too; of tp they do not believe that
    // functions keep it. The sum is made from a register, which makes it an address of the process for lldb, and not
    // one of the file.
    SmallVector<uint64_t> ops = {dwarf::DW_OP_breg0 + kStackPointer,
                                 0,
                                 dwarf::DW_OP_constu,
                                 ~kUntaggedMask,
                                 dwarf::DW_OP_and,
                                 dwarf::DW_OP_swap,
                                 dwarf::DW_OP_plus};
    append_range(ops, info->getExpression()->getElements());
    object.addDebugInfo(DIGlobalVariableExpression::get(context, info->getVariable(), DIExpression::get(context, ops)));
  }
}

void addTag(GlobalVariable &object) {
  convertUsersOfConstantsToInstructions({&object});
  SmallVector<Use *> uses;
  for (Use &use : object.uses())
    if (isa<Instruction>(use.getUser()))
      uses.push_back(&use);
  for (Use *use : uses) {
    auto *user = cast<Instruction>(use->getUser());
    auto *phi = dyn_cast<PHINode>(user);
    IRBuilder<> builder(phi ? phi->getIncomingBlock(*use)->getTerminator() : user);
    Value *tag = builder.CreatePtrToInt(builder.CreateIntrinsic(Intrinsic::thread_pointer, {builder.getPtrTy()}, {}),
                                        builder.getInt64Ty());
    use->set(builder.CreatePtrAdd(&object, tag));
  }
}

} // namespace dlp

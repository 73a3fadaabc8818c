// DlpToLLVM.cpp: --dlp-to-llvm, every instruction becomes a call of a function named after it.
//
//   dlp.vadd "f16" %d, %a, %b, %n   ->  call void @dlp.vadd.f16(ptr, ptr, ptr, i64)
//
// Arguments are the register operands in their order; descriptor fields are stored to the stack and their address is
// the last argument. The declarations carry no memory effects: the emitter derives them from the same table, once.
#include "mlir-dialects/Conversion/EntrySlots.h"
#include "mlir-dialects/Dlp/IR/InsnOp.h"
#include "mlir-dialects/Passes.h"

#include "mlir/IR/Builders.h"
#include "mlir/IR/SymbolTable.h"

#include "llvm/ADT/StringExtras.h"

using namespace mlir;

namespace bang {
#define GEN_PASS_DEF_DLPTOLLVM
#include "mlir-dialects/Passes.h.inc"

// The register never changes while a task runs: no side effects, so LLVM may merge and move reads.
static void lowerCsr(Operation *op) {
  OpBuilder builder(op);
  StringRef name = op->getAttrOfType<StringAttr>("name").getValue();
  uint32_t number = dlp::specialRegCsr(std::string_view(name.data(), name.size()));
  std::string text = "csrr $0, 0x" + llvm::utohexstr(number, /*LowerCase=*/true);
  auto read = LLVM::InlineAsmOp::create(builder, op->getLoc(), builder.getI64Type(), ValueRange(), text, "=r",
                                        /*has_side_effects=*/false, /*is_align_stack=*/false, LLVM::TailCallKind::None,
                                        LLVM::AsmDialectAttr::get(builder.getContext(), LLVM::AsmDialect::AD_ATT),
                                        /*operand_attrs=*/ArrayAttr());
  op->replaceAllUsesWith(read);
}

namespace {

class InsnLowering {
public:
  explicit InsnLowering(ModuleOp module) : symbols(module) {}

  void lower(Operation *op, const dlp::InsnInfo &insn) {
    OpBuilder builder(op);
    SmallVector<Value> args, fields;
    auto operand = op->operand_begin();
    for (const dlp::OperandInfo &info : insn.operands)
      if (info.kind != dlp::OperandKind::Result)
        (info.inDesc ? fields : args).push_back(*operand++);
    if (!fields.empty())
      args.push_back(slots.store(builder, op->getLoc(), fields));
    auto call = LLVM::CallOp::create(builder, op->getLoc(), declaration(op, args), args);
    op->replaceAllUsesWith(call);
  }

private:
  LLVM::LLVMFuncOp declaration(Operation *op, ValueRange args) {
    std::string name = "dlp." + dlp::fullMnemonic(op);
    if (auto known = symbols.lookup<LLVM::LLVMFuncOp>(name))
      return known;
    OpBuilder builder(op->getContext());
    Type result = op->getNumResults() ? op->getResult(0).getType() : LLVM::LLVMVoidType::get(op->getContext());
    auto type = LLVM::LLVMFunctionType::get(result, llvm::to_vector(args.getTypes()));
    auto function = LLVM::LLVMFuncOp::create(builder, UnknownLoc::get(op->getContext()), name, type);
    symbols.insert(function);
    return function;
  }

  SymbolTable symbols;
  EntrySlots slots;
};

struct DlpToLLVM : impl::DlpToLLVMBase<DlpToLLVM> {
  void runOnOperation() override {
    InsnLowering lowering(getOperation());
    getOperation().walk([&](Operation *op) {
      if (op->getName().getStringRef() == "dlp.csr")
        lowerCsr(op);
      else if (const dlp::InsnInfo *insn = dlp::insnOf(op))
        lowering.lower(op, *insn);
      else
        return;
      op->erase();
    });
  }
};

} // namespace
} // namespace bang

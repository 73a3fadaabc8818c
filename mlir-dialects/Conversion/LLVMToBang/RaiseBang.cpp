// RaiseBang.cpp: --raise-bang, from Clang's calls, loads and inline assembly to operations of the language.
//
// All mistakes of a module are reported, not only the first one.
#include "mlir-dialects/Conversion/LLVMToBang/Raise.h"
#include "mlir-dialects/Passes.h"

#include "codegen/isa/Insn.h"

#include "mlir/IR/Builders.h"
#include "mlir/IR/SymbolTable.h"

using namespace mlir;

namespace bang {
#define GEN_PASS_DEF_RAISEBANG
#include "mlir-dialects/Passes.h.inc"

constexpr StringRef kLabelPrefix = "bang.";
constexpr StringRef kVariablePrefix = "bang.sreg.";

static Value readVariable(OpBuilder &builder, Location loc, StringRef name) {
  OperationState state(loc, "bang.sreg", {}, {builder.getI32Type()});
  state.addAttribute("name", builder.getStringAttr(name));
  return builder.create(state)->getResult(0);
}

// A variable in memory that has the value of the builtin variable, for references: std::min(taskId, 4). The value does
// not change while a task runs, so it is written once.
static Value createCopy(LLVM::LLVMFuncOp function, StringRef name) {
  auto builder = OpBuilder::atBlockBegin(&function.getBody().front());
  Location loc = builder.getUnknownLoc();
  Value one = LLVM::ConstantOp::create(builder, loc, builder.getI32Type(), builder.getI32IntegerAttr(1));
  Value copy =
      LLVM::AllocaOp::create(builder, loc, LLVM::LLVMPointerType::get(builder.getContext()), builder.getI32Type(), one);
  LLVM::StoreOp::create(builder, loc, readVariable(builder, loc, name), copy);
  return copy;
}

// Builtin variables are declared as constants in memory.
static LogicalResult raiseVariable(LLVM::AddressOfOp address) {
  StringRef name = address.getGlobalName().drop_front(kVariablePrefix.size());
  if (!dlp::specialRegCsr(std::string_view(name.data(), name.size())))
    return address.emitError() << "builtin variable '" << name << "' is not implemented";
  auto function = address->getParentOfType<LLVM::LLVMFuncOp>();
  if (!function)
    return address.emitError() << "the address of builtin variable '" << name
                               << "' initialises a global variable, but each task has its own; take it in the kernel";
  for (Operation *user : llvm::make_early_inc_range(address->getUsers())) {
    auto load = dyn_cast<LLVM::LoadOp>(user);
    if (!load || !load.getType().isInteger(32))
      continue;
    OpBuilder builder(load);
    load.replaceAllUsesWith(readVariable(builder, load.getLoc(), name));
    load.erase();
  }
  if (!address.use_empty())
    address.replaceAllUsesWith(createCopy(function, name));
  address.erase();
  return success();
}

static LogicalResult raiseAddress(LLVM::AddressOfOp address) {
  StringRef name = address.getGlobalName();
  if (name.starts_with(kVariablePrefix))
    return raiseVariable(address);
  if (name.starts_with(kLabelPrefix))
    return address.emitError() << "the address of builtin '" << name.drop_front(kLabelPrefix.size())
                               << "' is used, but a builtin has none; call it directly";
  return success();
}

static LogicalResult raise(Operation *op) {
  if (auto address = dyn_cast<LLVM::AddressOfOp>(op))
    return raiseAddress(address);
  if (auto assembly = dyn_cast<LLVM::InlineAsmOp>(op))
    return raiseInlineAsm(assembly);
  auto call = cast<LLVM::CallOp>(op);
  bool isBuiltin = call.getCallee() && call.getCallee()->starts_with(kLabelPrefix);
  return isBuiltin ? raiseCall(call) : success();
}

namespace {

struct RaiseBang : impl::RaiseBangBase<RaiseBang> {
  void runOnOperation() override {
    // Raising erases operations around the one it looks at, so the candidates are collected first.
    SmallVector<Operation *> candidates;
    getOperation().walk([&](Operation *op) {
      if (isa<LLVM::CallOp, LLVM::InlineAsmOp, LLVM::AddressOfOp>(op))
        candidates.push_back(op);
    });
    bool failed = false;
    for (Operation *op : candidates)
      failed |= mlir::failed(raise(op));
    if (failed)
      return signalPassFailure();
    eraseDeclarations();
  }

  // Their calls and loads are gone.
  void eraseDeclarations() {
    for (Operation &op : llvm::make_early_inc_range(*getOperation().getBody())) {
      auto function = dyn_cast<LLVM::LLVMFuncOp>(op);
      auto global = dyn_cast<LLVM::GlobalOp>(op);
      if (function && function.isExternal() && function.getName().starts_with(kLabelPrefix))
        op.erase();
      else if (global && global.getSymName().starts_with(kVariablePrefix))
        op.erase();
    }
  }
};

} // namespace
} // namespace bang

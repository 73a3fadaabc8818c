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

// Builtin variables are declared as constants in memory; only reads of the whole variable make sense.
static LogicalResult raiseVariable(LLVM::AddressOfOp address) {
  StringRef name = address.getGlobalName().drop_front(kVariablePrefix.size());
  if (!dlp::specialRegCsr(std::string_view(name.data(), name.size())))
    return address.emitError() << "builtin variable '" << name << "' is not implemented";
  for (Operation *user : llvm::make_early_inc_range(address->getUsers())) {
    auto load = dyn_cast<LLVM::LoadOp>(user);
    if (!load || !load.getType().isInteger(32))
      return user->emitError() << "the address of builtin variable '" << name
                               << "' is used, but the variable has none; copy its value to a variable first";
    OpBuilder builder(load);
    OperationState state(load.getLoc(), "bang.sreg", {}, {builder.getI32Type()});
    state.addAttribute("name", builder.getStringAttr(name));
    load->replaceAllUsesWith(builder.create(state));
    load.erase();
  }
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

}  // namespace
}  // namespace bang

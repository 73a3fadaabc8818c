// LowerNamedCalls.cpp: each call of `@dlp.<mnemonic>` becomes one inline assembly statement of that mnemonic, and the
// module receives the assembler macros of the mnemonics it uses (the whole prelude would be 300 KB).
#include "codegen/emit/LowerNamedCalls.h"

#include "codegen/emit/NamedCalls.h"
#include "codegen/emit/Prelude.h"

#include "llvm/ADT/STLExtras.h"
#include "llvm/IR/DiagnosticInfo.h"
#include "llvm/IR/IRBuilder.h"
#include "llvm/IR/InlineAsm.h"
#include "llvm/IR/Module.h"

using namespace llvm;

namespace dlp {

void addPreludeMacro(Module &module, StringRef fullMnemonic) {
  // A space or the end of the line ends the name, so vadd.f16 is not found in vadd.f16x.
  const std::string &text = module.getModuleInlineAsm();
  std::string opening = (".macro " + fullMnemonic).str();
  if (text.find(opening + " ") != std::string::npos || text.find(opening + "\n") != std::string::npos)
    return;
  if (text.find(".set .Ldlp_zero,") == std::string::npos)
    module.appendModuleInlineAsm(preludeRegisters());
  module.appendModuleInlineAsm(preludeMacro(fullMnemonic));
}

namespace {

bool fitsRegister(Type *type) { return type->isPointerTy() || type->isIntegerTy(64); }

class Lowering {
public:
  explicit Lowering(Module &module) : module(module) {}

  Error run() {
    SmallVector<Function *> named;
    for (Function &function : module)
      if (isNamedCall(function))
        named.push_back(&function);
    for (Function *function : named)
      lowerCallsOf(*function);
    if (!errors.empty())
      return make_error<DiagnosticError>(std::move(errors));
    for (Function *function : named)
      function->eraseFromParent();
    return Error::success();
  }

private:
  void error(const User *user, const Twine &message) {
    auto *inst = dyn_cast_or_null<Instruction>(user);
    errors.push_back({Diagnostic::Error, inst ? locationOf(*inst) : "", message.str()});
  }

  void lowerCallsOf(Function &function) {
    for (User *user : make_early_inc_range(function.users())) {
      auto *call = dyn_cast<CallInst>(user);
      if (!call || call->getCalledFunction() != &function)
        error(user, "'" + function.getName() + "' is an instruction: it can be called, but has no address");
      else if (auto insn = namedInsn(function.getName()))
        lowerInsn(*call, *insn);
      else if (uint32_t csr = namedSpecialReg(function.getName()))
        lowerSpecialReg(*call, csr);
      else
        error(call, "the machine has no instruction '" + function.getName().drop_front(strlen(kCallPrefix)) + "'");
    }
  }

  void lowerInsn(CallInst &call, InsnRef insn) {
    const InsnInfo &info = insnInfo(insn.id);
    std::string mnemonic = fullMnemonic(insn.id, insn.variant);
    unsigned wanted = info.numRegisters - info.hasResult;
    if (call.arg_size() != wanted)
      return error(&call, "'" + mnemonic + "' takes " + Twine(wanted) + " operands, not " + Twine(call.arg_size()));
    for (auto [i, arg] : enumerate(call.args()))
      if (!fitsRegister(arg->getType()))
        return error(&call, "operand " + Twine(i + 1) + " of '" + mnemonic + "' must be i64 or a pointer");
    if (info.hasResult ? !fitsRegister(call.getType()) : !call.getType()->isVoidTy())
      return error(&call, "'" + mnemonic + "' gives " + (info.hasResult ? "a result of type i64" : "no result"));

    std::string text = mnemonic, constraints = info.hasResult ? "=r" : "";
    for (unsigned i = 0; i < info.numRegisters; ++i)
      text += (i ? ", $" : " $") + std::to_string(i);
    for (unsigned i = 0; i < wanted; ++i)
      constraints += constraints.empty() ? "r" : ",r";
    if (touchesMemory(insn.id))
      constraints += constraints.empty() ? "~{memory}" : ",~{memory}";
    replace(call, text, constraints, /*sideEffects=*/true);
    addPreludeMacro(module, mnemonic);
  }

  void lowerSpecialReg(CallInst &call, uint32_t csr) {
    if (!call.arg_empty() || !call.getType()->isIntegerTy(64))
      return error(&call, "'" + call.getCalledFunction()->getName() + "' takes no operand and gives an i64");
    replace(call, "csrr $0, 0x" + utohexstr(csr, /*LowerCase=*/true), "=r", /*sideEffects=*/false);
  }

  void replace(CallInst &call, StringRef text, StringRef constraints, bool sideEffects) {
    IRBuilder<> builder(&call);
    SmallVector<Value *> args(call.args());
    SmallVector<Type *> types;
    for (Value *arg : args)
      types.push_back(arg->getType());
    auto *type = FunctionType::get(call.getType(), types, false);
    CallInst *fresh = builder.CreateCall(InlineAsm::get(type, text, constraints, sideEffects), args);
    fresh->setDoesNotThrow();
    fresh->setDebugLoc(call.getDebugLoc());
    call.replaceAllUsesWith(fresh);
    fresh->takeName(&call);
    call.eraseFromParent();
  }

  Module &module;
  std::vector<Diagnostic> errors;
};

} // namespace

Error lowerNamedCalls(Module &module) { return Lowering(module).run(); }

PreservedAnalyses LowerNamedCallsPass::run(Module &module, ModuleAnalysisManager &) {
  if (Error error = lowerNamedCalls(module))
    module.getContext().emitError(toString(std::move(error)));
  return PreservedAnalyses::none();
}

} // namespace dlp

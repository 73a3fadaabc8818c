// Rules.cpp: finds the declarations the rules apply to.
#include "frontend/sema/Rules.h"

#include "clang/AST/ASTConsumer.h"
#include "clang/AST/ASTContext.h"
#include "clang/AST/Attr.h"
#include "clang/AST/DeclCXX.h"
#include "clang/Basic/SourceManager.h"

using namespace clang;

namespace bang {

bool isKernel(const FunctionDecl &function) { return function.hasAttr<CUDAGlobalAttr>(); }

bool isDeviceFunction(const FunctionDecl &function) { return isKernel(function) || function.hasAttr<CUDADeviceAttr>(); }

void forEachDefinition(Decl *decl, llvm::function_ref<void(FunctionDecl &)> onFunction,
                       llvm::function_ref<void(VarDecl &)> onVariable) {
  if (auto *function = dyn_cast<FunctionDecl>(decl)) {
    if (function->doesThisDeclarationHaveABody() && !function->isDependentContext())
      onFunction(*function);
  } else if (auto *variable = dyn_cast<VarDecl>(decl)) {
    if (!variable->isTemplated())
      onVariable(*variable);
  } else if (isa<NamespaceDecl, LinkageSpecDecl, CXXRecordDecl, ExportDecl>(decl)) {
    if (const auto *record = dyn_cast<CXXRecordDecl>(decl); record && record->isDependentContext())
      return;
    for (Decl *member : cast<DeclContext>(decl)->decls())
      forEachDefinition(member, onFunction, onVariable);
  }
}

namespace {

class RuleChecker : public ASTConsumer {
public:
  RuleChecker(DiagnosticsEngine &diags, Side side) : diags(diags), side(side) {}

  bool HandleTopLevelDecl(DeclGroupRef group) override {
    for (Decl *decl : group)
      forEachDefinition(decl, [&](FunctionDecl &function) { functions.push_back(&function); }, [](VarDecl &) {});
    return true;
  }

  // At the end, when all instantiations exist and Clang has found its own errors.
  void HandleTranslationUnit(ASTContext &context) override {
    const SourceManager &sources = context.getSourceManager();
    for (const FunctionDecl *function : functions) {
      // bang.h and the C++ library declare what the rules are about.
      if (function->isInvalidDecl() || sources.isInSystemHeader(sources.getExpansionLoc(function->getLocation())))
        continue;
      if (isKernel(*function))
        checkKernel(*function, diags);
      if (isDeviceFunction(*function))
        checkDeviceCode(*function, diags);
      if (side == Side::Host && (!isDeviceFunction(*function) || function->hasAttr<CUDAHostAttr>()))
        checkHostCode(*function, diags);
    }
  }

private:
  DiagnosticsEngine &diags;
  Side side;
  llvm::SmallVector<const FunctionDecl *> functions;
};

} // namespace

std::unique_ptr<ASTConsumer> createRuleChecker(DiagnosticsEngine &diags, Side side) {
  return std::make_unique<RuleChecker>(diags, side);
}

} // namespace bang

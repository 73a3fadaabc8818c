// BuiltinCalls.cpp: builtins that do not exist, and device names used in host code.
#include "frontend/sema/BuiltinCalls.h"

#include "frontend/sema/MemorySpaces.h"
#include "frontend/sema/Rules.h"

#include "clang/AST/Attr.h"
#include "clang/AST/RecursiveASTVisitor.h"
#include "clang/Basic/Diagnostic.h"

using namespace clang;

namespace bang {

std::string missingBuiltinHint(llvm::StringRef name, llvm::StringRef archName) {
  name.consume_front("identifier ");
  name = name.trim("'");
  static constexpr llvm::StringLiteral kPrefixes[] = {"__bang_", "__memcpy", "__sync",    "__vv_", "__nram", "__sram",
                                                      "__gdram", "__ldram",  "__memset_", "__cn_", "__is_",  "__mlvm_"};
  for (llvm::StringRef prefix : kPrefixes)
    if (name.starts_with(prefix))
      return ("'" + name + "' is not among the builtins of " + archName +
              "; docs/builtins.md lists them with their arguments")
          .str();
  return {};
}

namespace {

// Clang lets host code read device variables (through a copy on the host). The variables below have no such copy.
class HostCodeVisitor : public RecursiveASTVisitor<HostCodeVisitor> {
public:
  HostCodeVisitor(const FunctionDecl &function, DiagnosticsEngine &diags) : function(function), diags(diags) {}

  bool VisitDeclRefExpr(DeclRefExpr *expr) {
    const auto *variable = dyn_cast<VarDecl>(expr->getDecl());
    if (!variable || expr->isNonOdrUse())
      return true;
    if (llvm::StringRef qualifier = memoryQualifier(*variable); !qualifier.empty()) {
      unsigned id =
          diags.getCustomDiagID(DiagnosticsEngine::Error,
                                "'%0' object %1 is used in host function %2, but the host cannot reach on-chip memory; "
                                "copy it to device memory in the kernel and read that with cnrtMemcpy");
      diags.Report(expr->getLocation(), id) << qualifier << variable << &function;
    } else if (const auto *label = variable->getAttr<AsmLabelAttr>(); label && label->getLabel().starts_with("bang.")) {
      unsigned id = diags.getCustomDiagID(
          DiagnosticsEngine::Error,
          "builtin variable %0 is used in host function %1, but it exists only in device code; use it in a kernel");
      diags.Report(expr->getLocation(), id) << variable << &function;
    }
    return true;
  }

  bool TraverseUnaryExprOrTypeTraitExpr(UnaryExprOrTypeTraitExpr *) { return true; }
  bool TraverseCXXNoexceptExpr(CXXNoexceptExpr *) { return true; }
  // A device lambda in a host function is device code.
  bool TraverseLambdaExpr(LambdaExpr *expr) {
    return isDeviceFunction(*expr->getCallOperator()) || RecursiveASTVisitor::TraverseLambdaExpr(expr);
  }

private:
  const FunctionDecl &function;
  DiagnosticsEngine &diags;
};

} // namespace

void checkHostCode(const FunctionDecl &function, DiagnosticsEngine &diags) {
  HostCodeVisitor(function, diags).TraverseStmt(function.getBody());
}

} // namespace bang

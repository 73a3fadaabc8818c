// DeviceCode.cpp: C++ that a core cannot execute. Clang itself refuses throw, try and calls of host functions; here
// are the constructs it lets through.
#include "frontend/sema/MemorySpaces.h"
#include "frontend/sema/Rules.h"

#include "clang/AST/Attr.h"
#include "clang/AST/RecursiveASTVisitor.h"
#include "clang/Basic/Diagnostic.h"
#include "clang/Basic/SourceManager.h"

using namespace clang;

namespace bang {

namespace {

class DeviceCodeVisitor : public RecursiveASTVisitor<DeviceCodeVisitor> {
public:
  DeviceCodeVisitor(const FunctionDecl &function, DiagnosticsEngine &diags) : function(function), diags(diags) {}

  bool VisitCXXNewExpr(CXXNewExpr *expr) {
    // Placement new only constructs.
    if (expr->getNumPlacementArgs() == 0)
      refuse(expr->getBeginLoc(), "'new' in device function %0, but a core has no heap; declare the object, or pass "
                                  "memory allocated by the host");
    return true;
  }
  bool VisitCXXDeleteExpr(CXXDeleteExpr *expr) {
    refuse(expr->getBeginLoc(), "'delete' in device function %0, but a core has no heap; free the memory on the host");
    return true;
  }
  bool VisitCXXTypeidExpr(CXXTypeidExpr *expr) {
    refuse(expr->getBeginLoc(), "'typeid' in device function %0, but there is no run-time type information on the "
                                "device; use a template or an enumeration");
    return true;
  }
  bool VisitCXXDynamicCastExpr(CXXDynamicCastExpr *expr) {
    refuse(expr->getBeginLoc(), "'dynamic_cast' in device function %0, but there is no run-time type information on "
                                "the device; use static_cast");
    return true;
  }
  bool VisitVAArgExpr(VAArgExpr *expr) {
    refuse(expr->getBeginLoc(), "'va_arg' in device function %0, but device functions take a fixed number of "
                                "arguments; use a template parameter pack");
    return true;
  }

  bool VisitVarDecl(VarDecl *variable) {
    if (variable->getType()->isVariableArrayType()) {
      unsigned id = diags.getCustomDiagID(
          DiagnosticsEngine::Error, "%0 is an array of variable length, but the memory of a core is laid out when "
                                    "the kernel is compiled; give it a constant size");
      diags.Report(variable->getLocation(), id) << variable;
    }
    if (variable->getTLSKind() != VarDecl::TLS_None) {
      unsigned id = diags.getCustomDiagID(DiagnosticsEngine::Error, "%0 is thread-local, but a core has no threads; "
                                                                    "make it a local variable");
      diags.Report(variable->getLocation(), id) << variable;
    }
    return true;
  }
  bool VisitCXXMemberCallExpr(CXXMemberCallExpr *call) {
    const CXXMethodDecl *method = call->getMethodDecl();
    const auto *member = dyn_cast<MemberExpr>(call->getCallee()->IgnoreParens());
    const ParmVarDecl *parameter = method && member ? parameterBelow(member->getBase()) : nullptr;
    if (!parameter || !method->isVirtual() || !isKernel(function) || !member->performsVirtualDispatch(LangOptions()))
      return true;
    unsigned id = diags.getCustomDiagID(
        DiagnosticsEngine::Error, "virtual function %0 is called through parameter %1 of kernel %2, but an object made "
                                  "on the host has the host's functions; make the object in the kernel, or name the "
                                  "class: %1->%3::%4()");
    diags.Report(call->getExprLoc(), id) << method << parameter << &function << method->getParent()->getName()
                                         << method->getName();
    return true;
  }
  bool VisitDeclRefExpr(DeclRefExpr *expr) {
    const auto *callee = dyn_cast<FunctionDecl>(expr->getDecl());
    if (!callee || !isDeviceFunction(*callee) || callee->hasAttr<AsmLabelAttr>() || callee->isDefined() ||
        callee->getBuiltinID() != 0 || callee->isDefaulted() || canComeFromElsewhere(*callee))
      return true;
    const SourceManager &sources = callee->getASTContext().getSourceManager();
    if (sources.isInSystemHeader(sources.getExpansionLoc(callee->getLocation())))
      return true;
    unsigned id = diags.getCustomDiagID(
        DiagnosticsEngine::Error, "device function %0 is used but not defined in this file, and as %select{a static|an "
                                  "inline}1 function it cannot come from another; define it here or in a header");
    diags.Report(expr->getLocation(), id) << callee << unsigned(callee->isExternallyVisible());
    return true;
  }

  // What is only asked for its size or type is never executed.
  bool TraverseUnaryExprOrTypeTraitExpr(UnaryExprOrTypeTraitExpr *) { return true; }
  bool TraverseCXXNoexceptExpr(CXXNoexceptExpr *) { return true; }

private:
  // The device link finds what other files define (frontend/driver/DeviceLink.cpp). Kernels are only launched.
  static bool canComeFromElsewhere(const FunctionDecl &callee) {
    return !isKernel(callee) && callee.isExternallyVisible() && !callee.isInlined();
  }

  // The function's parameter that `p`, `*p`, `p[i]` or `(T *)p` is about.
  static const ParmVarDecl *parameterBelow(const Expr *object) {
    object = object->IgnoreParenCasts();
    if (const auto *reference = dyn_cast<DeclRefExpr>(object))
      return dyn_cast<ParmVarDecl>(reference->getDecl());
    if (const auto *element = dyn_cast<ArraySubscriptExpr>(object))
      return parameterBelow(element->getBase());
    const auto *deref = dyn_cast<UnaryOperator>(object);
    return deref && deref->getOpcode() == UO_Deref ? parameterBelow(deref->getSubExpr()) : nullptr;
  }

  template <unsigned size> void refuse(SourceLocation where, const char (&sentence)[size]) {
    diags.Report(where, diags.getCustomDiagID(DiagnosticsEngine::Error, sentence)) << &function;
  }

  const FunctionDecl &function;
  DiagnosticsEngine &diags;
};

} // namespace

void checkDeviceCode(const FunctionDecl &function, DiagnosticsEngine &diags) {
  // Host and device functions may do on the host what a core cannot do; only what is reached counts.
  if (function.hasAttr<CUDAHostAttr>())
    return;
  if (function.isVariadic() && !isKernel(function)) {
    unsigned id =
        diags.getCustomDiagID(DiagnosticsEngine::Error, "device function %0 is variadic, but device functions take a "
                                                        "fixed number of arguments; use a template parameter "
                                                        "pack");
    diags.Report(function.getLocation(), id) << &function;
  }
  DeviceCodeVisitor(function, diags).TraverseStmt(function.getBody());
}

} // namespace bang

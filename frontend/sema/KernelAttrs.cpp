// KernelAttrs.cpp: the rules for kernel signatures.
//
// The arguments of a launch are copied byte by byte into the parameter block of the device. A reference would carry a
// host address, and a type with its own copy constructor or destructor would be copied without them.
#include "frontend/sema/Rules.h"

#include "clang/AST/ASTContext.h"
#include "clang/AST/Attr.h"
#include "clang/AST/DeclCXX.h"
#include "clang/Basic/Diagnostic.h"

using namespace clang;

namespace bang {

void checkKernel(const FunctionDecl &kernel, DiagnosticsEngine &diags) {
  const ASTContext &context = kernel.getASTContext();
  for (const ParmVarDecl *param : kernel.parameters()) {
    QualType type = param->getType();
    if (type->isReferenceType()) {
      unsigned id = diags.getCustomDiagID(
          DiagnosticsEngine::Error,
          "parameter %0 of kernel %1 is a reference (%2), but arguments are copied to the device; "
          "pass it by value, or pass a pointer to device memory");
      diags.Report(param->getLocation(), id) << param << &kernel << type;
    } else if (!type.isTriviallyCopyableType(context)) {
      unsigned id =
          diags.getCustomDiagID(DiagnosticsEngine::Error,
                                "parameter %0 of kernel %1 has type %2, which is not trivially copyable, but arguments "
                                "are copied to the device byte by byte; pass its plain members");
      diags.Report(param->getLocation(), id) << param << &kernel << type;
      if (const CXXRecordDecl *record = type->getAsCXXRecordDecl()) {
        unsigned note = diags.getCustomDiagID(DiagnosticsEngine::Note, "%0 is declared here");
        diags.Report(record->getLocation(), note) << record;
      }
    }
  }
  if (kernel.isVariadic()) {
    unsigned id = diags.getCustomDiagID(
        DiagnosticsEngine::Error, "kernel %0 is variadic, but the number and types of a kernel's arguments must be "
                                  "known; use a template parameter pack");
    diags.Report(kernel.getLocation(), id) << &kernel;
  }
}

} // namespace bang

// Rules.h: the rules of BANG C that Clang does not know, checked on each declaration as it is parsed or instantiated.
#ifndef OPENBANG_FRONTEND_SEMA_RULES_H
#define OPENBANG_FRONTEND_SEMA_RULES_H

#include "frontend/sema/SourceJob.h"

#include "clang/AST/Decl.h"
#include "clang/AST/DeclGroup.h"

#include "llvm/ADT/STLFunctionalExtras.h"
#include "llvm/ADT/SmallVector.h"

namespace clang {
class ASTConsumer;
class DiagnosticsEngine;
} // namespace clang

namespace bang {

// True for functions that are compiled for the device: kernels and device functions.
bool isDeviceFunction(const clang::FunctionDecl &function);
bool isKernel(const clang::FunctionDecl &function);

// Calls back with each function definition and each file-scope variable of a top-level declaration, also those in
// namespaces, linkage specifications and classes; leaves out templates (their instantiations come separately).
void forEachDefinition(clang::Decl *decl, llvm::function_ref<void(clang::FunctionDecl &)> onFunction,
                       llvm::function_ref<void(clang::VarDecl &)> onVariable);

// KernelAttrs.cpp: a kernel returns nothing and takes trivially copyable values.
void checkKernel(const clang::FunctionDecl &kernel, clang::DiagnosticsEngine &diags);
// DeviceCode.cpp: what a core cannot do (allocate, run-time type information, ...).
void checkDeviceCode(const clang::FunctionDecl &function, clang::DiagnosticsEngine &diags);
// BuiltinCalls.cpp: builtins, builtin variables and on-chip objects named in host code.
void checkHostCode(const clang::FunctionDecl &function, clang::DiagnosticsEngine &diags);

// An AST consumer that applies all of them.
std::unique_ptr<clang::ASTConsumer> createRuleChecker(clang::DiagnosticsEngine &diags, Side side);

} // namespace bang

#endif // OPENBANG_FRONTEND_SEMA_RULES_H

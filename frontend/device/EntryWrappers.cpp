// EntryWrappers.cpp: kernel records and entry wrappers from kernel declarations.
#include "frontend/device/EntryWrappers.h"

#include "clang/AST/ASTContext.h"
#include "clang/AST/Attr.h"
#include "clang/AST/Decl.h"
#include "clang/AST/Expr.h"
#include "clang/AST/Stmt.h"
#include "clang/Basic/SourceManager.h"

#include "llvm/Support/MathExtras.h"
#include "llvm/Support/raw_ostream.h"

using namespace clang;

namespace bang {

dlp::KernelInfo describeKernel(const FunctionDecl &kernel, llvm::StringRef mangledName) {
  const ASTContext &context = kernel.getASTContext();
  const PrintingPolicy &policy = context.getPrintingPolicy();
  dlp::KernelInfo info;
  info.mangledName = mangledName.str();
  info.entryName = "__bang_entry." + info.mangledName;
  llvm::raw_string_ostream name(info.displayName);
  kernel.getNameForDiagnostic(name, policy, /*Qualified=*/true);
  PresumedLoc where = context.getSourceManager().getPresumedLoc(kernel.getLocation());
  if (where.isValid())
    info.location = std::string(where.getFilename()) + ":" + std::to_string(where.getLine()) + ":" +
                    std::to_string(where.getColumn());
  for (const ParmVarDecl *param : kernel.parameters()) {
    QualType type = param->getType();
    uint32_t size = context.getTypeSizeInChars(type).getQuantity();
    uint32_t align = context.getTypeAlignInChars(type).getQuantity();
    uint32_t offset = llvm::alignTo(info.paramBytes, align);
    info.params.push_back(
        {param->getNameAsString(), type.getAsString(policy), offset, size, align, type->isPointerType()});
    info.paramBytes = offset + size;
  }
  return info;
}

namespace {

// Builds expressions and functions without source text; every node gets the kernel's location.
class TreeBuilder {
public:
  TreeBuilder(ASTContext &context, SourceLocation where) : context(context), where(where) {}

  FunctionDecl *function(llvm::StringRef label, ArrayRef<QualType> paramTypes) {
    QualType type = context.getFunctionType(context.VoidTy, paramTypes, {});
    auto *decl =
        FunctionDecl::Create(context, context.getTranslationUnitDecl(), where, where, &context.Idents.get(label), type,
                             context.getTrivialTypeSourceInfo(type, where), SC_None);
    decl->addAttr(CUDADeviceAttr::CreateImplicit(context));
    decl->addAttr(AsmLabelAttr::CreateImplicit(context, context.backupStr(label)));
    llvm::SmallVector<ParmVarDecl *> params;
    for (QualType paramType : paramTypes)
      params.push_back(ParmVarDecl::Create(context, decl, where, where, &context.Idents.get("params"), paramType,
                                           context.getTrivialTypeSourceInfo(paramType, where), SC_None, nullptr));
    decl->setParams(params);
    return decl;
  }

  Expr *reference(ValueDecl *decl) {
    return DeclRefExpr::Create(context, NestedNameSpecifierLoc(), SourceLocation(), decl, false, where,
                               decl->getType().getNonReferenceType(), VK_LValue);
  }

  Expr *cast(Expr *expr, QualType type, CastKind kind, ExprValueKind value = VK_PRValue) {
    return ImplicitCastExpr::Create(context, type, kind, expr, nullptr, value, FPOptionsOverride());
  }

  Expr *load(Expr *object) { return cast(object, object->getType().getUnqualifiedType(), CK_LValueToRValue); }

  Expr *call(FunctionDecl *callee, ArrayRef<Expr *> args) {
    callee->markUsed(context);
    Expr *function = cast(reference(callee), context.getPointerType(callee->getType()), CK_FunctionToPointerDecay);
    return CallExpr::Create(context, function, args, context.VoidTy, VK_PRValue, where, FPOptionsOverride());
  }

  // *(type *)(base + offset)
  Expr *objectAt(Expr *base, uint64_t offset, QualType type) {
    QualType sizeType = context.getSizeType();
    Expr *distance =
        IntegerLiteral::Create(context, llvm::APInt(context.getTypeSize(sizeType), offset), sizeType, where);
    Expr *address = BinaryOperator::Create(context, base, distance, BO_Add, base->getType(), VK_PRValue, OK_Ordinary,
                                           where, FPOptionsOverride());
    // An explicit cast, from which Clang concludes that the object is aligned as its type.
    QualType pointer = context.getPointerType(type);
    Expr *typed =
        CStyleCastExpr::Create(context, pointer, VK_PRValue, CK_BitCast, address, nullptr, FPOptionsOverride(),
                               context.getTrivialTypeSourceInfo(pointer, where), where, where);
    return UnaryOperator::Create(context, typed, UO_Deref, type, VK_LValue, OK_Ordinary, where, false,
                                 FPOptionsOverride());
  }

  Stmt *block(ArrayRef<Stmt *> statements) {
    return CompoundStmt::Create(context, statements, FPOptionsOverride(), where, where);
  }

  ASTContext &context;

private:
  SourceLocation where;
};

} // namespace

FunctionDecl *buildEntryWrapper(FunctionDecl &kernel, const dlp::KernelInfo &info) {
  ASTContext &context = kernel.getASTContext();
  TreeBuilder build(context, kernel.getLocation());
  FunctionDecl *entry = build.function(info.entryName, {context.getPointerType(context.CharTy)});

  llvm::SmallVector<Expr *> args;
  for (auto [param, layout] : llvm::zip_equal(kernel.parameters(), info.params)) {
    Expr *block = build.load(build.reference(entry->getParamDecl(0)));
    args.push_back(build.load(build.objectAt(block, layout.offset, param->getType().getUnqualifiedType())));
  }
  FunctionDecl *exit = build.function("dlp.exit", {});
  exit->addAttr(NoReturnAttr::CreateImplicit(context));
  entry->setBody(build.block({build.call(&kernel, args), build.call(exit, {})}));
  return entry;
}

} // namespace bang

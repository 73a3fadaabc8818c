// Sizes.cpp: rules about counts and sizes: vector operations count elements, copies count bytes.
#include "frontend/lint/Lint.h"

using namespace clang;
using namespace clang::ast_matchers;

namespace bang::lint {

// The parameter of a builtin by its name in the builtin rows: counts are n, sizes of copies size.
static const Expr *argumentNamed(const CallExpr &call, llvm::StringRef name) {
  const FunctionDecl *callee = call.getDirectCallee();
  for (unsigned i = 0; callee && i < callee->getNumParams() && i < call.getNumArgs(); ++i)
    if (callee->getParamDecl(i)->getName() == name)
      return call.getArg(i);
  return nullptr;
}

static const Expr *sizeOfCopy(const CallExpr &call) {
  // __memcpy and its relatives: dst, src, size, direction ...
  return call.getNumArgs() >= 3 ? call.getArg(2) : nullptr;
}

static auto copyCall() { return callExpr(callee(functionDecl(matchesName("::__memcpy(_async)?$")))).bind("copy"); }
static auto vectorCall() { return callExpr(callee(functionDecl(matchesName("::__bang_")))).bind("vector"); }

// The factors of a product.
static void factorsOf(const Expr *expr, std::vector<const Expr *> &factors) {
  expr = expr->IgnoreParenImpCasts();
  const auto *product = dyn_cast<BinaryOperator>(expr);
  if (product && product->getOpcode() == BO_Mul) {
    factorsOf(product->getLHS(), factors);
    factorsOf(product->getRHS(), factors);
  } else {
    factors.push_back(expr);
  }
}

static const UnaryExprOrTypeTraitExpr *asSizeof(const Expr *expr) {
  const auto *trait = dyn_cast<UnaryExprOrTypeTraitExpr>(expr->IgnoreParenImpCasts());
  return trait && trait->getKind() == UETT_SizeOf ? trait : nullptr;
}

// "n * sizeof(float)" as the count of __bang_add.
void matchElementCounts(MatchFinder &finder, Rule::Callbacks &owner, Report &report) {
  owner.push_back(std::make_unique<Callback>([&report](const MatchFinder::MatchResult &result) {
    const auto &call = *result.Nodes.getNodeAs<CallExpr>("vector");
    const Expr *count = argumentNamed(call, "n");
    // What has no element type, such as __bang_move, counts bytes.
    if (!count || call.getDirectCallee()->getParamDecl(0)->getType()->isVoidPointerType())
      return;
    std::vector<const Expr *> factors;
    factorsOf(count, factors);
    for (const Expr *factor : factors) {
      const auto *size = asSizeof(factor);
      if (!size || size->getTypeOfArgument()->isDependentType() ||
          result.Context->getTypeSizeInChars(size->getTypeOfArgument()).isOne())
        continue;
      std::vector<Fix> fixes;
      const auto *product = dyn_cast<BinaryOperator>(count->IgnoreParenImpCasts());
      // The plain form n * sizeof(T): keep n.
      if (factors.size() == 2 && product && product->getOpcode() == BO_Mul) {
        const Expr *kept = asSizeof(product->getLHS()) ? product->getRHS() : product->getLHS();
        fixes.push_back({CharSourceRange::getTokenRange(count->getSourceRange()), textOf(*kept, *result.Context)});
      }
      report.add("bytes-as-elements", *result.SourceManager, count->getBeginLoc(),
                 call.getDirectCallee()->getNameAsString() + " counts elements, but '" +
                     textOf(*count, *result.Context) + "' is a number of bytes; remove the sizeof",
                 fixes);
      return;
    }
  }));
  finder.addMatcher(vectorCall(), owner.back().get());
}

// An array in on-chip memory that a pointer argument names, or null.
static const VarDecl *arrayOf(const Expr *pointer) {
  const auto *name = dyn_cast<DeclRefExpr>(pointer->IgnoreParenCasts());
  const auto *variable = name ? dyn_cast<VarDecl>(name->getDecl()) : nullptr;
  return variable && variable->getType()->isConstantArrayType() ? variable : nullptr;
}

// __memcpy(buffer, src, 1024, ...) where buffer is float[1024].
void matchByteSizes(MatchFinder &finder, Rule::Callbacks &owner, Report &report) {
  owner.push_back(std::make_unique<Callback>([&report](const MatchFinder::MatchResult &result) {
    const auto &call = *result.Nodes.getNodeAs<CallExpr>("copy");
    const Expr *size = sizeOfCopy(call);
    ASTContext &context = *result.Context;
    Expr::EvalResult value;
    if (!size || size->isValueDependent() || !size->EvaluateAsInt(value, context))
      return;
    for (unsigned side : {0u, 1u}) {
      const VarDecl *array = arrayOf(call.getArg(side));
      const auto *type = array ? context.getAsConstantArrayType(array->getType()) : nullptr;
      if (!type || type->getElementType()->isDependentType() || value.Val.getInt() != type->getSize().getZExtValue())
        continue;
      uint64_t width = context.getTypeSizeInChars(type->getElementType()).getQuantity();
      if (width <= 1)
        continue;
      const std::string element = type->getElementType().getAsString();
      const std::string text = textOf(*size, context);
      const bool simple = isa<DeclRefExpr, IntegerLiteral>(size->IgnoreParenImpCasts());
      report.add("elements-as-bytes", *result.SourceManager, size->getBeginLoc(),
                 "a copy counts bytes, but '" + text + "' is the number of elements of '" + array->getNameAsString() +
                     "'; multiply it by sizeof(" + element + ")",
                 {{CharSourceRange::getTokenRange(size->getSourceRange()),
                   (simple ? text : "(" + text + ")") + " * sizeof(" + element + ")"}});
      return;
    }
  }));
  finder.addMatcher(copyCall(), owner.back().get());
}

// __memcpy(buffer, src, sizeof(src), ...) where src is a pointer.
void matchPointerSizes(MatchFinder &finder, Rule::Callbacks &owner, Report &report) {
  owner.push_back(std::make_unique<Callback>([&report](const MatchFinder::MatchResult &result) {
    const auto &call = *result.Nodes.getNodeAs<CallExpr>("copy");
    const Expr *size = sizeOfCopy(call);
    if (!size)
      return;
    std::vector<const Expr *> factors;
    factorsOf(size, factors);
    for (const Expr *factor : factors) {
      const auto *trait = asSizeof(factor);
      if (!trait || trait->isArgumentType() || !trait->getTypeOfArgument()->isPointerType())
        continue;
      const std::string pointer = textOf(*trait->getArgumentExpr()->IgnoreParens(), *result.Context);
      report.add("sizeof-pointer", *result.SourceManager, factor->getBeginLoc(),
                 "'" + pointer +
                     "' is a pointer, so its sizeof is 8 whatever it points to; write the number of "
                     "elements times sizeof(*" +
                     pointer + ")");
    }
  }));
  finder.addMatcher(copyCall(), owner.back().get());
}

// __nram__ char buffer[640 * 1024]: right for one card only.
void matchNramNumbers(MatchFinder &finder, Rule::Callbacks &owner, Report &report) {
  owner.push_back(std::make_unique<Callback>([&report](const MatchFinder::MatchResult &result) {
    const auto &variable = *result.Nodes.getNodeAs<VarDecl>("variable");
    const bool isNram = llvm::any_of(variable.specific_attrs<AnnotateAttr>(),
                                     [](const AnnotateAttr *attr) { return attr->getAnnotation() == "bang.nram"; });
    // The size as it is written stands beside the type.
    const TypeSourceInfo *written = variable.getTypeSourceInfo();
    const auto array = written ? written->getTypeLoc().getAsAdjusted<ArrayTypeLoc>() : ArrayTypeLoc();
    // Small cards have 512 KB; what takes more than half of that is meant as a share of NRAM.
    constexpr int64_t kShare = 256 * 1024;
    if (!isNram || array.isNull() || !array.getSizeExpr() || variable.getType()->isDependentType() ||
        result.Context->getTypeSizeInChars(variable.getType()).getQuantity() <= kShare)
      return;
    // Named constants may be derived from the size; only plain numbers cannot.
    const std::string text = textOf(*array.getSizeExpr(), *result.Context);
    if (text.empty() || text.find_first_not_of("0123456789xX*+-/() uUlLabcdefABCDEF") != std::string::npos)
      return;
    report.add("nram-size", *result.SourceManager, array.getSizeExpr()->getBeginLoc(),
               "'" + variable.getNameAsString() + "' takes most of NRAM by the number '" + text +
                   "', but cards have different sizes; derive it from __MLU_NRAM_SIZE__, which is in KB");
  }));
  finder.addMatcher(varDecl(isDefinition(), hasType(arrayType())).bind("variable"), owner.back().get());
}

} // namespace bang::lint

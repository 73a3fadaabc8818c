// Sync.cpp: rules about cores that wait for each other, and about the memory core.
#include "frontend/lint/Lint.h"

#include "clang/AST/RecursiveASTVisitor.h"

using namespace clang;
using namespace clang::ast_matchers;

namespace bang::lint {

namespace {

// What a function's body contains, as far as these rules ask.
class Contents : public RecursiveASTVisitor<Contents> {
public:
  explicit Contents(const Stmt *statement) { TraverseStmt(const_cast<Stmt *>(statement)); }

  bool VisitCallExpr(CallExpr *call) {
    const FunctionDecl *callee = call->getDirectCallee();
    const IdentifierInfo *identifier = callee ? callee->getIdentifier() : nullptr;
    llvm::StringRef name = identifier ? identifier->getName() : "";
    if (name == "__is_mpu" || name == "__is_ipu")
      asksForMemoryCore = true;
    else if (name.ends_with("_async") || name.contains("_async_"))
      hasAsynchronous = true;
    else if (name == "__sync_cluster" || name == "__sync_all" || name.starts_with("__sync_copy_"))
      usesCluster = true;
    else if (name.starts_with("__bang_") && name != "__bang_printf")
      firstCompute = firstCompute ? firstCompute : call;
    if (!name.starts_with("__"))
      callsOthers = true;
    return true;
  }
  bool VisitGCCAsmStmt(GCCAsmStmt *) {
    callsOthers = true; // who knows
    return true;
  }
  bool VisitDeclRefExpr(DeclRefExpr *name) {
    const auto *variable = dyn_cast<VarDecl>(name->getDecl());
    if (!variable)
      return true;
    llvm::StringRef text = variable->getName();
    readsIdentity |= text == "taskId" || text == "taskIdX" || text == "taskIdY" || text == "taskIdZ" ||
                     text == "coreId" || text == "clusterId";
    asksForMemoryCore |= text == "coreId";
    usesCluster |= text == "clusterId" || text == "clusterDim";
    for (const auto *attr : variable->specific_attrs<AnnotateAttr>())
      usesCluster |= attr->getAnnotation() == "bang.sram";
    return true;
  }

  bool asksForMemoryCore = false, hasAsynchronous = false, usesCluster = false, callsOthers = false;
  bool readsIdentity = false;
  const CallExpr *firstCompute = nullptr;
};

bool isUnionLaunch(const Expr *type, const ASTContext &context) {
  Expr::EvalResult value;
  // The job types: Union1 is 4, each larger one twice the one before.
  return !type->isValueDependent() && type->EvaluateAsInt(value, context) && value.Val.getInt() >= 4;
}

} // namespace

// A kernel that is launched as Union, or that works together with its cluster, and never asks which core it is.
void matchUnguardedKernels(MatchFinder &finder, Rule::Callbacks &owner, Report &report) {
  auto check = [&report](const FunctionDecl &kernel, const char *why, const MatchFinder::MatchResult &result) {
    const FunctionDecl *definition = nullptr;
    if (!kernel.hasBody(definition))
      return;
    Contents body(definition->getBody());
    // A device function may hold the guard.
    if (!body.firstCompute || body.asksForMemoryCore || body.callsOthers)
      return;
    report.add("memory-core-guard", *result.SourceManager, body.firstCompute->getBeginLoc(),
               "kernel '" + definition->getNameAsString() + "' " + why +
                   ", so the memory core runs it too, which has neither NRAM nor vector unit; leave it before with "
                   "if (__is_mpu()) return;");
  };
  owner.push_back(std::make_unique<Callback>([check](const MatchFinder::MatchResult &result) {
    const auto &launch = *result.Nodes.getNodeAs<CUDAKernelCallExpr>("launch");
    const CallExpr *configuration = launch.getConfig();
    const FunctionDecl *kernel = launch.getDirectCallee();
    if (kernel && configuration && configuration->getNumArgs() >= 2 &&
        isUnionLaunch(configuration->getArg(1), *result.Context))
      check(*kernel, "is launched as a Union task", result);
  }));
  finder.addMatcher(cudaKernelCallExpr().bind("launch"), owner.back().get());
  owner.push_back(std::make_unique<Callback>([check](const MatchFinder::MatchResult &result) {
    const auto &kernel = *result.Nodes.getNodeAs<FunctionDecl>("kernel");
    if (kernel.hasAttr<CUDAGlobalAttr>() && Contents(kernel.getBody()).usesCluster)
      check(kernel, "works together with its cluster", result);
  }));
  finder.addMatcher(functionDecl(isDefinition(), hasBody(compoundStmt())).bind("kernel"), owner.back().get());
}

// if (coreId == 0) __sync_cluster();
void matchDivergentBarriers(MatchFinder &finder, Rule::Callbacks &owner, Report &report) {
  owner.push_back(std::make_unique<Callback>([&report](const MatchFinder::MatchResult &result) {
    const auto &barrier = *result.Nodes.getNodeAs<CallExpr>("barrier");
    const Expr *condition = nullptr;
    if (const auto *branch = result.Nodes.getNodeAs<IfStmt>("if"))
      condition = branch->getCond();
    else if (const auto *loop = result.Nodes.getNodeAs<ForStmt>("for"))
      condition = loop->getCond();
    else if (const auto *loop = result.Nodes.getNodeAs<WhileStmt>("while"))
      condition = loop->getCond();
    if (!condition)
      return;
    Contents asks(condition);
    const std::string name = barrier.getDirectCallee()->getNameAsString();
    // The forms for cores alone belong behind a question for the memory core.
    const bool coresOnly = name.find("_ipu") != std::string::npos;
    if (!asks.readsIdentity && (coresOnly || !asks.asksForMemoryCore))
      return;
    report.add("divergent-barrier", *result.SourceManager, barrier.getBeginLoc(),
               name + " waits for all cores, but only those for which '" + textOf(*condition, *result.Context) +
                   "' holds come here, and they wait for ever; move it out of the branch");
  }));
  auto barrier = callExpr(callee(functionDecl(matchesName("::__sync_(cluster|all)")))).bind("barrier");
  auto inside = stmt(anyOf(hasAncestor(ifStmt(unless(isConstexpr())).bind("if")), hasAncestor(forStmt().bind("for")),
                           hasAncestor(whileStmt().bind("while"))));
  finder.addMatcher(callExpr(barrier, inside), owner.back().get());
}

// A __sync() in a function without asynchronous work, or directly behind another one.
void matchUselessSyncs(MatchFinder &finder, Rule::Callbacks &owner, Report &report) {
  owner.push_back(std::make_unique<Callback>([&report](const MatchFinder::MatchResult &result) {
    const auto &call = *result.Nodes.getNodeAs<CallExpr>("sync");
    const auto &function = *result.Nodes.getNodeAs<FunctionDecl>("function");
    const ASTContext &context = *result.Context;
    const char *why = nullptr;
    Contents body(function.getBody());
    if (!body.hasAsynchronous && !body.callsOthers && function.hasAttr<CUDAGlobalAttr>())
      why = "nothing in this kernel is asynchronous";
    for (const DynTypedNode &parent : const_cast<ASTContext &>(context).getParents(call)) {
      const auto *block = parent.get<CompoundStmt>();
      if (!block)
        continue;
      const Stmt *before = nullptr;
      for (const Stmt *statement : block->body()) {
        const auto *other = dyn_cast_or_null<CallExpr>(before);
        if (statement == &call && other && other->getDirectCallee() == call.getDirectCallee())
          why = "the one before has waited for everything";
        before = statement;
      }
    }
    if (!why)
      return;
    // The statement goes with its semicolon.
    SourceLocation end = endOf(call, context);
    std::vector<Fix> fixes;
    if (end.isValid() && *result.SourceManager->getCharacterData(end) == ';')
      fixes.push_back({CharSourceRange::getCharRange(call.getBeginLoc(), end.getLocWithOffset(1)), ""});
    report.add("useless-sync", *result.SourceManager, call.getBeginLoc(),
               std::string("this __sync() has nothing to wait for: ") + why + "; remove it", fixes);
  }));
  finder.addMatcher(callExpr(callee(functionDecl(hasName("::__sync"))),
                             forFunction(functionDecl(isDefinition()).bind("function")), hasParent(compoundStmt()))
                        .bind("sync"),
                    owner.back().get());
}

} // namespace bang::lint

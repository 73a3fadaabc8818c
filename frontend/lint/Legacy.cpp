// Legacy.cpp: names of the first generation and their current spellings. Only pairs that mean exactly the same.
#include "frontend/lint/Lint.h"

#include "clang/Lex/MacroArgs.h"
#include "clang/Lex/PPCallbacks.h"

using namespace clang;
using namespace clang::ast_matchers;

namespace bang::lint {

struct Spelling {
  llvm::StringLiteral old, current;
};

static constexpr Spelling kSpellings[] = {
    {"__mlu_entry__", "__mlu_global__"},
    {"CNRT_FUNC_TYPE_BLOCK", "cnrtFuncTypeBlock"},
    {"CNRT_FUNC_TYPE_UNION1", "cnrtFuncTypeUnion1"},
    {"CNRT_FUNC_TYPE_UNION2", "cnrtFuncTypeUnion2"},
    {"CNRT_FUNC_TYPE_UNION4", "cnrtFuncTypeUnion4"},
    {"CNRT_FUNC_TYPE_UNION8", "cnrtFuncTypeUnion8"},
    {"CNRT_FUNC_TYPE_UNION16", "cnrtFuncTypeUnion16"},
    {"CNRT_MEM_TRANS_DIR_HOST2DEV", "cnrtMemcpyHostToDev"},
    {"CNRT_MEM_TRANS_DIR_DEV2DEV", "cnrtMemcpyDevToDev"},
    {"CNRT_MEM_TRANS_DIR_DEV2HOST", "cnrtMemcpyDevToHost"},
    {"CNRT_MEM_TRANS_DIR_HOST2HOST", "cnrtMemcpyHostToHost"},
    {"CNRT_RET_SUCCESS", "cnrtSuccess"},
    {"CNRT_FLOAT16", "cnrtFloat16"},
    {"CNRT_FLOAT32", "cnrtFloat32"},
    {"CNRT_INT8", "cnrtInt8"},
    {"CNRT_INT16", "cnrtInt16"},
    {"CNRT_INT32", "cnrtInt32"},
    {"cnrtCreateQueue", "cnrtQueueCreate"},
    {"cnrtDestroyQueue", "cnrtQueueDestroy"},
    {"cnrtSyncQueue", "cnrtQueueSync"},
    {"cnrtCreateNotifier", "cnrtNotifierCreate"},
};

static const Spelling *findSpelling(llvm::StringRef name) {
  for (const Spelling &spelling : kSpellings)
    if (name == spelling.old)
      return &spelling;
  return nullptr;
}

static void add(Report &report, const SourceManager &sources, SourceLocation where, const Spelling &spelling) {
  report.add(
      "legacy-spelling", sources, where,
      ("'" + spelling.old + "' is the spelling of the first generation; write '" + spelling.current + "'").str(),
      {{CharSourceRange::getCharRange(where, where.getLocWithOffset(spelling.old.size())), spelling.current.str()}});
}

void matchLegacyNames(MatchFinder &finder, Rule::Callbacks &owner, Report &report) {
  owner.push_back(std::make_unique<Callback>([&report](const MatchFinder::MatchResult &result) {
    const auto &name = *result.Nodes.getNodeAs<DeclRefExpr>("name");
    const Spelling *spelling =
        findSpelling(name.getDecl()->getDeclName().isIdentifier() ? name.getDecl()->getName() : "");
    // An argument of a macro such as CNRT_CHECK stands in the file all the same.
    if (spelling)
      add(report, *result.SourceManager, result.SourceManager->getFileLoc(name.getLocation()), *spelling);
  }));
  finder.addMatcher(declRefExpr().bind("name"), owner.back().get());
}

namespace {
class MacroWatcher : public PPCallbacks {
public:
  MacroWatcher(const SourceManager &sources, Report &report) : sources(sources), report(report) {}
  void MacroExpands(const Token &name, const MacroDefinition &, SourceRange, const MacroArgs *) override {
    const Spelling *spelling = findSpelling(name.getIdentifierInfo()->getName());
    if (spelling && name.getLocation().isFileID())
      add(report, sources, name.getLocation(), *spelling);
  }

private:
  const SourceManager &sources;
  Report &report;
};
} // namespace

void watchLegacyMacros(Preprocessor &preprocessor, Report &report) {
  preprocessor.addPPCallbacks(std::make_unique<MacroWatcher>(preprocessor.getSourceManager(), report));
}

} // namespace bang::lint

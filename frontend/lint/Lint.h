// Lint.h: what the rules of `bang lint` see of a source file and how they report.
//
// A rule is a row of Rules.cpp: name, one line for users, and a function that registers matchers or looks at the
// macros. Findings go through Report, which knows which rules are wanted and collects the fix-its.
#ifndef OPENBANG_FRONTEND_LINT_LINT_H
#define OPENBANG_FRONTEND_LINT_LINT_H

#include "clang/AST/ASTContext.h"
#include "clang/ASTMatchers/ASTMatchFinder.h"
#include "clang/Basic/SourceManager.h"
#include "clang/Lex/Lexer.h"
#include "clang/Lex/Preprocessor.h"
#include "clang/Tooling/Core/Replacement.h"

#include <map>
#include <memory>
#include <set>
#include <span>
#include <string>
#include <vector>

namespace bang::lint {

// A change of the source that repairs a finding.
struct Fix {
  clang::CharSourceRange range;
  std::string text;
};

// Findings of all files of a run.
class Report {
public:
  explicit Report(std::set<std::string> wanted) : wanted(std::move(wanted)) {}

  bool wants(const std::string &rule) const { return wanted.contains(rule); }
  // One sentence at a place of the file itself; headers and expansions of system macros are left alone.
  void add(const std::string &rule, const clang::SourceManager &sources, clang::SourceLocation where,
           const std::string &sentence, const std::vector<Fix> &fixes = {});

  // Prints the findings by file and line. True when there are none.
  bool print(llvm::raw_ostream &os) const;
  // Changes the files; a finding whose change touches another's is left for the next run. The number of changes made.
  unsigned applyFixes(llvm::raw_ostream &errors);

private:
  struct Finding {
    std::string file;
    unsigned line, column;
    std::string rule, sentence, sourceLine;
    bool hasFix;
    bool operator<(const Finding &other) const;
  };
  std::set<std::string> wanted;
  std::set<Finding> findings;
  std::map<std::string, clang::tooling::Replacements> replacements;
};

struct Rule {
  const char *name;
  const char *summary;
  // Adds matchers whose callbacks report; they must live as long as the finder: the owner keeps them.
  using Callbacks = std::vector<std::unique_ptr<clang::ast_matchers::MatchFinder::MatchCallback>>;
  void (*addMatchers)(clang::ast_matchers::MatchFinder &finder, Callbacks &owner, Report &report);
  // Null, or the rule also looks at macros.
  void (*watchMacros)(clang::Preprocessor &preprocessor, Report &report);
};

std::span<const Rule> allRules();

// A callback made of a function.
class Callback : public clang::ast_matchers::MatchFinder::MatchCallback {
public:
  using Body = std::function<void(const clang::ast_matchers::MatchFinder::MatchResult &)>;
  explicit Callback(Body body) : body(std::move(body)) {}
  void run(const clang::ast_matchers::MatchFinder::MatchResult &result) override { body(result); }

private:
  Body body;
};

// The source text of an expression.
std::string textOf(const clang::Stmt &statement, const clang::ASTContext &context);
// The place right behind an expression.
clang::SourceLocation endOf(const clang::Stmt &statement, const clang::ASTContext &context);

// The rules, by file.
void matchElementCounts(clang::ast_matchers::MatchFinder &, Rule::Callbacks &, Report &);
void matchByteSizes(clang::ast_matchers::MatchFinder &, Rule::Callbacks &, Report &);
void matchPointerSizes(clang::ast_matchers::MatchFinder &, Rule::Callbacks &, Report &);
void matchUnguardedKernels(clang::ast_matchers::MatchFinder &, Rule::Callbacks &, Report &);
void matchDivergentBarriers(clang::ast_matchers::MatchFinder &, Rule::Callbacks &, Report &);
void matchUselessSyncs(clang::ast_matchers::MatchFinder &, Rule::Callbacks &, Report &);
void matchLegacyNames(clang::ast_matchers::MatchFinder &, Rule::Callbacks &, Report &);
void watchLegacyMacros(clang::Preprocessor &, Report &);
void matchNramNumbers(clang::ast_matchers::MatchFinder &, Rule::Callbacks &, Report &);

} // namespace bang::lint

#endif // OPENBANG_FRONTEND_LINT_LINT_H

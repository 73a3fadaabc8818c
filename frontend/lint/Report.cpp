// Report.cpp: findings in order, fix-its into files.
#include "frontend/lint/Lint.h"

#include "llvm/Support/MemoryBuffer.h"
#include "llvm/Support/raw_ostream.h"

#include <tuple>

using namespace clang;

namespace bang::lint {

bool Report::Finding::operator<(const Finding &other) const {
  return std::tie(file, line, column, rule) < std::tie(other.file, other.line, other.column, other.rule);
}

void Report::add(const std::string &rule, const SourceManager &sources, SourceLocation where,
                 const std::string &sentence, const std::vector<Fix> &fixes) {
  if (where.isInvalid())
    return;
  SourceLocation place = sources.getFileLoc(where);
  if (!sources.isInMainFile(place))
    return;
  PresumedLoc presumed = sources.getPresumedLoc(place);
  bool isInvalid = false;
  llvm::StringRef text = sources.getBufferData(sources.getFileID(place), &isInvalid);
  unsigned offset = sources.getFileOffset(place);
  size_t begin = text.rfind('\n', offset);
  begin = begin == llvm::StringRef::npos ? 0 : begin + 1;
  llvm::StringRef line = text.slice(begin, text.find('\n', offset));

  // A change inside the body of a macro would change all its uses.
  bool hasFix = !fixes.empty() && !where.isMacroID();
  for (const Fix &fix : fixes)
    hasFix &= fix.range.getBegin().isFileID() && fix.range.getEnd().isFileID();
  auto [it, isNew] = findings.insert(
      {presumed.getFilename(), presumed.getLine(), presumed.getColumn(), rule, sentence, line.str(), hasFix});
  if (!isNew || !hasFix)
    return;
  for (const Fix &fix : fixes) {
    tooling::Replacement change(sources, fix.range, fix.text);
    // What overlaps an earlier change waits for the next run.
    llvm::consumeError(replacements[change.getFilePath().str()].add(change));
  }
}

bool Report::print(llvm::raw_ostream &os) const {
  for (const Finding &f : findings) {
    os << f.file << ":" << f.line << ":" << f.column << ": warning: " << f.sentence << " [" << f.rule << "]\n"
       << f.sourceLine << "\n"
       << std::string(f.column - 1, ' ') << "^" << (f.hasFix ? " --fix repairs it" : "") << "\n";
  }
  if (!findings.empty())
    os << findings.size() << (findings.size() == 1 ? " finding\n" : " findings\n");
  return findings.empty();
}

unsigned Report::applyFixes(llvm::raw_ostream &errors) {
  unsigned count = 0;
  for (const auto &[path, changes] : replacements) {
    auto buffer = llvm::MemoryBuffer::getFile(path);
    if (!buffer) {
      errors << "bang lint: error: cannot read '" << path << "': " << buffer.getError().message() << "\n";
      continue;
    }
    auto changed = tooling::applyAllReplacements((*buffer)->getBuffer(), changes);
    if (!changed) {
      errors << "bang lint: error: cannot change '" << path << "': " << llvm::toString(changed.takeError()) << "\n";
      continue;
    }
    std::error_code failure;
    llvm::raw_fd_ostream os(path, failure);
    if (failure) {
      errors << "bang lint: error: cannot write '" << path << "': " << failure.message() << "\n";
      continue;
    }
    os << *changed;
    count += changes.size();
  }
  return count;
}

std::string textOf(const Stmt &statement, const ASTContext &context) {
  return Lexer::getSourceText(CharSourceRange::getTokenRange(statement.getSourceRange()), context.getSourceManager(),
                              context.getLangOpts())
      .str();
}

SourceLocation endOf(const Stmt &statement, const ASTContext &context) {
  return Lexer::getLocForEndOfToken(statement.getEndLoc(), 0, context.getSourceManager(), context.getLangOpts());
}

} // namespace bang::lint

// AsmSource.cpp: splits assembly text into statements and checks those that are Xdlp instructions.
//
// The macros that encode Xdlp words cannot say what is wrong with their operands, so this is done before they expand.
#include "codegen/tools/AsmSource.h"

#include "codegen/isa/Insn.h"

#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringExtras.h"

using namespace llvm;

namespace dlp {
namespace {

bool isRegister(StringRef name) {
  static const StringSet<> names = [] {
    StringSet<> set{"zero", "ra", "sp", "gp", "tp", "fp"};
    auto add = [&](StringRef prefix, unsigned count) {
      for (unsigned i = 0; i < count; ++i)
        set.insert((prefix + Twine(i)).str());
    };
    add("x", 32);
    add("t", 7);
    add("s", 12);
    add("a", 8);
    return set;
  }();
  return names.contains(name);
}

// Name of the n-th register operand, for messages; the register behind the table's register operands is the descriptor.
std::string operandName(const InsnInfo &info, unsigned n) {
  unsigned at = 0;
  for (const OperandInfo &operand : info.operands)
    if (!operand.inDesc && at++ == n)
      return operand.name;
  return "descriptor";
}

class Reader {
public:
  Reader(StringRef text, StringRef fileName) : text(text), fileName(fileName) {}

  AsmSource read() {
    while (at < text.size())
      readStatement();
    return std::move(source);
  }

private:
  char peek(size_t ahead = 0) const { return at + ahead < text.size() ? text[at + ahead] : '\0'; }

  void advance() {
    if (text[at++] == '\n') {
      ++line;
      lineStart = at;
    }
  }

  void skipString() {
    advance();
    while (at < text.size() && peek() != '"' && peek() != '\n') {
      if (peek() == '\\')
        advance();
      if (at < text.size())
        advance();
    }
    if (peek() == '"')
      advance();
  }

  // True when a comment started here; it is skipped, the end of the line is not.
  bool skipComment() {
    if (peek() == '#' || (peek() == '/' && peek(1) == '/')) {
      while (at < text.size() && peek() != '\n')
        advance();
      return true;
    }
    if (peek() == '/' && peek(1) == '*') {
      size_t end = text.find("*/", at + 2);
      end = end == StringRef::npos ? text.size() : end + 2;
      while (at < end)
        advance();
      return true;
    }
    return false;
  }

  static bool isWord(char c) { return isAlnum(c) || c == '.' || c == '_' || c == '$'; }

  void readStatement() {
    while (at < text.size() && (isSpace(peek()) || peek() == ';'))
      advance();
    if (skipComment() || at >= text.size())
      return;
    size_t start = at, startLine = line, column = at - lineStart + 1;
    while (isWord(peek()))
      advance();
    StringRef word = text.slice(start, at);
    if (!word.empty() && peek() == ':') { // a label; the statement follows
      advance();
      return;
    }
    // The operands, without comments.
    std::string operands;
    while (at < text.size() && peek() != '\n' && peek() != ';') {
      size_t from = at;
      if (peek() == '"')
        skipString();
      else if (skipComment())
        continue;
      else
        advance();
      operands += text.slice(from, at);
    }
    statement(word, StringRef(operands).trim(), startLine, column);
  }

  void statement(StringRef word, StringRef operands, size_t startLine, size_t column) {
    if (word == ".macro") {
      source.definedMacros.insert(operands.take_until([](char c) { return c == ' ' || c == '\t' || c == ','; }));
      return;
    }
    auto insn = findInsn(std::string_view(word.data(), word.size()));
    if (!insn)
      return;
    source.usedInsns.insert(word);
    if (operands.contains('\\'))
      return; // arguments of an enclosing macro
    std::string location = (fileName + ":" + Twine(startLine) + ":" + Twine(column)).str();
    if (std::string message = checkOperands(word, insnInfo(insn->id), operands); !message.empty())
      source.errors.push_back({Diagnostic::Error, location, message});
  }

  static std::string checkOperands(StringRef word, const InsnInfo &info, StringRef operands) {
    SmallVector<StringRef> given;
    if (!operands.empty())
      operands.split(given, ',');
    if (given.size() != info.numRegisters) {
      std::string names;
      for (unsigned i = 0; i < info.numRegisters; ++i)
        names += (i ? ", " : "") + operandName(info, i);
      std::string takes = info.numRegisters == 1 ? "1 operand" : std::to_string(info.numRegisters) + " operands";
      return ("'" + word + "' takes " + (info.numRegisters ? takes + " (" + names + ")" : "no operands") + ", not " +
              Twine(given.size()))
          .str();
    }
    for (auto [i, operand] : enumerate(given))
      if (!isRegister(operand.trim()))
        return ("operand " + Twine(i + 1) + " of '" + word + "' (" + operandName(info, i) +
                ") is an x-register, not '" + operand.trim() + "'")
            .str();
    return "";
  }

  StringRef text, fileName;
  size_t at = 0, line = 1, lineStart = 0;
  AsmSource source;
};

// "f16, bf16, f32" with an end to it.
std::string listVariants(const InsnInfo &info) {
  std::string names;
  for (size_t i = 0; i < info.variants.size() && i < 10; ++i)
    names += (i ? ", " : "") + std::string(info.variantNames[i]);
  return names + (info.variants.size() > 10 ? ", ..." : "");
}

std::string nearestMnemonic(StringRef word) {
  std::string best;
  unsigned bestDistance = 3; // farther away it is not a slip
  for (unsigned row = 0; row < unsigned(InsnId::Count); ++row)
    for (const Variant &variant : insnInfo(InsnId(row)).variants) {
      std::string name = fullMnemonic(InsnId(row), variant);
      unsigned distance = word.edit_distance(name, /*AllowReplacements=*/true, bestDistance);
      if (distance < bestDistance) {
        bestDistance = distance;
        best = std::move(name);
      }
    }
  return best;
}

} // namespace

AsmSource readAsmSource(StringRef text, StringRef fileName) { return Reader(text, fileName).read(); }

std::string explainUnknownMnemonic(StringRef word) {
  // The longest row the word starts with: vadd.vs for vadd.vs.q7.
  for (StringRef head = word; !head.empty(); head = head.rsplit('.').first) {
    auto row = findRow(std::string_view(head.data(), head.size()));
    if (row) {
      const InsnInfo &info = insnInfo(*row);
      if (info.variants.size() == 1 && !*info.variantNames[0])
        break;
      if (head == word)
        return ("'" + word + "' needs a suffix: " + listVariants(info)).str();
      return ("'" + head + "' has no form '" + word.drop_front(head.size() + 1) + "'; it has " + listVariants(info))
          .str();
    }
    if (!head.contains('.'))
      break;
  }
  std::string near = nearestMnemonic(word);
  return "unknown instruction '" + word.str() + "'" + (near.empty() ? "" : "; did you mean '" + near + "'?");
}

} // namespace dlp

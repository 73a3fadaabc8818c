// LinkerMessages.cpp: reads messages of the form
//
//   ld.lld: error: undefined symbol: helper(int)
//   >>> referenced by k.mlu:12 (/home/user/k.mlu:12)
//   >>>               k.o:(kernel(float*, int))
#include "codegen/emit/LinkerMessages.h"

#include "llvm/ADT/StringExtras.h"
#include "llvm/ADT/StringSet.h"
#include "llvm/Demangle/Demangle.h"

using namespace llvm;

namespace dlp {
namespace {

struct Reference {
  std::string location; // "file:line"
  std::string user;     // the function that refers
};

// Reads the two lines that say where a symbol is used, if they follow.
Reference readReference(ArrayRef<StringRef> lines) {
  Reference result;
  if (lines.empty() || !lines[0].contains(">>> referenced by "))
    return result;
  StringRef where = lines[0].split(">>> referenced by ").second.trim();
  auto [shown, full] = where.split(" (");
  if (full.consume_back(")") && !full.rsplit(':').second.empty() && isDigit(full.rsplit(':').second[0]))
    result.location = full.str();
  if (lines.size() < 2 || !lines[1].starts_with(">>>  "))
    return result;
  StringRef user = lines[1].drop_front(3).trim();
  size_t open = user.find(":(");
  if (open == StringRef::npos || !user.consume_back(")"))
    return result;
  user = user.drop_front(open + 2);
  user.consume_front("function ");
  if (user.consume_front(".")) // ".text.<symbol>+0x10": no symbol covers the place
    user = user.take_until([](char c) { return c == '+'; }).split('.').second;
  result.user = demangle(user);
  return result;
}

} // namespace

std::vector<Diagnostic> explainLinkerMessages(StringRef output) {
  std::vector<Diagnostic> result;
  StringSet<> seen;
  SmallVector<StringRef> lines;
  output.split(lines, '\n', -1, false);
  for (size_t i = 0; i < lines.size(); ++i) {
    StringRef text = lines[i].split("error: ").second;
    if (text.empty() || !seen.insert(text).second)
      continue;
    if (text.consume_front("undefined symbol: ") || text.consume_front("undefined hidden symbol: ")) {
      Reference reference = readReference(ArrayRef(lines).drop_front(i + 1));
      bool function = text.contains('(');
      std::string message = (Twine(function ? "function '" : "'") + text + "' is used by device code").str();
      if (!reference.user.empty())
        message += " (in '" + reference.user + "')";
      message += " but has no device definition: define it in this file";
      message += function ? " as a __mlu_func__ function" : ", for the device";
      result.push_back({Diagnostic::Error, reference.location, message});
    } else {
      result.push_back({Diagnostic::Error, "", "linking the device image failed: " + text.str()});
    }
  }
  if (result.empty())
    result.push_back({Diagnostic::Error, "", "the linker failed without a message"});
  return result;
}

} // namespace dlp

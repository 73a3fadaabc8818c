// BuiltinRows.cpp: from instructions and source lines to rows.
#include "simulator/check/BuiltinRows.h"

#include <algorithm>
#include <cctype>
#include <map>
#include <unordered_map>

namespace dlp::check {

std::vector<std::string_view> calledNames(std::string_view text) {
  std::vector<std::string_view> names;
  auto isWord = [&](size_t i) { return i < text.size() && (std::isalnum((unsigned char)text[i]) || text[i] == '_'); };
  for (size_t at = 0; at + 1 < text.size(); ++at) {
    if (text[at] != '_' || text[at + 1] != '_' || (at && isWord(at - 1)))
      continue;
    size_t end = at;
    while (isWord(end))
      ++end;
    if (end < text.size() && text[end] == '(')
      names.push_back(text.substr(at, end - at));
    at = end;
  }
  return names;
}

namespace {

using Ops = std::vector<const bang::OpInfo *>;

const Ops &opsOfInstruction(std::string_view mnemonic) {
  static const auto index = [] {
    std::unordered_map<std::string_view, Ops> map;
    for (const bang::OpInfo &op : bang::allOps())
      if (*op.insn)
        map[op.insn].push_back(&op);
    return map;
  }();
  static const Ops none;
  auto it = index.find(mnemonic);
  return it == index.end() ? none : it->second;
}

const Ops &opsOfName(std::string_view name) {
  static const auto index = [] {
    std::unordered_map<std::string_view, Ops> map;
    for (const bang::LabelInfo &label : bang::allLabels()) {
      const bang::OpInfo *op = &bang::allOps()[label.op];
      Ops &ops = map[label.cname];
      if (std::find(ops.begin(), ops.end(), op) == ops.end())
        ops.push_back(op);
    }
    return map;
  }();
  static const Ops none;
  auto it = index.find(name);
  return it == index.end() ? none : it->second;
}

} // namespace

std::vector<BuiltinRow> rowsOf(const InsnInfo &info, std::string_view sourceLine) {
  std::vector<BuiltinRow> rows;
  const std::vector<std::string_view> names = calledNames(sourceLine);
  for (bool sequences : {false, true}) { // one instruction, or several
    for (std::string_view name : names)
      for (const bang::OpInfo *op : opsOfName(name))
        if (sequences ? !*op->insn : std::string_view(op->insn) == info.mnemonic)
          rows.push_back({op, std::string(name)});
    if (!rows.empty())
      return rows;
  }
  for (const bang::OpInfo *op : opsOfInstruction(info.mnemonic))
    rows.push_back({op, op->cname});
  return rows;
}

int operandOf(const InsnInfo &info, std::string_view name) {
  for (size_t i = 0; i < info.operands.size(); ++i)
    if (name == info.operands[i].name)
      return int(i);
  return -1;
}

std::vector<BuiltinRow> bestRowsOf(const InsnInfo &info, std::string_view sourceLine) {
  auto shared = [&](const BuiltinRow &row) {
    return std::count_if(row.op->params.begin(), row.op->params.end(),
                         [&](const bang::ParamInfo &param) { return operandOf(info, param.name) >= 0; });
  };
  std::vector<BuiltinRow> rows = rowsOf(info, sourceLine);
  std::ptrdiff_t most = 0;
  for (const BuiltinRow &row : rows)
    most = std::max(most, shared(row));
  std::erase_if(rows, [&](const BuiltinRow &row) { return shared(row) < most; });
  return rows;
}

} // namespace dlp::check

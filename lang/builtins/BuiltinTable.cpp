// BuiltinTable.cpp: access to the generated builtin table.
#include "lang/builtins/BuiltinTable.h"

#include <unordered_map>

namespace bang {
namespace {
#include "lang/builtins/BuiltinTable.inc"
} // namespace

std::span<const OpInfo> allOps() { return kOps; }
std::span<const LabelInfo> allLabels() { return kLabels; }

const OpInfo *findOp(std::string_view mnemonic) {
  static const auto index = [] {
    std::unordered_map<std::string_view, const OpInfo *> map;
    for (const OpInfo &op : kOps)
      map.emplace(op.mnemonic, &op);
    return map;
  }();
  auto it = index.find(mnemonic);
  return it == index.end() ? nullptr : it->second;
}

const LabelInfo *findLabel(std::string_view label) {
  static const auto index = [] {
    std::unordered_map<std::string_view, const LabelInfo *> map;
    for (const LabelInfo &info : kLabels)
      map.emplace(info.label, &info);
    return map;
  }();
  auto it = index.find(label);
  return it == index.end() ? nullptr : it->second;
}

} // namespace bang

// OnChip.cpp: what distinguishes on-chip objects and device variables from ordinary globals.
#include "codegen/emit/OnChip.h"

#include "llvm/ADT/StringSwitch.h"
#include "llvm/Demangle/Demangle.h"
#include "llvm/IR/DebugInfoMetadata.h"
#include "llvm/IR/GlobalVariable.h"
#include "llvm/IR/Module.h"

using namespace llvm;

namespace dlp {

std::optional<Space> onChipSpace(const GlobalVariable &global) {
  return StringSwitch<std::optional<Space>>(global.getSection())
      .Case(".nram", Space::Nram)
      .Case(".wram", Space::Wram)
      .Case(".sram", Space::Sram)
      .Case(".ldram", Space::Ldram)
      .Default(std::nullopt);
}

// LLVM knows every access to an internal global whose address does not escape. Memory that other cores share is never
// that private: a barrier must be seen as changing it.
static void makeVisible(GlobalVariable &global) {
  if (!global.hasLocalLinkage())
    return;
  if (!global.hasName())
    global.setName("__dlp_shared");
  global.setLinkage(GlobalValue::ExternalLinkage);
  global.setVisibility(GlobalValue::HiddenVisibility);
}

void hideInitialContents(Module &module) {
  for (GlobalVariable &global : module.globals()) {
    if (global.isDeclaration() || global.getName().starts_with("llvm."))
      continue;
    if (auto space = onChipSpace(global)) {
      global.setExternallyInitialized(true);
      global.setConstant(false);
      global.setComdat(nullptr); // one image is one module: nothing to fold
      if (*space == Space::Sram)
        makeVisible(global);
      else
        global.setLinkage(GlobalValue::InternalLinkage);
    } else if (!global.isConstant() && !global.isThreadLocal()) {
      global.setExternallyInitialized(true);
      makeVisible(global);
    }
  }
}

std::string userName(const GlobalVariable &global) {
  SmallVector<DIGlobalVariableExpression *, 1> infos;
  global.getDebugInfo(infos);
  if (!infos.empty() && !infos.front()->getVariable()->getName().empty())
    return infos.front()->getVariable()->getName().str();
  std::string name = demangle(global.getName());
  // The part behind the last "::" that is not inside an argument list.
  unsigned depth = 0;
  size_t start = 0;
  for (size_t i = 0; i < name.size(); ++i) {
    depth += name[i] == '(' || name[i] == '<';
    depth -= depth && (name[i] == ')' || name[i] == '>');
    if (!depth && StringRef(name).substr(i).starts_with("::"))
      start = i + 2;
  }
  return name.substr(start);
}

} // namespace dlp

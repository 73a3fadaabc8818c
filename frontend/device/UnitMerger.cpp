// UnitMerger.cpp: the device link of one arch, at the level of bitcode. On-chip objects are laid out for whole kernels
// and device functions are inlined, so both happen after the link, on the road every module takes.
#include "codegen/object/FatBinary.h"
#include "frontend/device/Units.h"

#include "llvm/Bitcode/BitcodeReader.h"
#include "llvm/Demangle/Demangle.h"
#include "llvm/IR/DebugInfoMetadata.h"
#include "llvm/IR/DiagnosticInfo.h"
#include "llvm/IR/DiagnosticPrinter.h"
#include "llvm/IR/InstrTypes.h"
#include "llvm/IR/Instruction.h"
#include "llvm/IR/LLVMContext.h"
#include "llvm/IR/Module.h"
#include "llvm/Linker/Linker.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/MemoryBuffer.h"
#include "llvm/Support/Path.h"

using namespace llvm;

namespace bang {

struct UnitMerger::Loaded {
  const Unit *unit;
  std::unique_ptr<Module> module;
};

UnitMerger::UnitMerger(std::vector<const Unit *> units, LLVMContext &context, Messages &messages)
    : units(std::move(units)), context(context), messages(messages) {
  llvm::stable_sort(this->units, [](const Unit *a, const Unit *b) { return a->isLinked > b->isLinked; });
}
UnitMerger::~UnitMerger() = default;

bool UnitMerger::load() {
  for (const Unit *unit : units) {
    // Functions are read when the unit is merged.
    auto module = getLazyBitcodeModule(MemoryBufferRef(unit->bitcode, unit->file), context);
    if (!module) {
      messages.error("the device code in '" + unit->file + "' cannot be read (" + toString(module.takeError()) +
                     "); compile its source file again");
      return false;
    }
    loaded.push_back(std::make_unique<Loaded>(Loaded{unit, std::move(*module)}));
    for (const GlobalValue &value : loaded.back()->module->global_values())
      if (isOffered(value))
        definitions[value.getName().str()].push_back(loaded.back().get());
  }
  return true;
}

UnitMerger::Loaded *UnitMerger::find(StringRef id) const {
  for (const std::unique_ptr<Loaded> &candidate : loaded)
    if (candidate->unit->id == id)
      return candidate.get();
  return nullptr;
}

const UnitMerger::Loaded *UnitMerger::definitionOf(StringRef symbol) const {
  auto it = definitions.find(symbol);
  return it == definitions.end() ? nullptr : it->second.front();
}

// A function that has not been read yet is no declaration, but its uses are not known either; so what is needed is
// asked without them, and an unused declaration costs at most a unit more.
static bool mayBeNeeded(const GlobalValue &value) {
  return value.isDeclaration() && isUsable(value) && isForeign(value);
}

void UnitMerger::close(std::vector<std::string> &chosen) const {
  for (const std::unique_ptr<Loaded> &root : loaded)
    if (root->unit->isOpen && root->unit->isLinked && !is_contained(chosen, root->unit->id))
      chosen.push_back(root->unit->id);
  for (size_t i = 0; i < chosen.size(); ++i) { // grows while it runs
    const Loaded *user = find(chosen[i]);
    if (!user)
      continue;
    for (const GlobalValue &value : user->module->global_values())
      if (mayBeNeeded(value))
        if (const Loaded *definer = definitionOf(value.getName()); definer && !is_contained(chosen, definer->unit->id))
          chosen.push_back(definer->unit->id);
  }
}

// As the user wrote it where that still names the file.
static std::string pathOf(StringRef file, StringRef folder) {
  SmallString<128> path(file);
  if (!sys::path::is_absolute(path) && !sys::fs::exists(path) && !folder.empty()) {
    path = folder;
    sys::path::append(path, file);
  }
  return path.str().str();
}

static std::string placeOfDefinition(const GlobalValue &value) {
  if (const auto *function = dyn_cast<Function>(&value)) {
    const DISubprogram *subprogram = function->getSubprogram();
    return subprogram ? pathOf(subprogram->getFilename(), subprogram->getDirectory()) + ":" +
                            std::to_string(subprogram->getLine()) + ":1"
                      : "";
  }
  SmallVector<DIGlobalVariableExpression *, 1> infos;
  if (const auto *variable = dyn_cast<GlobalVariable>(&value))
    variable->getDebugInfo(infos);
  if (infos.empty())
    return "";
  const DIGlobalVariable *info = infos.front()->getVariable();
  return pathOf(info->getFilename(), info->getDirectory()) + ":" + std::to_string(info->getLine()) + ":1";
}

// The first line that uses the value, also through constant expressions.
static std::string placeOfUse(const Value &value) {
  for (const User *user : value.users()) {
    if (const auto *instruction = dyn_cast<Instruction>(user)) {
      const DILocation *location = instruction->getDebugLoc();
      if (location && location->getLine())
        return pathOf(location->getFilename(), location->getDirectory()) + ":" + std::to_string(location->getLine()) +
               ":" + std::to_string(std::max(1u, location->getColumn()));
    } else if (std::string place = placeOfUse(*user); !place.empty()) {
      return place;
    }
  }
  return "";
}

// "device function 'scale(float*, int)'", "variable 'table'"
static std::string nameOf(const GlobalValue &value) {
  const auto *function = dyn_cast<Function>(&value);
  const char *kind = !function ? "variable" : function->hasFnAttribute("bang-kernel") ? "kernel" : "device function";
  return std::string(kind) + " '" + demangle(value.getName()) + "'";
}

static std::string memoryOf(const GlobalValue &value) {
  StringRef section = value.hasSection() ? value.getSection() : "";
  return section == ".nram"    ? "__nram__"
         : section == ".wram"  ? "__wram__"
         : section == ".sram"  ? "__mlu_shared__"
         : section == ".ldram" ? "__ldram__"
                               : "__mlu_device__";
}

bool UnitMerger::check(const std::vector<std::string> &chosen) const {
  std::map<std::string, const GlobalValue *> seen;
  auto checkDefinition = [&](const GlobalValue &value) {
    if (value.isWeakForLinker())
      return;
    auto [it, fresh] = seen.try_emplace(value.getName().str(), &value);
    if (fresh || it->second == &value)
      return;
    for (const GlobalValue *definition : {&value, it->second})
      consumeError(const_cast<GlobalValue *>(definition)->materialize()); // brings the lines
    messages.report({dlp::Diagnostic::Error, placeOfDefinition(value),
                     nameOf(value) + " is defined in two files of this program; keep one, or make them static"});
    messages.report({dlp::Diagnostic::Note, placeOfDefinition(*it->second), "the other definition is here"});
  };
  auto checkUse = [&](const GlobalValue &value) {
    auto it = definitions.find(value.getName());
    if (it == definitions.end()) {
      messages.report({dlp::Diagnostic::Error, placeOfUse(value),
                       nameOf(value) + " is used here, but no file of this program defines it for " +
                           dlp::archName(units.front()->arch) + "; link the object that does, or define it" +
                           (isa<Function>(value) ? " as a __mlu_func__ function" : "")});
      return;
    }
    for (const Loaded *definer : it->second) {
      const GlobalValue &definition = *definer->module->getNamedValue(value.getName());
      if (definer->unit->isLinked)
        checkDefinition(definition);
      if (isa<GlobalVariable>(value) && memoryOf(value) != memoryOf(definition)) {
        messages.report({dlp::Diagnostic::Error, placeOfUse(value),
                         nameOf(value) + " is declared " + memoryOf(value) + " here, but it is defined " +
                             memoryOf(definition) + "; an object lies in one memory"});
        messages.report({dlp::Diagnostic::Note, placeOfDefinition(definition), "the definition is here"});
      }
    }
  };
  for (const std::string &id : chosen)
    if (const Loaded *part = find(id)) {
      if (Error error = part->module->materializeAll()) {
        messages.error("the device code in '" + part->unit->file + "' cannot be read (" + toString(std::move(error)) +
                       "); compile its source file again");
        return false;
      }
    }
  for (const std::string &id : chosen)
    if (const Loaded *part = find(id))
      for (const GlobalValue &value : part->module->global_values()) {
        if (isOffered(value))
          checkDefinition(value);
        if (isNeeded(value))
          checkUse(value);
      }
  return !messages.hasErrors();
}

namespace {
// What llvm::Linker complains about, in place of printing it.
struct LinkComplaint : DiagnosticHandler {
  explicit LinkComplaint(Messages &messages) : messages(messages) {}
  bool handleDiagnostics(const DiagnosticInfo &info) override {
    if (info.getSeverity() != DS_Error)
      return true;
    std::string text;
    raw_string_ostream os(text);
    DiagnosticPrinterRawOStream printer(os);
    info.print(printer);
    messages.error("linking device code failed: " + text);
    return true;
  }
  Messages &messages;
};
} // namespace

DeviceModule UnitMerger::merge(const std::vector<std::string> &chosen, ImageOptions &options) {
  context.setDiagnosticHandler(std::make_unique<LinkComplaint>(messages));
  DeviceModule result;
  options.debugInfo = options.emit.stackOnLdram = options.emit.tagAddresses = false;
  options.emit.optLevel = 0;
  for (const std::string &id : chosen) {
    Loaded *part = find(id);
    if (!part)
      continue;
    options.debugInfo |= part->unit->debugInfo;
    options.emit.stackOnLdram |= part->unit->stackOnLdram;
    options.emit.tagAddresses |= part->unit->tagAddresses;
    options.emit.optLevel = std::max(options.emit.optLevel, part->unit->optLevel);
    if (!result.module) {
      result.module = std::move(part->module);
      continue;
    }
    if (Linker::linkModules(*result.module, std::move(part->module))) {
      result.module.reset();
      return result;
    }
  }
  if (!result.module)
    return result;
  // A kernel template that two files instantiate is one kernel.
  std::map<std::string, bool> known;
  for (dlp::KernelInfo &kernel : takeKernels(*result.module))
    if (known.try_emplace(kernel.mangledName, true).second)
      result.kernels.push_back(std::move(kernel));
  for (Function &function : *result.module)
    if (!function.isDeclaration())
      function.removeFnAttr("bang-extern");
  result.hasVariables = true;
  return result;
}

} // namespace bang

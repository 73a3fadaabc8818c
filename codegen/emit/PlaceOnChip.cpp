// PlaceOnChip.cpp: addresses for on-chip objects, per kernel, with the budget in the user's words.
#include "codegen/emit/ImageRecords.h"
#include "codegen/emit/Layout.h"
#include "codegen/emit/LowerNamedCalls.h"
#include "codegen/emit/ObjectRecords.h"
#include "codegen/emit/OnChip.h"
#include "codegen/emit/Placement.h"
#include "codegen/emit/Reach.h"
#include "codegen/emit/Tags.h"

#include "llvm/ADT/MapVector.h"
#include "llvm/IR/Constants.h"
#include "llvm/IR/DebugInfo.h"
#include "llvm/IR/DebugInfoMetadata.h"
#include "llvm/IR/IRBuilder.h"
#include "llvm/IR/InlineAsm.h"
#include "llvm/IR/Module.h"

using namespace llvm;

namespace dlp {
namespace {

struct Object {
  GlobalVariable *global;
  Space space;
  PlacedObject placed;             // its size is the range of addresses
  uint64_t bytes = 0;              // what it holds: in WRAM each address stands for one byte of every table
  Constant *initialiser = nullptr; // ROM copy; null when the object starts undefined
};

std::string inKB(uint64_t bytes) {
  if (bytes % kKiB && bytes < kKiB)
    return std::to_string(bytes) + " bytes";
  return std::to_string((bytes + kKiB - 1) / kKiB) + " KB";
}

class Placer {
public:
  Placer(Module &module, ArrayRef<KernelInfo> kernels, const EmitOptions &options, DiagnosticHandler report)
      : module(module), kernels(kernels), options(options), report(report) {}

  bool run(std::string &layout) {
    if (!findEntries() || !checkModule())
      return false;
    dropUnreached(module, SmallVector<GlobalValue *>(entries.begin(), entries.end()));
    collectObjects();
    place();
    if (!checkBudgets())
      return false;
    if (options.reportMemory)
      remarkBudgets();
    separateInitialisers();
    tagForDebuggers();
    layout = assignSections();
    endWrappers();
    addRecords();
    return true;
  }

private:
  void error(StringRef location, const Twine &message) { report({Diagnostic::Error, location.str(), message.str()}); }

  bool findEntries() {
    for (const KernelInfo &kernel : kernels) {
      Function *entry = module.getFunction(kernel.entryName);
      if (!entry || entry->isDeclaration()) {
        error(kernel.location, "kernel '" + kernel.displayName + "' has no body in the device module");
        return false;
      }
      entries.push_back(entry);
    }
    return true;
  }

  static std::string declaredAt(const GlobalVariable &global) {
    SmallVector<DIGlobalVariableExpression *, 1> infos;
    global.getDebugInfo(infos);
    if (infos.empty())
      return "";
    DIGlobalVariable *variable = infos.front()->getVariable();
    return (variable->getFilename() + ":" + Twine(variable->getLine()) + ":1").str();
  }

  // What a core cannot give a program at all.
  bool checkModule() {
    bool good = true;
    for (GlobalVariable &global : module.globals()) {
      if (global.isThreadLocal()) {
        error(declaredAt(global),
              "'" + userName(global) + "' is thread-local, but a core has no threads: make it a local variable");
        good = false;
      }
      if (global.getName() == "llvm.global_ctors" && !cast<Constant>(global.getInitializer())->isNullValue()) {
        error("", "a device variable needs code to initialise it, but nothing runs before a kernel starts: give it a "
                  "constant initialiser");
        good = false;
      }
    }
    for (GlobalVariable &global : module.globals())
      if (onChipSpace(global) == Space::Wram && global.hasInitializer() && startsDefined(*global.getInitializer())) {
        error(declaredAt(global), "'" + userName(global) +
                                      "' is in WRAM and has an initialiser, but only copies reach "
                                      "WRAM: keep the values in __mlu_const__ and copy them with __memcpy");
        good = false;
      }
    return good;
  }

  static bool startsDefined(const Constant &initialiser) { return !isa<UndefValue>(initialiser); }

  void collectObjects() {
    std::vector<ReachedSet> reached;
    for (Function *entry : entries)
      reached.push_back(reachedFrom({entry}));
    const DataLayout &dataLayout = module.getDataLayout();
    for (GlobalVariable &global : module.globals()) {
      auto space = onChipSpace(global);
      if (!space || global.isDeclaration())
        continue;
      Object object{&global, *space, {}};
      object.placed.name = global.getName().str();
      object.bytes = std::max<uint64_t>(1, dataLayout.getTypeAllocSize(global.getValueType()));
      object.placed.size = divideCeil(object.bytes, bytesPerAddress(*space));
      object.placed.align = std::max<uint64_t>(64, dataLayout.getPreferredAlign(&global).value());
      for (const ReachedSet &set : reached)
        object.placed.kernels.push_back(set.contains(&global));
      objects.push_back(std::move(object));
    }
  }

  std::vector<PlacedObject *> objectsIn(Space space) {
    std::vector<PlacedObject *> result;
    for (Object &object : objects)
      if (object.space == space)
        result.push_back(&object.placed);
    return result;
  }

  void place() {
    for (const OnChipWindow &window : onChipWindows())
      placeObjects(objectsIn(window.space), window.space == Space::Ldram ? kLdramRuntimeBytes : 0);
  }

  static uint64_t bytesPerAddress(Space space) { return space == Space::Wram ? kWramTables : 1; }

  uint64_t used(Space space, unsigned kernel) { return bytesUsed(objectsIn(space), kernel) * bytesPerAddress(space); }

  uint64_t capacity(Space space) const {
    switch (space) {
    case Space::Nram:
      return options.arch->nramKB * kKiB;
    case Space::Wram:
      return options.arch->wramKB * kKiB;
    case Space::Sram:
      return options.arch->sramKB * kKiB;
    default:
      return kViewBase - kLdramBase;
    }
  }

  uint64_t usable(Space space) const {
    bool stack = space == Space::Nram && !options.stackOnLdram;
    return capacity(space) - (stack ? kMinStackBytes : 0);
  }

  // "a (400 KB), b (391 KB)"
  std::string largest(Space space, unsigned kernel) {
    std::vector<const Object *> mine;
    for (const Object &object : objects)
      if (object.space == space && object.placed.kernels[kernel])
        mine.push_back(&object);
    std::sort(mine.begin(), mine.end(), [](const Object *a, const Object *b) {
      return a->bytes != b->bytes ? a->bytes > b->bytes : a->placed.name < b->placed.name;
    });
    std::string text;
    for (size_t i = 0; i < mine.size() && i < 4; ++i)
      text += (i ? ", " : "") + userName(*mine[i]->global) + " (" + inKB(mine[i]->bytes) + ")";
    return text;
  }

  bool checkBudgets() {
    bool good = true;
    for (unsigned k = 0; k < kernels.size(); ++k)
      for (const OnChipWindow &window : onChipWindows())
        good &= checkBudget(k, window);
    return good;
  }

  bool checkBudget(unsigned k, const OnChipWindow &window) {
    uint64_t need = used(window.space, k);
    if (need <= usable(window.space))
      return true;
    std::string text = "kernel '" + kernels[k].displayName + "' needs " + inKB(need) + " of " + window.userName +
                       ", but " + options.arch->name + " has ";
    if (!capacity(window.space))
      text += "none: keep the data in NRAM, or compile for an arch with SRAM; largest are ";
    else if (usable(window.space) < capacity(window.space))
      text += inKB(capacity(window.space)) + " (" + inKB(usable(window.space)) + " usable: at least " +
              inKB(kMinStackBytes) + " is the stack): largest are ";
    else
      text += inKB(capacity(window.space)) + ": largest are ";
    error(kernels[k].location, text + largest(window.space, k));
    return false;
  }

  void remarkBudgets() {
    for (unsigned k = 0; k < kernels.size(); ++k) {
      std::string text = "kernel '" + kernels[k].displayName + "' uses";
      for (const OnChipWindow &window : onChipWindows()) {
        uint64_t need = used(window.space, k);
        if (window.space == Space::Ldram && !need)
          continue;
        text += std::string(window.space == Space::Nram ? " " : ", ") + inKB(need);
        if (window.space != Space::Ldram)
          text += " of " + inKB(capacity(window.space));
        text += std::string(" ") + window.userName;
        if (need)
          text += " [" + largest(window.space, k) + "]";
      }
      text += options.stackOnLdram
                  ? "; the stack is in LDRAM"
                  : "; " + inKB(capacity(Space::Nram) - used(Space::Nram, k)) + " NRAM left for the stack";
      report({Diagnostic::Remark, kernels[k].location, text});
    }
  }

  static uint64_t addressOf(const Object &object) { return windowOf(object.space).base + object.placed.offset; }

  // On-chip memory has no load image: the initial bytes go to ROM and are copied before each task.
  void separateInitialisers() {
    for (Object &object : objects) {
      Constant *initialiser = object.global->getInitializer();
      if (startsDefined(*initialiser)) {
        auto *copy =
            new GlobalVariable(module, initialiser->getType(), /*isConstant=*/true, GlobalValue::InternalLinkage,
                               initialiser, "__dlp_init." + object.global->getName());
        copy->setAlignment(Align(16));
        object.initialiser = copy;
      }
      object.global->setInitializer(Constant::getNullValue(object.global->getValueType()));
    }
  }

  void tagForDebuggers() {
    for (Object &object : objects) {
      describeTag(*object.global);
      if (options.tagAddresses)
        addTag(*object.global);
    }
  }

  std::string assignSections() {
    std::vector<std::string> names;
    for (auto [i, object] : enumerate(objects)) {
      names.push_back(placedSectionName(object.space, addressOf(object), i));
      object.global->setSection(names.back());
      object.global->setAlignment(Align(object.placed.align));
    }
    return layoutOf(SmallVector<StringRef>(names.begin(), names.end()));
  }

  // A core has nothing to return to.
  void endWrappers() {
    addPreludeMacro(module, "exit");
    auto *type = FunctionType::get(Type::getVoidTy(module.getContext()), false);
    InlineAsm *exit = InlineAsm::get(type, "exit", "~{memory}", /*hasSideEffects=*/true);
    for (Function *entry : entries) {
      // No step of a debugger ends in a wrapper. Optimised kernels are inlined into theirs, so those keep their lines.
      if (!options.optLevel)
        stripDebugInfo(*entry);
      for (BasicBlock &block : *entry)
        if (auto *ret = dyn_cast<ReturnInst>(block.getTerminator())) {
          IRBuilder<> builder(ret);
          builder.CreateCall(type, exit);
          builder.CreateUnreachable();
          ret->eraseFromParent();
        }
    }
  }

  void addRecords() {
    std::vector<KernelImage> images;
    for (unsigned k = 0; k < kernels.size(); ++k) {
      KernelImage image{
          &kernels[k],           entries[k], used(Space::Nram, k), used(Space::Wram, k), used(Space::Sram, k),
          used(Space::Ldram, k), {}};
      image.ldramBytes = std::max(image.ldramBytes, kLdramRuntimeBytes);
      for (const Object &object : objects)
        if (object.initialiser && object.placed.kernels[k])
          image.inits.push_back({addressOf(object), object.initialiser,
                                 module.getDataLayout().getTypeAllocSize(object.global->getValueType())});
      images.push_back(std::move(image));
    }
    addImageRecords(module, images, options);
    std::vector<PlacedVariable> variables;
    for (unsigned k = 0; k < kernels.size(); ++k)
      for (const Object &object : objects)
        if (object.placed.kernels[k])
          variables.push_back({k, object.global, addressOf(object), object.bytes, object.placed.size});
    addObjectRecords(module, variables);
  }

  Module &module;
  ArrayRef<KernelInfo> kernels;
  const EmitOptions &options;
  DiagnosticHandler report;
  SmallVector<Function *> entries;
  std::vector<Object> objects;
};

} // namespace

bool placeOnChipObjects(Module &module, ArrayRef<KernelInfo> kernels, const EmitOptions &options, std::string &layout,
                        DiagnosticHandler report) {
  return Placer(module, kernels, options, report).run(layout);
}

} // namespace dlp

// Translate.cpp: LLVM IR to MLIR and back, with what MLIR would lose on the way.
//
// MLIR knows neither all module flags nor the data layout string, and no marks of arguments that lie in memory. They
// travel as attributes of ours and are gone again in the exported module. Its importer overlooks
// externally_initialized.
#include "mlir-dialects/Pipeline.h"

#include "mlir-dialects/Bang/IR/BangDialect.h"

#include "mlir/Dialect/LLVMIR/LLVMDialect.h"
#include "mlir/IR/Builders.h"
#include "mlir/Target/LLVMIR/Export.h"
#include "mlir/Target/LLVMIR/Import.h"

#include "llvm/IR/Constants.h"
#include "llvm/IR/DebugInfo.h"
#include "llvm/IR/InstrTypes.h"
#include "llvm/IR/Metadata.h"
#include "llvm/IR/Module.h"

using namespace mlir;

namespace bang {

// Values of module flags: numbers, strings, and lists of these (riscv-isa, SDK Version).
static Attribute flagToAttribute(Builder &builder, const llvm::Metadata *value) {
  if (auto *text = dyn_cast<llvm::MDString>(value))
    return builder.getStringAttr(text->getString());
  if (auto *node = dyn_cast<llvm::MDNode>(value)) {
    SmallVector<Attribute> elements;
    for (const llvm::MDOperand &operand : node->operands())
      elements.push_back(flagToAttribute(builder, operand.get()));
    return builder.getArrayAttr(elements);
  }
  auto *constant = cast<llvm::ConstantAsMetadata>(value)->getValue();
  if (auto *number = dyn_cast<llvm::ConstantInt>(constant))
    return builder.getIntegerAttr(builder.getIntegerType(number->getBitWidth()), number->getValue());
  auto *array = dyn_cast<llvm::ConstantDataArray>(constant);
  if (!array || !array->getElementType()->isIntegerTy(32))
    return {};
  SmallVector<int32_t> numbers;
  for (unsigned i = 0; i < array->getNumElements(); ++i)
    numbers.push_back(array->getElementAsInteger(i));
  return builder.getDenseI32ArrayAttr(numbers);
}

static llvm::Metadata *attributeToFlag(llvm::LLVMContext &context, Attribute value) {
  if (auto text = dyn_cast<StringAttr>(value))
    return llvm::MDString::get(context, text.getValue());
  if (auto list = dyn_cast<ArrayAttr>(value)) {
    SmallVector<llvm::Metadata *> elements;
    for (Attribute element : list)
      elements.push_back(attributeToFlag(context, element));
    return llvm::MDTuple::get(context, elements);
  }
  if (auto numbers = dyn_cast<DenseI32ArrayAttr>(value)) {
    SmallVector<uint32_t> elements(numbers.asArrayRef());
    return llvm::ConstantAsMetadata::get(llvm::ConstantDataArray::get(context, elements));
  }
  return llvm::ConstantAsMetadata::get(llvm::ConstantInt::get(context, cast<IntegerAttr>(value).getValue()));
}

// Each flag is [behavior, name, value].
static ArrayAttr takeModuleFlags(Builder &builder, llvm::Module &module) {
  SmallVector<llvm::Module::ModuleFlagEntry> entries;
  module.getModuleFlagsMetadata(entries);
  SmallVector<Attribute> flags;
  for (const llvm::Module::ModuleFlagEntry &entry : entries)
    if (Attribute value = flagToAttribute(builder, entry.Val))
      flags.push_back(builder.getArrayAttr(
          {builder.getI32IntegerAttr(entry.Behavior), builder.getStringAttr(entry.Key->getString()), value}));
  if (llvm::NamedMDNode *node = module.getModuleFlagsMetadata())
    node->eraseFromParent();
  return builder.getArrayAttr(flags);
}

static void restoreModuleFlags(ArrayAttr flags, llvm::Module &module) {
  if (llvm::NamedMDNode *node = module.getModuleFlagsMetadata())
    node->eraseFromParent();
  for (auto flag : flags.getAsRange<ArrayAttr>()) {
    auto behavior = llvm::Module::ModFlagBehavior(cast<IntegerAttr>(flag[0]).getInt());
    StringRef name = cast<StringAttr>(flag[1]).getValue();
    module.addModuleFlag(behavior, name, attributeToFlag(module.getContext(), flag[2]));
  }
}

static bool isEntry(const llvm::Function *function) {
  return function->getName().starts_with("__bang_entry.") || function->getName().starts_with("__dlp_entry.");
}

// Marked by the front end, or called by an entry wrapper.
static bool isKernel(const llvm::Function &function) {
  if (function.hasFnAttribute("bang-kernel"))
    return true;
  return llvm::any_of(function.users(), [&](const llvm::User *user) {
    auto *call = dyn_cast<llvm::CallBase>(user);
    return call && call->getCalledFunction() == &function && isEntry(call->getFunction());
  });
}

namespace {

// What is known of a function before the import only.
struct FunctionMarks {
  std::string name;
  bool kernel;
  SmallVector<unsigned> indirect; // parameters that are addresses of arguments in memory
};

} // namespace

static std::vector<FunctionMarks> collectMarks(const llvm::Module &module) {
  std::vector<FunctionMarks> marks;
  for (const llvm::Function &function : module) {
    if (function.isDeclaration())
      continue; // wrappers call instructions and LLVM's intrinsics, too
    FunctionMarks mark{function.getName().str(), isKernel(function), {}};
    for (const llvm::Argument &arg : function.args())
      if (arg.hasByValAttr() || arg.hasAttribute(llvm::Attribute::DeadOnReturn))
        mark.indirect.push_back(arg.getArgNo());
    if (mark.kernel || !mark.indirect.empty())
      marks.push_back(std::move(mark));
  }
  return marks;
}

// MLIR's debug information has no static data members; without their flag LLVM would refuse them as variables that are
// part of a type (std::numeric_limits is full of them). A debugger still shows the other members.
static void dropStaticMembers(llvm::Module &module) {
  llvm::DebugInfoFinder finder;
  finder.processModule(module);
  for (llvm::DIType *type : finder.types()) {
    auto *composite = dyn_cast<llvm::DICompositeType>(type);
    if (!composite)
      continue;
    SmallVector<llvm::Metadata *> kept;
    for (llvm::DINode *element : composite->getElements()) {
      auto *member = dyn_cast_or_null<llvm::DIDerivedType>(element);
      if (!member || !member->isStaticMember())
        kept.push_back(element);
    }
    if (kept.size() == composite->getElements().size())
      continue;
    // LLVM's own setter of the elements only lets the list grow.
    llvm::Metadata *elements = composite->getRawElements();
    for (unsigned i = 0; i < composite->getNumOperands(); ++i)
      if (composite->getOperand(i) == elements)
        composite->replaceOperandWith(i, llvm::MDTuple::get(module.getContext(), kept));
  }
}

OwningOpRef<ModuleOp> importModule(std::unique_ptr<llvm::Module> module, MLIRContext &context,
                                   const PipelineOptions &options) {
  // Messages go to kernel authors, who do not want to see our operations.
  context.printOpOnDiagnostic(false);
  Builder builder(&context);
  ArrayAttr flags = takeModuleFlags(builder, *module);
  StringAttr layout = builder.getStringAttr(module->getDataLayoutStr());
  std::vector<FunctionMarks> marks = collectMarks(*module);
  dropStaticMembers(*module);
  std::vector<std::string> initializedElsewhere;
  for (const llvm::GlobalVariable &global : module->globals())
    if (global.isExternallyInitialized())
      initializedElsewhere.push_back(global.getName().str());

  OwningOpRef<ModuleOp> imported =
      translateLLVMIRToModule(std::move(module), &context, /*emitExpensiveWarnings=*/false);
  if (!imported)
    return imported;
  Operation *op = imported.get();
  op->setAttr(kFlagsAttr, flags);
  op->setAttr(kLayoutAttr, layout);
  if (options.arch)
    op->setAttr(kArchAttr, builder.getStringAttr(options.arch->name));
  for (const std::string &name : initializedElsewhere)
    imported->lookupSymbol<LLVM::GlobalOp>(name).setExternallyInitialized(true);
  for (const FunctionMarks &mark : marks) {
    auto function = imported->lookupSymbol<LLVM::LLVMFuncOp>(mark.name);
    if (mark.kernel)
      function->setAttr(kKernelAttr, builder.getUnitAttr());
    for (unsigned arg : mark.indirect)
      function.setArgAttr(arg, kIndirectAttr, builder.getUnitAttr());
  }
  return imported;
}

std::unique_ptr<llvm::Module> exportModule(ModuleOp module, llvm::LLVMContext &context) {
  // The exporter refuses attributes of dialects it does not know.
  OwningOpRef<ModuleOp> plain = module.clone();
  Operation *op = plain.get();
  auto flags = dyn_cast_or_null<ArrayAttr>(op->removeAttr(kFlagsAttr));
  auto layout = dyn_cast_or_null<StringAttr>(op->removeAttr(kLayoutAttr));
  op->removeAttr(kArchAttr);
  for (auto function : plain->getOps<LLVM::LLVMFuncOp>()) {
    function->removeAttr(kKernelAttr);
    for (unsigned i = 0; i < function.getNumArguments(); ++i)
      function.removeArgAttr(i, kIndirectAttr);
  }

  std::unique_ptr<llvm::Module> exported = translateModuleToLLVMIR(op, context, "device");
  if (!exported)
    return exported;
  if (layout)
    exported->setDataLayout(layout.getValue());
  if (flags)
    restoreModuleFlags(flags, *exported);
  return exported;
}

} // namespace bang

// MemorySpaces.cpp: the memory qualifiers as Clang attributes, and what becomes of them in an LLVM module.
#include "frontend/sema/MemorySpaces.h"

#include "clang/AST/Attr.h"
#include "clang/AST/Decl.h"
#include "clang/AST/DeclCXX.h"
#include "clang/Sema/ParsedAttr.h"
#include "clang/Sema/Sema.h"

#include "llvm/ADT/SmallPtrSet.h"
#include "llvm/IR/Constants.h"
#include "llvm/IR/Instructions.h"
#include "llvm/IR/Module.h"
#include "llvm/Transforms/Utils/ModuleUtils.h"

using namespace clang;

namespace bang {

namespace {

struct Space {
  const char *attribute;  // __attribute__((bang_nram))
  const char *qualifier;  // as the user writes it
  const char *annotation; // in the LLVM module
  const char *section;    // of the object; null: a constant, where the linker wants it
};

constexpr Space kSpaces[] = {
    {"bang_nram", "__nram__", "bang.nram", ".nram"},        {"bang_wram", "__wram__", "bang.wram", ".wram"},
    {"bang_sram", "__mlu_shared__", "bang.sram", ".sram"},  {"bang_ldram", "__ldram__", "bang.ldram", ".ldram"},
    {"bang_const", "__mlu_const__", "bang.const", nullptr},
};

const Space *spaceOfAnnotation(llvm::StringRef annotation) {
  for (const Space &space : kSpaces)
    if (annotation == space.annotation)
      return &space;
  return nullptr;
}

bool isHostFunction(const FunctionDecl &function) {
  if (function.hasAttr<CUDADeviceAttr>() || function.hasAttr<CUDAGlobalAttr>())
    return false;
  // A lambda without qualifiers belongs to the side of the function around it; Clang checks that.
  const auto *method = dyn_cast<CXXMethodDecl>(&function);
  return !(method && method->getParent()->isLambda());
}

class MemorySpaceAttr : public ParsedAttrInfo {
public:
  explicit MemorySpaceAttr(const Space &space) : space(space), spelling{{ParsedAttr::AS_GNU, space.attribute}} {
    Spellings = spelling;
  }

  bool diagAppertainsToDecl(Sema &sema, const ParsedAttr &attr, const Decl *decl) const override {
    if (isa<VarDecl, FieldDecl>(decl) && pointsOnly(cast<ValueDecl>(decl)))
      return true;
    if (isa<VarDecl>(decl) && !isa<ParmVarDecl>(decl))
      return true;
    unsigned id = sema.Diags.getCustomDiagID(
        DiagnosticsEngine::Error,
        "'%0' was found on %select{a function|a parameter|a member|this declaration}1, but it "
        "applies to variables; pass a pointer instead");
    unsigned what = isa<FunctionDecl>(decl) ? 0 : isa<ParmVarDecl>(decl) ? 1 : isa<FieldDecl>(decl) ? 2 : 3;
    sema.Diag(attr.getLoc(), id) << space.qualifier << what;
    return false;
  }

  AttrHandling handleDeclAttribute(Sema &sema, Decl *decl, const ParsedAttr &attr) const override {
    // On a pointer that lives in registers (a local, a parameter, a member) the qualifier says where it points to.
    // Addresses of all memories are plain 64-bit values, so nothing changes.
    if (pointsOnly(cast<ValueDecl>(decl)))
      return AttributeApplied;

    auto *variable = cast<VarDecl>(decl);
    ASTContext &context = sema.Context;
    if (const auto *function = dyn_cast<FunctionDecl>(variable->getDeclContext());
        function && isHostFunction(*function)) {
      unsigned id = sema.Diags.getCustomDiagID(
          DiagnosticsEngine::Error, "'%0' object %1 is declared in host function %2, but on-chip memory exists only in "
                                    "device code; move it into a kernel or a __mlu_func__ function");
      sema.Diag(variable->getLocation(), id) << space.qualifier << variable << function;
      return AttributeNotApplied;
    }
    for (const auto *other : variable->specific_attrs<AnnotateAttr>()) {
      const Space *first = spaceOfAnnotation(other->getAnnotation());
      if (!first || first == &space)
        continue;
      unsigned id = sema.Diags.getCustomDiagID(
          DiagnosticsEngine::Error, "%0 is declared '%1' and '%2', but an object lies in one memory; keep one");
      sema.Diag(variable->getLocation(), id) << variable << first->qualifier << space.qualifier;
      return AttributeNotApplied;
    }
    if (variable->isLocalVarDecl() && !variable->isStaticLocal() && !variable->hasExternalStorage())
      variable->setStorageClass(SC_Static);
    if (!space.section && !variable->getType()->isDependentType())
      variable->setType(variable->getType().withConst());
    variable->addAttr(AnnotateAttr::CreateImplicit(context, space.annotation, nullptr, 0, attr.getRange()));
    if (!variable->hasAttr<CUDADeviceAttr>())
      variable->addAttr(CUDADeviceAttr::CreateImplicit(context));
    return AttributeApplied;
  }

private:
  static bool pointsOnly(const ValueDecl *decl) {
    if (!decl->getType()->isPointerType())
      return false;
    const auto *variable = dyn_cast<VarDecl>(decl);
    return !variable || isa<ParmVarDecl>(variable) || (variable->isLocalVarDecl() && !variable->isStaticLocal());
  }

  const Space &space;
  Spelling spelling[1];
};

template <unsigned index> class IndexedSpaceAttr : public MemorySpaceAttr {
public:
  IndexedSpaceAttr() : MemorySpaceAttr(kSpaces[index]) {}
};

template <unsigned index> void registerSpace() {
  static ParsedAttrInfoRegistry::Add<IndexedSpaceAttr<index>> entry(kSpaces[index].attribute, "");
}

void placeIn(llvm::GlobalVariable &object, const Space &space) {
  if (!space.section) {
    object.setConstant(true);
    return;
  }
  object.setSection(space.section);
  // The memory is filled by other means than stores LLVM can see; without this, reads of a buffer that only a copy
  // fills would be folded to zero. A `const` table is writable storage all the same: it is loaded before a task.
  if (!object.isDeclaration())
    object.setExternallyInitialized(true);
  object.setConstant(false);
}

// Calls `visit` with each global that carries an annotation of ours and removes the annotations from the module.
void takeAnnotations(llvm::Module &module, llvm::function_ref<void(llvm::GlobalVariable &, const Space &)> visit) {
  llvm::GlobalVariable *list = module.getGlobalVariable("llvm.global.annotations");
  if (!list)
    return;
  llvm::SmallVector<llvm::Constant *> others;
  llvm::SmallVector<std::pair<llvm::GlobalVariable *, const Space *>> ours;
  auto *entries = llvm::cast<llvm::ConstantArray>(list->getInitializer());
  for (llvm::Use &use : entries->operands()) {
    auto *entry = llvm::cast<llvm::ConstantStruct>(use.get());
    auto *object = llvm::dyn_cast<llvm::GlobalVariable>(entry->getOperand(0)->stripPointerCasts());
    auto *text = llvm::dyn_cast<llvm::GlobalVariable>(entry->getOperand(1)->stripPointerCasts());
    const Space *space = nullptr;
    if (object && text)
      if (auto *data = llvm::dyn_cast<llvm::ConstantDataArray>(text->getInitializer()))
        space = spaceOfAnnotation(data->getAsCString());
    if (space)
      ours.push_back({object, space});
    else
      others.push_back(entry);
  }
  std::string section = list->getSection().str();
  auto *elementType = entries->getType()->getElementType();
  list->eraseFromParent();
  if (!others.empty()) {
    auto *type = llvm::ArrayType::get(elementType, others.size());
    auto *rest = new llvm::GlobalVariable(module, type, /*isConstant=*/false, llvm::GlobalValue::AppendingLinkage,
                                          llvm::ConstantArray::get(type, others), "llvm.global.annotations");
    rest->setSection(section);
  }
  for (auto [object, space] : ours)
    visit(*object, *space);
}

} // namespace

void registerMemorySpaceAttributes() {
  registerSpace<0>();
  registerSpace<1>();
  registerSpace<2>();
  registerSpace<3>();
  registerSpace<4>();
  static_assert(std::size(kSpaces) == 5);
}

llvm::StringRef memoryQualifier(const VarDecl &variable) {
  for (const auto *attr : variable.specific_attrs<AnnotateAttr>())
    if (const Space *space = spaceOfAnnotation(attr->getAnnotation()))
      return space->qualifier;
  return {};
}

void placeAnnotatedGlobals(llvm::Module &module) {
  llvm::SmallPtrSet<llvm::Constant *, 16> placed;
  takeAnnotations(module, [&](llvm::GlobalVariable &object, const Space &space) {
    placed.insert(&object);
    object.setVisibility(llvm::GlobalValue::DefaultVisibility);
    object.setDSOLocal(true);
    // Other files may mean objects at file scope, never those of functions and templates.
    if (!object.hasExternalLinkage()) {
      object.setComdat(nullptr);
      object.setLinkage(llvm::GlobalValue::InternalLinkage);
    }
    placeIn(object, space);
  });
  // Clang keeps device variables alive for the host; these no host can reach.
  llvm::removeFromUsedLists(module, [&](llvm::Constant *used) { return placed.contains(used); });
}

void placeDeclaration(llvm::GlobalVariable &object, const VarDecl &variable) {
  for (const auto *attr : variable.specific_attrs<AnnotateAttr>())
    if (const Space *space = spaceOfAnnotation(attr->getAnnotation()))
      placeIn(object, *space);
}

void dropOnChipShadows(llvm::Module &module) {
  takeAnnotations(module, [](llvm::GlobalVariable &shadow, const Space &space) {
    // The only uses left are registrations with the runtime: sema refuses on-chip objects in host code.
    for (llvm::User *user : llvm::make_early_inc_range(shadow.users()))
      if (auto *call = llvm::dyn_cast<llvm::CallInst>(user))
        call->eraseFromParent();
    if (shadow.use_empty())
      shadow.eraseFromParent();
  });
}

} // namespace bang

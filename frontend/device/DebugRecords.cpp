// DebugRecords.cpp: what MLIR would lose of debug information.
#include "frontend/device/DebugRecords.h"

#include "llvm/BinaryFormat/Dwarf.h"
#include "llvm/IR/DebugInfo.h"
#include "llvm/IR/IntrinsicInst.h"
#include "llvm/IR/Module.h"

using namespace llvm;

namespace bang {

void keepDeclaredVariables(Module &module) {
  for (Function &function : module)
    for (BasicBlock &block : function)
      for (Instruction &instruction : block) {
        if (!isa<IntrinsicInst>(instruction) || !instruction.hasDbgRecords())
          continue;
        Instruction *next = &instruction;
        while (isa<IntrinsicInst>(next))
          next = next->getNextNode(); // a block ends with none
        for (DbgRecord &record : make_early_inc_range(instruction.getDbgRecordRange())) {
          record.removeFromParent();
          next->getParent()->insertDbgRecordBefore(&record, next->getIterator());
        }
      }
}

// MLIR forgets mangled names too: types are told apart by their place.
static std::string keyOf(const DICompositeType &type) {
  return (type.getFilename() + ":" + Twine(type.getLine()) + ":" + type.getName()).str();
}

template <class Visit> static void eachComposite(const Module &module, Visit visit) {
  DebugInfoFinder finder;
  finder.processModule(module);
  for (DIType *type : finder.types())
    if (auto *composite = dyn_cast<DICompositeType>(type))
      visit(*composite);
}

static bool isEnumeration(const DICompositeType &type) { return type.getTag() == dwarf::DW_TAG_enumeration_type; }

TypeDetails::TypeDetails(const Module &module) {
  eachComposite(module, [&](DICompositeType &type) {
    if (isEnumeration(type))
      enumerators[keyOf(type)] = type.getElements();
    else
      for (DINode *element : type.getElements())
        if (auto *member = dyn_cast<DIDerivedType>(element); member && member->isBitField())
          bitFields.insert(keyOf(type) + "." + member->getName().str());
  });
}

void TypeDetails::restore(const Module &module) const {
  eachComposite(module, [&](DICompositeType &type) {
    if (isEnumeration(type)) {
      if (auto it = enumerators.find(keyOf(type)); it != enumerators.end() && type.getElements().size() == 0)
        type.replaceElements(it->second);
      return;
    }
    MDTuple *elements = type.getElements().get();
    for (unsigned i = 0; elements && i < elements->getNumOperands(); ++i)
      if (auto *member = dyn_cast<DIDerivedType>(elements->getOperand(i));
          member && bitFields.contains(keyOf(type) + "." + member->getName().str()))
        elements->replaceOperandWith(i, MDNode::replaceWithUniqued(member->cloneWithFlags(DINode::FlagBitField)));
  });
}

} // namespace bang

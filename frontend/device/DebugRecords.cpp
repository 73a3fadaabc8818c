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

// MLIR forgets mangled names too: enumerations are told apart by their place.
static std::string keyOf(const DICompositeType &type) {
  return (type.getFilename() + ":" + Twine(type.getLine()) + ":" + type.getName()).str();
}

template <class Visit> static void eachEnumeration(const Module &module, Visit visit) {
  DebugInfoFinder finder;
  finder.processModule(module);
  for (DIType *type : finder.types())
    if (auto *composite = dyn_cast<DICompositeType>(type);
        composite && composite->getTag() == dwarf::DW_TAG_enumeration_type)
      visit(*composite);
}

Enumerators::Enumerators(const Module &module) {
  eachEnumeration(module, [&](DICompositeType &type) { elements[keyOf(type)] = type.getElements(); });
}

void Enumerators::restore(const Module &module) const {
  eachEnumeration(module, [&](DICompositeType &type) {
    if (auto it = elements.find(keyOf(type)); it != elements.end() && type.getElements().size() == 0)
      type.replaceElements(it->second);
  });
}

} // namespace bang

// ObjectRecords.cpp: one constant in section .dlp.objects: header, records, texts. Everything in it is a number that is
// known once the variables have their places, so it is written as plain bytes.
#include "codegen/emit/ObjectRecords.h"

#include "codegen/emit/OnChip.h"
#include "codegen/object/ObjectFormat.h"

#include "llvm/ADT/SmallString.h"
#include "llvm/ADT/StringMap.h"
#include "llvm/BinaryFormat/Dwarf.h"
#include "llvm/IR/Constants.h"
#include "llvm/IR/DebugInfoMetadata.h"
#include "llvm/IR/Module.h"
#include "llvm/Support/Path.h"

#include <cstring>

using namespace llvm;

namespace dlp {
namespace {

// "float[2][1024]", "Box[16]"; empty where the debug information does not say.
std::string typeText(const DIType *type) {
  std::string suffix;
  while (type) {
    if (auto *array = dyn_cast<DICompositeType>(type); array && array->getTag() == dwarf::DW_TAG_array_type) {
      std::string bounds;
      for (const DINode *element : array->getElements())
        if (auto *range = dyn_cast<DISubrange>(element))
          if (auto *count = dyn_cast_if_present<ConstantInt *>(range->getCount()))
            bounds += "[" + std::to_string(count->getZExtValue()) + "]";
      suffix += bounds;
      type = array->getBaseType();
      continue;
    }
    if (auto *derived = dyn_cast<DIDerivedType>(type)) {
      if (derived->getTag() == dwarf::DW_TAG_pointer_type) {
        suffix = "*" + suffix;
        type = derived->getBaseType();
        if (!type)
          return "void" + suffix;
        continue;
      }
      if (derived->getTag() != dwarf::DW_TAG_typedef || derived->getName().empty()) {
        type = derived->getBaseType();
        continue;
      }
    }
    return type->getName().empty() ? "" : type->getName().str() + suffix;
  }
  return "";
}

const DIGlobalVariable *debugVariable(const GlobalVariable &global) {
  SmallVector<DIGlobalVariableExpression *, 1> infos;
  global.getDebugInfo(infos);
  return infos.empty() ? nullptr : infos.front()->getVariable();
}

// Path of the declaration, as the line table says it.
std::string pathOf(const DIGlobalVariable &variable) {
  SmallString<128> path(variable.getFilename());
  if (!sys::path::is_absolute(path) && !variable.getDirectory().empty()) {
    path = variable.getDirectory();
    sys::path::append(path, variable.getFilename());
  }
  return path.str().str();
}

class Texts {
public:
  explicit Texts(uint32_t first) : first(first) {}
  uint32_t add(StringRef text) {
    auto [it, fresh] = known.try_emplace(text, first + uint32_t(bytes.size()));
    if (fresh)
      bytes += text.str() + '\0';
    return it->second;
  }
  std::string bytes;

private:
  uint32_t first;
  StringMap<uint32_t> known;
};

} // namespace

void addObjectRecords(Module &module, const std::vector<PlacedVariable> &variables) {
  if (variables.empty())
    return;
  ObjectHeader header{};
  std::memcpy(header.magic, kObjectMagic, sizeof header.magic);
  header.count = uint32_t(variables.size());
  std::string blob(reinterpret_cast<const char *>(&header), sizeof header);
  Texts texts(uint32_t(sizeof header + variables.size() * sizeof(ObjectRecord)));
  for (const PlacedVariable &v : variables) {
    const DIGlobalVariable *debug = debugVariable(*v.global);
    ObjectRecord record{v.address,
                        v.bytes,
                        v.range,
                        v.kernel,
                        texts.add(userName(*v.global)),
                        texts.add(debug ? typeText(debug->getType()) : ""),
                        texts.add(debug ? pathOf(*debug) : ""),
                        debug ? debug->getLine() : 0,
                        0};
    blob.append(reinterpret_cast<const char *>(&record), sizeof record);
  }
  blob += texts.bytes;
  Constant *bytes = ConstantDataArray::getString(module.getContext(), blob, /*AddNull=*/false);
  auto *table = new GlobalVariable(module, bytes->getType(), /*isConstant=*/true, GlobalValue::ExternalLinkage, bytes,
                                   "__dlp_objects");
  table->setVisibility(GlobalValue::HiddenVisibility);
  table->setSection(kObjectSection);
  table->setAlignment(Align(8));
}

} // namespace dlp

// LinkRecords.cpp: what a host object says to the device link (codegen/object/UnitFormat.h).
#include "codegen/object/UnitFormat.h"
#include "frontend/host/HostPass.h"

#include "llvm/IR/Constants.h"
#include "llvm/IR/Module.h"
#include "llvm/Support/MemoryBuffer.h"
#include "llvm/Transforms/Utils/ModuleUtils.h"

using namespace llvm;

namespace bang {

static void addRecords(Module &module, StringRef bytes) {
  Constant *data = ConstantDataArray::getString(module.getContext(), bytes, /*AddNull=*/false);
  auto *records = new GlobalVariable(module, data->getType(), /*isConstant=*/true, GlobalValue::PrivateLinkage, data,
                                     "__bang_unit_records");
  records->setSection(dlp::kUnitSection);
  records->setAlignment(Align(8));
  records->setMetadata(LLVMContext::MD_exclude, MDNode::get(module.getContext(), {}));
  appendToCompilerUsed(module, {records});
}

bool addLinkRecords(Module &module, const SourceJob &job, const DeviceHalf &device, Messages &messages) {
  if (device.unitPath.empty())
    return true;
  auto bytes = MemoryBuffer::getFile(device.unitPath, /*IsText=*/false, /*RequiresNullTerminator=*/false);
  if (!bytes) {
    messages.error("cannot read '" + device.unitPath + "': " + bytes.getError().message());
    return false;
  }
  addRecords(module, (*bytes)->getBuffer());

  GlobalVariable *wrapper = module.getGlobalVariable("__bang_fatbin_wrapper", /*AllowInternal=*/true);
  if (!wrapper)
    return true; // device functions only: nothing is registered
  auto *blob = cast<GlobalVariable>(wrapper->getInitializer()->getOperand(2)->stripPointerCasts());
  std::string symbol = dlp::kUnitSymbol + job.unitId;
  if (device.isOpen) {
    auto *linked = new GlobalVariable(module, blob->getValueType(), /*isConstant=*/true, GlobalValue::ExternalLinkage,
                                      nullptr, symbol);
    linked->setVisibility(GlobalValue::HiddenVisibility);
    blob->replaceAllUsesWith(linked);
    blob->eraseFromParent();
    return true;
  }
  blob->setName(symbol);
  blob->setLinkage(GlobalValue::WeakAnyLinkage);
  blob->setVisibility(GlobalValue::HiddenVisibility);
  blob->setComdat(module.getOrInsertComdat(dlp::kUnitGroup + job.unitId));
  return true;
}

} // namespace bang

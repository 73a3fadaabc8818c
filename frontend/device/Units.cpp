// Units.cpp: device modules as records of objects. Kernels travel as metadata of the module.
#include "frontend/device/Units.h"

#include "codegen/object/UnitFormat.h"

#include "llvm/Bitcode/BitcodeWriter.h"
#include "llvm/IR/Constants.h"
#include "llvm/IR/Metadata.h"
#include "llvm/IR/Module.h"
#include "llvm/Support/Compression.h"
#include "llvm/Support/MathExtras.h"

#include <cstring>

using namespace llvm;

namespace bang {

// Neither ours nor the compiler's: those have names that no source can have.
bool isUsable(const GlobalValue &value) {
  return none_of(ArrayRef<StringRef>{"llvm.", "bang.", "dlp.", "__bang_entry."},
                 [&](StringRef prefix) { return value.getName().starts_with(prefix); });
}

bool isForeign(const GlobalValue &value) {
  if (const auto *function = dyn_cast<Function>(&value))
    return function->hasFnAttribute("bang-extern");
  const auto *variable = dyn_cast<GlobalVariable>(&value);
  return variable && variable->hasAttribute("bang-extern");
}

bool isNeeded(const GlobalValue &value) {
  if (!value.isDeclaration() || value.use_empty() || !isUsable(value))
    return false;
  return isForeign(value);
}

bool isOffered(const GlobalValue &value) {
  if (value.isDeclaration() || value.hasLocalLinkage() || value.hasLinkOnceLinkage() || !isUsable(value) ||
      value.hasAvailableExternallyLinkage() || value.hasAppendingLinkage())
    return false;
  return true;
}

bool needsOtherFiles(const Module &module) { return any_of(module.global_values(), isNeeded); }

bool servesOtherFiles(const Module &module) {
  return any_of(module.global_values(), [](const GlobalValue &value) {
    const auto *function = dyn_cast<Function>(&value);
    // Clang marks the internal variables it makes visible for the host.
    return isOffered(value) && !value.getName().contains(".static.") &&
           !(function && function->hasFnAttribute("bang-kernel"));
  });
}

static Metadata *number(LLVMContext &context, uint32_t value) {
  return ConstantAsMetadata::get(ConstantInt::get(Type::getInt32Ty(context), value));
}

static void describeKernels(Module &module, ArrayRef<dlp::KernelInfo> kernels) {
  LLVMContext &context = module.getContext();
  NamedMDNode *list = module.getOrInsertNamedMetadata("bang.kernels");
  for (const dlp::KernelInfo &kernel : kernels) {
    SmallVector<Metadata *> parts;
    for (const std::string &text : {kernel.mangledName, kernel.displayName, kernel.entryName, kernel.location})
      parts.push_back(MDString::get(context, text));
    parts.push_back(number(context, kernel.paramBytes));
    for (const dlp::KernelParam &param : kernel.params)
      parts.append({MDString::get(context, param.name), MDString::get(context, param.typeName),
                    number(context, param.offset), number(context, param.size), number(context, param.align),
                    number(context, param.isPointer)});
    list->addOperand(MDNode::get(context, parts));
  }
}

std::vector<dlp::KernelInfo> takeKernels(Module &module) {
  std::vector<dlp::KernelInfo> kernels;
  NamedMDNode *list = module.getNamedMetadata("bang.kernels");
  if (!list)
    return kernels;
  auto text = [](const Metadata *part) { return cast<MDString>(part)->getString().str(); };
  auto value = [](const Metadata *part) {
    return uint32_t(mdconst::extract<ConstantInt>(const_cast<Metadata *>(part))->getZExtValue());
  };
  for (const MDNode *node : list->operands()) {
    dlp::KernelInfo kernel;
    ArrayRef<MDOperand> parts = node->operands();
    kernel.mangledName = text(parts[0]);
    kernel.displayName = text(parts[1]);
    kernel.entryName = text(parts[2]);
    kernel.location = text(parts[3]);
    kernel.paramBytes = value(parts[4]);
    for (size_t i = 5; i + 6 <= parts.size(); i += 6)
      kernel.params.push_back({text(parts[i]), text(parts[i + 1]), value(parts[i + 2]), value(parts[i + 3]),
                               value(parts[i + 4]), value(parts[i + 5]) != 0});
    kernels.push_back(std::move(kernel));
  }
  list->eraseFromParent();
  return kernels;
}

std::string writeUnit(DeviceModule &device, const std::string &unitId, const ImageOptions &options) {
  Module &module = *device.module;
  describeKernels(module, device.kernels);
  std::string bitcode;
  raw_string_ostream os(bitcode);
  WriteBitcodeToFile(module, os);
  module.eraseNamedMetadata(module.getNamedMetadata("bang.kernels"));

  dlp::UnitHeader header{};
  std::memcpy(header.magic, dlp::kUnitMagic, sizeof header.magic);
  std::memcpy(header.id, unitId.data(), std::min(unitId.size(), sizeof header.id));
  header.arch = options.emit.arch->number;
  header.optLevel = options.emit.optLevel;
  header.flags = (!device.isEmpty() && needsOtherFiles(module) ? dlp::kUnitOpen : 0u) |
                 (options.debugInfo ? dlp::kUnitDebugInfo : 0u) |
                 (options.emit.stackOnLdram ? dlp::kUnitStackOnLdram : 0u) |
                 (options.emit.tagAddresses ? dlp::kUnitTagAddresses : 0u);
  header.bitcodeBytes = bitcode.size();
  if (compression::zstd::isAvailable()) {
    SmallVector<uint8_t, 0> small;
    compression::zstd::compress(arrayRefFromStringRef(bitcode), small, /*Level=*/1);
    bitcode = toStringRef(small).str();
    header.flags |= dlp::kUnitCompressed;
  }
  header.storedBytes = bitcode.size();
  header.totalBytes = alignTo(sizeof header + bitcode.size(), 8);
  std::string record(reinterpret_cast<const char *>(&header), sizeof header);
  record += bitcode;
  record.resize(header.totalBytes);
  return record;
}

bool readUnits(StringRef section, const std::string &file, bool isLinked, Messages &messages,
               std::vector<Unit> &units) {
  while (!section.empty()) {
    dlp::UnitHeader header;
    auto damaged = [&] {
      messages.error("the device code in '" + file + "' is damaged; compile its source file again");
      return false;
    };
    if (section.size() < sizeof header)
      return damaged();
    std::memcpy(&header, section.data(), sizeof header);
    if (std::memcmp(header.magic, dlp::kUnitMagic, sizeof header.magic) || header.totalBytes > section.size() ||
        header.totalBytes < sizeof header || header.storedBytes > header.totalBytes - sizeof header)
      return damaged();
    Unit unit{file,
              isLinked,
              std::string(header.id, sizeof header.id),
              header.arch,
              (header.flags & dlp::kUnitOpen) != 0,
              header.optLevel,
              (header.flags & dlp::kUnitDebugInfo) != 0,
              (header.flags & dlp::kUnitStackOnLdram) != 0,
              (header.flags & dlp::kUnitTagAddresses) != 0,
              section.substr(sizeof header, header.storedBytes).str()};
    if (header.flags & dlp::kUnitCompressed) {
      SmallVector<uint8_t, 0> bitcode;
      if (header.bitcodeBytes > (uint64_t(1) << 32) || !compression::zstd::isAvailable())
        return damaged();
      if (Error error = compression::zstd::decompress(arrayRefFromStringRef(unit.bitcode), bitcode,
                                                      size_t(header.bitcodeBytes))) {
        consumeError(std::move(error));
        return damaged();
      }
      unit.bitcode = toStringRef(bitcode).str();
    }
    units.push_back(std::move(unit));
    section = section.drop_front(header.totalBytes);
  }
  return true;
}

} // namespace bang

// ImageRecords.cpp: one constant in section .dlp.image. It starts with the ImageHeader; kernel, parameter and init
// records and the strings follow in the same object, and pointers between them are offsets from its own start.
#include "codegen/emit/ImageRecords.h"

#include "codegen/object/ImageFormat.h"

#include "llvm/IR/Constants.h"
#include "llvm/IR/DerivedTypes.h"
#include "llvm/IR/GlobalVariable.h"
#include "llvm/IR/Module.h"

#include <cstring>

using namespace llvm;

namespace dlp {
namespace {

// Lays bytes and addresses one behind the other. Addresses are made when everything has its place.
class RecordWriter {
public:
  explicit RecordWriter(Module &module) : context(module.getContext()), self(nullptr), module(module) {}

  uint64_t size() const { return offset; }
  void bytes(StringRef data) { add(ConstantDataArray::getString(context, data, false), data.size()); }
  void u32(uint32_t value) { add(ConstantInt::get(Type::getInt32Ty(context), value), 4); }
  void u64(uint64_t value) { add(ConstantInt::get(Type::getInt64Ty(context), value), 8); }
  void address(Constant *pointer) { add(ConstantExpr::getPtrToInt(pointer, Type::getInt64Ty(context)), 8); }

  // A word that will hold the address of offset `at` of this object.
  void internalAddress(uint64_t at) {
    internal.push_back({parts.size(), at});
    u64(0);
  }

  void finish() {
    SmallVector<Type *> types;
    for (Constant *part : parts)
      types.push_back(part->getType());
    auto *type = StructType::get(context, types, /*isPacked=*/true);
    self = new GlobalVariable(module, type, /*isConstant=*/true, GlobalValue::ExternalLinkage, nullptr, "__dlp_image");
    self->setVisibility(GlobalValue::HiddenVisibility);
    self->setSection(kImageSection);
    self->setAlignment(Align(16));
    Type *i64 = Type::getInt64Ty(context);
    for (auto [part, at] : internal)
      parts[part] = ConstantExpr::getAdd(ConstantExpr::getPtrToInt(self, i64), ConstantInt::get(i64, at));
    self->setInitializer(ConstantStruct::get(type, parts));
  }

private:
  void add(Constant *part, uint64_t size) {
    parts.push_back(part);
    offset += size;
  }

  LLVMContext &context;
  GlobalVariable *self;
  Module &module;
  SmallVector<Constant *> parts;
  std::vector<std::pair<size_t, uint64_t>> internal;
  uint64_t offset = 0;
};

// Where the pieces behind the kernel records lie.
struct Offsets {
  uint64_t params, inits, name, displayName;
};

} // namespace

void addImageRecords(Module &module, ArrayRef<KernelImage> kernels, const EmitOptions &options) {
  uint64_t at = sizeof(ImageHeader) + kernels.size() * sizeof(KernelRecord);
  std::vector<Offsets> offsets(kernels.size());
  for (auto [k, o] : zip(kernels, offsets)) {
    o.params = at;
    at += k.info->params.size() * sizeof(ParamRecord);
    o.inits = at;
    at += k.inits.size() * sizeof(InitRecord);
  }
  for (auto [k, o] : zip(kernels, offsets)) {
    o.name = at;
    at += k.info->mangledName.size() + 1;
    o.displayName = at;
    at += k.info->displayName.size() + 1;
  }

  RecordWriter writer(module);
  writer.bytes(StringRef(kImageMagic, sizeof(kImageMagic)));
  writer.u32(options.arch->number);
  writer.u32(kernels.size());
  writer.internalAddress(sizeof(ImageHeader));
  for (auto [k, o] : zip(kernels, offsets)) {
    writer.internalAddress(o.name);
    writer.address(k.entry);
    writer.internalAddress(o.params);
    writer.internalAddress(o.inits);
    writer.u32(k.info->params.size());
    writer.u32(k.info->paramBytes);
    writer.u32(k.inits.size());
    writer.u32(options.stackOnLdram ? kKernelStackOnLdram : 0);
    writer.u32(k.nramBytes);
    writer.u32(k.wramBytes);
    writer.u32(k.sramBytes);
    writer.u32(k.ldramBytes);
    writer.internalAddress(o.displayName);
  }
  for (const KernelImage &k : kernels) {
    for (const KernelParam &p : k.info->params) {
      writer.u32(p.offset);
      writer.u32(p.size);
      writer.u32(p.align);
      writer.u32(p.isPointer ? kParamPointer : kParamValue);
    }
    for (const InitCopy &init : k.inits) {
      writer.u64(init.address);
      writer.address(init.source);
      writer.u64(init.size);
    }
  }
  for (const KernelImage &k : kernels) {
    writer.bytes(StringRef(k.info->mangledName.c_str(), k.info->mangledName.size() + 1));
    writer.bytes(StringRef(k.info->displayName.c_str(), k.info->displayName.size() + 1));
  }
  assert(writer.size() == at && "records and their offsets disagree");
  writer.finish();
}

} // namespace dlp

// NamedCalls.cpp: names of named calls, and the memory effects of their declarations.
//
// LLVM may move, merge and delete code around a named call by these attributes alone, so they state what the hardware
// does and no more. Two rules are easy to break:
//  - an asynchronous copy keeps working after the call. It must capture its pointers and must not be `nosync`; else
//  LLVM
//    believes that a later sync cannot touch a buffer nobody else knows, and reuses values loaded before the sync.
//  - memory other cores write (SRAM, GDRAM) must not look private: only pointers into NRAM and WRAM are
//  `captures(none)`.
#include "codegen/emit/NamedCalls.h"

#include "codegen/emit/Emit.h"
#include "codegen/isa/AddressMap.h"

#include "llvm/IR/DebugInfoMetadata.h"
#include "llvm/IR/Function.h"
#include "llvm/IR/Instruction.h"
#include "llvm/IR/Module.h"

using namespace llvm;

namespace dlp {

bool isNamedCall(const Function &function) { return function.getName().starts_with(kCallPrefix); }

std::optional<InsnRef> namedInsn(StringRef functionName) {
  if (!functionName.consume_front(kCallPrefix))
    return std::nullopt;
  return findInsn(std::string_view(functionName.data(), functionName.size()));
}

uint32_t namedSpecialReg(StringRef functionName) {
  if (!functionName.consume_front(kSpecialRegPrefix))
    return 0;
  return specialRegCsr(std::string_view(functionName.data(), functionName.size()));
}

bool isAsync(InsnId id) { return StringRef(insnInfo(id).mnemonic).contains(".async"); }

bool isNoReturn(InsnId id) { return id == InsnId::EXIT || id == InsnId::TRAP || id == InsnId::ASSERT_FAIL; }

bool touchesMemory(InsnId id) {
  const InsnInfo &info = insnInfo(id);
  if (info.engine == Engine::Sync || info.numFields || isNoReturn(id))
    return true;
  for (const OperandInfo &operand : info.operands)
    if (operand.spaces)
      return true;
  return false;
}

std::string locationOf(const Instruction &inst) {
  const DebugLoc &loc = inst.getDebugLoc();
  if (!loc || !loc->getLine())
    return "";
  return (loc->getFilename() + ":" + Twine(loc->getLine()) + ":" + Twine(loc->getColumn())).str();
}

namespace {

constexpr unsigned kPrivateSpaces = 1u << unsigned(Space::Nram) | 1u << unsigned(Space::Wram);

void addParam(Function &function, unsigned index, Attribute::AttrKind kind) { function.addParamAttr(index, kind); }

void addNoCapture(Function &function, unsigned index) {
  function.addParamAttr(index, Attribute::getWithCaptureInfo(function.getContext(), CaptureInfo::none()));
}

// Attributes of the pointer operands of an instruction that is done when the call returns.
void setOperandEffects(Function &function, const InsnInfo &info) {
  ModRefInfo effect = ModRefInfo::NoModRef;
  unsigned arg = 0;
  for (const OperandInfo &operand : info.operands) {
    if (operand.kind == OperandKind::Result || operand.inDesc)
      continue;
    unsigned index = arg++;
    if (!operand.spaces || index >= function.arg_size() || !function.getArg(index)->getType()->isPointerTy())
      continue;
    if (operand.kind == OperandKind::Read) {
      effect |= ModRefInfo::Ref;
      addParam(function, index, Attribute::ReadOnly);
    } else if (operand.kind == OperandKind::Write) {
      effect |= ModRefInfo::Mod;
      addParam(function, index, Attribute::WriteOnly);
    } else {
      effect |= ModRefInfo::ModRef;
    }
    if (!(operand.spaces & ~kPrivateSpaces))
      addNoCapture(function, index);
  }
  if (info.numFields)
    effect |= ModRefInfo::Ref;
  function.setMemoryEffects(MemoryEffects::argMemOnly(effect));
}

void setInsnAttributes(Function &function, InsnId id) {
  const InsnInfo &info = insnInfo(id);
  function.setAttributes({});
  function.addFnAttr(Attribute::NoUnwind);
  function.addFnAttr(Attribute::NoCallback);
  function.addFnAttr(Attribute::NoFree);
  // The descriptor is read when the instruction issues, by asynchronous ones too.
  if (info.numFields && function.arg_size() && function.getArg(function.arg_size() - 1)->getType()->isPointerTy()) {
    addParam(function, function.arg_size() - 1, Attribute::ReadOnly);
    addNoCapture(function, function.arg_size() - 1);
  }
  if (isNoReturn(id)) {
    function.addFnAttr(Attribute::NoReturn);
    return;
  }
  if (info.engine == Engine::Sync)
    return; // waits for other cores, which may write anything shared
  function.addFnAttr(Attribute::WillReturn);
  if (isAsync(id))
    return;
  function.addFnAttr(Attribute::NoSync);
  if (id == InsnId::PRINT) // arguments may be strings anywhere
    function.setMemoryEffects(MemoryEffects::readOnly() | MemoryEffects::inaccessibleMemOnly());
  else
    setOperandEffects(function, info);
}

} // namespace

void setNamedCallAttributes(Module &module) {
  for (Function &function : module) {
    if (!function.isDeclaration())
      continue;
    if (auto insn = namedInsn(function.getName())) {
      setInsnAttributes(function, insn->id);
    } else if (namedSpecialReg(function.getName())) {
      function.setAttributes({});
      for (auto kind : {Attribute::NoUnwind, Attribute::WillReturn, Attribute::NoSync, Attribute::NoFree,
                        Attribute::NoCallback, Attribute::Speculatable})
        function.addFnAttr(kind);
      function.setMemoryEffects(MemoryEffects::none());
    }
  }
}

} // namespace dlp

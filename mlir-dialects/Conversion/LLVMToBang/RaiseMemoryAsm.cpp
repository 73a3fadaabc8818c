// RaiseMemoryAsm.cpp: the card's assembly for scattered and hinted copies, bit searches and vector registers.
//
//   gather.vector.<dst>.<src>.nram.<offset type> [dst], [src], [offsets], bytes, count, dst_stride
//   ld.3d.async.nram.gdram.<cache policy> [dst], [src], bytes, 0, 0, 0, 0, 0, 0, 0, 0
//   findlast1.gpr.b32 number, bits
//   index.vvr.<type> register, start, step
//
// Cache policies change when data move, never what they are, so they are left out.
#include "mlir-dialects/Bang/IR/CopyDirection.h"
#include "mlir-dialects/Conversion/LLVMToBang/Raise.h"

#include "mlir/IR/Builders.h"

#include "llvm/ADT/StringExtras.h"

using namespace mlir;

namespace bang {

constexpr StringRef kGather = "gather.vector.", kLoad = "ld.3d.async.nram.gdram.scm", kFindLast = "findlast1.gpr.b32",
                    kIndex = "index.vvr.";

bool isMemoryAsm(StringRef mnemonic) {
  return mnemonic.starts_with(kGather) || mnemonic.starts_with(kLoad) || mnemonic == kFindLast ||
         mnemonic.starts_with(kIndex);
}

namespace {

class MemoryAsm {
public:
  MemoryAsm(OpBuilder &builder, LLVM::InlineAsmOp assembly, const AsmStatement &statement)
      : builder(builder), assembly(assembly), statement(statement), loc(assembly.getLoc()) {}

  LogicalResult raise(Value &result) {
    if (statement.mnemonic.starts_with(kGather))
      return raiseGather();
    if (statement.mnemonic.starts_with(kLoad))
      return raiseLoad();
    return statement.mnemonic == kFindLast ? raiseFindLast(result) : raiseIndex(result);
  }

private:
  InFlightDiagnostic error() {
    return assembly.emitError() << "inline assembly instruction '" << statement.mnemonic << "' ";
  }

  LogicalResult wantOperands(size_t count) {
    if (statement.operands.size() == count)
      return success();
    return error() << "has " << statement.operands.size() << " operands, but takes " << count;
  }

  Value number(uint64_t value) {
    return LLVM::ConstantOp::create(builder, loc, builder.getI32Type(), builder.getI32IntegerAttr(value));
  }

  // `[$0]`, an address.
  Value address(unsigned index) {
    StringRef text = statement.operands[index];
    Value value;
    if (text.consume_front("[") && text.consume_back("]"))
      value = asmOperand(assembly, text.trim());
    if (!value)
      return {};
    auto pointer = LLVM::LLVMPointerType::get(builder.getContext());
    if (value.getType().isInteger(64))
      return LLVM::IntToPtrOp::create(builder, loc, pointer, value);
    return value.getType() == pointer ? value : Value();
  }

  // `$3` or a number, as i32.
  Value count(unsigned index) {
    uint64_t constant;
    if (!statement.operands[index].getAsInteger(0, constant))
      return number(constant);
    Value value = asmOperand(assembly, statement.operands[index]);
    auto type = value ? dyn_cast<IntegerType>(value.getType()) : IntegerType();
    if (!type)
      return {};
    if (type.getWidth() > 32)
      return LLVM::TruncOp::create(builder, loc, builder.getI32Type(), value);
    return type.getWidth() < 32 ? LLVM::ZExtOp::create(builder, loc, builder.getI32Type(), value) : value;
  }

  LogicalResult create(StringRef name, StringRef types, ArrayRef<Value> operands) {
    for (auto [i, operand] : llvm::enumerate(operands))
      if (!operand)
        return error() << "has an operand that is neither an address in brackets nor a number nor an integer operand";
    OperationState state(loc, name, operands, TypeRange());
    if (!types.empty())
      state.addAttribute("types", builder.getStringAttr(types));
    builder.create(state);
    return success();
  }

  LogicalResult raiseGather() {
    SmallVector<StringRef> words; // destination, source, memory of the offsets, type
    statement.mnemonic.drop_front(kGather.size()).split(words, '.');
    if (words.size() != 4 || words[2] != "nram" || (words[3] != "u8" && words[3] != "u16" && words[3] != "u32"))
      return error() << "is not known; write gather.vector.<destination>.<source>.nram.u32";
    const CopyDirection *direction = nullptr;
    for (auto dst : {dlp::Space::Nram, dlp::Space::Wram, dlp::Space::Sram, dlp::Space::Gdram, dlp::Space::Ldram})
      for (auto src : {dlp::Space::Nram, dlp::Space::Wram, dlp::Space::Sram, dlp::Space::Gdram, dlp::Space::Ldram})
        if (words[0] == spaceSuffix(dst) && words[1] == spaceSuffix(src))
          direction = findCopyDirection(dst, src);
    if (!direction)
      return error() << "has no direction of __gather; use another pair of memories";
    if (failed(wantOperands(6)))
      return failure();
    Value none = LLVM::ZeroOp::create(builder, loc, LLVM::LLVMPointerType::get(builder.getContext()));
    return create("bang.gather", words[3],
                  {address(0), address(1), address(2), none, count(3), number(direction->value), count(5), count(4)});
  }

  LogicalResult raiseLoad() {
    if (failed(wantOperands(11)))
      return failure();
    for (StringRef text : ArrayRef(statement.operands).drop_front(3))
      if (text != "0")
        return error() << "has strides or segments; use __memcpy_async for such copies";
    const CopyDirection *load = findCopyDirection(dlp::Space::Nram, dlp::Space::Gdram);
    return create("bang.memcpy_async", "", {address(0), address(1), count(2), number(load->value)});
  }

  // Chosen: no bit set gives 0xffffffff, as the vector search does.
  LogicalResult raiseFindLast(Value &result) {
    if (failed(wantOperands(2)))
      return failure();
    Value bits = count(1);
    if (!bits || assembly->getNumResults() == 0 || !assembly->getResult(0).getType().isIntOrIndex())
      return error() << "takes an integer variable for its result and an integer operand";
    Value leading =
        LLVM::CountLeadingZerosOp::create(builder, loc, builder.getI32Type(), bits, /*is_zero_poison=*/false);
    result = LLVM::SubOp::create(builder, loc, number(31), leading);
    Type type = assembly->getResult(0).getType();
    if (type.getIntOrFloatBitWidth() > 32)
      result = LLVM::SExtOp::create(builder, loc, type, result);
    return success();
  }

  // A scalar of the register's lane type: an operand of that type, or a number.
  Value lane(unsigned index, Type type) {
    double constant;
    if (!statement.operands[index].getAsDouble(constant)) {
      TypedAttr attr = isa<FloatType>(type) ? TypedAttr(builder.getFloatAttr(type, constant))
                                            : TypedAttr(builder.getIntegerAttr(type, int64_t(constant)));
      return LLVM::ConstantOp::create(builder, loc, type, attr);
    }
    Value value = asmOperand(assembly, statement.operands[index]);
    return value && value.getType() == type ? value : Value();
  }

  // The register is a value here: it is made in a variable and loaded from there.
  LogicalResult raiseIndex(Value &result) {
    if (failed(wantOperands(3)))
      return failure();
    auto registerType =
        assembly->getNumResults() ? dyn_cast<VectorType>(assembly->getResult(0).getType()) : VectorType();
    if (!registerType)
      return error() << "takes a variable of a vv type for its result";
    StringRef types = statement.mnemonic.drop_front(kIndex.size());
    Value start = lane(1, registerType.getElementType()), step = lane(2, registerType.getElementType());
    if (!start || !step)
      return error() << "takes a start and a step of the register's lane type";
    auto entry = OpBuilder::atBlockBegin(&assembly->getParentOfType<LLVM::LLVMFuncOp>().getBody().front());
    Location none = builder.getUnknownLoc();
    Value one = LLVM::ConstantOp::create(entry, none, builder.getI32Type(), builder.getI32IntegerAttr(1));
    Value variable = LLVM::AllocaOp::create(entry, none, LLVM::LLVMPointerType::get(builder.getContext()), registerType,
                                            one, /*alignment=*/16);
    if (failed(create("bang.vv_index", types, {variable, start, step})))
      return failure();
    result = LLVM::LoadOp::create(builder, loc, registerType, variable, /*alignment=*/16);
    return success();
  }

  OpBuilder &builder;
  LLVM::InlineAsmOp assembly;
  const AsmStatement &statement;
  Location loc;
};

} // namespace

LogicalResult raiseMemoryAsm(OpBuilder &builder, LLVM::InlineAsmOp assembly, const AsmStatement &statement,
                             Value &result) {
  return MemoryAsm(builder, assembly, statement).raise(result);
}

} // namespace bang

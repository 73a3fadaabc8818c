// RaiseVectorAsm.cpp: vector arithmetic that kernels write as inline assembly.
//
//   fuse.nram.f32 [$0], $1, [$2], .mul($3), .sub([$4])    dst, count, src, steps on a scalar or a vector
//   div.scalar.nram.f32 [$0], [$1], $2, $3                dst, src, scalar, count
#include "mlir-dialects/Conversion/LLVMToBang/Raise.h"

#include "mlir/IR/Builders.h"

#include "llvm/ADT/StringSwitch.h"

using namespace mlir;

namespace bang {

constexpr StringRef kFuse = "fuse.nram.", kDivScalar = "div.scalar.nram.";
constexpr unsigned kMaxSteps = 4, kMaxVectors = 3;

bool isVectorArithAsm(StringRef mnemonic) { return mnemonic.starts_with(kFuse) || mnemonic.starts_with(kDivScalar); }

// The numbers of codegen/isa/Fuse.td; 0: unknown.
static unsigned stepCode(StringRef name) {
  return llvm::StringSwitch<unsigned>(name)
      .Case("add", 1)
      .Case("sub", 2)
      .Case("mul", 3)
      .Case("and", 4)
      .Case("or", 5)
      .Case("eq", 6)
      .Case("ne", 7)
      .Case("lt", 8)
      .Case("le", 9)
      .Case("gt", 10)
      .Case("ge", 11)
      .Case("max", 12)
      .Case("min", 13)
      .Default(0);
}

static bool isBitwise(unsigned code) { return code == 4 || code == 5; }

namespace {

// Reads the operands of one statement. The first mistake is reported, later ones are not looked for.
class Reader {
public:
  Reader(OpBuilder &builder, LLVM::InlineAsmOp assembly, const AsmStatement &statement)
      : builder(builder), assembly(assembly), statement(statement), loc(assembly.getLoc()) {}

  LogicalResult fail(const Twine &message) {
    return assembly.emitError() << "inline assembly instruction '" << statement.mnemonic << "' " << message;
  }

  // `f32` -> (f32, its IR type); assembler and table name signed integers differently.
  LogicalResult readType(StringRef suffix) {
    element = suffix.starts_with("s") ? ("i" + suffix.drop_front()).str() : suffix.str();
    type = llvm::StringSwitch<Type>(element)
               .Case("f16", builder.getF16Type())
               .Case("bf16", builder.getBF16Type())
               .Case("f32", builder.getF32Type())
               .Cases({"i16", "u16"}, builder.getI16Type())
               .Cases({"i32", "u32"}, builder.getI32Type())
               .Default(nullptr);
    if (!type)
      return fail("works on '" + suffix + "', but known are f16, bf16, f32, s16, u16, s32 and u32");
    return success();
  }

  // [x]: an address in a register.
  Value address(StringRef text) {
    Value value = text.consume_front("[") && text.consume_back("]") ? asmOperand(assembly, text.trim()) : Value();
    if (value && value.getType().isInteger(64))
      value = LLVM::IntToPtrOp::create(builder, loc, LLVM::LLVMPointerType::get(builder.getContext()), value);
    return value && isa<LLVM::LLVMPointerType>(value.getType()) ? value : Value();
  }

  // An integer operand or number of so many bits; wider ones are cut, as in a register.
  Value integer(StringRef text, unsigned bits) {
    Type wanted = builder.getIntegerType(bits);
    int64_t number;
    if (!text.getAsInteger(0, number))
      return LLVM::ConstantOp::create(builder, loc, wanted, builder.getIntegerAttr(wanted, number));
    Value value = asmOperand(assembly, text);
    auto type = value ? dyn_cast<IntegerType>(value.getType()) : nullptr;
    if (!type)
      return {};
    if (type.getWidth() > bits)
      return LLVM::TruncOp::create(builder, loc, wanted, value);
    return type.getWidth() < bits ? LLVM::SExtOp::create(builder, loc, wanted, value) : value;
  }

  // A scalar of the element type; an integer operand of a float instruction has its bits.
  Value scalar(StringRef text) {
    if (Value value = asmOperand(assembly, text); value && value.getType() == type)
      return value;
    Value bits = integer(text, type.getIntOrFloatBitWidth());
    return bits && isa<FloatType>(type) ? LLVM::BitcastOp::create(builder, loc, type, bits) : bits;
  }

  Value zero() { return LLVM::ZeroOp::create(builder, loc, type); }

  void create(StringRef op, ValueRange operands) {
    OperationState state(loc, op, operands, TypeRange());
    state.addAttribute("types", builder.getStringAttr(element));
    builder.create(state);
  }

  OpBuilder &builder;
  LLVM::InlineAsmOp assembly;
  const AsmStatement &statement;
  Location loc;
  std::string element;
  Type type;
};

} // namespace

static LogicalResult raiseDivScalar(Reader &reader) {
  ArrayRef<StringRef> text = reader.statement.operands;
  if (text.size() != 4)
    return reader.fail("has " + Twine(text.size()) + " operands, but takes [dst], [src], divisor, count");
  Value dst = reader.address(text[0]), src = reader.address(text[1]), divisor = reader.scalar(text[2]),
        count = reader.integer(text[3], 32);
  if (!dst || !src || !divisor || !count)
    return reader.fail("takes two addresses, a divisor of its type and a count: [dst], [src], divisor, count");
  reader.create("bang.div_scalar", {dst, src, divisor, count});
  return success();
}

static LogicalResult raiseFuse(Reader &reader) {
  ArrayRef<StringRef> text = reader.statement.operands;
  if (text.size() < 4 || text.size() > 3 + kMaxSteps)
    return reader.fail("has " + Twine(text.size()) + " operands, but takes [dst], count, [src] and 1 to " +
                       Twine(kMaxSteps) + " steps; split it into several");
  Value dst = reader.address(text[0]), count = reader.integer(text[1], 32), src = reader.address(text[2]);
  if (!dst || !count || !src)
    return reader.fail("takes an address, a count and an address before its steps: [dst], count, [src]");

  SmallVector<Value> vectors, scalars(kMaxSteps);
  uint32_t steps = 0;
  for (auto [k, step] : llvm::enumerate(text.drop_front(3))) {
    auto [name, rest] = step.split('(');
    unsigned code = name.consume_front(".") ? stepCode(name.trim()) : 0;
    if (!code || !rest.consume_back(")"))
      return reader.fail("has the step '" + step + "', but expected one like .add(x) or .mul([address])");
    if (isBitwise(code) && isa<FloatType>(reader.type))
      return reader.fail("has the step '" + step + "', which works on integer types only");
    unsigned from = 0;
    if (rest.trim().starts_with("[")) {
      vectors.push_back(reader.address(rest.trim()));
      from = vectors.size();
    } else {
      scalars[k] = reader.scalar(rest.trim());
    }
    if (from > kMaxVectors)
      return reader.fail("has " + Twine(from) + " vector steps, but at most " + Twine(kMaxVectors) +
                         " are possible; split it");
    if (!(from ? vectors.back() : scalars[k]))
      return reader.fail("has the step '" + step + "', whose operand is neither a scalar of its type nor an address");
    steps |= (code | from << 4) << (8 * k);
  }
  vectors.resize(kMaxVectors, src); // not used by any step
  SmallVector<Value> operands = {dst, src};
  llvm::append_range(operands, vectors);
  OpBuilder &builder = reader.builder;
  operands.push_back(count);
  operands.push_back(
      LLVM::ConstantOp::create(builder, reader.loc, builder.getI32Type(), builder.getI32IntegerAttr(int32_t(steps))));
  for (Value scalar : scalars)
    operands.push_back(scalar ? scalar : reader.zero());
  reader.create("bang.fuse_chain", operands);
  return success();
}

LogicalResult raiseVectorArithAsm(OpBuilder &builder, LLVM::InlineAsmOp assembly, const AsmStatement &statement) {
  Reader reader(builder, assembly, statement);
  StringRef suffix = statement.mnemonic;
  bool isFuse = suffix.consume_front(kFuse);
  if (!isFuse)
    suffix.consume_front(kDivScalar);
  if (failed(reader.readType(suffix)))
    return failure();
  return isFuse ? raiseFuse(reader) : raiseDivScalar(reader);
}

} // namespace bang

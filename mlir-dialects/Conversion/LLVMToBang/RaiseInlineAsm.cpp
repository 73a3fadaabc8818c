// RaiseInlineAsm.cpp: inline assembly of kernels becomes bang operations.
//
// Kernels are written for cards, so their assembly is the card's. What has an operation is raised, everything else is
// an error: the scalar core here is another one. Our own headers may use its assembly; they start it with `#
// bang:scalar`.
#include "mlir-dialects/Conversion/LLVMToBang/Raise.h"

#include "mlir/IR/Builders.h"

#include "llvm/ADT/StringExtras.h"
#include "llvm/ADT/StringSwitch.h"

using namespace mlir;

namespace bang {

constexpr StringRef kScalarMark = "# bang:scalar";

static StringRef stripComment(StringRef line) {
  return line.take_until([](char c) { return c == '#'; }).split("//").first;
}

static SmallVector<AsmStatement> parse(StringRef text) {
  SmallVector<StringRef> lines, pieces;
  SmallVector<AsmStatement> statements;
  text.split(lines, '\n');
  for (StringRef line : lines)
    stripComment(line).split(pieces, ';');
  for (StringRef piece : pieces) {
    // `.volatile{...}` groups statements; Clang writes braces as `$(` and `$)`.
    piece = piece.trim();
    if (piece.consume_front(".volatile") && !piece.consume_front("$("))
      piece.consume_front("{");
    if (piece == "$)" || piece == "}")
      continue;
    auto [mnemonic, rest] = llvm::getToken(piece);
    if (mnemonic.empty())
      continue;
    AsmStatement statement{mnemonic, {}};
    if (!rest.trim().empty())
      rest.split(statement.operands, ',');
    for (StringRef &operand : statement.operands)
      operand = operand.trim();
    statements.push_back(std::move(statement));
  }
  return statements;
}

// Instructions that have an operation, and how many i32 operands it takes.
struct KnownInsn {
  const char *op;
  unsigned operands;
};

static KnownInsn findKnown(StringRef mnemonic) {
  return llvm::StringSwitch<KnownInsn>(mnemonic)
      .Case("sync", {"bang.sync", 0})
      .Case("barrier.sync.local", {"bang.barrier_local", 2})
      .Case("barrier.sync.global", {"bang.barrier_global", 2})
      .Default({nullptr, 0});
}

static unsigned outputsOf(LLVM::InlineAsmOp assembly) {
  if (assembly->getNumResults() == 0)
    return 0;
  Type type = assembly->getResult(0).getType();
  if (auto several = dyn_cast<LLVM::LLVMStructType>(type))
    return several.getBody().size();
  return isa<LLVM::LLVMVoidType>(type) ? 0 : 1;
}

Value asmOperand(LLVM::InlineAsmOp assembly, StringRef text) {
  unsigned number, outputs = outputsOf(assembly);
  if (!text.consume_front("$"))
    return {};
  text.consume_front("{");
  text.consume_back("}");
  if (text.getAsInteger(10, number) || number < outputs || number - outputs >= assembly.getOperands().size())
    return {};
  return assembly.getOperands()[number - outputs];
}

// An operand of the assembly as i32, or a number. A null value: neither.
static Value resolveOperand(OpBuilder &builder, LLVM::InlineAsmOp assembly, StringRef text) {
  Location loc = assembly.getLoc();
  unsigned number;
  if (Value value = asmOperand(assembly, text)) {
    auto type = dyn_cast<IntegerType>(value.getType());
    if (!type)
      return {};
    if (type.getWidth() > 32)
      return LLVM::TruncOp::create(builder, loc, builder.getI32Type(), value);
    return type.getWidth() < 32 ? LLVM::ZExtOp::create(builder, loc, builder.getI32Type(), value) : value;
  }
  if (text.getAsInteger(0, number))
    return {};
  return LLVM::ConstantOp::create(builder, loc, builder.getI32Type(), builder.getI32IntegerAttr(number));
}

LogicalResult raiseInlineAsm(LLVM::InlineAsmOp assembly) {
  StringRef text = assembly.getAsmString();
  if (text.ltrim().starts_with(kScalarMark))
    return success();
  SmallVector<AsmStatement> statements = parse(text);
  // `asm volatile("" ::: "memory")` only keeps the compiler from moving memory accesses.
  if (statements.empty())
    return success();

  OpBuilder builder(assembly);
  bool hasResult = outputsOf(assembly) != 0;
  for (const AsmStatement &statement : statements) {
    if (!hasResult && isVectorArithAsm(statement.mnemonic)) {
      if (failed(raiseVectorArithAsm(builder, assembly, statement)))
        return failure();
      continue;
    }
    if (isMemoryAsm(statement.mnemonic) && (!hasResult || statements.size() == 1)) {
      Value result;
      if (failed(raiseMemoryAsm(builder, assembly, statement, result)))
        return failure();
      if (result)
        assembly->getResult(0).replaceAllUsesWith(result);
      continue;
    }
    KnownInsn known = findKnown(statement.mnemonic);
    if (!known.op || hasResult)
      return assembly.emitError() << "inline assembly instruction '" << statement.mnemonic
                                  << "' is not known; use the builtin function for it";
    if (statement.operands.size() != known.operands)
      return assembly.emitError() << "inline assembly instruction '" << statement.mnemonic << "' has "
                                  << statement.operands.size() << " operands, but takes " << known.operands;
    SmallVector<Value> operands;
    for (StringRef operand : statement.operands) {
      operands.push_back(resolveOperand(builder, assembly, operand));
      if (!operands.back())
        return assembly.emitError() << "operand '" << operand << "' of inline assembly instruction '"
                                    << statement.mnemonic << "' is neither an integer operand nor a number";
    }
    OperationState state(assembly.getLoc(), known.op, operands, TypeRange());
    builder.create(state);
  }
  assembly.erase();
  return success();
}

} // namespace bang

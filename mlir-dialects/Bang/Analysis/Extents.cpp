// Extents.cpp: shapes of accesses by family. A family that is not here is not checked at compile time.
#include "mlir-dialects/Bang/Analysis/Extents.h"

#include "mlir/Dialect/LLVMIR/LLVMDialect.h"

#include "llvm/ADT/StringSet.h"

using namespace mlir;

namespace bang {

namespace {

// The operation's constants by parameter name, and whether one that was asked for is not known.
class Constants {
public:
  Constants(Operation *op, const OpInfo &row, const ConstantFlow &flow) : op(op), row(row), flow(flow) {}

  uint64_t operator[](StringRef name) {
    std::optional<APInt> value = flow.constant(operandNamed(op, row, name));
    if (!value)
      known = false;
    return value ? value->getZExtValue() : 0;
  }
  bool has(StringRef name) const { return findParam(row, name).has_value(); }
  bool known = true;

private:
  Operation *op;
  const OpInfo &row;
  const ConstantFlow &flow;
};

} // namespace

// Elements of a matrix operand; 0 is no bound. Weights lie spread over the tables of WRAM.
static uint64_t matrixElements(StringRef mnemonic, StringRef param, Constants &c) {
  if (mnemonic == "matmul") {
    if (param == "lhs")
      return c["m"] * c["k"];
    return param == "weights" ? 0 : c["m"] * c["n"];
  }
  if (mnemonic == "mlp") {
    if (param == "src")
      return c["w"];
    return param == "weights" ? 0 : c["h"];
  }
  return 0;
}

static uint64_t copyBytes(StringRef param, Constants &c) {
  uint64_t bytes = c["bytes"];
  if (!c.has("segnum"))
    return bytes;
  uint64_t stride = c[param == "dst" ? "dst_stride" : "src_stride"];
  return c["segnum"] * stride + bytes;
}

std::optional<uint64_t> touchedBytes(Operation *op, const OpInfo &row, unsigned index, const ConstantFlow &flow) {
  static const llvm::StringSet<> dataDependent = {"filter", "filter_bitindex", "collect",    "select",
                                                  "argmax", "argmin",          "nan_argmax", "nan_argmin"};
  const ParamInfo &param = row.params[index];
  StringRef mnemonic = row.mnemonic, name = param.name;
  Constants c(op, row, flow);
  auto known = [&](uint64_t bytes) { return c.known && bytes ? std::optional(bytes) : std::nullopt; };

  if (mnemonic.starts_with("memcpy"))
    return mnemonic.ends_with("_4d") ? std::nullopt : known(copyBytes(name, c));
  if (mnemonic == "move")
    return known(c["n"]);

  const LabelInfo *overload = overloadOf(op, row);
  if (!overload)
    return std::nullopt;
  // The pointers of fills are void: their value has the element type.
  uint64_t bytes = overload->elementBits[param.typeIndex < 0 ? 0 : param.typeIndex] / 8;
  if (mnemonic == "transpose")
    return known(c["h"] * c["w"] * bytes);
  if (mnemonic == "reshape_filter")
    return known(c["n"] * c["h"] * c["w"] * c["c"] * bytes);
  if (mnemonic.ends_with("pool"))
    return name == "src" ? known(c["h"] * c["w"] * c["c"] * bytes) : std::nullopt;
  if (mnemonic == "conv")
    return name == "src" ? known(c["h"] * c["w"] * c["ci"] * bytes) : std::nullopt;
  if (mnemonic == "matmul" || mnemonic == "mlp")
    return known(matrixElements(mnemonic, name, c) * bytes);

  // Element-wise: n elements, n in each of segnum + 1 segments, seg_n of a cycling operand, n bits of a packed mask.
  if (name == "bits")
    return known((c["n"] + 7) / 8);
  if (!c.has("n") || (name == "dst" && dataDependent.contains(mnemonic)))
    return std::nullopt;
  bool cycles = name == "seg" || (c.has("seg_n") && (name == "b" || name == "c"));
  uint64_t run = c[cycles ? "seg_n" : name == "table" ? "table_n" : "n"] * bytes;
  if (!c.has("segnum"))
    return known(run);
  StringRef stride = c.has("stride") ? "stride" : name == "dst" ? "dst_stride" : "src_stride";
  return known(c["segnum"] * c[stride] + run);
}

static std::optional<int64_t> fieldOffset(LLVM::LLVMStructType type, int64_t field, const DataLayout &layout) {
  uint64_t offset = 0;
  for (auto [i, element] : llvm::enumerate(type.getBody())) {
    if (!type.isPacked())
      offset = llvm::alignTo(offset, layout.getTypeABIAlignment(element));
    if (int64_t(i) == field)
      return offset;
    offset += layout.getTypeSize(element).getFixedValue();
  }
  return std::nullopt;
}

static std::optional<int64_t> constantOffset(LLVM::GEPOp gep, const ConstantFlow &flow, const DataLayout &layout) {
  int64_t offset = 0;
  Type type = gep.getElemType();
  for (auto [i, index] : llvm::enumerate(gep.getIndices())) {
    int64_t number;
    if (auto attr = dyn_cast<IntegerAttr>(index)) {
      number = attr.getInt();
    } else {
      std::optional<APInt> value = flow.constant(cast<Value>(index));
      if (!value)
        return std::nullopt;
      number = value->getSExtValue();
    }
    if (i > 0) {
      if (auto record = dyn_cast<LLVM::LLVMStructType>(type)) {
        std::optional<int64_t> field = fieldOffset(record, number, layout);
        if (!field)
          return std::nullopt;
        offset += *field;
        type = record.getBody()[number];
        continue;
      }
      auto array = dyn_cast<LLVM::LLVMArrayType>(type);
      if (!array)
        return std::nullopt;
      type = array.getElementType();
    }
    offset += number * int64_t(layout.getTypeSize(type).getFixedValue());
  }
  return offset;
}

BaseAndOffset splitAddress(Value pointer, const ConstantFlow &flow, const DataLayout &layout) {
  BaseAndOffset split{pointer};
  while (auto gep = split.base.getDefiningOp<LLVM::GEPOp>()) {
    std::optional<int64_t> offset = constantOffset(gep, flow, layout);
    split.exact &= offset.has_value();
    split.offset += offset.value_or(0);
    split.base = gep.getBase();
  }
  return split;
}

} // namespace bang

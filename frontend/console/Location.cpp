// Location.cpp: where a variable is at an address, by DWARF's expressions. What is not understood is no value: an
// answer is right or none.
#include "frontend/console/Value.h"

#include "llvm/BinaryFormat/Dwarf.h"

#include <cstring>

using namespace llvm;

namespace bang::console {
namespace {

using namespace dwarf;
using Operation = DWARFExpression::Operation;

Error optimizedOut() { return createStringError("optimized out"); }

class Machine {
public:
  Machine(Client &client, const DWARFDie &die, const Frame &frame) : client(client), die(die), frame(frame) {}

  // Into an address or bytes of `value`.
  Error run(ArrayRef<uint8_t> code, Value &value) {
    DataExtractor data(StringRef(reinterpret_cast<const char *>(code.data()), code.size()), true, 8);
    const DWARFExpression expression(data, 8, die.getDwarfUnit()->getFormParams().Format);
    bool isValue = false;
    for (const Operation &op : expression) {
      if (op.isError())
        return optimizedOut();
      if (op.getCode() == DW_OP_stack_value) {
        isValue = true;
      } else if (op.getCode() == DW_OP_piece) {
        if (Error error = addPiece(op.getRawOperand(0)))
          return error;
      } else if (Error error = step(op, code)) {
        return error;
      }
    }
    if (!pieces.empty()) {
      value.bytes = pieces;
    } else if (fromRegister || isValue) {
      if (stack.empty())
        return optimizedOut();
      value.bytes.resize(sizeof(uint64_t));
      std::memcpy(value.bytes.data(), &stack.back(), sizeof(uint64_t));
    } else if (!constant.empty()) {
      value.bytes = constant;
    } else if (!stack.empty()) {
      value.address = stack.back();
    } else {
      return optimizedOut();
    }
    return Error::success();
  }

private:
  Error pushRegister(uint64_t number, int64_t offset) {
    if (number >= frame.registers.size() || !frame.registers[number])
      return optimizedOut();
    stack.push_back(*frame.registers[number] + uint64_t(offset));
    return Error::success();
  }

  Error addPiece(uint64_t size) {
    std::vector<uint8_t> bytes;
    if (stack.empty() && constant.empty())
      return optimizedOut(); // a part of it
    if (fromRegister) {
      bytes.resize(sizeof(uint64_t));
      std::memcpy(bytes.data(), &stack.back(), sizeof(uint64_t));
    } else if (!constant.empty()) {
      bytes = constant;
    } else {
      auto read = client.read(stack.back(), size);
      if (!read)
        return read.takeError();
      bytes = *read;
    }
    if (bytes.size() < size)
      return optimizedOut();
    pieces.insert(pieces.end(), bytes.begin(), bytes.begin() + ptrdiff_t(size));
    stack.clear();
    constant.clear();
    fromRegister = false;
    return Error::success();
  }

  Error pushFrameBase(int64_t offset) {
    // Of the function, also for its blocks and for what was inlined into it.
    DWARFDie function = die;
    while (function && function.getTag() != DW_TAG_subprogram)
      function = function.getParent();
    auto base = function ? function.getLocations(DW_AT_frame_base) : optimizedOut();
    if (!base)
      return base.takeError();
    Value value;
    Machine machine(client, function, frame);
    if (base->empty())
      return optimizedOut();
    if (Error error = machine.run(base->front().Expr, value))
      return error;
    uint64_t address = value.address.value_or(0);
    if (!value.address)
      std::memcpy(&address, value.bytes.data(), std::min(value.bytes.size(), sizeof address));
    stack.push_back(address + uint64_t(offset));
    return Error::success();
  }

  Error binary(uint8_t code) {
    if (stack.size() < 2)
      return optimizedOut();
    const uint64_t right = stack.back();
    stack.pop_back();
    uint64_t &left = stack.back();
    switch (code) {
    case DW_OP_plus:
      left += right;
      break;
    case DW_OP_minus:
      left -= right;
      break;
    case DW_OP_mul:
      left *= right;
      break;
    case DW_OP_and:
      left &= right;
      break;
    case DW_OP_or:
      left |= right;
      break;
    case DW_OP_xor:
      left ^= right;
      break;
    case DW_OP_shl:
      left = right < 64 ? left << right : 0;
      break;
    case DW_OP_shr:
      left = right < 64 ? left >> right : 0;
      break;
    case DW_OP_shra:
      left = uint64_t(int64_t(left) >> std::min<uint64_t>(right, 63));
      break;
    default: // DW_OP_swap
      stack.push_back(left);
      stack[stack.size() - 2] = right;
      break;
    }
    return Error::success();
  }

  Error load(uint64_t size) {
    if (stack.empty() || size > sizeof(uint64_t))
      return optimizedOut();
    auto bytes = client.read(stack.back(), size);
    if (!bytes)
      return bytes.takeError();
    stack.back() = 0;
    std::memcpy(&stack.back(), bytes->data(), size);
    return Error::success();
  }

  Error step(const Operation &op, ArrayRef<uint8_t> code) {
    const uint8_t c = op.getCode();
    if (c >= DW_OP_lit0 && c <= DW_OP_lit31) {
      stack.push_back(c - DW_OP_lit0);
      return Error::success();
    }
    if (c >= DW_OP_breg0 && c <= DW_OP_breg31)
      return pushRegister(c - DW_OP_breg0, int64_t(op.getRawOperand(0)));
    if ((c >= DW_OP_reg0 && c <= DW_OP_reg31) || c == DW_OP_regx) {
      fromRegister = true;
      return pushRegister(c == DW_OP_regx ? op.getRawOperand(0) : c - DW_OP_reg0, 0);
    }
    switch (c) {
    case DW_OP_nop:
      return Error::success();
    case DW_OP_addr:
    case DW_OP_const1u:
    case DW_OP_const1s:
    case DW_OP_const2u:
    case DW_OP_const2s:
    case DW_OP_const4u:
    case DW_OP_const4s:
    case DW_OP_const8u:
    case DW_OP_const8s:
    case DW_OP_constu:
    case DW_OP_consts:
      stack.push_back(op.getRawOperand(0));
      return Error::success();
    case DW_OP_addrx: {
      auto address = die.getDwarfUnit()->getAddrOffsetSectionItem(uint32_t(op.getRawOperand(0)));
      if (!address)
        return optimizedOut();
      stack.push_back(address->Address);
      return Error::success();
    }
    case DW_OP_fbreg:
      return pushFrameBase(int64_t(op.getRawOperand(0)));
    case DW_OP_bregx:
      return pushRegister(op.getRawOperand(0), int64_t(op.getRawOperand(1)));
    case DW_OP_call_frame_cfa:
      stack.push_back(frame.cfa);
      return Error::success();
    case DW_OP_plus_uconst:
      if (stack.empty())
        return optimizedOut();
      stack.back() += op.getRawOperand(0);
      return Error::success();
    case DW_OP_deref:
      return load(sizeof(uint64_t));
    case DW_OP_deref_size:
      return load(op.getRawOperand(0));
    case DW_OP_implicit_value: {
      const uint64_t size = op.getRawOperand(0), begin = op.getEndOffset() - size;
      constant.assign(code.begin() + ptrdiff_t(begin), code.begin() + ptrdiff_t(begin + size));
      return Error::success();
    }
    case DW_OP_plus:
    case DW_OP_minus:
    case DW_OP_mul:
    case DW_OP_and:
    case DW_OP_or:
    case DW_OP_xor:
    case DW_OP_shl:
    case DW_OP_shr:
    case DW_OP_shra:
    case DW_OP_swap:
      return binary(c);
    default: // among them entry values: nobody has kept them
      return optimizedOut();
    }
  }

  Client &client;
  const DWARFDie &die;
  const Frame &frame;
  std::vector<uint64_t> stack;
  std::vector<uint8_t> constant, pieces;
  bool fromRegister = false;
};

} // namespace

Expected<Value> valueOf(Client &client, const DWARFDie &variable, const Frame &frame) {
  Value value;
  value.type = typeOf(variable);
  if (!value.type)
    return createStringError("'%s' has no type", nameOf(variable).c_str());
  if (!variable.find(DW_AT_location)) {
    auto constant = variable.findRecursively({DW_AT_const_value});
    if (!constant)
      return optimizedOut();
    if (auto block = constant->getAsBlock()) {
      value.bytes.assign(block->begin(), block->end());
      return value;
    }
    const auto number = constant->getAsSignedConstant();
    const uint64_t bits = number ? uint64_t(*number) : constant->getAsUnsignedConstant().value_or(0);
    value.bytes.resize(sizeof bits);
    std::memcpy(value.bytes.data(), &bits, sizeof bits);
    return value;
  }
  auto locations = variable.getLocations(DW_AT_location);
  if (!locations)
    return locations.takeError();
  for (const DWARFLocationExpression &location : *locations) {
    if (location.Range && (frame.lookup < location.Range->LowPC || frame.lookup >= location.Range->HighPC))
      continue;
    Machine machine(client, variable, frame);
    if (Error error = machine.run(location.Expr, value))
      return error;
    return value;
  }
  return optimizedOut();
}

} // namespace bang::console

// Condition.cpp: a stack machine on 64-bit words.
#include "simulator/debug/Condition.h"

#include "simulator/core/Launch.h"
#include "simulator/debug/Registers.h"
#include "simulator/numeric/Half.h"

#include <bit>
#include <cstring>
#include <map>

namespace dlp::debug {
namespace {

enum Code : uint8_t {
  Add = 0x02,
  Sub,
  Mul,
  DivSigned,
  DivUnsigned,
  RemSigned,
  RemUnsigned,
  Shl,
  ShrSigned,
  ShrUnsigned,
  LogNot = 0x0e,
  BitAnd,
  BitOr,
  BitXor,
  BitNot,
  Equal,
  LessSigned,
  LessUnsigned,
  SignExtend,
  Ref8,
  Ref16,
  Ref32,
  Ref64,
  IfGoto = 0x20,
  Goto,
  Const8,
  Const16,
  Const32,
  Const64,
  Reg,
  End,
  Dup,
  Pop,
  ZeroExtend,
  Swap,
  Pick = 0x32,
  Rot,
  // Floating point: words hold doubles.
  FAdd = 0x80,
  FSub,
  FMul,
  FDiv,
  FEqual,
  FLess,
  FromSigned,
  FromUnsigned,
  ToSigned,
  FromHalf,
  FromBfloat16,
  FromFloat,
};

constexpr size_t kMostBytes = 4096, kMostSteps = 100000, kStack = 64;

// Bytes behind a code; -1: there is no such code.
int operandBytes(uint8_t code) {
  switch (code) {
  case SignExtend:
  case ZeroExtend:
  case Const8:
  case Pick:
    return 1;
  case IfGoto:
  case Goto:
  case Const16:
  case Reg:
    return 2;
  case Const32:
    return 4;
  case Const64:
    return 8;
  default:
    return (code >= Add && code <= ShrUnsigned) || (code >= LogNot && code <= Ref64) || (code >= End && code <= Swap) ||
                   code == Rot || (code >= FAdd && code <= FromFloat)
               ? 0
               : -1;
  }
}

// How many words a code takes from the stack.
unsigned needs(const uint8_t code, uint64_t value) {
  switch (code) {
  case Const8:
  case Const16:
  case Const32:
  case Const64:
  case Reg:
  case Goto:
    return 0;
  case LogNot:
  case BitNot:
  case SignExtend:
  case ZeroExtend:
  case Ref8:
  case Ref16:
  case Ref32:
  case Ref64:
  case IfGoto:
  case End:
  case Dup:
  case Pop:
  case FromSigned:
  case FromUnsigned:
  case ToSigned:
  case FromHalf:
  case FromBfloat16:
  case FromFloat:
    return 1;
  case Pick:
    return unsigned(value) + 1;
  case Rot:
    return 3;
  default:
    return 2;
  }
}

bool load(Core &seenFrom, uint64_t address, unsigned bytes, uint64_t &value) {
  const uint64_t tag = address >> kCoreTagShift;
  auto cores = seenFrom.launch->allCores();
  if (tag > cores.size())
    return false;
  Core &core = tag ? *cores[tag - 1] : seenFrom;
  std::span<uint8_t> memory = core.view.memoryFrom(address & kUntaggedMask);
  value = 0;
  if (memory.size() < bytes)
    return false;
  std::memcpy(&value, memory.data(), bytes);
  return true;
}

uint64_t signExtend(uint64_t value, uint64_t bits) {
  return bits && bits < 64 ? uint64_t(int64_t(value << (64 - bits)) >> (64 - bits)) : value;
}
uint64_t zeroExtend(uint64_t value, uint64_t bits) { return bits < 64 ? value & ((uint64_t{1} << bits) - 1) : value; }

double number(uint64_t word) { return std::bit_cast<double>(word); }
uint64_t word(double number) { return std::bit_cast<uint64_t>(number); }

} // namespace

std::unique_ptr<Condition> Condition::parse(std::string_view code) {
  if (code.empty() || code.size() > kMostBytes)
    return nullptr;
  auto condition = std::make_unique<Condition>();
  std::map<size_t, size_t> steps; // by their place in the code
  for (size_t at = 0; at < code.size();) {
    const uint8_t byte = uint8_t(code[at]);
    const int operand = operandBytes(byte);
    if (operand < 0 || at + 1 + size_t(operand) > code.size())
      return nullptr;
    steps[at++] = condition->steps.size();
    uint64_t value = 0;
    for (int i = 0; i < operand; ++i)
      value = value << 8 | uint8_t(code[at++]);
    if (byte == Reg && value >= registerCount())
      return nullptr;
    condition->steps.push_back({byte, value});
  }
  for (Step &step : condition->steps)
    if (step.code == Goto || step.code == IfGoto) {
      auto target = steps.find(step.value);
      if (target == steps.end())
        return nullptr;
      step.value = target->second;
    }
  condition->steps.push_back({End, 0});
  return condition;
}

std::optional<uint64_t> Condition::evaluate(Core &core) const {
  uint64_t stack[kStack];
  size_t top = 0; // of used words
  size_t next = 0;
  for (size_t done = 0; done < kMostSteps; ++done) {
    const auto [code, value] = steps[next++];
    if (top < needs(code, value) || top + 1 >= kStack)
      return std::nullopt;
    uint64_t *last = stack + top - 1, *left = stack + top - 2;
    const auto binary = [&](uint64_t result) {
      *left = result;
      --top;
    };
    const uint64_t a = top > 1 ? *left : 0, b = top ? *last : 0;
    switch (code) {
    case Add:
      binary(a + b);
      break;
    case Sub:
      binary(a - b);
      break;
    case Mul:
      binary(a * b);
      break;
    case DivSigned:
    case RemSigned:
      if (!b || (int64_t(b) == -1 && int64_t(a) == INT64_MIN))
        return std::nullopt;
      binary(uint64_t(code == DivSigned ? int64_t(a) / int64_t(b) : int64_t(a) % int64_t(b)));
      break;
    case DivUnsigned:
    case RemUnsigned:
      if (!b)
        return std::nullopt;
      binary(code == DivUnsigned ? a / b : a % b);
      break;
    case Shl:
      binary(b < 64 ? a << b : 0);
      break;
    case ShrSigned:
      binary(uint64_t(int64_t(a) >> (b < 64 ? b : 63)));
      break;
    case ShrUnsigned:
      binary(b < 64 ? a >> b : 0);
      break;
    case LogNot:
      *last = !b;
      break;
    case BitAnd:
      binary(a & b);
      break;
    case BitOr:
      binary(a | b);
      break;
    case BitXor:
      binary(a ^ b);
      break;
    case BitNot:
      *last = ~b;
      break;
    case Equal:
      binary(a == b);
      break;
    case LessSigned:
      binary(int64_t(a) < int64_t(b));
      break;
    case LessUnsigned:
      binary(a < b);
      break;
    case SignExtend:
      *last = signExtend(b, value);
      break;
    case ZeroExtend:
      *last = zeroExtend(b, value);
      break;
    case Ref8:
    case Ref16:
    case Ref32:
    case Ref64:
      if (!load(core, b, 1u << (code - Ref8), *last))
        return std::nullopt;
      break;
    case IfGoto:
      --top;
      if (b)
        next = value;
      break;
    case Goto:
      next = value;
      break;
    case Const8:
    case Const16:
    case Const32:
    case Const64:
      stack[top++] = value;
      break;
    case Reg:
      stack[top++] = readRegister(core, unsigned(value)).value_or(0);
      break;
    case End:
      return b;
    case Dup:
      stack[top++] = b;
      break;
    case Pop:
      --top;
      break;
    case Swap:
      *last = a;
      *left = b;
      break;
    case Pick:
      stack[top] = stack[top - 1 - value];
      ++top;
      break;
    case Rot: { // a b c: c a b
      uint64_t *third = stack + top - 3;
      const uint64_t bottom = *third;
      *third = b;
      *last = a;
      *left = bottom;
      break;
    }
    case FAdd:
      binary(word(number(a) + number(b)));
      break;
    case FSub:
      binary(word(number(a) - number(b)));
      break;
    case FMul:
      binary(word(number(a) * number(b)));
      break;
    case FDiv:
      binary(word(number(a) / number(b)));
      break;
    case FEqual:
      binary(number(a) == number(b));
      break;
    case FLess:
      binary(number(a) < number(b));
      break;
    case FromSigned:
      *last = word(double(int64_t(b)));
      break;
    case FromUnsigned:
      *last = word(double(b));
      break;
    case ToSigned: {
      const double n = number(b);
      constexpr double kLimit = 9223372036854775808.0;
      *last = n >= -kLimit && n < kLimit ? uint64_t(int64_t(n)) : uint64_t(INT64_MIN);
      break;
    }
    case FromHalf:
      *last = word(double(toFloat(Half{uint16_t(b)})));
      break;
    case FromBfloat16:
      *last = word(double(toFloat(BFloat{uint16_t(b)})));
      break;
    case FromFloat:
      *last = word(double(std::bit_cast<float>(uint32_t(b))));
      break;
    default:
      return std::nullopt;
    }
  }
  return std::nullopt;
}

} // namespace dlp::debug

// Value.h: what an expression gives: an object of the program with its type, or a number computed here.
#ifndef OPENBANG_FRONTEND_CONSOLE_VALUE_H
#define OPENBANG_FRONTEND_CONSOLE_VALUE_H

#include "frontend/console/Frames.h"

namespace bang::console {

struct Value {
  enum class Kind : uint8_t { Object, Integer, Real } kind = Kind::Object;
  int64_t integer = 0;
  double real = 0;

  // Object: its type is `type`, below so many pointers. An array that `@ n` made has `repeat` of these in a row.
  llvm::DWARFDie type;
  unsigned pointers = 0;
  uint64_t repeat = 0;
  std::optional<uint64_t> address; // in memory; else:
  std::vector<uint8_t> bytes;      // from registers or constants

  static Value ofInteger(int64_t number) {
    Value value;
    value.kind = Kind::Integer;
    value.integer = number;
    return value;
  }
  static Value ofReal(double number) {
    Value value;
    value.kind = Kind::Real;
    value.real = number;
    return value;
  }
};

// Print.cpp: types and their text.
llvm::DWARFDie withoutNames(llvm::DWARFDie type); // of typedefs, const and volatile
std::string nameOfType(const Value &value);
uint64_t sizeOf(const Value &value); // of one element where `repeat` is set
bool isPointer(const Value &value);
uint64_t elementsOf(const llvm::DWARFDie &array);
llvm::Expected<std::vector<uint8_t>> bytesOf(Client &client, const Value &value);
llvm::Expected<std::string> textOf(Client &client, const Value &value);
// An object of a scalar type as a number.
llvm::Expected<Value> numberOf(Client &client, const Value &value);
// Of a member or base class: where it lies in its object.
uint64_t offsetOf(const llvm::DWARFDie &member);

// Location.cpp: a variable of a frame; an error says why it has no value there.
llvm::Expected<Value> valueOf(Client &client, const llvm::DWARFDie &variable, const Frame &frame);

// Expression.cpp: reads an expression and computes it.
llvm::Expected<Value> evaluate(Client &client, const Image &image, const Frame &frame, const std::string &text);
inline constexpr char kExpressionHelp[] =
    "expressions: variables, members (p->x, s.x), elements, *pointer, &variable, buf[3]@16, $register or $taskId,\n"
    "numbers, + - * / %, comparisons, && || !. Calls, casts, templates by name and assignments are not understood.\n";

} // namespace bang::console

#endif // OPENBANG_FRONTEND_CONSOLE_VALUE_H

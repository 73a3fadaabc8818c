// Expression.cpp: a reader of the expressions one looks at variables with; no parser of C++. What it does not
// understand it names.
#include "frontend/console/Value.h"

#include <cmath>
#include <cstdlib>
#include <cstring>

using namespace llvm;

namespace bang::console {
namespace {

using namespace dwarf;
using Kind = Value::Kind;

class Reader {
public:
  Reader(Client &client, const Image &image, const Frame &frame, const std::string &text)
      : client(client), image(image), frame(frame), rest(text) {}

  Expected<Value> read() {
    Expected<Value> value = binary(0);
    if (!value)
      return value;
    if (take("@")) {
      auto count = integer(unary());
      if (!count)
        return count.takeError();
      if (value->kind != Kind::Object || !value->address || *count < 1)
        return createStringError("expected a variable or an element before '@', and a count of at least 1 behind it");
      value->repeat = uint64_t(*count);
    }
    skipBlanks();
    if (!rest.empty())
      return refuse();
    return value;
  }

private:
  Error refuse() {
    if (rest.starts_with("("))
      return createStringError("calls cannot be computed here");
    if (rest.starts_with("="))
      return createStringError("variables can only be read here");
    if (rest.empty())
      return createStringError("the expression ends too early");
    return createStringError("'%s' is not understood; 'help print' says what is", rest.str().c_str());
  }

  void skipBlanks() { rest = rest.ltrim(); }

  bool take(StringRef word) {
    skipBlanks();
    return rest.consume_front(word);
  }

  Expected<int64_t> integer(Expected<Value> value) {
    if (!value)
      return value.takeError();
    auto number = numberOf(client, *value);
    if (!number)
      return number.takeError();
    if (number->kind != Kind::Integer)
      return createStringError("expected a whole number");
    return number->integer;
  }

  struct Operator {
    const char *text;
    unsigned level;
  };
  // Longer ones first.
  static constexpr Operator kOperators[] = {{"||", 1}, {"&&", 2}, {"==", 3}, {"!=", 3}, {"<=", 4}, {">=", 4}, {"<", 4},
                                            {">", 4},  {"+", 5},  {"-", 5},  {"*", 6},  {"/", 6},  {"%", 6}};

  Expected<Value> binary(unsigned level) {
    Expected<Value> left = unary();
    while (left) {
      skipBlanks();
      const Operator *found = nullptr;
      for (const Operator &op : kOperators)
        if (!found && rest.starts_with(op.text))
          found = &op;
      if (!found || found->level <= level)
        return left;
      rest = rest.drop_front(std::strlen(found->text));
      Expected<Value> right = binary(found->level);
      if (!right)
        return right;
      left = compute(found->text, *left, *right);
    }
    return left;
  }

  // The address of what follows so many elements behind a pointer or an array's begin.
  Expected<Value> behind(const Value &pointer, int64_t count) {
    Expected<Value> target = dereference(pointer);
    if (!target)
      return target;
    Value result = Value::ofInteger(int64_t(*target->address) + count * int64_t(sizeOf(*target)));
    return result;
  }

  Expected<Value> compute(StringRef op, const Value &left, const Value &right) {
    const bool moves = (op == "+" || op == "-") && (isPointer(left) || isArray(left)) && !isPointer(right);
    auto b = numberOf(client, right);
    if (!b)
      return b;
    if (moves && b->kind == Kind::Integer) {
      auto address = behind(left, op == "+" ? b->integer : -b->integer);
      if (!address)
        return address;
      auto element = dereference(left);
      if (!element)
        return element;
      Value pointer = *element;
      pointer.address = std::nullopt;
      ++pointer.pointers;
      pointer.bytes.resize(sizeof(int64_t));
      std::memcpy(pointer.bytes.data(), &address->integer, sizeof(int64_t));
      return pointer;
    }
    auto a = numberOf(client, left);
    if (!a)
      return a;
    if (a->kind == Kind::Integer && b->kind == Kind::Integer)
      return integers(op, a->integer, b->integer);
    const double x = a->kind == Kind::Real ? a->real : double(a->integer),
                 y = b->kind == Kind::Real ? b->real : double(b->integer);
    if (op == "+" || op == "-" || op == "*" || op == "/")
      return Value::ofReal(op == "+" ? x + y : op == "-" ? x - y : op == "*" ? x * y : x / y);
    if (op == "%")
      return createStringError("'%%' needs whole numbers");
    return Value::ofInteger(compare(op, x, y));
  }

  template <class T> static bool compare(StringRef op, T x, T y) {
    if (op == "==")
      return x == y;
    if (op == "!=")
      return x != y;
    if (op == "<=")
      return x <= y;
    if (op == ">=")
      return x >= y;
    if (op == "<")
      return x < y;
    if (op == ">")
      return x > y;
    return op == "&&" ? x != T(0) && y != T(0) : x != T(0) || y != T(0);
  }

  Expected<Value> integers(StringRef op, int64_t x, int64_t y) {
    const auto wrap = [](uint64_t bits) { return Value::ofInteger(int64_t(bits)); };
    if (op == "+")
      return wrap(uint64_t(x) + uint64_t(y));
    if (op == "-")
      return wrap(uint64_t(x) - uint64_t(y));
    if (op == "*")
      return wrap(uint64_t(x) * uint64_t(y));
    if (op != "/" && op != "%")
      return Value::ofInteger(compare(op, x, y));
    if (y == 0)
      return createStringError("division by zero");
    if (y == -1) // of the smallest number it would not fit
      return op == "/" ? wrap(-uint64_t(x)) : Value::ofInteger(0);
    return Value::ofInteger(op == "/" ? x / y : x % y);
  }

  bool isArray(const Value &value) {
    const DWARFDie type = withoutNames(value.type);
    return value.kind == Kind::Object && !value.pointers && type && type.getTag() == DW_TAG_array_type;
  }

  // What a pointer points at, or the first element of an array.
  Expected<Value> dereference(const Value &given) {
    const Value value = throughReference(given);
    Value target;
    if (isArray(value)) {
      const DWARFDie array = withoutNames(value.type);
      target.type = typeOf(array);
      target.address = value.address;
      target.bytes = value.bytes;
      unsigned ranks = 0;
      for (const DWARFDie &child : array.children())
        ranks += child.getTag() == DW_TAG_subrange_type;
      if (ranks > 1)
        return createStringError("an array of several dimensions is read by its indices");
      return target;
    }
    if (!isPointer(value))
      return createStringError("a value of type %s is no pointer and no array", nameOfType(value).c_str());
    auto address = integer(value);
    if (!address)
      return address.takeError();
    target.address = uint64_t(*address);
    target.type = value.pointers ? value.type : typeOf(withoutNames(value.type));
    target.pointers = value.pointers ? value.pointers - 1 : 0;
    if (!target.type)
      return createStringError("a pointer to void points at nothing that has a type");
    return target;
  }

  Value throughReference(const Value &value) {
    const DWARFDie type = withoutNames(value.type);
    if (value.kind != Kind::Object || value.pointers || !type ||
        (type.getTag() != DW_TAG_reference_type && type.getTag() != DW_TAG_rvalue_reference_type))
      return value;
    auto bytes = bytesOf(client, value);
    if (!bytes) {
      consumeError(bytes.takeError());
      return value;
    }
    uint64_t address;
    std::memcpy(&address, bytes->data(), sizeof address);
    Value target;
    target.type = typeOf(type);
    target.address = address;
    return target;
  }

  Expected<Value> unary() {
    if (take("*")) {
      auto value = unary();
      return value ? dereference(*value) : std::move(value);
    }
    if (rest.starts_with("&&"))
      return refuse();
    if (take("&")) {
      auto given = unary();
      if (!given)
        return given;
      Value value = throughReference(*given);
      if (value.kind != Kind::Object || !value.address)
        return createStringError("this has no address");
      Value pointer = value;
      ++pointer.pointers;
      pointer.repeat = 0; // to the first one of a row
      pointer.bytes.resize(sizeof(uint64_t));
      std::memcpy(pointer.bytes.data(), &*value.address, sizeof(uint64_t));
      pointer.address = std::nullopt;
      return pointer;
    }
    const bool negative = take("-"), isNot = !negative && take("!");
    if (!negative && !isNot)
      return postfix();
    auto value = unary();
    if (!value)
      return value;
    auto number = numberOf(client, *value);
    if (!number)
      return number;
    const bool isReal = number->kind == Kind::Real;
    if (isNot)
      return Value::ofInteger(isReal ? number->real == 0 : number->integer == 0);
    return isReal ? Value::ofReal(-number->real) : Value::ofInteger(int64_t(-uint64_t(number->integer)));
  }

  Expected<Value> postfix() {
    Expected<Value> value = primary();
    while (value) {
      if (take("[")) {
        value = element(*value);
      } else if (take("->")) {
        auto target = dereference(*value);
        if (!target)
          return target;
        value = member(*target);
      } else if (rest.starts_with(".") && take(".")) {
        value = member(throughReference(*value));
      } else {
        return value;
      }
    }
    return value;
  }

  // Behind '['. Fewer indices than an array has dimensions name a row of what is left.
  Expected<Value> element(const Value &given) {
    const Value value = throughReference(given);
    std::vector<uint64_t> counts;
    if (isArray(value))
      for (const DWARFDie &child : withoutNames(value.type).children())
        if (child.getTag() == DW_TAG_subrange_type) {
          auto count = child.find(DW_AT_count);
          counts.push_back(count ? count->getAsUnsignedConstant().value_or(0) : 0);
        }
    int64_t at = 0;
    uint64_t left = 0; // elements of a row
    for (size_t rank = 0; rank < std::max<size_t>(counts.size(), 1); ++rank) {
      if (rank && (left || !take("["))) {
        left = std::max<uint64_t>(left, 1) * counts[rank];
        continue;
      }
      auto index = integer(binary(0));
      if (!index)
        return index.takeError();
      if (!take("]"))
        return createStringError("expected ']'");
      at = (rank ? at * int64_t(counts[rank]) : 0) + *index;
    }
    Value target;
    if (isArray(value)) {
      target.type = typeOf(withoutNames(value.type));
      target.address = value.address;
    } else {
      auto first = dereference(value);
      if (!first)
        return first;
      target = *first;
    }
    target.repeat = left;
    const int64_t offset = at * int64_t(std::max<uint64_t>(left, 1) * sizeOf(target));
    const uint64_t size = std::max<uint64_t>(left, 1) * sizeOf(target);
    if (target.address) {
      *target.address += uint64_t(offset);
    } else {
      if (offset < 0 || uint64_t(offset) + size > value.bytes.size())
        return createStringError("the array ends before this element");
      target.bytes.assign(value.bytes.begin() + offset, value.bytes.begin() + offset + int64_t(size));
    }
    return target;
  }

  Expected<Value> member(const Value &object) {
    const StringRef name = takeName();
    const DWARFDie type = withoutNames(object.type);
    if (object.kind != Kind::Object || object.pointers || !type || !type.hasChildren() ||
        type.getTag() == DW_TAG_array_type || type.getTag() == DW_TAG_enumeration_type)
      return createStringError("a value of type %s has no members", nameOfType(object).c_str());
    Value found = object;
    if (!findMember(type, name, found))
      return createStringError("%s has no member '%s'", nameOfType(object).c_str(), name.str().c_str());
    return found;
  }

  // Also in bases and in unions and structs without a name.
  bool findMember(const DWARFDie &type, StringRef name, Value &value) {
    for (const DWARFDie &child : type.children()) {
      const bool isMember = child.getTag() == DW_TAG_member && !child.find(DW_AT_external);
      if (!isMember && child.getTag() != DW_TAG_inheritance)
        continue;
      const DWARFDie of = typeOf(child);
      const std::string own = nameOf(child);
      Value part = value;
      part.type = of;
      const uint64_t offset = offsetOf(child);
      if (part.address)
        *part.address += offset;
      else
        part.bytes.assign(value.bytes.begin() + ptrdiff_t(std::min<uint64_t>(offset, value.bytes.size())),
                          value.bytes.end());
      if (isMember && own == name && !child.find(DW_AT_bit_size)) {
        value = part;
        return true;
      }
      if ((!isMember || own.empty()) && findMember(withoutNames(of), name, part)) {
        value = part;
        return true;
      }
    }
    return false;
  }

  StringRef takeName() {
    skipBlanks();
    size_t length = 0;
    while (length < rest.size()) {
      const char c = rest[length];
      const bool isScope = c == ':' && length && length + 1 < rest.size() && rest[length + 1] == ':';
      if (isScope)
        ++length;
      else if (!isAlnum(c) && c != '_' && c != '$')
        break;
      ++length;
    }
    const StringRef name = rest.take_front(length);
    rest = rest.drop_front(length);
    return name;
  }

  // In parentheses these begin a cast.
  static bool isTypeName(StringRef text) {
    return is_contained({"int", "float", "half", "double", "char", "long", "short", "unsigned", "bool", "bfloat16_t"},
                        text.rtrim("* "));
  }

  // In a function of a class members go by their names.
  std::optional<Value> memberOfThis(StringRef name) {
    for (const DWARFDie &variable : image.localsAt(frame.function, frame.lookup)) {
      if (nameOf(variable) != "this")
        continue;
      auto pointer = valueOf(client, variable, frame);
      auto object = pointer ? dereference(*pointer) : std::move(pointer);
      if (object && findMember(withoutNames(object->type), name, *object))
        return *object;
      consumeError(object.takeError());
    }
    return std::nullopt;
  }

  Expected<Value> primary() {
    if (take("(")) {
      if (StringRef(rest).contains(')') && isTypeName(rest.split(')').first.trim()))
        return createStringError("casts are not understood here");
      auto value = binary(0);
      if (!value)
        return value;
      if (!take(")"))
        return createStringError("expected ')'");
      return value;
    }
    skipBlanks();
    if (rest.empty())
      return refuse();
    if (isDigit(rest[0]) || (rest[0] == '.' && rest.size() > 1 && isDigit(rest[1])))
      return number();
    const StringRef name = takeName();
    if (name.empty())
      return refuse();
    if (name[0] == '$')
      return registerValue(name.drop_front());
    for (const DWARFDie &variable : image.localsAt(frame.function, frame.lookup))
      if (nameOf(variable) == name)
        return valueOf(client, variable, frame);
    if (auto own = memberOfThis(name))
      return *own;
    const StringRef last = name.contains("::") ? name.rsplit("::").second : name;
    if (DWARFDie global = image.findGlobal(last.str()))
      return valueOf(client, global, frame);
    if (rest.ltrim().starts_with("("))
      return createStringError("calls cannot be computed here");
    auto builtin = registerValue(name); // taskId and its like
    if (builtin)
      return builtin;
    consumeError(builtin.takeError());
    return createStringError("there is no variable '%s' here", name.str().c_str());
  }

  Expected<Value> number() {
    size_t length = 0;
    const bool isHex = rest.starts_with_insensitive("0x");
    while (length < rest.size() && (isAlnum(rest[length]) || rest[length] == '.' ||
                                    (!isHex && length && (rest[length - 1] == 'e' || rest[length - 1] == 'E') &&
                                     (rest[length] == '-' || rest[length] == '+'))))
      ++length;
    StringRef text = rest.take_front(length);
    const std::string whole = text.str();
    rest = rest.drop_front(length);
    uint64_t value;
    const StringRef plain = text.rtrim("uUlL");
    if (!plain.getAsInteger(0, value))
      return Value::ofInteger(int64_t(value));
    double real;
    if (!isHex && !text.rtrim("fF").getAsDouble(real))
      return Value::ofReal(real);
    return createStringError("'%s' is no number", whole.c_str());
  }

  Expected<Value> registerValue(StringRef name) {
    const std::string text = client.monitor("register " + name.str());
    uint64_t value;
    if (StringRef(text).getAsInteger(0, value))
      return createStringError("there is no register '%s'", name.str().c_str());
    return Value::ofInteger(int64_t(value));
  }

  Client &client;
  const Image &image;
  const Frame &frame;
  StringRef rest;
};

} // namespace

Expected<Value> evaluate(Client &client, const Image &image, const Frame &frame, const std::string &text) {
  Reader reader(client, image, frame, text);
  return reader.read();
}

} // namespace bang::console

// Print.cpp: objects as text, by their types. Half and bfloat16 are numbers like all others.
#include "frontend/console/Value.h"

#include "simulator/numeric/Half.h"

#include <charconv>
#include <cstring>

using namespace llvm;

namespace bang::console {
namespace {

using namespace dwarf;
using Bytes = ArrayRef<uint8_t>;

constexpr uint64_t kPointerBytes = 8, kMostShown = 256;

template <class T> T as(Bytes bytes) {
  T value{};
  std::memcpy(&value, bytes.data(), std::min(bytes.size(), sizeof value));
  return value;
}

// The shortest decimal number that is read as the same one again.
template <class T> std::string shortest(T value) {
  char text[64];
  return {text, std::to_chars(text, text + sizeof text, value).ptr};
}

std::string hexText(uint64_t value) {
  char text[24];
  std::snprintf(text, sizeof text, "0x%llx", static_cast<unsigned long long>(value));
  return text;
}

uint64_t sizeOfType(const DWARFDie &type) { return DWARFDie(type).getTypeSize(kPointerBytes).value_or(0); }

unsigned encodingOf(const DWARFDie &type) {
  auto encoding = type.find(DW_AT_encoding);
  return encoding ? unsigned(encoding->getAsUnsignedConstant().value_or(0)) : 0;
}

bool isReference(const DWARFDie &type) {
  return type && (type.getTag() == DW_TAG_reference_type || type.getTag() == DW_TAG_rvalue_reference_type);
}

int64_t signedOf(Bytes bytes, uint64_t size) {
  const unsigned unused = unsigned(64 - 8 * std::min<uint64_t>(size, 8));
  return int64_t(as<uint64_t>(bytes) << unused) >> unused;
}

// A scalar of a base type or an enumeration.
Value scalarOf(const DWARFDie &type, Bytes bytes) {
  const uint64_t size = sizeOfType(type);
  switch (encodingOf(type)) {
  case DW_ATE_float:
    if (size == 2)
      return Value::ofReal(StringRef(nameOf(type)).contains("bf") ? dlp::toFloat(dlp::BFloat{as<uint16_t>(bytes)})
                                                                  : dlp::toFloat(dlp::Half{as<uint16_t>(bytes)}));
    return Value::ofReal(size == 4 ? as<float>(bytes) : as<double>(bytes));
  case DW_ATE_signed:
  case DW_ATE_signed_char:
    return Value::ofInteger(signedOf(bytes, size));
  default: {
    const uint64_t bits = as<uint64_t>(bytes);
    return Value::ofInteger(int64_t(size < 8 ? bits & ((uint64_t{1} << 8 * size) - 1) : bits));
  }
  }
}

std::string enumerator(const DWARFDie &type, int64_t number) {
  for (const DWARFDie &child : type.children())
    if (child.getTag() == DW_TAG_enumerator)
      if (auto value = child.find(DW_AT_const_value)) {
        const auto isSigned = value->getAsSignedConstant();
        if ((isSigned ? *isSigned : int64_t(value->getAsUnsignedConstant().value_or(0))) == number)
          return nameOf(child);
      }
  return shortest(number);
}

std::string textOfBytes(const DWARFDie &type, Bytes bytes);

std::string textOfRow(uint64_t count, uint64_t size, Bytes bytes, function_ref<std::string(Bytes)> one) {
  std::string text = "{";
  for (uint64_t i = 0; i < count && i < kMostShown && (i + 1) * size <= bytes.size(); ++i)
    text += (i ? ", " : "") + one(bytes.slice(i * size, size));
  return text + (count > kMostShown ? ", ...}" : "}");
}

std::string textOfMembers(const DWARFDie &type, Bytes bytes) {
  std::string text = "{";
  for (const DWARFDie &child : type.children()) {
    const bool isBase = child.getTag() == DW_TAG_inheritance;
    if ((!isBase && child.getTag() != DW_TAG_member) || child.find(DW_AT_external))
      continue;
    text += text.size() > 1 ? ", " : "";
    const DWARFDie of = typeOf(child);
    if (const std::string name = isBase ? "<" + nameOf(of) + ">" : nameOf(child); !name.empty())
      text += name + " = ";
    if (auto bits = child.find(DW_AT_bit_size)) {
      const uint64_t begin = offsetOf(child), wide = bits->getAsUnsignedConstant().value_or(0);
      auto first = child.find(DW_AT_data_bit_offset);
      const uint64_t firstBit = first ? first->getAsUnsignedConstant().value_or(0) : 8 * begin;
      uint64_t value = 0;
      for (uint64_t i = 0; i < wide && i < 64 && (firstBit + i) / 8 < bytes.size(); ++i)
        value |= uint64_t(bytes[(firstBit + i) / 8] >> (firstBit + i) % 8 & 1) << i;
      const unsigned encoding = encodingOf(withoutNames(of));
      const bool isSigned = encoding == DW_ATE_signed || encoding == DW_ATE_signed_char;
      if (isSigned && wide && wide < 64 && value >> (wide - 1) & 1)
        value |= ~uint64_t{0} << wide;
      text += shortest(int64_t(value));
      continue;
    }
    const uint64_t begin = offsetOf(child), size = sizeOfType(of);
    text += begin + size <= bytes.size() ? textOfBytes(of, bytes.slice(begin, size)) : std::string("?");
  }
  return text + "}";
}

std::string textOfBytes(const DWARFDie &named, Bytes bytes) {
  const DWARFDie type = withoutNames(named);
  switch (type ? type.getTag() : DW_TAG_null) {
  case DW_TAG_base_type: {
    const Value number = scalarOf(type, bytes);
    const unsigned encoding = encodingOf(type);
    if (encoding == DW_ATE_boolean)
      return number.integer ? "true" : "false";
    if (number.kind == Value::Kind::Real)
      return sizeOfType(type) == 8 ? shortest(number.real) : shortest(float(number.real));
    if (encoding != DW_ATE_signed && encoding != DW_ATE_signed_char)
      return shortest(uint64_t(number.integer));
    return shortest(number.integer);
  }
  case DW_TAG_enumeration_type: {
    const DWARFDie under = withoutNames(typeOf(type));
    return enumerator(type, under ? scalarOf(under, bytes).integer : signedOf(bytes, bytes.size()));
  }
  case DW_TAG_array_type: {
    const DWARFDie element = typeOf(type);
    const uint64_t dimensions = elementsOf(type), size = sizeOfType(type);
    const uint64_t one = dimensions ? size / dimensions : 0;
    // Of several dimensions the first is a row of rows.
    unsigned ranks = 0;
    for (const DWARFDie &child : type.children())
      ranks += child.getTag() == DW_TAG_subrange_type;
    if (ranks < 2)
      return textOfRow(dimensions, one, bytes, [&](Bytes part) { return textOfBytes(element, part); });
    std::vector<uint64_t> counts;
    for (const DWARFDie &child : type.children())
      if (child.getTag() == DW_TAG_subrange_type)
        if (auto count = child.find(DW_AT_count))
          counts.push_back(count->getAsUnsignedConstant().value_or(0));
    const std::function<std::string(size_t, Bytes)> row = [&](size_t rank, Bytes part) -> std::string {
      if (rank == counts.size())
        return textOfBytes(element, part);
      return textOfRow(counts[rank], counts[rank] ? part.size() / counts[rank] : 0, part,
                       [&](Bytes inner) { return row(rank + 1, inner); });
    };
    return row(0, bytes);
  }
  case DW_TAG_structure_type:
  case DW_TAG_class_type:
  case DW_TAG_union_type:
    return textOfMembers(type, bytes);
  default:
    return hexText(as<uint64_t>(bytes)); // pointers of all kinds
  }
}

} // namespace

DWARFDie withoutNames(DWARFDie type) {
  while (type && (type.getTag() == DW_TAG_typedef || type.getTag() == DW_TAG_const_type ||
                  type.getTag() == DW_TAG_volatile_type || type.getTag() == DW_TAG_restrict_type))
    type = typeOf(type);
  return type;
}

std::string nameOfType(const Value &value) {
  std::string text;
  raw_string_ostream stream(text);
  if (value.type)
    dumpTypeQualifiedName(value.type, stream);
  for (unsigned i = 0; i < value.pointers; ++i)
    text += i || text.back() != '*' ? (i ? "*" : " *") : "*";
  return value.repeat ? text + "[" + std::to_string(value.repeat) + "]" : text;
}

uint64_t sizeOf(const Value &value) { return value.pointers ? kPointerBytes : sizeOfType(value.type); }

bool isPointer(const Value &value) {
  const DWARFDie type = withoutNames(value.type);
  return value.kind == Value::Kind::Object && (value.pointers || (type && type.getTag() == DW_TAG_pointer_type));
}

uint64_t elementsOf(const DWARFDie &array) {
  uint64_t count = 1;
  for (const DWARFDie &child : array.children())
    if (child.getTag() == DW_TAG_subrange_type) {
      auto length = child.find(DW_AT_count);
      count *= length ? length->getAsUnsignedConstant().value_or(0) : 0;
    }
  return count;
}

uint64_t offsetOf(const DWARFDie &member) {
  auto offset = member.find(DW_AT_data_member_location);
  return offset ? offset->getAsUnsignedConstant().value_or(0) : 0;
}

Expected<std::vector<uint8_t>> bytesOf(Client &client, const Value &value) {
  const uint64_t size = sizeOf(value) * std::max<uint64_t>(value.repeat, 1);
  constexpr uint64_t kMostBytes = 64 * 1024 * 1024;
  if (size > kMostBytes)
    return createStringError("an object of %llu bytes is too large to show; name a part of it",
                             static_cast<unsigned long long>(size));
  if (value.address)
    return client.read(*value.address, size);
  std::vector<uint8_t> bytes = value.bytes;
  bytes.resize(size);
  return bytes;
}

Expected<Value> numberOf(Client &client, const Value &value) {
  if (value.kind != Value::Kind::Object)
    return value;
  const DWARFDie type = withoutNames(value.type);
  const bool isScalar = type && (type.getTag() == DW_TAG_base_type || type.getTag() == DW_TAG_enumeration_type);
  if (value.repeat || (!isScalar && !isPointer(value)))
    return createStringError("a value of type %s is no number", nameOfType(value).c_str());
  auto bytes = bytesOf(client, value);
  if (!bytes)
    return bytes.takeError();
  if (isPointer(value))
    return Value::ofInteger(as<int64_t>(*bytes));
  const DWARFDie under = type.getTag() == DW_TAG_enumeration_type ? withoutNames(typeOf(type)) : type;
  return under ? scalarOf(under, *bytes) : Value::ofInteger(signedOf(*bytes, bytes->size()));
}

Expected<std::string> textOf(Client &client, const Value &value) {
  if (value.kind == Value::Kind::Integer)
    return shortest(value.integer);
  if (value.kind == Value::Kind::Real)
    return shortest(value.real);
  auto bytes = bytesOf(client, value);
  if (!bytes)
    return bytes.takeError();
  const uint64_t size = sizeOf(value);
  auto one = [&](Bytes part) { return value.pointers ? hexText(as<uint64_t>(part)) : textOfBytes(value.type, part); };
  if (value.repeat)
    return textOfRow(value.repeat, size, *bytes, one);
  const DWARFDie type = withoutNames(value.type);
  if (!value.pointers && isReference(type)) { // what it refers to
    Value target;
    target.type = typeOf(type);
    target.address = as<uint64_t>(*bytes);
    return textOf(client, target);
  }
  return one(*bytes);
}

} // namespace bang::console

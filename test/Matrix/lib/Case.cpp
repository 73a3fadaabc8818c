// Case.cpp: places operands, fills memory, records what an oracle expects and compares it with what came out.
#include "test/Matrix/lib/Case.h"

#include <algorithm>
#include <bit>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <sstream>

namespace matrix {

int Row::index(std::string_view param) const {
  for (size_t i = 0; i < params.size(); ++i)
    if (params[i].name == param)
      return int(i);
  return -1;
}

const Param *Row::find(std::string_view param) const {
  int at = index(param);
  return at < 0 ? nullptr : &params[at];
}

[[noreturn]] static void broken(const Case &c, const std::string &what) {
  printf("BROKEN ORACLE of '%s' (%s): %s\n", c.row.op.c_str(), c.describe().c_str(), what.c_str());
  exit(1);
}

// A generator of our own: the same numbers on every machine.
static uint64_t mix(uint64_t x) {
  x += 0x9e3779b97f4a7c15;
  x = (x ^ (x >> 30)) * 0xbf58476d1ce4e5b9;
  x = (x ^ (x >> 27)) * 0x94d049bb133111eb;
  return x ^ (x >> 31);
}

static uint64_t specialFloat(const Elt &elt, uint64_t random) {
  double tiny = std::ldexp(1.0, 1 - elt.maxExp), least = std::ldexp(tiny, 1 - elt.precision);
  const double values[] = {0.0,
                           -0.0,
                           INFINITY,
                           -INFINITY,
                           NAN,
                           1,
                           -1,
                           0.5,
                           -2,
                           elt.largest(),
                           -elt.largest(),
                           tiny,
                           -tiny,
                           least,
                           -least,
                           3 * least,
                           tiny - least,
                           1 + std::ldexp(1.0, 1 - elt.precision),
                           127.5,
                           -128.5,
                           32767.5,
                           255,
                           3.0,
                           -3.0};
  constexpr size_t count = std::size(values);
  if (random % 4 == 0)
    return encodeFloat(elt, (double(random >> 40) / (1 << 24) - 0.5) * 8);
  return encodeFloat(elt, values[random / 4 % count]);
}

static uint64_t elementBits(const Elt &elt, Data data, uint64_t index, uint64_t random) {
  switch (data) {
  case Data::AllLow:
    return index;
  case Data::AllHigh:
    return index + Case::kHalf;
  case Data::Bits:
    return random;
  case Data::Sparse:
    return random % 61 ? 0 : elementBits(elt, Data::Special, index, mix(random));
  case Data::Divisor: {
    uint64_t bits = elementBits(elt, Data::Special, index, random);
    return elt.isFloat || decodeInt(elt, bits) != 0 ? bits : 1;
  }
  case Data::Small: {
    int small = int(random % 9) - 4;
    return elt.isFloat ? encodeFloat(elt, small) : encodeInt(elt, elt.isSigned ? small : small + 4);
  }
  case Data::Moderate: {
    double unit = double(random >> 11) / double(1ull << 53);
    if (elt.isFloat)
      return encodeFloat(elt, (unit - 0.5) * 200);
    return encodeInt(elt, elt.isSigned ? Int((unit - 0.5) * 200) : Int(unit * 100));
  }
  case Data::Special:
    if (elt.isFloat)
      return specialFloat(elt, random);
    const Int values[] = {0, 1, elt.low(), elt.high(), elt.low() + 1, elt.high() - 1, 2, elt.isSigned ? -1 : 3};
    return encodeInt(elt, random % 3 ? values[random / 3 % 8] : Int(random >> 8));
  }
  return 0;
}

// Source and destination of each copy direction, in the order of mluMemcpyDirection_t.
static constexpr Memory kDirections[][2] = {
    {kGdram, kNram}, {kNram, kGdram},  {kLdram, kNram},  {kNram, kLdram},  {kGdram, kWram},  {kWram, kGdram},
    {kLdram, kWram}, {kWram, kLdram},  {kNram, kNram},   {kNram, kWram},   {kWram, kNram},   {kGdram, kSram},
    {kSram, kGdram}, {kLdram, kSram},  {kSram, kLdram},  {kSram, kNram},   {kNram, kSram},   {kSram, kWram},
    {kWram, kSram},  {kGdram, kGdram}, {kGdram, kLdram}, {kLdram, kGdram}, {kLdram, kLdram}, {kSram, kSram}};

static Memory memoryNamed(std::string_view name) {
  constexpr std::string_view names[] = {"nram", "gdram", "ldram", "sram", "wram"};
  for (int i = 0; i < kMemories; ++i)
    if (names[i] == name)
      return Memory(i);
  return kMemories;
}

// The memory of an address: what the row says, one of its alternatives, or what the direction says.
Memory Case::memoryOf(const Param &p) const {
  if (has("dir") && p.space == "any")
    return kDirections[arg("dir")][p.role == "write"];
  if (p.space == "any") // a form without a direction is from GDRAM
    return p.role == "write" ? kNram : kGdram;
  std::vector<std::string> names;
  std::istringstream in(p.space);
  for (std::string name; std::getline(in, name, '|');)
    names.push_back(name);
  Memory memory = memoryNamed(names[setup.space % names.size()]);
  if (memory == kMemories)
    broken(*this, "parameter '" + p.name + "' lies in '" + p.space + "', which the runner does not know");
  return memory;
}

Case::Case(const Row &row, Setup given, unsigned seed)
    : row(row), setup(std::move(given)), bases(row.params.size()), spaces(row.params.size(), kMemories),
      values(row.params.size()) {
  // Each address gets a region of its own, except that dst may be placed on a source.
  size_t next = 0;
  auto onSource = [&](const Param &p) { return p.name == "dst" && !setup.inPlace.empty(); };
  for (size_t i = 0; i < row.params.size(); ++i) {
    const Param &p = row.params[i];
    if (!p.isAddress())
      continue;
    spaces[i] = memoryOf(p);
    if (spaces[i] == kWram || onSource(p))
      continue;
    bases[i] = next + (setup.unaligned ? std::max(1, p.elt->bits / 8) : 0);
    next += setup.region;
  }
  before.resize(next);
  for (size_t i = 0; i < row.params.size(); ++i) {
    const Param &p = row.params[i];
    unsigned salt = seed + unsigned(i);
    if (onSource(p)) {
      bases[i] = bases[row.index(setup.inPlace)];
      spaces[i] = spaces[row.index(setup.inPlace)];
    } else if (spaces[i] == kWram) {
      weights.resize(kTable * 64);
      fill(weights, 0, weights.size(), *p.elt, salt);
    } else if (p.isAddress()) {
      size_t end = (bases[i] / setup.region + 1) * setup.region;
      fill(before, bases[i], end - bases[i], *p.elt, salt);
    } else if (p.role == "value") {
      const bool all = setup.data == Data::AllLow || setup.data == Data::AllHigh;
      values[i] = elementBits(*p.elt, all ? Data::Moderate : setup.data, 0, mix(mix(salt)));
    }
  }
  expected = before;
}

void Case::fill(std::vector<uint8_t> &memory, size_t byte, size_t bytes, const Elt &elt, unsigned seed) {
  size_t count = bytes * 8 / elt.bits;
  for (size_t i = 0; i < count; ++i) {
    uint64_t value = elementBits(elt, setup.data, i, mix(uint64_t(seed) << 32 | i));
    if (elt.bits == 4) {
      uint8_t &cell = memory[byte + i / 2];
      cell = i % 2 ? (cell & 0x0f) | (value & 15) << 4 : (cell & 0xf0) | (value & 15);
    } else {
      memcpy(&memory[byte + i * (elt.bits / 8)], &value, elt.bits / 8);
    }
  }
}

std::string Case::describe() const {
  static const char *const kinds[] = {"special", "moderate", "bits", "small", "divisor", "sparse", "all", "all"};
  std::string text = row.name + "(";
  for (const Param &p : row.params)
    text += (p.name == row.params.front().name ? "" : ", ") + std::string(p.elt ? p.elt->name : "") +
            (p.elt ? " " : "") + p.name;
  text += ")" + (row.form.empty() ? "" : " form " + row.form) + (row.suffix.empty() ? "" : " " + row.suffix);
  for (auto &[name, value] : setup.args)
    if (has(name))
      text += " " + name + "=" + std::to_string(value);
  text += std::string(" data=") + kinds[int(setup.data)];
  if (!setup.inPlace.empty())
    text += " dst=" + setup.inPlace;
  if (setup.space)
    text += " memory " + std::to_string(setup.space);
  if (setup.unaligned)
    text += " unaligned";
  return text;
}

int64_t Case::arg(std::string_view param) const {
  auto it = setup.args.find(param);
  return it != setup.args.end() && has(param) ? it->second : 0;
}

const Elt &Case::elt(std::string_view param) const {
  const Param *p = row.find(param);
  if (!p || !p->elt)
    broken(*this, "parameter '" + std::string(param) + "' has no elements");
  return *p->elt;
}

const Param &Case::address(std::string_view param, size_t &base) const {
  int at = row.index(param);
  if (at < 0 || !row.params[at].isAddress())
    broken(*this, "'" + std::string(param) + "' is not an address of this form");
  base = bases[at];
  return row.params[at];
}

size_t Case::byteOf(std::string_view param, size_t index) const {
  size_t base;
  const Param &p = address(param, base);
  size_t end = spaces[&p - row.params.data()] == kWram ? weights.size() : (base / setup.region + 1) * setup.region;
  size_t byte = base + index * p.elt->bits / 8;
  if (byte + (p.elt->bits + 7) / 8 > end)
    broken(*this, "element " + std::to_string(index) + " of '" + p.name + "' lies outside its memory");
  return byte;
}

uint64_t Case::load(const std::vector<uint8_t> &from, size_t byte, size_t index, const Elt &type) const {
  uint64_t bits = 0;
  memcpy(&bits, &from[byte], (type.bits + 7) / 8);
  return type.bits == 4 ? bits >> (index % 2 * 4) & 15 : bits;
}

uint64_t Case::bytes(std::string_view param, size_t byte, size_t size) const {
  size_t base;
  const Param &p = address(param, base);
  const std::vector<uint8_t> &memory = spaces[&p - row.params.data()] == kWram ? weights : before;
  if (base + byte + size > memory.size())
    broken(*this, "byte " + std::to_string(byte) + " of '" + p.name + "' lies outside its memory");
  uint64_t value = 0;
  memcpy(&value, &memory[base + byte], size);
  return value;
}

void Case::put(std::string_view param, size_t byte, uint64_t value, size_t size) {
  size_t base;
  const Param &p = address(param, base);
  if (spaces[&p - row.params.data()] == kWram) {
    memcpy(&weights[byte], &value, size);
    return;
  }
  memcpy(&before[base + byte], &value, size);
  memcpy(&expected[base + byte], &value, size);
}

uint64_t Case::bits(std::string_view param, size_t index) const {
  int at = row.index(param);
  if (at >= 0 && row.params[at].role == "value")
    return values[at];
  // Of weights: element `index` of the tables behind each other.
  size_t byte = byteOf(param, index);
  return load(spaces[at] == kWram ? weights : before, byte, index, *row.params[at].elt);
}

double Case::f(std::string_view param, size_t index) const {
  const Elt &type = elt(param);
  return type.isFloat ? decodeFloat(type, bits(param, index)) : double(decodeInt(type, bits(param, index)));
}

Int Case::i(std::string_view param, size_t index) const { return decodeInt(elt(param), bits(param, index)); }

void Case::setBits(std::string_view param, size_t index, uint64_t value) {
  const Elt &type = elt(param);
  size_t byte = byteOf(param, index);
  if (type.bits == 4)
    expected[byte] = index % 2 ? (expected[byte] & 0x0f) | (value & 15) << 4 : (expected[byte] & 0xf0) | (value & 15);
  else
    memcpy(&expected[byte], &value, type.bits / 8);
}

void Case::setF(std::string_view param, size_t index, double value, double ulps, Rounding mode) {
  const Elt &type = elt(param);
  setBits(param, index, encodeFloat(type, value, mode));
  if (ulps > 0 || std::isnan(value))
    loose.push_back({byteOf(param, index), &type, value, ulps});
}

void Case::setI(std::string_view param, size_t index, Int value) {
  setBits(param, index, encodeInt(elt(param), value));
}

void Case::setWord(std::string_view param, size_t byte, uint32_t value) {
  size_t base;
  address(param, base);
  memcpy(&expected[base + byte], &value, 4);
}

void Case::setByte(std::string_view param, size_t byte, uint64_t value) {
  size_t base;
  address(param, base);
  expected[base + byte] = uint8_t(value);
}

void Case::setAny(std::string_view param, size_t byte, size_t bytes) {
  size_t base;
  address(param, base);
  open.push_back({base + byte, bytes});
}

void Case::resultF(double value, double ulps) {
  hasResult = true;
  wanted = value;
  wantedUlps = ulps;
  wantedBits = encodeFloat(*row.result, value);
}

void Case::resultI(Int value) {
  hasResult = true;
  wantedBits = encodeInt(*row.result, value);
}

void Case::describeTo(Call &call) const {
  call.row = row.id;
  call.bytes = int(before.size());
  if (row.params.size() > Call::kMaxArguments)
    broken(*this, "the runner passes fewer arguments");
  for (size_t i = 0; i < row.params.size(); ++i) {
    const Param &p = row.params[i];
    call.arguments[i] = p.isAddress() ? int64_t(bases[i]) : p.role == "value" ? int64_t(values[i]) : arg(p.name);
    call.spaces[i] = spaces[i];
    if (p.isAddress())
      call.uses[spaces[i]] = true;
  }
}

// Values written with tolerance are compared as numbers; overflow to infinity counts as one step behind the largest.
// The right number, rounded, has no error.
static double errorOf(const Elt &elt, uint64_t found, double wanted) {
  double value = decodeFloat(elt, found);
  if (std::isnan(wanted) || std::isnan(value))
    return std::isnan(wanted) && std::isnan(value) ? 0 : INFINITY;
  if (found == encodeFloat(elt, wanted))
    return 0;
  double limit = elt.largest() + ulpOf(elt, elt.largest());
  value = std::clamp(value, -limit, limit);
  return std::fabs(value - std::clamp(wanted, -limit, limit)) / ulpOf(elt, wanted);
}

// The parameter in whose region a byte lies; of two in one place the written one.
int Case::paramAt(size_t byte) const {
  int found = -1;
  for (size_t i = 0; i < row.params.size(); ++i) {
    const Param &p = row.params[i];
    if (p.isAddress() && spaces[i] != kWram && bases[i] / setup.region == byte / setup.region &&
        (found < 0 || p.role == "write"))
      found = int(i);
  }
  return found;
}

std::string Case::compare(const std::vector<uint8_t> (&images)[kMemories], uint64_t result) const {
  char text[200];
  // Each region as the memory has it in which it lies.
  std::vector<uint8_t> after(before.size());
  for (size_t byte = 0; byte < before.size(); byte += setup.region)
    memcpy(&after[byte], &images[spaces[paramAt(byte)]][byte], setup.region);
  std::vector<uint8_t> want = expected;
  for (const Loose &l : loose) {
    uint64_t found = load(after, l.byte, 0, *l.elt);
    const double error = errorOf(*l.elt, found, l.value);
    worst = std::max(worst, error);
    if (!(error <= l.ulps)) {
      snprintf(text, sizeof(text), ": found %.9g, expected %.9g within %g ulp", decodeFloat(*l.elt, found),
               decodeFloat(*l.elt, encodeFloat(*l.elt, l.value)), l.ulps);
      const Param &p = row.params[paramAt(l.byte)];
      return p.name + "[" + std::to_string((l.byte - bases[&p - row.params.data()]) * 8 / l.elt->bits) + "]" + text;
    }
    memcpy(&want[l.byte], &found, l.elt->bits / 8);
  }
  for (auto [byte, bytes] : open)
    memcpy(&want[byte], &after[byte], bytes);
  auto [a, b] = std::mismatch(want.begin(), want.end(), after.begin());
  if (a != want.end()) {
    size_t byte = a - want.begin();
    int param = paramAt(byte);
    const Param *p = &row.params[param];
    if (byte < bases[param])
      return "memory before " + p->name + " differs";
    size_t size = std::max(1, p->elt->bits / 8), element = (byte - bases[param]) / size;
    size_t at = bases[param] + element * size;
    std::string name = p->name + "[" + std::to_string(element) + "]";
    uint64_t found = load(after, at, 0, *p->elt), wanted = load(want, at, 0, *p->elt);
    auto number = [&](uint64_t v) { return p->elt->isFloat ? decodeFloat(*p->elt, v) : double(decodeInt(*p->elt, v)); };
    snprintf(text, sizeof(text), ": found %.9g (0x%llx), expected %.9g (0x%llx), was 0x%llx", number(found),
             (unsigned long long)found, number(wanted), (unsigned long long)wanted,
             (unsigned long long)load(before, at, 0, *p->elt));
    return name + text;
  }
  if (!row.result)
    return "";
  if (!hasResult)
    broken(*this, "it sets no result");
  uint64_t mask = row.result->bits < 64 ? (uint64_t(1) << row.result->bits) - 1 : ~uint64_t(0);
  if ((result & mask) == wantedBits ||
      (row.result->isFloat && errorOf(*row.result, result & mask, wanted) <= wantedUlps))
    return "";
  snprintf(text, sizeof(text), "result: found 0x%llx, expected 0x%llx", (unsigned long long)(result & mask),
           (unsigned long long)wantedBits);
  return text;
}

} // namespace matrix

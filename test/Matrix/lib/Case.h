// Case.h: one call of one builtin: its row, its arguments, memory before, and memory as the oracle expects it after.
#ifndef OPENBANG_TEST_MATRIX_CASE_H
#define OPENBANG_TEST_MATRIX_CASE_H

#include "test/Matrix/lib/Number.h"
#include "test/Matrix/lib/Runner.h"

#include <map>
#include <string>
#include <vector>

namespace matrix {

struct Param {
  std::string name, role, space;
  const Elt *elt = nullptr; // element of an address, or type of a value
  bool isAddress() const { return role == "read" || role == "write"; }
};

// One overload of one builtin.
struct Row {
  int id;
  std::string name, op, form, suffix;
  const Elt *result = nullptr;
  std::vector<Param> params;
  double ulps = 0;                         // the largest error the row allows itself
  std::vector<std::string> noAlias;        // parameters that must not overlap dst
  int index(std::string_view param) const; // -1: this form has not
  const Param *find(std::string_view param) const;
};

// What kind of numbers fill the memory.
enum class Data {
  Special,  // ends of the type, NaN, infinities, zeros, subnormal numbers, and numbers near 1
  Moderate, // magnitudes up to 100
  Bits,     // any bit pattern
  Small,    // integers -4 .. 4: sums are exact in any order
  Divisor,  // special, but no integer is 0
  Sparse,   // mostly zeros
  AllLow,   // element i has bit pattern i
  AllHigh   // element i has bit pattern i + 32768
};

using Args = std::map<std::string, int64_t, std::less<>>;

class Case {
public:
  // Where and with what a call is made. `space` chooses among the memories an operand may lie in.
  struct Setup {
    Args args;
    Data data;
    size_t region;            // bytes of memory for each address
    std::string inPlace = ""; // source on which dst is placed
    bool unaligned = false;
    unsigned space = 0;
  };
  Case(const Row &row, Setup setup, unsigned seed);

  const Row &row;
  std::string describe() const;

  // For oracles. Reads see the memory before the call; a parameter the row has not is 0.
  int64_t arg(std::string_view param) const;
  bool has(std::string_view param) const { return row.find(param) != nullptr; }
  const Elt &elt(std::string_view param) const;
  bool isFloat(std::string_view param) const { return elt(param).isFloat; }
  double f(std::string_view param, size_t index) const; // element of an address, or the value
  Int i(std::string_view param, size_t index) const;
  uint64_t bits(std::string_view param, size_t index) const;
  uint64_t bytes(std::string_view param, size_t byte, size_t size) const; // at most 8, wherever they are

  // Puts an input where the data of this kind would not do, as offsets that must stay inside; before anything is set.
  void put(std::string_view param, size_t byte, uint64_t value, size_t size);

  void setF(std::string_view param, size_t index, double value, double ulps = 0, Rounding mode = Rounding::Rn);
  void setI(std::string_view param, size_t index, Int value);
  void setBits(std::string_view param, size_t index, uint64_t bits);
  // A 32-bit word or a raw byte somewhere behind the start of a parameter.
  void setWord(std::string_view param, size_t byte, uint32_t value);
  void setByte(std::string_view param, size_t byte, uint64_t value);
  // Bytes that the language leaves open.
  void setAny(std::string_view param, size_t byte, size_t bytes);
  void resultF(double value, double ulps = 0);
  void resultI(Int value);

  // For the runner.
  void describeTo(Call &call) const; // all but the addresses on the device
  // Empty when memory and result are as expected, else what differs. `after` holds the image of each memory.
  std::string compare(const std::vector<uint8_t> (&after)[kMemories], uint64_t result) const;
  // The largest error that compare met, in units of the last place.
  mutable double worst = 0;

  std::vector<uint8_t> before, weights; // all regions, and the 64 tables of WRAM behind each other
  static constexpr size_t kHalf = 32768, kAllRegion = kHalf * 4 + 128, kTable = 2048;

private:
  struct Loose { // a float that may be off, or any NaN
    size_t byte;
    const Elt *elt;
    double value, ulps;
  };
  const Param &address(std::string_view param, size_t &base) const;
  size_t byteOf(std::string_view param, size_t index) const;
  uint64_t load(const std::vector<uint8_t> &from, size_t byte, size_t index, const Elt &elt) const;
  void fill(std::vector<uint8_t> &memory, size_t byte, size_t bytes, const Elt &elt, unsigned seed);
  int paramAt(size_t byte) const;
  Memory memoryOf(const Param &p) const;

  Setup setup;
  std::vector<size_t> bases; // of each parameter that is an address
  std::vector<Memory> spaces;
  std::vector<uint64_t> values; // of each parameter that is a value
  std::vector<uint8_t> expected;
  std::vector<Loose> loose;
  std::vector<std::pair<size_t, size_t>> open;
  bool hasResult = false;
  uint64_t wantedBits = 0;
  double wanted = 0, wantedUlps = 0;
};

} // namespace matrix

#endif // OPENBANG_TEST_MATRIX_CASE_H

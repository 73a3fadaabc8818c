// Oracles.h: how an oracle is written. Each operation of the builtin table needs exactly one entry; usually it is one
// line.
#ifndef OPENBANG_TEST_MATRIX_ORACLES_H
#define OPENBANG_TEST_MATRIX_ORACLES_H

#include "test/Matrix/lib/Case.h"

#include <functional>
#include <string>
#include <vector>

namespace matrix {

struct Oracle {
  std::function<void(Case &)> run = {};
  std::vector<Args> shapes = {}; // counts and sizes to call with; empty: n over the usual sizes
  std::vector<Data> data = {Data::Special, Data::Moderate, Data::Bits};
  size_t region = 8192;                     // bytes of memory for each address
  bool inPlace = true;                      // dst may be each source of the same size
  bool exhaustive = true;                   // a 16-bit source takes all its 65,536 values
  std::function<void(Case &)> prepare = {}; // puts inputs that are not like the others
  // Instead of all that: the test that executes the operation, and how it calls it when not by the name of the builtin.
  std::string testedIn = "", calledAs = "";
};

// Registers an oracle for the operations named, blank-separated.
struct Add {
  Add(const char *operations, Oracle oracle);
};
const Oracle *findOracle(const std::string &operation);

// Element-wise operations. The function sees doubles for float types and Int for integers; its result is rounded once.
// Operands are found by their roles: vectors, a value, or a segment that repeats (`seg`, `seg_n`).
template <typename F> Oracle unary(F f, double ulps = 0);
template <typename F> Oracle binary(F f, double ulps = 0);

// The operation is executed and checked by a test written by hand: its memory is not NRAM, or it is not about data.
inline Oracle testedIn(std::string file, std::string calledAs = "") {
  Oracle oracle;
  oracle.testedIn = std::move(file);
  oracle.calledAs = std::move(calledAs);
  return oracle;
}

// Reads operand `index` of an element-wise operation at element i.
double operandF(const Case &c, int index, size_t i);
Int operandI(const Case &c, int index, size_t i);
const std::string &firstRead(const Case &c);

template <typename F> Oracle unary(F f, double ulps) {
  Oracle oracle;
  oracle.run = [=](Case &c) {
    for (size_t i = 0; i < size_t(c.arg("n")); ++i)
      if (c.elt("dst").isFloat)
        c.setF("dst", i, f(operandF(c, 0, i)), ulps);
      else
        c.setI("dst", i, f(operandI(c, 0, i)));
  };
  return oracle;
}

template <typename F> Oracle binary(F f, double ulps) {
  Oracle oracle;
  oracle.run = [=](Case &c) {
    for (size_t i = 0; i < size_t(c.arg("n")); ++i)
      if (c.elt("dst").isFloat)
        c.setF("dst", i, f(operandF(c, 0, i), operandF(c, 1, i)), ulps);
      else
        c.setI("dst", i, f(operandI(c, 0, i), operandI(c, 1, i)));
  };
  return oracle;
}

} // namespace matrix

#endif // OPENBANG_TEST_MATRIX_ORACLES_H

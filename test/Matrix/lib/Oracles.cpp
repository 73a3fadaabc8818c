// Oracles.cpp: the registry of oracles and what they share.
#include "test/Matrix/lib/Oracles.h"

#include <cstdio>
#include <cstdlib>
#include <sstream>

namespace matrix {

static std::map<std::string, Oracle> &registry() {
  static std::map<std::string, Oracle> all;
  return all;
}

Add::Add(const char *operations, Oracle oracle) {
  std::istringstream names(operations);
  for (std::string name; names >> name;)
    if (!registry().try_emplace(name, oracle).second) {
      printf("operation '%s' has two oracles\n", name.c_str());
      exit(1);
    }
}

const Oracle *findOracle(const std::string &operation) {
  auto it = registry().find(operation);
  return it == registry().end() ? nullptr : &it->second;
}

// Operands in the order of the row: sources and values, without dst and counts.
static const Param &operand(const Case &c, int index) {
  for (const Param &p : c.row.params)
    if ((p.role == "read" || p.role == "value") && index-- == 0)
      return p;
  printf("BROKEN ORACLE of '%s': the operation has fewer operands\n", c.row.op.c_str());
  exit(1);
}

static size_t elementOf(const Case &c, const Param &p, size_t i) {
  // With a segment length all operands but the first repeat.
  bool repeats = c.has("seg_n") && &p != &operand(c, 0);
  return repeats ? i % c.arg("seg_n") : i;
}

double operandF(const Case &c, int index, size_t i) {
  const Param &p = operand(c, index);
  return c.f(p.name, elementOf(c, p, i));
}

Int operandI(const Case &c, int index, size_t i) {
  const Param &p = operand(c, index);
  return c.i(p.name, elementOf(c, p, i));
}

const std::string &firstRead(const Case &c) { return operand(c, 0).name; }

} // namespace matrix

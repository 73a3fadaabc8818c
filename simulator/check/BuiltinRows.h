// BuiltinRows.h: the rows of builtins that an executed instruction may belong to.
//
// Several builtins share an instruction, and some are a sequence of instructions. The source line tells them apart
// where it names one; elsewhere all rows of the instruction are possible.
#ifndef OPENBANG_SIMULATOR_CHECK_BUILTINROWS_H
#define OPENBANG_SIMULATOR_CHECK_BUILTINROWS_H

#include "codegen/isa/Insn.h"
#include "lang/builtins/BuiltinTable.h"

#include <string>
#include <string_view>
#include <vector>

namespace dlp::check {

// The words of a source line that look like calls of builtins: "__bang_add", in their order.
std::vector<std::string_view> calledNames(std::string_view text);

struct BuiltinRow {
  const bang::OpInfo *op;
  std::string name; // as the source calls it; else a name of the row
};

// Empty: no row names the instruction, and the line none that is a sequence.
std::vector<BuiltinRow> rowsOf(const InsnInfo &info, std::string_view sourceLine);

// Those that explain most operands of the instruction: a name may have rows of several forms.
std::vector<BuiltinRow> bestRowsOf(const InsnInfo &info, std::string_view sourceLine);

// Which operand of an instruction has this name; -1: none.
int operandOf(const InsnInfo &info, std::string_view name);

} // namespace dlp::check

#endif // OPENBANG_SIMULATOR_CHECK_BUILTINROWS_H

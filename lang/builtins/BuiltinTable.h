// BuiltinTable.h: the builtin rows as constant data. Generated; depends on nothing.
//
// Device code calls labels (`bang.sumpool.tiled.f32`). A label names an operation, its types and which of the
// operation's parameters each call argument is; the parameters a label leaves out are zero.
#ifndef OPENBANG_LANG_BUILTINS_BUILTINTABLE_H
#define OPENBANG_LANG_BUILTINS_BUILTINTABLE_H

#include <cstdint>
#include <span>
#include <string_view>

namespace bang {

enum class ParamRole : uint8_t { Write, Read, Value, Count, Size, Index, Flag, Text };
// What the kinds mean stands in Vocab.td, at the classes R_*.
enum class RuleKind : uint8_t { Multiple, NoAlias, ByteMultiple, Unit, Range, NotAbove, Apart, SamePieces, Aligned };

// Memory spaces an address may lie in: bit s is dlp::Space s.
using SpaceMask = uint8_t;

struct ParamInfo {
  const char *name;
  ParamRole role;
  SpaceMask spaces; // 0 for plain values
  int8_t typeIndex; // which of the overload's types its element is; -1: none (void pointer, integer)
  bool isSigned;    // of integers: sign-extended to a register
};

struct RuleInfo {
  RuleKind kind;
  int8_t a, b, c, d; // parameter indices; -1 where unused
  int32_t low, number;
  bool only2xx;
  const char *text; // "n is a multiple of seg_n"
};

enum class ResultKind : uint8_t { None, Element, U32 };

// How close an operation is to a card: exact as documented; approximate, where a card's last digits differ; chosen,
// where documents are silent.
enum class Fidelity : uint8_t { Exact, Approximate, Chosen };

struct OpInfo {
  const char *mnemonic; // "add_scalar"
  const char *insn;     // "vadd.vs"; "" when lowered by a hand-written pattern
  ResultKind result;
  std::span<const ParamInfo> params;
  std::span<const RuleInfo> rules;
  const char *cname; // a C name to call it in messages
  const char *summary;
  Fidelity fidelity;
  const char *note;             // what was chosen and why
  uint16_t firstArch, lastArch; // values of __BANG_ARCH__ that have it; 0: no limit
};

// One overload of one C name.
struct LabelInfo {
  const char *label;            // "bang.add_scalar.f32"
  const char *cname;            // "__bang_add_scalar"
  uint16_t op;                  // index into allOps()
  const char *types;            // "f32", "f16.f32.rn", "" : also the suffix of its instruction
  std::span<const int8_t> args; // for each call argument its parameter of the operation
  int8_t elementBits[3];        // width of each of the overload's types, 0 where unused
};

std::span<const OpInfo> allOps();
std::span<const LabelInfo> allLabels();
const OpInfo *findOp(std::string_view mnemonic);    // nullptr when unknown
const LabelInfo *findLabel(std::string_view label); // nullptr when unknown

} // namespace bang

#endif // OPENBANG_LANG_BUILTINS_BUILTINTABLE_H

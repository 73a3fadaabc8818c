// InterpPairs.cpp: two instructions that often follow each other, as one function of the interpreter.
//
// One jump less for each two instructions, and a value that the second takes from the first stays in a register. The
// second instruction keeps an Op of its own, for jumps to it. Neither of the two may end a turn, except that the second
// may be a branch; instructions count one by one, so turns are as long as without pairs.
#include "simulator/core/Interp.h"
#include "simulator/core/Steps.h"

#include <array>

namespace dlp {
namespace {

// The instructions that pairs are made of: those that compilers emit in loops.
// clang-format off
#define DLP_PAIRED_VALUES(X)                                                                                           \
  X(ADDI) X(ADDIW) X(ADD) X(ADDW) X(SUB) X(SUBW) X(SLLI) X(SRLI) X(SRAI) X(SLLIW) X(SRLIW) X(ANDI) X(AND) X(OR)        \
  X(XOR) X(SLTU) X(MUL) X(MULW) X(SH1ADD) X(SH2ADD) X(SH3ADD) X(ADD_UW) X(CZERO_EQZ) X(CZERO_NEZ)
#define DLP_PAIRED_LOADS(X)                                                                                            \
  X(LW, int32_t, Integer) X(LD, uint64_t, Integer) X(LBU, uint8_t, Integer) X(LWU, uint32_t, Integer)                  \
  X(FLW, uint32_t, Float)
#define DLP_PAIRED_STORES(X)                                                                                           \
  X(SW, uint32_t, Integer) X(SD, uint64_t, Integer) X(SB, uint8_t, Integer) X(FSW, uint32_t, Float)
#define DLP_PAIRED_BRANCHES(X) X(BEQ) X(BNE) X(BLT) X(BGE) X(BLTU) X(BGEU)
// clang-format on

enum class Kind : uint8_t { Value, Load, Store, Branch };
enum class File : uint8_t { Integer, Float };

template <class S> struct ValueStep : S {
  static constexpr Kind kKind = Kind::Value;
};
template <class T, File F> struct LoadStep {
  static constexpr Kind kKind = Kind::Load;
  static constexpr File kFile = F;
  using Type = T;
};
template <class T, File F> struct StoreStep {
  static constexpr Kind kKind = Kind::Store;
  static constexpr File kFile = F;
  using Type = T;
};
template <class S> struct BranchStep : S {
  static constexpr Kind kKind = Kind::Branch;
};

// The operand of the second instruction that is the result of the first.
enum class Takes : uint8_t { Nothing, Rs1, Rs2 };
constexpr unsigned kTakes = 3;

// Writes what the first instruction gives to its register and to `value`. False when it is a load that has to look for
// its memory.
template <class First> bool runFirst(Core &core, const Op *op, uint64_t &value) {
  if constexpr (First::kKind == Kind::Value) {
    value = First::value(core.x[op->rs1], core.x[op->rs2], uint64_t(op->imm));
    core.x[op->rd] = value;
  } else {
    uint8_t *from;
    if (!core.view.seenLoad(core.x[op->rs1] + uint64_t(op->imm), from)) [[unlikely]]
      return false;
    const auto loaded = steps::loadFrom<typename First::Type>(from);
    if constexpr (First::kFile == File::Integer)
      core.x[op->rd] = value = steps::extended(loaded);
    else
      core.f[op->rd] = steps::boxed(loaded);
  }
  return true;
}

template <class First, class Second, Takes taken> void runPair(Core &core, const Op *op, int64_t budget) {
  uint64_t value = 0;
  if (!runFirst<First>(core, op, value)) [[unlikely]] {
    OpFunction *alone = runFunction(ScalarId(op->id)); // goes on to the second by itself
    DLP_OTHERWISE(alone);
  }
  op = op->next();
  --budget;
  const uint64_t a = taken == Takes::Rs1 ? value : core.x[op->rs1];
  if constexpr (Second::kKind == Kind::Value) {
    const uint64_t b = taken == Takes::Rs2 ? value : core.x[op->rs2];
    core.x[op->rd] = Second::value(a, b, uint64_t(op->imm));
  } else if constexpr (Second::kKind == Kind::Branch) {
    const uint64_t b = taken == Takes::Rs2 ? value : core.x[op->rs2];
    if (Second::taken(a, b)) {
      if (op->imm & 1) [[unlikely]] // leaves the code
        DLP_OTHERWISE(op->run);
      DLP_JUMP(op + (op->imm >> 1));
    }
  } else if constexpr (Second::kKind == Kind::Load) {
    uint8_t *from;
    if (!core.view.seenLoad(a + uint64_t(op->imm), from)) [[unlikely]]
      DLP_OTHERWISE(op->run);
    const auto loaded = steps::loadFrom<typename Second::Type>(from);
    if constexpr (Second::kFile == File::Integer)
      core.x[op->rd] = steps::extended(loaded);
    else
      core.f[op->rd] = steps::boxed(loaded);
  } else {
    uint8_t *to;
    if (!core.view.seenStore(a + uint64_t(op->imm), to)) [[unlikely]]
      DLP_OTHERWISE(op->run);
    if constexpr (Second::kFile == File::Integer)
      steps::storeTo(to, typename Second::Type(taken == Takes::Rs2 ? value : core.x[op->rs2]));
    else
      steps::storeTo(to, typename Second::Type(core.f[op->rs2]));
  }
  DLP_NEXT();
}

template <class... Steps> struct List {};

#define DLP_VALUE_STEP(ID) , ValueStep<steps::ID>
#define DLP_LOAD_STEP(ID, TYPE, FILE) , LoadStep<TYPE, File::FILE>
#define DLP_STORE_STEP(ID, TYPE, FILE) , StoreStep<TYPE, File::FILE>
#define DLP_BRANCH_STEP(ID) , BranchStep<steps::ID>
template <class None, class... Steps> List<Steps...> withoutFirst(List<None, Steps...>);
using Firsts = decltype(withoutFirst(List<void DLP_PAIRED_VALUES(DLP_VALUE_STEP) DLP_PAIRED_LOADS(DLP_LOAD_STEP)>()));
using Seconds =
    decltype(withoutFirst(List<void DLP_PAIRED_VALUES(DLP_VALUE_STEP) DLP_PAIRED_LOADS(DLP_LOAD_STEP)
                                   DLP_PAIRED_STORES(DLP_STORE_STEP) DLP_PAIRED_BRANCHES(DLP_BRANCH_STEP)>()));

// The position of an instruction in Seconds, which begins with Firsts; kNone for any other.
constexpr unsigned kNone = ~0u;
unsigned positionOf(uint16_t id) {
  static constexpr ScalarId kIds[] = {
#define DLP_NAME(ID, ...) ScalarId::ID,
      DLP_PAIRED_VALUES(DLP_NAME) DLP_PAIRED_LOADS(DLP_NAME) DLP_PAIRED_STORES(DLP_NAME) DLP_PAIRED_BRANCHES(DLP_NAME)
#undef DLP_NAME
  };
  for (unsigned i = 0; i < std::size(kIds); ++i)
    if (kIds[i] == ScalarId(id))
      return i;
  return kNone;
}

template <class... F> constexpr unsigned countOf(List<F...>) { return sizeof...(F); }
using Row = std::array<std::array<OpFunction *, kTakes>, countOf(Seconds())>;

template <class First, class... Second> constexpr Row rowOf(List<Second...>) {
  return {{{&runPair<First, Second, Takes::Nothing>, &runPair<First, Second, Takes::Rs1>,
            &runPair<First, Second, Takes::Rs2>}...}};
}
template <class... First> constexpr std::array<Row, sizeof...(First)> tableOf(List<First...>) {
  return {rowOf<First>(Seconds())...};
}

} // namespace

OpFunction *pairFunction(const Op &first, const Op &second) {
  static constexpr auto kTable = tableOf(Firsts());
  const unsigned row = positionOf(first.id), column = positionOf(second.id);
  if (row >= kTable.size() || column == kNone)
    return nullptr;
  // Stores to the stack check its end.
  constexpr uint8_t kStackPointer = 2;
  if (stackStoreFunction(ScalarId(second.id)) != runFunction(ScalarId(second.id)) && second.rs1 == kStackPointer)
    return nullptr;
  const bool firstIsFloat = ScalarId(first.id) == ScalarId::FLW, floatStore = ScalarId(second.id) == ScalarId::FSW;
  const Takes takes = firstIsFloat                            ? Takes::Nothing
                      : first.rd == second.rs1                ? Takes::Rs1
                      : first.rd == second.rs2 && !floatStore ? Takes::Rs2
                                                              : Takes::Nothing;
  return kTable[row][column][unsigned(takes)];
}

} // namespace dlp

// TargetsTest.cpp: every vector and matrix instruction gives the same bytes with every instruction set of the host.
//
// Handlers are compiled once for each set that Highway knows here; the test takes one away after the other and runs all
// rows and variants of the compute unit on the same memory.
#include "Bench.h"

#include <hwy/highway.h>
#include <map>
#include <set>

using namespace dlp;
using namespace dlp::test;

namespace {

using Words = std::array<uint64_t, kMaxOperands>;
using Handler = std::function<uint64_t(Exec &, const Words &, Variant)>;

const std::vector<Handler> &handlers() {
  static const std::vector<Handler> all = {
#define DLP_HANDLER(ID, CAMEL)                                                                                         \
  [](Exec &x, const Words &words, Variant v) {                                                                         \
    CAMEL##Ops ops{};                                                                                                  \
    if constexpr (sizeof(CAMEL##Ops) >= 8)                                                                             \
      std::memcpy(&ops, words.data(), sizeof(ops));                                                                    \
    return exec##CAMEL(x, ops, v);                                                                                     \
  },
#include "codegen/isa/Handlers.inc"
#undef DLP_HANDLER
  };
  return all;
}

// Words that mean something as f32, as two 16-bit floats and as integers, and random ones.
std::vector<uint32_t> mixedWords(size_t n, uint32_t seed) {
  std::mt19937 random(seed);
  std::vector<uint32_t> words(n);
  for (uint32_t &word : words)
    switch (random() % 4) {
    case 0:
      word = random();
      break;
    case 1:
      word = bitsOf(float(int(random() % 20001) - 10000) / 97);
      break;
    case 2:
      word = halfFromFloat(float(int(random() % 2001) - 1000) / 9).bits * 0x10001u;
      break;
    default:
      word = bitsOf(std::ldexp(float(random()), int(random() % 200) - 130));
    }
  return words;
}

// Operands that most rows accept; rows with rules of their own fault, alike with every instruction set.
Words operandsFor(const InsnInfo &info, unsigned attempt) {
  static const std::map<std::string, uint64_t> kValues = {
      {"n", 1003},    {"seg_n", 17},      {"k", 128},  {"m", 9},  {"pos", 0},   {"src_pos", 0},
      {"dst_pos", 0}, {"bits", 5},        {"h", 8},    {"w", 64}, {"c", 64},    {"value", 0},
      {"cap", 0},     {"x0", 0x3fc00000}, {"code", 0}, {"p", 17}, {"segnum", 3}};
  Words words{};
  uint64_t address = kA;
  for (size_t i = 0; i < info.operands.size(); ++i) {
    const OperandInfo &operand = info.operands[i];
    if (operand.spaces & kInWram) {
      words[i] = kWramBase;
    } else if (operand.spaces) {
      words[i] = operand.kind == OperandKind::Write ? kOut : address;
      address += 0x8000;
    } else {
      const auto known = kValues.find(operand.name);
      words[i] = known == kValues.end() ? 2 : known->second;
      if (std::string(operand.name) == "value" || std::string(operand.name) == "cap")
        words[i] = attempt ? 0x42284228 : 3;
      if (std::string(operand.name) == "code")
        words[i] = attempt;
    }
  }
  return words;
}

struct Outcome {
  std::string fault;
  uint64_t result = 0, hash = 0;
  bool operator==(const Outcome &) const = default;
};

uint64_t hashOf(const uint8_t *bytes, size_t n) {
  uint64_t hash = 0xcbf29ce484222325;
  for (size_t i = 0; i < n; i += 8) {
    uint64_t word;
    std::memcpy(&word, bytes + i, 8);
    hash = (hash ^ word) * 0x100000001b3;
    hash ^= hash >> 29;
  }
  return hash;
}

// Every row, variant and attempt, in one order.
std::vector<std::pair<std::string, Outcome>> runAll() {
  constexpr uint64_t kBytes = 512 * kKiB, kAttempts = 8;
  Bench m;
  const auto nram = mixedWords(kBytes / 4, 1), wram = mixedWords(kMiB / 4, 2);
  m.put(kWramBase, wram);
  std::vector<std::pair<std::string, Outcome>> outcomes;
  for (size_t id = 0; id < handlers().size(); ++id) {
    const InsnInfo &info = insnInfo(InsnId(id));
    if (info.engine != Engine::Compute)
      continue;
    for (size_t v = 0; v < info.variants.size(); ++v)
      for (unsigned attempt = 0; attempt < kAttempts; ++attempt) {
        const Words words = operandsFor(info, attempt);
        if (attempt && words == operandsFor(info, attempt - 1))
          break;
        Outcome outcome;
        m.put(kNramBase, nram);
        try {
          outcome.result = handlers()[id](m, words, info.variants[v]);
        } catch (const FaultException &fault) {
          outcome.fault = fault.message;
        }
        outcome.hash = hashOf(m.at(kNramBase, kBytes), kBytes);
        outcomes.emplace_back(std::string(info.mnemonic) + "." + info.variantNames[v], outcome);
      }
  }
  return outcomes;
}

// From now on handlers run as on a host with these sets and no others.
void pretend(int64_t targets) {
  hwy::SetSupportedTargetsForTest(targets);
  hwy::GetChosenTarget().Update(hwy::SupportedTargets());
}

TEST(Targets, GiveTheSameBytes) {
  const int64_t here = hwy::SupportedTargets();
  pretend(here);
  const auto usual = runAll();
  std::set<std::string> rows, ran;
  for (const auto &[name, outcome] : usual) {
    rows.insert(name.substr(0, name.find('.')));
    if (outcome.fault.empty())
      ran.insert(name.substr(0, name.find('.')));
  }
  std::string faulted;
  for (const std::string &row : rows)
    if (!ran.contains(row))
      faulted += " " + row;
  std::cout << ran.size() << " of " << rows.size() << " rows ran;" << faulted << " faulted\n";
  EXPECT_GE(ran.size() * 10, rows.size() * 8) << "too many rows fault to say anything:" << faulted;
  for (const char *name : {"vadd", "vexp", "vsin", "vlog", "vsum", "vargmax", "vcvt", "tmatmul", "vfuse", "vsoftplus"})
    EXPECT_TRUE(ran.contains(name)) << name;

  unsigned compared = 0;
  for (int64_t left = here & HWY_TARGETS; left; left &= left - 1) {
    pretend(left);
    const auto other = runAll();
    ASSERT_EQ(other.size(), usual.size());
    for (size_t i = 0; i < usual.size(); ++i)
      EXPECT_EQ(other[i].second, usual[i].second)
          << usual[i].first << " differs on " << hwy::TargetName(left & -left) << other[i].second.fault;
    ++compared;
  }
  EXPECT_GE(compared, 1u);
  std::cout << usual.size() << " runs on " << compared << " instruction sets\n";
  pretend(0);
}

} // namespace

// HotCode.cpp: counts where turns end, and cuts regions out of the control flow.
#include "simulator/core/HotCode.h"

#include "simulator/core/Installed.h"
#include "simulator/core/Program.h"
#include "simulator/jit/Jit.h"

#include <cstdlib>
#include <cstring>
#include <map>
#include <optional>
#include <set>

namespace dlp {
namespace {

// Instructions of turns that end at one place before it is worth translating: they take about as long.
constexpr uint64_t kHot = 8'000'000;
constexpr size_t kMostEntries = 1000;
constexpr size_t kMostInsns = 600; // of one region
constexpr size_t kMostReturns = 8;

enum class Wish { Off, Hot, Eager };
std::optional<Wish> readWish() {
  const char *text = std::getenv("BANG_JIT");
  if (!text || !*text || !std::strcmp(text, "1"))
    return Wish::Hot;
  if (!std::strcmp(text, "0"))
    return Wish::Off;
  if (!std::strcmp(text, "eager"))
    return Wish::Eager;
  return std::nullopt;
}
Wish wish() {
  static const Wish value = readWish().value_or(Wish::Off);
  return value;
}

struct Library {
  decltype(&jit::dlpOpenTranslator) open = nullptr;
  decltype(&jit::dlpCloseTranslator) close = nullptr;
  decltype(&jit::dlpCanTranslate) can = nullptr;
  decltype(&jit::dlpTranslate) translate = nullptr;

  Library() {
    void *handle = openInstalledLibrary("libdlpjit.so");
    findSymbol(handle, "dlpOpenTranslator", open);
    findSymbol(handle, "dlpCloseTranslator", close);
    findSymbol(handle, "dlpCanTranslate", can);
    findSymbol(handle, "dlpTranslate", translate);
  }
  bool usable() const { return open && close && can && translate; }
};

const Library &library() {
  static const Library instance;
  return instance;
}

} // namespace

bool HotCode::understandsSetting() { return readWish().has_value(); }

HotCode::~HotCode() {
  if (translator)
    library().close(translator);
}

bool HotCode::findTranslator() {
  if (!translator && library().usable())
    translator = library().open();
  retired |= !translator;
  return translator;
}

void HotCode::kernelBegins(const Op *op) {
  if (retired || wish() != Wish::Eager || !findTranslator())
    return;
  std::vector<const Op *> open{op};
  for (size_t i = 0; i < open.size() && installed.size() < kMostEntries; ++i)
    if (!translatedBlocks.contains(open[i]))
      translate(open[i], &open);
}

void HotCode::turnEnded(const Op *op, uint64_t instructions) {
  if (retired || wish() == Wish::Off)
    return;
  uint64_t &before = instructionsAt[op];
  const uint64_t enough = wish() == Wish::Eager ? 1 : kHot, now = before + instructions;
  const bool becomesHot = before < enough && now >= enough;
  before = now;
  // Code inside a region comes to one of its entries before long.
  if (!becomesHot || translatedBlocks.contains(op) || installed.size() >= kMostEntries)
    return;
  if (findTranslator())
    translate(op);
}

void HotCode::forget() {
  for (const auto &[op, before] : installed)
    program.setFunction(op, before);
  installed.clear();
  translatedBlocks.clear();
  instructionsAt.clear();
}

void HotCode::retire() {
  forget();
  retired = true;
}

// Whether a region may go through the instruction.
bool HotCode::continuesAt(const Op *op) {
  program.ensureDecoded(op);
  if (jit::isConditional(*op) || jit::isJump(*op))
    return !jit::leavesCode(*op);
  return jit::isReturn(*op) || (op->id < uint16_t(ScalarId::Count) && library().can(translator, op));
}

jit::Region HotCode::regionAt(const Op *entry, std::vector<const Op *> *behind) {
  std::set<const Op *> reached, leaders{entry}, entries{entry};
  std::vector<const Op *> open{entry};
  std::vector<const Op *> calls;
  auto reach = [&](const Op *op) {
    if (leaders.insert(op).second)
      open.push_back(op);
  };
  for (size_t i = 0; i < open.size(); ++i)
    for (const Op *op = open[i]; reached.size() < kMostInsns && !reached.contains(op); op = op->next()) {
      if (!continuesAt(op)) {
        if (behind && program.opAt(program.pcOf(op->next())))
          behind->push_back(op->next());
        break;
      }
      reached.insert(op);
      const Op *target = op + (op->imm >> 1);
      if (jit::isConditional(*op)) {
        reach(target);
        reach(op->next());
        if (target <= op) // the start of a loop
          entries.insert(target);
        break;
      }
      if (jit::isJump(*op)) {
        reach(target);
        if (target <= op)
          entries.insert(target);
        constexpr uint8_t kReturnAddress = 1;
        if (op->rd == kReturnAddress && calls.size() < kMostReturns) {
          calls.push_back(op);
          reach(op->next());
        }
        break;
      }
      if (jit::isReturn(*op))
        break;
    }

  jit::Region region;
  std::map<const Op *, int32_t> numbers;
  for (const Op *leader : leaders)
    if (reached.contains(leader)) {
      if (entries.contains(leader))
        region.entries.push_back(uint32_t(numbers.size()));
      numbers.emplace(leader, int32_t(numbers.size()));
    }
  region.blocks.resize(numbers.size());
  auto numberOf = [&](const Op *op) {
    auto it = numbers.find(op);
    return it == numbers.end() ? jit::kOutside : it->second;
  };
  for (const auto &[leader, number] : numbers) {
    jit::Block &block = region.blocks[size_t(number)];
    block.first = uint32_t(region.insns.size());
    const Op *op = leader;
    bool ends = false;
    do {
      region.insns.push_back({op, program.functionAlone(op), program.pcOf(op), program.countedAt(op)});
      ++block.count;
      if (jit::isConditional(*op) || jit::isJump(*op))
        block.taken = numberOf(op + (op->imm >> 1));
      ends = jit::isJump(*op) || jit::isReturn(*op);
      op = op->next();
    } while (!ends && reached.contains(op) && !numbers.contains(op));
    if (!ends)
      block.next = numberOf(op);
  }
  for (const Op *call : calls)
    if (const int32_t block = numberOf(call->next()); block != jit::kOutside)
      region.returns.push_back({program.pcOf(call->next()), block});
  return region;
}

void HotCode::translate(const Op *entry, std::vector<const Op *> *behind) {
  if (entry->run == opBreakpoint)
    return;
  const jit::Region region = regionAt(entry, behind);
  if (region.entries.empty())
    return;
  OpFunction *translated = library().translate(translator, &region);
  if (!translated)
    return;
  for (const jit::Block &block : region.blocks)
    translatedBlocks.insert(region.insns[block.first].op);
  for (const uint32_t number : region.entries) {
    const Op *op = region.insns[region.blocks[number].first].op;
    if (installed.contains(op))
      continue;
    installed.emplace(op, op->run);
    program.setFunction(op, translated);
  }
}

} // namespace dlp

// Labels.cpp: sets of sources, and labels of bytes.
#include "simulator/fidelity/Labels.h"

#include <algorithm>
#include <iterator>
#include <limits>
#include <new>
#include <set>

namespace dlp::fidelity {

Label LabelSets::intern(std::vector<unsigned> set) {
  if (set.empty())
    return 0;
  if (auto it = labels.find(set); it != labels.end())
    return it->second;
  constexpr size_t kMost = std::numeric_limits<Label>::max() - 1;
  if (sets.size() >= kMost) { // never seen; one set of all then stands for every new one, which tells too much
    std::set<unsigned> everything(set.begin(), set.end());
    for (const auto &known : sets)
      everything.insert(known.begin(), known.end());
    set.assign(everything.begin(), everything.end());
    if (sets.size() == kMost)
      sets.push_back(set);
    else
      sets.back() = set;
    return Label(kMost);
  }
  sets.push_back(set);
  Label label = Label(sets.size() - 1);
  labels.emplace(std::move(set), label);
  return label;
}

Label LabelSets::of(unsigned source) { return intern({source}); }

Label LabelSets::join(Label a, Label b) {
  if (a == b || !b)
    return a;
  if (!a)
    return b;
  const std::pair<Label, Label> pair{std::min(a, b), std::max(a, b)};
  if (pair == lastPair)
    return lastJoined;
  auto [it, fresh] = joined.try_emplace(pair, 0);
  if (fresh) {
    std::vector<unsigned> both;
    std::set_union(sets[a].begin(), sets[a].end(), sets[b].begin(), sets[b].end(), std::back_inserter(both));
    it->second = intern(std::move(both));
  }
  lastPair = pair;
  return lastJoined = it->second;
}

void LabelBits::set(uint64_t offset, uint64_t count, Label label) {
  if (!count || (plain() && !label))
    return;
  if (plain() && !memory.map(bytes * sizeof(Label)))
    throw std::bad_alloc();
  std::fill_n(data() + offset, count, label);
}

Label LabelBits::all(uint64_t offset, uint64_t count, LabelSets &sets) const {
  if (plain())
    return 0;
  Label result = 0, last = 0;
  for (const Label *p = data() + offset, *end = p + count; p != end; ++p)
    if (*p != last) {
      last = *p;
      result = sets.join(result, last);
    }
  return result;
}

} // namespace dlp::fidelity

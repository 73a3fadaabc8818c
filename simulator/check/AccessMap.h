// AccessMap.h: who last wrote and read each byte of a shared memory, kept by ranges of equal history.
#ifndef OPENBANG_SIMULATOR_CHECK_ACCESSMAP_H
#define OPENBANG_SIMULATOR_CHECK_ACCESSMAP_H

#include <algorithm>
#include <array>
#include <cstdint>
#include <iterator>
#include <map>

namespace dlp::check {

// One access: by which agent, at which of its times, by which instruction.
struct Access {
  uint32_t agent = 0; // 0: nobody
  uint32_t time = 0;
  uint64_t pc = 0;
  bool atomic = false;
  uint64_t lock = 0;   // the lock it held; 0: none
  uint64_t copies = 0; // by what it writes: a copy or fill that whoever makes it writes the same; 0: something else
  bool operator==(const Access &) const = default;
};

// Two readers are enough: a writer differs from one of them whenever it differs from somebody.
struct History {
  Access write;
  std::array<Access, 2> reads;
  bool operator==(const History &) const = default;
};

class AccessMap {
public:
  // Calls visit(begin, end, History &) for each range of equal history in [first, last); unknown bytes have an empty
  // one. Ranges that are equal afterwards become one.
  template <class Visit> void update(uint64_t first, uint64_t last, Visit visit) {
    split(first);
    split(last);
    auto it = ranges.lower_bound(first);
    for (uint64_t at = first; at < last;) {
      if (it == ranges.end() || it->first > at) { // a gap
        uint64_t end = it == ranges.end() ? last : std::min(last, it->first);
        it = ranges.emplace_hint(it, at, Range{end, {}});
      }
      visit(it->first, it->second.end, it->second.history);
      at = it->second.end;
      ++it;
    }
    merge(first, last);
  }
  // The common case of code that walks through an array: [first, last) was never touched and gets the history of the
  // range that ends at `first`. False: it is not so, and nothing changed.
  bool extend(uint64_t first, uint64_t last, const History &history) {
    auto next = ranges.upper_bound(first);
    if (next == ranges.begin() || (next != ranges.end() && next->first < last))
      return false;
    auto before = std::prev(next);
    if (before->second.end != first || before->second.history != history)
      return false;
    before->second.end = last;
    if (next != ranges.end() && next->first == last)
      merge(first, last);
    return true;
  }
  void clear() { ranges.clear(); }

private:
  struct Range {
    uint64_t end;
    History history;
  };

  // Makes `at` a border.
  void split(uint64_t at) {
    auto it = ranges.upper_bound(at);
    if (it == ranges.begin())
      return;
    --it;
    if (it->first == at || it->second.end <= at)
      return;
    ranges.emplace(at, it->second);
    it->second.end = at;
  }

  void merge(uint64_t first, uint64_t last) {
    auto it = ranges.lower_bound(first);
    if (it != ranges.begin())
      --it;
    while (it != ranges.end() && it->first <= last) {
      auto next = std::next(it);
      if (next != ranges.end() && it->second.end == next->first && it->second.history == next->second.history) {
        it->second.end = next->second.end;
        ranges.erase(next);
      } else {
        ++it;
      }
    }
  }

  std::map<uint64_t, Range> ranges;
};

} // namespace dlp::check

#endif // OPENBANG_SIMULATOR_CHECK_ACCESSMAP_H

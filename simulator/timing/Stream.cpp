// Stream.cpp: events as words.
//
// A short event is one word: its shape in 15 bits, its scalar cycles in 16. A long one sets the highest bit of the
// first word, has its shape in the others, and its scalar cycles or its number in a second word.
#include "simulator/timing/Stream.h"

#include <algorithm>
#include <bit>
#include <utility>

namespace dlp::timing {
namespace {

constexpr uint32_t kLong = 0x80000000, kReserved = 0xffffffff;
constexpr double kMostScalar = 0xffffffff;

bool isNumbered(Event::Kind kind) {
  return kind == Event::Meet || kind == Event::Arrive || kind == Event::Wait || kind == Event::Lock;
}

// What is another number in each event: which meeting, the how-manieth arrival. Such an event has no scalar cycles.
uint32_t &numberOf(Event &event) { return event.kind == Event::Meet ? event.group : event.ticket; }

// Member by member: events have just been written, and wider loads would wait for that.
bool sameShape(const Event &a, const Event &b) {
  const bool same = (a.start == b.start) & (a.bytes == b.bytes) & (a.site == b.site) & (a.group == b.group) &
                    (a.ticket == b.ticket) & (a.kind == b.kind) & (a.unit == b.unit) & (a.flow == b.flow) &
                    (a.tensor == b.tensor) & (a.depends == b.depends) & (a.result == b.result) &
                    (a.implied == b.implied) & (a.nramPieces == b.nramPieces);
  return same && std::equal(a.nram.begin(), a.nram.begin() + a.nramPieces, b.nram.begin());
}

// Takes what is its own out of an event.
uint32_t split(Event &event) {
  return isNumbered(event.kind) ? std::exchange(numberOf(event), 0) : uint32_t(event.scalar);
}

} // namespace

size_t Shapes::Hash::operator()(const Key &key) const {
  uint64_t hash = 0;
  for (uint64_t word : key)
    hash = (std::rotl(hash, 23) ^ word) * 0x9e3779b97f4a7c15u;
  return hash ^ hash >> 32;
}

uint32_t Shapes::indexOf(const Event &event) {
  // Alternating events of one place must not fall on one entry.
  uint32_t &last = recent[(event.site * 11 + event.kind * 5 + event.group + uint32_t(event.unit) * 3) % recent.size()];
  if (last < all.size() && sameShape(all[last], event))
    return last;
  Key key;
  std::memcpy(key.data(), reinterpret_cast<const char *>(&event) + kScalar, sizeof key);
  auto [it, fresh] = known.try_emplace(key, uint32_t(all.size()));
  if (fresh) {
    all.push_back(event);
    all.back().scalar = 0;
  }
  return last = it->second;
}

void Stream::put(uint32_t shape, uint32_t own) {
  if (shape < 0x8000 && own < 0x10000) {
    words.push_back(shape << 16 | own);
    return;
  }
  words.push_back(kLong | shape);
  words.push_back(own);
}

void Stream::add(const Event &event) {
  if (!isNumbered(event.kind) && event.scalar <= kMostScalar)
    return put(shapes->indexOf(event), uint32_t(event.scalar));
  // Cycles that the event itself has no room for go before it.
  double scalar = event.scalar;
  for (const double most = isNumbered(event.kind) ? 0 : kMostScalar; scalar > most;) {
    const double part = std::min(scalar, kMostScalar);
    Event before;
    before.site = event.site;
    put(shapes->indexOf(before), uint32_t(part));
    scalar -= part;
  }
  Event shape = event;
  shape.scalar = scalar;
  const uint32_t own = split(shape);
  put(shapes->indexOf(shape), own);
}

uint64_t Stream::reserve() {
  const uint64_t position = end();
  words.push_back(kReserved);
  words.push_back(0);
  return position;
}

void Stream::resolve(uint64_t position, const Event &event) {
  Event shape = event;
  const uint32_t own = split(shape);
  words[position - dropped] = kLong | shapes->indexOf(shape);
  words[position - dropped + 1] = own;
}

bool Stream::read(uint64_t position, Event &event, uint64_t &next) const {
  const uint32_t word = words[position - dropped];
  if (word == kReserved)
    return false;
  const bool isLong = word & kLong;
  const uint32_t own = isLong ? words[position - dropped + 1] : word & 0xffff;
  event = (*shapes)[isLong ? word & ~kLong : word >> 16];
  if (isNumbered(event.kind))
    numberOf(event) = own;
  else
    event.scalar = own;
  next = position + (isLong ? 2 : 1);
  return true;
}

uint64_t Stream::dropBefore(uint64_t position) {
  const uint64_t count = position - dropped;
  words.erase(words.begin(), words.begin() + ptrdiff_t(count));
  dropped = position;
  return count;
}

void Stream::changeTo(std::shared_ptr<Shapes> fresh) {
  // Short events first: they have room for small numbers only.
  for (bool longOnes : {false, true})
    for (size_t i = 0; i < words.size(); i += words[i] & kLong ? 2 : 1) {
      const bool isLong = words[i] & kLong;
      if (words[i] == kReserved || isLong != longOnes)
        continue;
      const uint32_t index = fresh->indexOf((*shapes)[isLong ? words[i] & ~kLong : words[i] >> 16]);
      words[i] = isLong ? kLong | index : index << 16 | (words[i] & 0xffff);
    }
  shapes = std::move(fresh);
}

} // namespace dlp::timing

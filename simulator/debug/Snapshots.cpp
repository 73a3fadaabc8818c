// Snapshots.cpp: taking, thinning out and putting back.
#include "simulator/debug/Snapshots.h"

#include <algorithm>
#include <charconv>
#include <cstdlib>
#include <cstring>
#include <fcntl.h>
#include <unistd.h>
#include <unordered_map>
#include <unordered_set>

namespace dlp::debug {
namespace {

constexpr size_t kChunk = 64 * 1024, kPage = 4096;
constexpr size_t kDefaultMegabytes = 512;
// Snapshots cost at most this part of the time.
constexpr int kCostShare = 8;
constexpr auto kShortest = std::chrono::milliseconds(1);

// BANG_HISTORY_MB: what snapshots may hold; 0: there is no way back.
size_t bytesFromEnvironment() {
  size_t megabytes = kDefaultMegabytes;
  if (const char *text = std::getenv("BANG_HISTORY_MB"); text && *text)
    if (auto [end, error] = std::from_chars(text, text + std::strlen(text), megabytes); error != std::errc() || *end) {
      std::fprintf(stderr, "error: BANG_HISTORY_MB is '%s', expected a number of megabytes; %zu are used\n", text,
                   kDefaultMegabytes);
      megabytes = kDefaultMegabytes;
    }
  return megabytes << 20;
}

void fillFresh(std::span<uint8_t> bytes, uint16_t pattern) {
  for (size_t i = 0; i + 2 <= bytes.size(); i += 2)
    std::memcpy(bytes.data() + i, &pattern, 2);
}

} // namespace

Snapshots::Snapshots() : mostBytes(bytesFromEnvironment()), pageMap(open("/proc/self/pagemap", O_RDONLY | O_CLOEXEC)) {}

Snapshots::~Snapshots() {
  if (pageMap >= 0)
    close(pageMap);
}

void Snapshots::begin(Launch &newLaunch) {
  end();
  launch = &newLaunch;
  if (!mostBytes)
    noSnapshots = "there is no way back, because BANG_HISTORY_MB is 0";
}

void Snapshots::end() {
  launch = nullptr;
  taken.clear();
  noSnapshots.clear();
  heldBytes = 0;
  cost = {};
}

// Memory that a kernel can change: visit(bytes, what they are before their first use, repeated).
template <class Visit> void Snapshots::eachMemory(Visit visit) {
  uint32_t cluster = ~0u;
  for (auto &core : launch->allCores()) {
    core->view.eachMemory(core->clusterIndex() != cluster, visit);
    cluster = core->clusterIndex();
  }
  for (const Region &region : launch->runningProgram().regions())
    if (region.writable)
      visit(std::span(region.host, region.size), uint16_t{0});
  if (const Gdram *gdram = launch->allCores().front()->view.deviceMemory())
    gdram->forEach([&](const Gdram::Block &block) { visit(std::span(block.host.data(), block.size), uint16_t{0}); });
}

// What the host's kernel knows of each page; a page it neither has nor has swapped out was never touched.
const std::vector<uint64_t> &Snapshots::pagesOf(std::span<uint8_t> memory) {
  const uint64_t first = reinterpret_cast<uintptr_t>(memory.data()) / kPage;
  const uint64_t last = (reinterpret_cast<uintptr_t>(memory.data()) + memory.size() + kPage - 1) / kPage;
  pages.assign(last - first, ~uint64_t{0});
  const bool aligned = reinterpret_cast<uintptr_t>(memory.data()) % kPage == 0;
  const size_t bytes = pages.size() * sizeof pages[0];
  if (pageMap < 0 || !aligned || pread(pageMap, pages.data(), bytes, off_t(first * sizeof pages[0])) != ssize_t(bytes))
    pages.assign(last - first, ~uint64_t{0});
  return pages;
}

bool Snapshots::touched(size_t offset, size_t bytes) const {
  constexpr uint64_t kPresentOrSwapped = uint64_t{3} << 62;
  for (size_t page = offset / kPage; page * kPage < offset + bytes; ++page)
    if (pages[page] & kPresentOrSwapped)
      return true;
  return false;
}

size_t Snapshots::touchedBytes() {
  size_t bytes = 0;
  eachMemory([&](std::span<uint8_t> memory, uint16_t) {
    pagesOf(memory);
    for (size_t offset = 0; offset < memory.size(); offset += kChunk)
      if (touched(offset, std::min(kChunk, memory.size() - offset)))
        bytes += kChunk;
  });
  return bytes;
}

size_t Snapshots::lastBefore(size_t place) const {
  auto behind = std::upper_bound(taken.begin(), taken.end(), place,
                                 [](size_t wanted, const Snapshot &snapshot) { return wanted < snapshot.place; });
  return size_t(behind - taken.begin()) - 1;
}

bool Snapshots::due() const {
  return noSnapshots.empty() &&
         (taken.empty() || std::chrono::steady_clock::now() - lastTime >
                               std::max<std::chrono::steady_clock::duration>(kCostShare * cost, kShortest));
}

void Snapshots::take(size_t place) {
  const auto start = std::chrono::steady_clock::now();
  if (taken.empty())
    if (size_t bytes = touchedBytes(); bytes > mostBytes) {
      noSnapshots = "there is no way back: this kernel's memories hold " + std::to_string(bytes >> 20) +
                    " MB, and snapshots may hold " + std::to_string(mostBytes >> 20) + " MB; raise BANG_HISTORY_MB";
      return;
    }
  const auto at = taken.empty() ? taken.begin() : taken.begin() + ptrdiff_t(lastBefore(place)) + 1;
  std::unordered_map<uint8_t *, std::shared_ptr<const std::vector<uint8_t>>> last;
  if (at != taken.begin())
    for (const Chunk &chunk : std::prev(at)->memory)
      if (chunk.bytes)
        last[chunk.host] = chunk.bytes;
  Snapshot snapshot{place, launch->save(), {}};
  eachMemory([&](std::span<uint8_t> memory, uint16_t) {
    pagesOf(memory);
    for (size_t offset = 0; offset < memory.size(); offset += kChunk) {
      auto piece = memory.subspan(offset, std::min(kChunk, memory.size() - offset));
      std::shared_ptr<const std::vector<uint8_t>> bytes;
      if (touched(offset, piece.size())) {
        if (auto known = last.find(piece.data()); known != last.end())
          bytes = known->second;
        if (!bytes || bytes->size() != piece.size() || std::memcmp(bytes->data(), piece.data(), piece.size())) {
          bytes = std::make_shared<const std::vector<uint8_t>>(piece.begin(), piece.end());
          heldBytes += piece.size();
        }
      }
      snapshot.memory.push_back({piece.data(), std::move(bytes)});
    }
  });
  heldBytes += snapshot.memory.size() * sizeof(Chunk) + snapshot.state.cores.size() * sizeof(Core::State);
  taken.insert(at, std::move(snapshot));
  if (heldBytes > mostBytes)
    thinOut();
  lastTime = std::chrono::steady_clock::now();
  cost = lastTime - start;
}

// Every second snapshot goes; the first and the last stay, the last only where there is room.
void Snapshots::thinOut() {
  while (heldBytes > mostBytes && taken.size() > 1) {
    std::vector<Snapshot> kept;
    for (size_t i = 0; i < taken.size(); ++i)
      if (i % 2 == 0 || (i + 1 == taken.size() && taken.size() > 2))
        kept.push_back(std::move(taken[i]));
    taken = std::move(kept);
    weigh();
  }
}

void Snapshots::weigh() {
  heldBytes = 0;
  std::unordered_set<const void *> seen;
  for (const Snapshot &snapshot : taken) {
    heldBytes += snapshot.memory.size() * sizeof(Chunk) + snapshot.state.cores.size() * sizeof(Core::State);
    for (const Chunk &chunk : snapshot.memory)
      if (chunk.bytes && seen.insert(chunk.bytes.get()).second)
        heldBytes += chunk.bytes->size();
  }
}

void Snapshots::restore(size_t number) {
  const Snapshot &snapshot = taken[number];
  std::unordered_map<uint8_t *, const std::vector<uint8_t> *> known;
  for (const Chunk &chunk : snapshot.memory)
    known[chunk.host] = chunk.bytes.get();
  eachMemory([&](std::span<uint8_t> memory, uint16_t fresh) {
    pagesOf(memory);
    for (size_t offset = 0; offset < memory.size(); offset += kChunk) {
      auto piece = memory.subspan(offset, std::min(kChunk, memory.size() - offset));
      auto it = known.find(piece.data());
      if (it != known.end() && it->second) {
        if (std::memcmp(piece.data(), it->second->data(), piece.size()))
          std::memcpy(piece.data(), it->second->data(), piece.size());
      } else if (touched(offset, piece.size())) { // first used later
        fillFresh(piece, fresh);
      }
    }
  });
  launch->restore(snapshot.state);
}

void Snapshots::forgetBehind(size_t place) {
  while (!taken.empty() && taken.back().place > place)
    taken.pop_back();
  weigh();
}

void Snapshots::forgetFront(size_t entries) {
  std::erase_if(taken, [&](const Snapshot &snapshot) { return snapshot.place < entries; });
  for (Snapshot &snapshot : taken)
    snapshot.place -= entries;
  weigh();
}

} // namespace dlp::debug

// Hints.cpp: what a kernel is bound by, and what its author could change, with the evidence.
//
// Gains are estimates in cycles of the kernel. Where a replay without a wait is known, its time is used; elsewhere the
// share that a cause has in the time for which cores stood still because of a line.
#include "simulator/timing/Profile.h"

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <functional>

namespace dlp::timing {
namespace {

constexpr size_t kMostHints = 5;
constexpr double kWorthTelling = 0.03; // share of the time

std::string format(const char *pattern, auto... values) {
  char text[512];
  std::snprintf(text, sizeof text, pattern, values...);
  return text;
}

std::string bytesText(double bytes) {
  if (bytes < 2048)
    return format("%.0f bytes", bytes);
  return bytes < 2048 * 1024 ? format("%.0f KB", bytes / 1024) : format("%.0f MB", bytes / 1048576);
}

std::string placeOf(const LineProfile &line) {
  return line.line ? "line " + std::to_string(line.line) : std::string("a line without debug information");
}

// What all hints look at.
class Judge {
public:
  Judge(KernelProfile &kernel, const MachineConfig &machine, const Parameters &p)
      : k(kernel), machine(machine), p(p), used(double(std::max<size_t>(1, coresUsed(kernel, machine)))),
        u(utilisationOf(kernel)) {
    available = double(machine.clusters) * machine.coresPerCluster;
    double ends = 0, most = 0;
    const std::vector<bool> isUsed = usedCores(k, machine);
    for (size_t i = 0; i < k.cores.size(); ++i) {
      const CoreTime &core = k.cores[i];
      if (!isUsed[i])
        continue;
      ends += core.end;
      const double barrier = core.stalls[unsigned(Stall::Barrier)];
      barriers += barrier / used;
      locks += core.stalls[unsigned(Stall::Lock)] / used;
      const double work = core.end - barrier - core.stalls[unsigned(Stall::Lock)];
      if (work > most) {
        most = work;
        busiest = i;
      }
    }
    meanEnd = ends / used;
    mostWork = most;
    meanWork = meanEnd - barriers - locks;
    for (const LineProfile &line : k.lines) {
      access += line.access / used;
      scalar += line.scalar / used;
      if (line.offChip) {
        copyStart += line.traffic.start;
        copyEngine += line.engine;
      }
    }
  }

  void judge() {
    bound();
    for (auto find :
         {&Judge::scalarOffChip, &Judge::smallCopies, &Judge::rows, &Judge::partialSectors, &Judge::needlessSyncs,
          &Judge::noOverlap, &Judge::imbalance, &Judge::fewCores, &Judge::padding, &Judge::shortVectors,
          &Judge::barriersCost, &Judge::scalarLoops, &Judge::sameData, &Judge::lockWaits, &Judge::launches})
      (this->*find)();
    std::erase_if(k.hints, [&](const Hint &hint) { return hint.gain < kWorthTelling * k.cycles; });
    std::stable_sort(k.hints.begin(), k.hints.end(), [](const Hint &a, const Hint &b) { return a.gain > b.gain; });
    if (k.hints.size() > kMostHints)
      k.hints.resize(kMostHints);
  }

private:
  double percent(double cycles) const { return 100 * cycles / std::max(1.0, k.cycles); }
  void hint(const char *kind, size_t line, double gain, std::string text) {
    k.hints.push_back({kind, std::move(text), line, gain});
  }
  void setBound(const char *name, std::string text) {
    k.bound = name;
    k.boundText = std::move(text);
  }
  // Where cores wait for locks, they end at different times because of them.
  double imbalanceCycles() const {
    return std::max(locks > 0.1 * k.cycles ? 0 : k.cycles - meanEnd, mostWork - meanWork);
  }
  double launchCycles() const { return p.cycles(p.launch * 1e3) * double(k.launches); }
  template <class Weight> size_t largest(Weight weight) const {
    size_t best = 0;
    for (size_t i = 1; i < k.lines.size(); ++i)
      if (weight(k.lines[i]) > weight(k.lines[best]))
        best = i;
    return best;
  }

  void bound() {
    if (k.launches >= 8 && launchCycles() > k.cycles)
      return setBound("launches", "launching takes longer than the kernel");
    if (used < 0.5 * available && k.cycles > 0)
      return setBound("few cores", format("%.0f of %.0f cores have work", used, available));
    if (locks > 0.3 * k.cycles)
      return setBound("locks", format("cores wait for locks %.0f %% of the time", percent(locks)));
    if (imbalanceCycles() > 0.25 * k.cycles)
      return setBound("imbalance",
                      format("one core works %.0f %% longer than the mean",
                             100 * (std::max(mostWork, k.cycles - barriers) / std::max(1.0, meanWork) - 1)));
    struct {
      const char *name;
      double share;
    } units[] = {{"scalar unit", u.scalar},
                 {"vector unit", u.vector},
                 {"matrix unit", u.tensor},
                 {"io queue", u.io},
                 {"move queue", u.move}};
    const auto &top = *std::max_element(std::begin(units), std::end(units),
                                        [](const auto &a, const auto &b) { return a.share < b.share; });
    const std::string busy = format("%.0f %% of the time", 100 * top.share);
    if (top.share >= 0.7 || (top.name == units[0].name && top.share >= 0.45)) {
      if (top.name == units[0].name && access > 0.5 * scalar)
        return setBound("scalar access", "the scalar unit waits for off-chip memory " + busy);
      if (top.name == units[3].name) {
        if (copyStart > 0.5 * copyEngine)
          return setBound("copy start", "the IO queue works " + busy + ", more than half of it to start copies");
        return setBound("bandwidth", "the IO queue works " + busy + ", and what it does is mostly moving bytes");
      }
      return setBound(top.name, std::string("the ") + top.name + " works " + busy);
    }
    if (barriers > 0.3 * k.cycles)
      return setBound("barriers", format("cores wait at barriers %.0f %% of the time", percent(barriers)));
    setBound("no overlap", "no unit works more than " + busy + ": they wait for each other");
  }

  void scalarOffChip() {
    const double one = std::max(1.0, p.cycles(p.gdramReadLatency) - p.nramLoad);
    for (size_t i = 0; i < k.lines.size(); ++i)
      if (const LineProfile &line = k.lines[i]; line.access >= one / 2)
        hint("scalar-off-chip", i, line.access / used,
             format("scalar code at %s waits about %.0f times for off-chip memory, %.0f %% of the time; copy the array "
                    "to NRAM with one __memcpy and work on the copy",
                    placeOf(line).c_str(), line.access / one, percent(line.access / used)));
  }

  void smallCopies() {
    for (size_t i = 0; i < k.lines.size(); ++i) {
      const LineProfile &line = k.lines[i];
      if (!line.offChip || !line.count || line.engine <= 0)
        continue;
      const double rowsPerCopy = double(line.traffic.rows) / double(line.count);
      const double share =
          (line.traffic.start - p.dmaRow * (rowsPerCopy > 1 ? double(line.traffic.rows) : 0)) / line.engine;
      const double each = double(line.traffic.useful) / double(line.count);
      if (share < 0.4 || line.count < 4 * used)
        continue;
      hint("small-copies", i, line.blamed / used * share * 0.9,
           format("the %llu copies at %s move %s each and spend %.0f %% of their time starting; copy more at once",
                  (unsigned long long)line.count, placeOf(line).c_str(), bytesText(each).c_str(), 100 * share));
    }
  }

  void rows() {
    for (size_t i = 0; i < k.lines.size(); ++i) {
      const LineProfile &line = k.lines[i];
      if (!line.offChip || line.traffic.rows < 4 * line.count || line.engine <= 0)
        continue;
      const double share = p.dmaRow * double(line.traffic.rows) / line.engine;
      hint("short-rows", i, line.blamed / used * share,
           format("the copies at %s have %.0f rows of %s, and starting rows is %.0f %% of their time; copy contiguous "
                  "memory and move the elements on chip",
                  placeOf(line).c_str(), double(line.traffic.rows) / double(line.count),
                  bytesText(double(line.traffic.useful) / double(line.traffic.rows)).c_str(), 100 * share));
    }
  }

  void partialSectors() {
    for (size_t i = 0; i < k.lines.size(); ++i) {
      const LineProfile &line = k.lines[i];
      if (!line.offChip || !line.traffic.useful || line.engine <= 0)
        continue;
      const double waste = 1 - double(line.traffic.useful) / double(line.traffic.moved);
      if (waste < 0.1)
        continue;
      const double flowing = std::max(0.0, 1 - line.traffic.start / line.engine);
      hint("partial-sectors", i, line.blamed / used * flowing * waste,
           format("the copies at %s ask for %s and move %s: %.0f %% of their rows begin or end inside a sector of %.0f "
                  "bytes; align rows and make them whole sectors",
                  placeOf(line).c_str(), bytesText(double(line.traffic.useful)).c_str(),
                  bytesText(double(line.traffic.moved)).c_str(),
                  100 * double(line.traffic.split) / double(std::max<uint64_t>(1, line.traffic.rows)), p.sector));
    }
  }

  void needlessSyncs() {
    for (size_t i = 0; i < k.lines.size(); ++i) {
      const LineProfile &line = k.lines[i];
      if (!line.isSync || line.traffic.needless * 10 < line.count * 8 || !line.withoutSync || line.waited <= 0)
        continue;
      const double gain = (k.firstCycles - line.withoutSync) / std::max(1.0, k.firstCycles) * k.cycles;
      // Ahead of the general hint on overlap, which includes it.
      needless = std::max(needless, gain);
      hint(
          "needless-sync", i, gain,
          format("'%s' at %s waits for copies %llu times, %.0f %% of the time; no instruction behind it uses what they "
                 "copied before the next sync",
                 line.text.substr(0, line.text.find(';')).c_str(), placeOf(line).c_str(),
                 (unsigned long long)line.count, percent(line.waited / used)));
    }
  }

  void noOverlap() {
    if (!k.overlapped)
      return;
    double gain = (k.firstCycles - k.overlapped) / std::max(1.0, k.firstCycles) * k.cycles;
    if (needless > 0)
      gain -= needless;
    if (gain < 0.08 * k.cycles)
      return;
    const size_t at = largest([](const LineProfile &line) { return line.offChip ? line.blamed : 0; });
    double waits = 0;
    for (const CoreTime &core : k.cores)
      waits +=
          core.stalls[unsigned(Stall::Io)] + core.stalls[unsigned(Stall::Move)] + core.stalls[unsigned(Stall::Compute)];
    hint("no-overlap", at, gain,
         format("copies and computation take turns: cores stand still %.0f %% of the time, most for %s; copy with "
                "__memcpy_async into a second buffer while the first one is computed on",
                std::min(100.0, percent(waits / used)), placeOf(k.lines[at]).c_str()));
  }

  void imbalance() {
    const double gain = imbalanceCycles();
    if (used < 2 || gain < 0.08 * k.cycles)
      return;
    const size_t perCluster = machine.coresPerCluster + machine.memoryCore;
    const size_t at = largest([](const LineProfile &line) { return line.cost(); });
    const double perLaunch = double(k.tasks) / double(std::max<uint64_t>(1, k.launches));
    std::string cure = "share the work evenly by taskId and taskDim";
    if (perLaunch > used && std::fmod(perLaunch, used) > 0)
      cure = format("%.0f tasks on %.0f cores leave the last wave half empty; launch a multiple of the cores",
                    perLaunch, used);
    hint("imbalance", at, gain,
         format("core %zu of cluster %zu works %.0f us, the mean is %.0f us; %s", busiest % perCluster,
                busiest / perCluster, p.nanoseconds(mostWork) / 1e3, p.nanoseconds(meanWork) / 1e3, cure.c_str()));
  }

  void fewCores() {
    if (used >= available)
      return;
    const size_t at = largest([](const LineProfile &line) { return line.isSync ? 0 : line.cost(); });
    // More cores do not widen the memory.
    const double most = std::max(used / available, double(k.traffic.moved) /
                                                       p.perCycle(p.gdramBandwidth * p.gdramReadEfficiency) / k.cycles);
    hint("few-cores", at, k.cycles * std::max(0.0, 1 - most),
         format("%.0f of %.0f cores have work; launch at least %.0f tasks and share the work by taskId", used,
                available, available));
  }

  void padding() {
    for (size_t i = 0; i < k.lines.size(); ++i) {
      const LineProfile &line = k.lines[i];
      if (!line.tensor || !line.traffic.padded)
        continue;
      const double waste = 1 - double(line.traffic.products) / double(line.traffic.padded);
      if (waste < 0.2)
        continue;
      const double time =
          line.free ? (k.firstCycles - line.free) / std::max(1.0, k.firstCycles) * k.cycles : line.blamed / used;
      hint("padding", i, time * waste,
           format("%.0f %% of the products at %s are of padding: columns are padded to %.0f and the inner dimension to "
                  "%.0f bytes; choose sizes that are multiples",
                  100 * waste, placeOf(line).c_str(), p.weightLanes, p.weightRow));
    }
  }

  void shortVectors() {
    double gain = 0, engine = 0, start = 0, bytes = 0;
    uint64_t count = 0;
    size_t at = 0;
    for (size_t i = 0; i < k.lines.size(); ++i) {
      const LineProfile &line = k.lines[i];
      if (!line.compute || line.tensor || line.engine <= 0 || line.traffic.start < 0.4 * line.engine)
        continue;
      if (line.engine > k.lines[at].engine || !count)
        at = i;
      engine += line.engine;
      start += line.traffic.start;
      count += line.count;
      bytes += double(line.traffic.bytes);
      gain += line.blamed / used * line.traffic.start / line.engine;
    }
    if (count)
      hint("short-vectors", at, gain * 0.9,
           format("%llu vector instructions, most at %s, touch %s each and spend %.0f %% of their time starting; let "
                  "one instruction do the work of many",
                  (unsigned long long)count, placeOf(k.lines[at]).c_str(), bytesText(bytes / double(count)).c_str(),
                  100 * start / engine));
  }

  // Barriers that cost although nobody is late.
  void barriersCost() {
    const size_t at = largest([](const LineProfile &line) { return line.isSync ? line.blamed : 0; });
    const double cost = std::max(0.0, barriers - (mostWork - meanWork));
    if (cost < 0.05 * k.cycles)
      return;
    const LineProfile &line = k.lines[at];
    hint("barriers", at, cost * 0.8,
         format("cores meet %llu times at %s and wait there %.0f %% of the time; let them work longer between barriers",
                (unsigned long long)line.count, placeOf(line).c_str(), percent(barriers)));
  }

  void scalarLoops() {
    const size_t at = largest([](const LineProfile &line) { return line.scalar - line.access; });
    double work = 0;
    for (const LineProfile &line : k.lines)
      work += (line.scalar - line.access - line.cache) / used;
    const LineProfile &line = k.lines[at];
    if (work < 0.3 * k.cycles)
      return;
    hint("scalar-loop", at, work * 0.9,
         format("scalar code takes %.0f %% of the time, most at %s, where %llu instructions run; a vector instruction "
                "does the work of hundreds of them",
                percent(work), placeOf(line).c_str(), (unsigned long long)line.executed));
  }

  void sameData() {
    if (machine.coresPerCluster < 2 || used < machine.coresPerCluster)
      return;
    for (size_t i = 0; i < k.lines.size(); ++i) {
      const LineProfile &line = k.lines[i];
      if (!line.sameOnAllCores || !line.offChip || line.engine <= 0)
        continue;
      const double flowing = std::max(0.0, 1 - line.traffic.start / line.engine);
      hint("same-data", i, line.blamed / used * flowing * (1 - 1.0 / machine.coresPerCluster),
           format("all cores read the same %s at %s; let the memory core bring them to SRAM once for its %u cores",
                  bytesText(double(line.traffic.useful) / used).c_str(), placeOf(line).c_str(),
                  machine.coresPerCluster));
    }
  }

  void lockWaits() {
    const size_t at = largest([](const LineProfile &line) { return line.isSync ? line.waited : 0; });
    if (locks > 0)
      hint("locks", at, locks,
           format("cores wait %.0f %% of the time for the lock at %s; hold it for less work, or let each core keep its "
                  "own result and add them up at the end",
                  percent(locks), placeOf(k.lines[at]).c_str()));
  }

  void launches() {
    if (k.launches < 8)
      return;
    const double cost = launchCycles();
    const size_t at = largest([](const LineProfile &line) { return line.cost(); });
    if (cost > 0.5 * k.cycles)
      hint("launches", at, cost * (1 - 1.0 / double(k.launches)),
           format("%llu launches of %.1f us each, and launching one takes %.1f us; let one launch do the work",
                  (unsigned long long)k.launches, p.nanoseconds(k.cycles) / 1e3 / double(k.launches), p.launch));
  }

  KernelProfile &k;
  const MachineConfig &machine;
  const Parameters &p;
  const double used;
  const Utilisation u;
  double available = 0, meanEnd = 0, mostWork = 0, meanWork = 0, barriers = 0, locks = 0, access = 0, scalar = 0,
         copyStart = 0, copyEngine = 0, needless = 0;
  size_t busiest = 0;
};

} // namespace

bool isMemoryCore(size_t index, const MachineConfig &machine) {
  return machine.memoryCore && index % (machine.coresPerCluster + 1) == machine.coresPerCluster;
}

std::vector<bool> usedCores(const KernelProfile &kernel, const MachineConfig &machine) {
  auto work = [](const CoreTime &core) {
    double sum = core.scalar;
    for (double busy : core.busy)
      sum += busy;
    return sum;
  };
  double most = 0;
  for (size_t i = 0; i < kernel.cores.size(); ++i)
    if (!isMemoryCore(i, machine))
      most = std::max(most, work(kernel.cores[i]));
  std::vector<bool> used(kernel.cores.size());
  for (size_t i = 0; i < kernel.cores.size(); ++i)
    used[i] = kernel.cores[i].tasks && !isMemoryCore(i, machine) && work(kernel.cores[i]) > 0.02 * most;
  return used;
}

size_t coresUsed(const KernelProfile &kernel, const MachineConfig &machine) {
  const std::vector<bool> used = usedCores(kernel, machine);
  return size_t(std::count(used.begin(), used.end(), true));
}

Utilisation utilisationOf(const KernelProfile &kernel) {
  Utilisation u{};
  double cores = 0, memoryCores = 0, memoryIo = 0, memoryMove = 0;
  const bool hasMemoryCore = kernel.memoryCores;
  for (size_t i = 0; i < kernel.cores.size(); ++i) {
    const CoreTime &core = kernel.cores[i];
    if (!core.tasks)
      continue;
    const double io = core.busy[unsigned(Unit::Io)], move = core.busy[unsigned(Unit::Move)];
    if (hasMemoryCore && i % kernel.coresInCluster == kernel.coresInCluster - 1) {
      ++memoryCores;
      memoryIo += io;
      memoryMove += move;
      continue;
    }
    ++cores;
    u.scalar += core.scalar;
    u.tensor += core.tensor;
    u.vector += core.busy[unsigned(Unit::Compute)] - core.tensor;
    u.io += io;
    u.move += move;
  }
  const double all = std::max(1.0, cores) * std::max(1.0, kernel.cycles);
  const double memory = std::max(1.0, memoryCores) * std::max(1.0, kernel.cycles);
  return {u.scalar / all, u.vector / all, u.tensor / all, std::max(u.io / all, memoryIo / memory),
          std::max(u.move / all, memoryMove / memory)};
}

void judge(KernelProfile &kernel, const MachineConfig &machine, const Parameters &parameters) {
  Judge(kernel, machine, parameters).judge();
}

} // namespace dlp::timing

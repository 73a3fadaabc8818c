// Profile.cpp: from replayed launches to costs of source lines.
#include "simulator/timing/Profile.h"

#include "simulator/core/Launch.h"
#include "simulator/timing/Pipeline.h"
#include "simulator/timing/ProfileReport.h"
#include "simulator/timing/Trace.h"

#include <algorithm>
#include <cstdio>
#include <fstream>

namespace dlp::timing {
namespace {

constexpr unsigned kMostSyncTrials = 12;       // replays that ask what a sync or a line costs
constexpr size_t kMostTrialEvents = 1'000'000; // of a launch that is replayed for that

const char *taskTypeName(TaskType type) {
  switch (type) {
  case TaskType::Block:
    return "block";
  case TaskType::Union1:
    return "union1";
  case TaskType::Union2:
    return "union2";
  case TaskType::Union4:
    return "union4";
  case TaskType::Union8:
    return "union8";
  case TaskType::Union16:
    return "union16";
  }
  return "";
}

} // namespace

// Source lines of one kernel's code.
struct Profiler::Source {
  explicit Source(const Program &program) : lines(program.elfBytes()) {}
  SourceLines lines;
  std::unordered_map<uint64_t, size_t> byPc; // index in KernelProfile::lines
  std::map<std::pair<std::string, uint32_t>, size_t> byPlace;
  std::map<std::string, std::vector<std::string>> files;
};

Profiler::Profiler(const MachineConfig &machine, const Parameters &parameters, ProfileWishes wanted)
    : machine(machine), p(parameters), wishes(std::move(wanted)) {
  if (!wishes.trace.empty())
    trace = std::make_unique<TraceWriter>(machine, wishes.trace);
}

Profiler::~Profiler() = default;

size_t Profiler::lineOf(KernelProfile &kernel, Source &source, uint64_t pc) {
  auto [known, fresh] = source.byPc.try_emplace(pc);
  if (!fresh)
    return known->second;
  SourceLine found = pc ? source.lines.find(pc) : SourceLine{};
  auto [it, first] = source.byPlace.try_emplace({found.file, found.line}, kernel.lines.size());
  known->second = it->second;
  if (!first)
    return it->second;
  LineProfile &line = kernel.lines.emplace_back();
  line.file = found.file;
  line.line = found.line;
  if (found.line) {
    auto [file, unread] = source.files.try_emplace(found.file);
    if (unread) {
      std::ifstream in(source.lines.path(pc));
      for (std::string text; std::getline(in, text);)
        file->second.push_back(text);
    }
    if (found.line <= file->second.size()) {
      const std::string &text = file->second[found.line - 1];
      const size_t begin = text.find_first_not_of(" \t");
      line.text = begin == std::string::npos ? "" : text.substr(begin);
    }
  }
  return it->second;
}

void Profiler::addLines(KernelProfile &kernel, Source &source, const LaunchRecord &record) {
  Program &program = record.launch.runningProgram();
  const BlockTable &table = *program.blockTable();
  // Counts of all cores.
  std::vector<BlockCounter::Count> counts(table.blocks.size());
  std::vector<uint64_t> access;
  std::vector<SiteTraffic> sites(table.blocks.size());
  std::vector<unsigned> readers(table.blocks.size());
  std::vector<bool> sameReads(table.blocks.size(), true);
  std::vector<uint64_t> places(table.blocks.size());
  for (const auto &recorder : record.recorders) {
    for (size_t b = 0; b < counts.size() && b < recorder->blocks.counts.size(); ++b) {
      const BlockCounter::Count &count = recorder->blocks.counts[b];
      counts[b].entered += count.entered;
      counts[b].jumped += count.jumped;
      counts[b].missed += count.missed;
      const SiteTraffic &site = recorder->sites[b];
      sites[b].add(site);
      if (site.places) {
        sameReads[b] = sameReads[b] && (!readers[b] || places[b] == site.places);
        places[b] = site.places;
        ++readers[b];
      }
    }
    access.resize(std::max(access.size(), recorder->accessCycles.size()));
    for (size_t i = 0; i < recorder->accessCycles.size(); ++i)
      access[i] += recorder->accessCycles[i];
  }
  for (size_t b = 1; b < counts.size(); ++b) {
    const BlockTable::Block &block = table.blocks[b];
    const BlockCounter::Count &count = counts[b];
    if (!count.entered)
      continue;
    size_t line = 0;
    const Op *op = program.opAt(block.pc);
    const Op *first = op, *last = op;
    for (uint32_t i = 0; i < block.instructions; ++i, op = op->next()) {
      line = lineOf(kernel, source, program.pcOf(op));
      kernel.lines[line].scalar += double(scalarCost(*op, p)) * double(count.entered);
      kernel.lines[line].executed += count.entered;
      last = op;
    }
    kernel.instructions += count.entered * block.instructions;
    LineProfile &jumps = kernel.lines[line];
    jumps.scalar += double(count.jumped) * p.takenBranch;
    LineProfile &fetches = kernel.lines[lineOf(kernel, source, program.pcOf(first))];
    fetches.scalar += double(count.missed) * p.icacheMiss;
    fetches.cache += double(count.missed) * p.icacheMiss;
    kernel.scalarCache += double(count.missed) * p.icacheMiss;
    // What its last instruction did in queues.
    const SiteTime &time = record.outcome.sites[b];
    LineProfile &work = kernel.lines[line];
    work.blamed += time.blamed;
    work.waited += time.waited;
    work.engine += time.engine;
    work.starved += time.starved;
    work.count += time.count;
    if (ScalarId(last->id) == ScalarId::Xdlp && time.count) {
      const XdlpInsn &insn = program.xdlp(last);
      const bool sync = insn.info->engine == Engine::Sync;
      work.isSync |= sync;
      if (!sync || work.operation.empty())
        work.operation = fullMnemonic(insn.word.id, insn.word.variant);
      work.compute |= insn.info->engine == Engine::Compute;
      work.tensor |= insn.info->engine == Engine::Compute && std::string_view(insn.info->latency) == "tensor";
    }
    work.traffic.add(sites[b]);
    work.offChip |= sites[b].useful > 0;
    work.sameOnAllCores |= readers[b] > 1 && sameReads[b];
  }
  const Op *firstOp = program.firstOp();
  for (size_t i = 0; i < access.size(); ++i)
    if (access[i]) {
      LineProfile &line = kernel.lines[lineOf(kernel, source, program.pcOf(firstOp + i))];
      line.scalar += double(access[i]);
      line.access += double(access[i]);
    }
  // The end of tasks waits too.
  const size_t end = lineOf(kernel, source, 0);
  kernel.lines[end].blamed += record.outcome.sites[0].blamed;
  kernel.lines[end].waited += record.outcome.sites[0].waited;
}

void Profiler::addWhatIf(KernelProfile &kernel, Source &source, const LaunchRecord &record) {
  kernel.firstCycles = record.outcome.cycles;
  struct Trial {
    const char *name, *summary;
    WhatIf change;
  };
  const Trial trials[] = {
      {"scalar", "scalar unit twice as fast", {.scalar = 0.5}},
      {"vector", "vector unit twice as fast", {.vector = 0.5}},
      {"tensor", "matrix unit twice as fast", {.tensor = 0.5}},
      {"bandwidth", "twice the off-chip bandwidth", {.bandwidth = 2}},
      {"latency", "half the start of off-chip copies", {.latency = 0.5}},
      {"on-chip", "on-chip copies twice as fast", {.onChip = 0.5}},
  };
  for (const Trial &trial : trials)
    kernel.whatIf.push_back({trial.name, trial.summary, record.again(trial.change, nullptr).cycles});
  const BlockTable &table = *record.launch.runningProgram().blockTable();
  const size_t sites = table.blocks.size();
  // No sync of a queue waits: how much overlap there is to gain.
  std::vector<bool> all(sites, true);
  all[0] = false; // the end of tasks
  kernel.overlapped = record.again({.withoutSync = &all, .withoutImplied = true}, nullptr).cycles;
  // Lines, those first that cost most.
  std::map<size_t, std::vector<size_t>> ofLine; // line: sites
  for (size_t b = 1; b < sites; ++b)
    if (record.outcome.sites[b].count)
      ofLine[lineOf(kernel, source, table.blocks[b].pc + table.blocks[b].bytes - 8)].push_back(b);
  std::vector<size_t> worst;
  for (auto &[line, own] : ofLine)
    worst.push_back(line);
  std::stable_sort(worst.begin(), worst.end(), [&](size_t a, size_t b) {
    auto weight = [&](const LineProfile &line) { return std::max(line.waited, line.blamed); };
    return weight(kernel.lines[a]) > weight(kernel.lines[b]);
  });
  worst.resize(std::min<size_t>(worst.size(), kMostSyncTrials));
  for (size_t line : worst) {
    std::vector<bool> chosen(sites);
    for (size_t b : ofLine[line])
      chosen[b] = true;
    LineProfile &profile = kernel.lines[line];
    if (profile.isSync)
      profile.withoutSync = record.again({.withoutSync = &chosen}, nullptr).cycles;
    else
      profile.free = record.again({.free = &chosen}, nullptr).cycles;
  }
}

void Profiler::launched(const LaunchRecord &record) {
  const ImageKernel &image = record.launch.runningKernel();
  auto [it, fresh] = kernels.try_emplace(image.name);
  KernelProfile &kernel = it->second;
  auto &source = sources[image.name];
  if (fresh) {
    order.push_back(image.name);
    source = std::make_unique<Source>(record.launch.runningProgram());
    kernel.name = image.displayName;
    kernel.nramPlaced = image.nramBytes;
    const DeviceImage &device = record.launch.runningProgram().image();
    for (const ObjectEntry &object : device.objects)
      if (CoreView::spaceOf(object.address) == Space::Nram && object.kernel == size_t(&image - device.kernels.data()))
        kernel.nramVariables.push_back({object.name, object.address - kNramBase, object.bytes});
    std::sort(kernel.nramVariables.begin(), kernel.nramVariables.end(),
              [](const NramVariable &a, const NramVariable &b) { return a.offset < b.offset; });
    kernel.nramBytes = machine.nramBytes;
    kernel.coresInCluster = machine.coresPerCluster + machine.memoryCore;
    kernel.memoryCores = machine.memoryCore;
    kernel.cores.resize(record.outcome.cores.size());
    kernel.fastest = record.outcome.cycles;
  }
  const LaunchRequest &request = record.launch.launchRequest();
  ++kernel.launches;
  kernel.taskType = taskTypeName(request.type);
  kernel.tasks += uint64_t(request.dim.x) * request.dim.y * request.dim.z;
  kernel.events += record.events;
  kernel.cycles += record.outcome.cycles;
  kernel.fastest = std::min(kernel.fastest, record.outcome.cycles);
  kernel.slowest = std::max(kernel.slowest, record.outcome.cycles);
  for (size_t i = 0; i < kernel.cores.size(); ++i) {
    CoreTime &sum = kernel.cores[i];
    const CoreTime &core = record.outcome.cores[i];
    sum.scalar += core.scalar;
    for (unsigned s = 0; s < kStalls; ++s)
      sum.stalls[s] += core.stalls[s];
    for (unsigned u = 0; u < kUnits; ++u)
      sum.busy[u] += core.busy[u];
    sum.tensor += core.tensor;
    sum.starved += core.starved;
    sum.end += core.end;
    sum.tasks += core.tasks;
  }
  for (const auto &recorder : record.recorders)
    kernel.traffic.add(recorder->traffic);
  addLines(kernel, *source, record);
  if (fresh && record.again && record.events <= kMostTrialEvents)
    addWhatIf(kernel, *source, record);
  const bool chosen = kernel.name.find(wishes.window.kernel) != std::string::npos;
  const double begin = p.cycles(wishes.window.begin * 1e3);
  const double end = std::min(record.outcome.cycles, p.cycles(wishes.window.end * 1e3));
  const int64_t core = wishes.window.core < 0 ? -1
                                              : wishes.window.cluster * (machine.coresPerCluster + machine.memoryCore) +
                                                    wishes.window.core;
  if (fresh && record.again && wishes.timelines && chosen && begin < end) {
    Program &program = record.launch.runningProgram();
    const BlockTable &table = *program.blockTable();
    kernel.timeline = std::make_shared<Timeline>(begin, end, core, [&](uint32_t site) {
      if (!site)
        return std::pair<std::string, uint32_t>("the end of the task", 0);
      const uint64_t pc = table.blocks[site].pc + table.blocks[site].bytes - 8;
      const XdlpInsn &insn = program.xdlp(program.opAt(pc));
      return std::pair(fullMnemonic(insn.word.id, insn.word.variant), kernel.lines[lineOf(kernel, *source, pc)].line);
    });
    record.again({}, kernel.timeline.get());
    kernel.timeline->finish();
  }
  if (trace && chosen)
    trace->add(kernel.name, record, begin, end, core, wishes.window.limited(), [&](uint64_t pc) {
      const LineProfile &line = kernel.lines[lineOf(kernel, *source, pc)];
      return line.file + ":" + std::to_string(line.line);
    });
}

void Profiler::finish(double deviceNanoseconds) {
  std::vector<KernelProfile> list;
  for (const std::string &name : order) {
    KernelProfile kernel = kernels[name];
    judge(kernel, machine, p);
    list.push_back(std::move(kernel));
  }
  if (trace)
    trace->finish();
  const std::string report = profileJson(list, machine, p, deviceNanoseconds);
  if (wishes.report.empty()) {
    std::fflush(stdout);
    std::string error;
    std::fputs(profileText(report, {}, error).c_str(), stderr);
    return;
  }
  const std::string temporary = wishes.report + ".new";
  if (FILE *file = std::fopen(temporary.c_str(), "w")) {
    std::fwrite(report.data(), 1, report.size(), file);
    std::fclose(file);
    std::rename(temporary.c_str(), wishes.report.c_str());
  }
}

} // namespace dlp::timing

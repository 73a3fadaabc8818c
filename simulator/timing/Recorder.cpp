// Recorder.cpp: from the observer's calls of one core to events.
#include "simulator/timing/Recorder.h"

#include "simulator/core/Launch.h"
#include "simulator/timing/Pipeline.h"

#include <algorithm>

namespace dlp::timing {
namespace {

constexpr size_t kMostShapes = 1 << 16; // of one core, before they are looked through

} // namespace

void SiteTraffic::add(const SiteTraffic &other) {
  shortest = !rows ? other.shortest : !other.rows ? shortest : std::min(shortest, other.shortest);
  count += other.count;
  rows += other.rows;
  useful += other.useful;
  moved += other.moved;
  split += other.split;
  bytes += other.bytes;
  products += other.products;
  padded += other.padded;
  scalarOffChip += other.scalarOffChip;
  start += other.start;
  needless += other.needless;
}

void Traffic::add(const Traffic &other) {
  for (unsigned i = 0; i < kSpaces; ++i) {
    read[i] += other.read[i];
    written[i] += other.written[i];
  }
  moved += other.moved;
  ideal += other.ideal;
  products += other.products;
  elements += other.elements;
  nramEnd = std::max(nramEnd, other.nramEnd);
}

void CoreRecorder::launchBegins(const Parameters &parameters, const Program &program, Core &core) {
  p = &parameters;
  program.startCounting(blocks);
  core.blocks = &blocks;
  traffic = {};
  events = words = 0;
  shapes = std::make_shared<Shapes>();
  sites.assign(program.blockTable()->blocks.size(), {});
  accessCycles.clear();
  firstOp = program.firstOp();
  nramRow = std::max<uint64_t>(1, (core.machine().nramBytes + kNramRows - 1) / kNramRows);
  stream = nullptr;
  lastCycles = 0;
  for (auto &queue : unresolved)
    queue.clear();
  unmet = {};
}

void CoreRecorder::taskBegins(Stream &newStream) {
  stream = &newStream;
  stream->use(shapes);
  blocks.current = 0;
  lastCycles = blocks.cycles;
  lastWrittenCount = 0;
  copied.clear();
  syncUsed = true;
}

void CoreRecorder::taskEnds() {
  stream->tail = double(blocks.cycles - lastCycles);
  lastCycles = blocks.cycles;
  stream->ended = true;
}

Event CoreRecorder::make(Event::Kind kind) {
  Event event;
  event.kind = kind;
  event.scalar = double(blocks.cycles - lastCycles);
  event.site = blocks.current;
  lastCycles = blocks.cycles;
  return event;
}

void CoreRecorder::put(const Event &event) {
  const uint64_t before = stream->end();
  stream->add(event);
  ++events;
  words += stream->end() - before;
}

CoreRecorder::Reserved CoreRecorder::reserve(const Event &event) {
  const uint64_t position = stream->reserve();
  ++events;
  words += stream->end() - position;
  return {position, event};
}

void CoreRecorder::resolve(Reserved &reserved) {
  stream->resolve(reserved.position, reserved.event);
  reserved.position = ~uint64_t{0};
}

void CoreRecorder::tidy() {
  if (!stream || shapes->size() <= kMostShapes)
    return;
  shapes = std::make_shared<Shapes>();
  if (!stream->ended)
    stream->changeTo(shapes);
}

void CoreRecorder::drains(uint32_t mask, double cost, bool implied) {
  Event event = make(Event::Sync);
  event.group = mask;
  event.start = cost;
  event.implied = implied;
  put(event);
}

void CoreRecorder::scalar(Core &core, uint64_t address, uint64_t bytes, bool write) {
  const Space space = CoreView::spaceOf(address);
  useSynced(address, address + bytes);
  if (space == Space::Nram)
    return; // costs what every instruction costs
  (write ? traffic.written : traffic.read)[unsigned(space)] += bytes;
  // The stack of a memory core, which has no NRAM, is taken for cached.
  if (core.isMemoryCore() && address >= core.stackLimit && address < core.stackTop)
    return;
  const uint32_t cost = scalarAccessCost(space, write, *p);
  if (!cost)
    return;
  blocks.cycles += cost;
  if (space == Space::Gdram || space == Space::Ldram) {
    traffic.moved += write ? 2 * uint64_t(p->sector) : uint64_t(p->sector);
    ++sites[blocks.current].scalarOffChip;
  }
  const auto index = size_t(core.op - firstOp);
  if (index >= accessCycles.size())
    accessCycles.resize(index + 1);
  accessCycles[index] += cost;
}

void CoreRecorder::issues(const Instruction &instruction) {
  switch (instruction.insn.word.id) {
  case InsnId::BARRIER_CLUSTER:
  case InsnId::BARRIER_CLUSTER_IPU:
  case InsnId::BARRIER_LOCAL:
  case InsnId::BARRIER_ALL:
  case InsnId::BARRIER_ALL_IPU:
  case InsnId::BARRIER_ALL_MPU:
  case InsnId::BARRIER_GLOBAL: {
    const InsnId id = instruction.insn.word.id;
    const bool ofCluster =
        id == InsnId::BARRIER_CLUSTER || id == InsnId::BARRIER_CLUSTER_IPU || id == InsnId::BARRIER_LOCAL;
    drains(kAllBits, 0, true);
    unmet = reserve(make(Event::Nothing));
    unmet.event.start = ofCluster ? p->barrierCluster : p->barrierAll;
    return;
  }
  default:
    break;
  }
  if (instruction.queue == Queue::None || !instruction.insn.asynchronous)
    return;
  Event event = make(Event::Work);
  event.unit = instruction.queue == Queue::Io ? Unit::Io : Unit::Move;
  unresolved[unsigned(instruction.queue)].push_back(reserve(event));
}

void CoreRecorder::fillWork(Event &event, const Cost &cost) {
  event.start = cost.start;
  event.bytes = cost.bytes;
  event.flow = cost.flow;
  event.tensor = cost.tensor;
  SiteTraffic &site = sites[event.site];
  ++site.count;
  site.start += event.unit == Unit::Compute ? (cost.tensor ? p->tensorStart : p->vectorStart) : cost.start;
  const uint64_t useful = pieces.offChip(), moved = pieces.sectorsRead + pieces.sectorsWritten;
  if (pieces.offChipRows) {
    site.shortest = site.rows ? std::min(site.shortest, pieces.shortest) : pieces.shortest;
    site.rows += pieces.offChipRows;
  }
  site.useful += useful;
  site.moved += moved;
  site.split += pieces.split;
  site.products += cost.useful;
  site.padded += cost.padded;
  traffic.moved += moved;
  traffic.ideal += cost.ideal;
  for (unsigned i = 0; i < kSpaces; ++i) {
    traffic.read[i] += pieces.read[i];
    traffic.written[i] += pieces.written[i];
    site.bytes += pieces.read[i] + pieces.written[i];
  }
  for (unsigned i = 0; i < pieces.count; ++i) {
    const Pieces::Operand &operand = pieces.operands[i];
    const Space space = CoreView::spaceOf(operand.begin);
    if (space == Space::Nram) {
      traffic.nramEnd = std::max(traffic.nramEnd, operand.end - kNramBase);
      auto row = [&](uint64_t address) {
        return uint8_t(std::min<uint64_t>(kNramRows - 1, (address - kNramBase) / nramRow));
      };
      if (event.nramPieces < event.nram.size())
        event.nram[event.nramPieces++] = {row(operand.begin), row(operand.end - 1), operand.write};
    }
    if (space == Space::Gdram && !operand.write)
      site.places = (site.places + operand.begin) * 0x9e3779b97f4a7c15u + operand.bytes;
  }
}

// A sync waited for copies: is there anything behind it that uses what they brought or took?
void CoreRecorder::watchSync(uint32_t site) {
  if (!syncUsed)
    ++sites[syncSite].needless;
  syncUsed = copied.empty() || copied.size() > kMostWatched;
  synced.swap(copied);
  copied.clear();
  syncSite = site;
}

void CoreRecorder::useSynced(uint64_t begin, uint64_t end) {
  if (!syncUsed)
    syncUsed = std::any_of(synced.begin(), synced.end(),
                           [&](const Range &range) { return begin < range.end && range.begin < end; });
}

void CoreRecorder::useSynced() {
  for (unsigned i = 0; i < pieces.count; ++i)
    useSynced(pieces.operands[i].begin, pieces.operands[i].end);
}

void CoreRecorder::endsCompute(const Instruction &instruction) {
  const Cost cost = computeCost(instruction, pieces, *p);
  Event event = make(Event::Work);
  fillWork(event, cost);
  useSynced();
  event.result = instruction.insn.info->hasResult;
  if (cost.tensor)
    traffic.products += double(cost.useful);
  else
    traffic.elements += double(pieces.largestOperand()) / 4;
  unsigned written = 0;
  std::array<Range, 4> ranges;
  for (unsigned i = 0; i < pieces.count; ++i) {
    const Pieces::Operand &operand = pieces.operands[i];
    if (operand.write) {
      if (written < ranges.size())
        ranges[written++] = {operand.begin, operand.end};
      continue;
    }
    for (unsigned k = 0; k < lastWrittenCount; ++k)
      event.depends |= operand.begin < lastWritten[k].end && lastWritten[k].begin < operand.end;
  }
  put(event);
  lastWritten = ranges;
  lastWrittenCount = written;
}

void CoreRecorder::endsCopy(const Instruction &instruction) {
  const Cost cost = copyCost(instruction, pieces, *p);
  useSynced();
  for (unsigned i = 0; i < pieces.count && instruction.insn.asynchronous && copied.size() <= kMostWatched; ++i)
    if (CoreView::spaceOf(pieces.operands[i].begin) != Space::Gdram)
      copied.push_back({pieces.operands[i].begin, pieces.operands[i].end});
  auto &waiting = unresolved[unsigned(instruction.queue)];
  if (instruction.insn.asynchronous) {
    fillWork(waiting.front().event, cost);
    resolve(waiting.front());
    waiting.pop_front();
    return;
  }
  // A synchronous copy waits for compute work and for its queue, and what follows waits for it.
  const bool io = instruction.queue == Queue::Io;
  const uint32_t own = io ? kIoBit : kMoveBit;
  drains(kComputeBit | own, 0, true);
  Event event = make(Event::Work);
  event.unit = io ? Unit::Io : Unit::Move;
  fillWork(event, cost);
  put(event);
  drains(own, p->syncCost, true);
}

void CoreRecorder::meets(uint32_t group, uint32_t cores) {
  unmet.event.kind = Event::Meet;
  unmet.event.group = group;
  unmet.event.ticket = cores;
  resolve(unmet);
}

void CoreRecorder::ends(Core &core, const Instruction &instruction) {
  if (instruction.queue != Queue::None)
    return endsCopy(instruction);
  switch (instruction.insn.info->engine) {
  case Engine::Compute:
    return endsCompute(instruction);
  case Engine::Sync:
    break;
  default: // printing and the like costs nothing
    return;
  }
  switch (instruction.insn.word.id) {
  case InsnId::SYNC:
    drains(kAllBits, p->syncCost, false);
    return watchSync(blocks.current);
  case InsnId::SYNC_IO:
    drains(kIoBit, p->syncCost, false);
    return watchSync(blocks.current);
  case InsnId::SYNC_MOVE:
    drains(kMoveBit, p->syncCost, false);
    return watchSync(blocks.current);
  case InsnId::SYNC_COMPUTE:
    return drains(kComputeBit, p->syncCost, false);
  case InsnId::SYNC_MASK: {
    const auto producers = uint32_t(instruction.operands[0]), consumers = uint32_t(instruction.operands[1]);
    if (consumers & kComputeBit)
      return drains(producers, p->syncCost, false);
    for (Unit unit : {Unit::Io, Unit::Move})
      if (consumers >> unsigned(unit) & 1) {
        Event event = make(Event::Order);
        event.unit = unit;
        event.group = producers & ~(1u << unsigned(unit));
        put(event);
      }
    return;
  }
  default:
    break;
  }
  // A barrier that lets this core pass, or where it now waits, or where it was the last and has met the others.
  if (unmet.position != ~uint64_t{0} && core.state != CoreState::Waiting)
    resolve(unmet);
}

} // namespace dlp::timing

// Core.cpp: turns, issue of Xdlp instructions, and the queues.
#include "simulator/core/Core.h"

#include "simulator/core/Launch.h"
#include "simulator/core/Probe.h"

#include <algorithm>
#include <cfenv>
#include <cstring>
#include <utility>
#ifdef __x86_64__
#include <xmmintrin.h>
#endif

namespace dlp {
namespace {

// The host's exception flags since they were last cleared, as RISC-V's.
uint8_t takeHostFlags() {
#ifdef __x86_64__
  unsigned status = _mm_getcsr();
  if (!(status & 0x3f))
    return 0;
  _mm_setcsr(status & ~0x3fu);
  return uint8_t((status & 0x01 ? kInvalid : 0) | (status & 0x04 ? kDivideByZero : 0) |
                 (status & 0x08 ? kOverflow : 0) | (status & 0x10 ? kUnderflow : 0) | (status & 0x20 ? kInexact : 0));
#else
  int status = std::fetestexcept(FE_ALL_EXCEPT);
  std::feclearexcept(FE_ALL_EXCEPT);
  return uint8_t((status & FE_INVALID ? kInvalid : 0) | (status & FE_DIVBYZERO ? kDivideByZero : 0) |
                 (status & FE_OVERFLOW ? kOverflow : 0) | (status & FE_UNDERFLOW ? kUnderflow : 0) |
                 (status & FE_INEXACT ? kInexact : 0));
#endif
}

struct Direction {
  Space src, dst;
};

// mluMemcpyDirection_t by value.
constexpr Direction kDirections[] = {
    {Space::Gdram, Space::Nram},  {Space::Nram, Space::Gdram},  {Space::Ldram, Space::Nram},
    {Space::Nram, Space::Ldram},  {Space::Gdram, Space::Wram},  {Space::Wram, Space::Gdram},
    {Space::Ldram, Space::Wram},  {Space::Wram, Space::Ldram},  {Space::Nram, Space::Nram},
    {Space::Nram, Space::Wram},   {Space::Wram, Space::Nram},   {Space::Gdram, Space::Sram},
    {Space::Sram, Space::Gdram},  {Space::Ldram, Space::Sram},  {Space::Sram, Space::Ldram},
    {Space::Sram, Space::Nram},   {Space::Nram, Space::Sram},   {Space::Sram, Space::Wram},
    {Space::Wram, Space::Sram},   {Space::Gdram, Space::Gdram}, {Space::Gdram, Space::Ldram},
    {Space::Ldram, Space::Gdram}, {Space::Ldram, Space::Ldram}, {Space::Sram, Space::Sram},
};

bool offChip(Space s) { return s == Space::Gdram || s == Space::Ldram; }

// The two sides of a copy; a fill has the same on both. None where the direction register holds nonsense: the handler
// reports that. Atomic rows name no spaces, only an element type and an operation.
Direction directionOf(const XdlpInsn &insn, const uint64_t *operands) {
  if (insn.info->engine == Engine::Dyn) {
    constexpr unsigned kDirOperand = 3;
    uint64_t dir = operands[kDirOperand] & 0xffffffff;
    return dir < std::size(kDirections) ? kDirections[dir] : Direction{Space::None, Space::None};
  }
  Variant v = insn.word.variant;
  bool isFill = v.e0 >= uint8_t(Suffix::B8); // element width, then space
  return {Space(v.e1), isFill ? Space(v.e1) : Space(v.e0)};
}

} // namespace

const char *queueName(Queue queue) { return queue == Queue::Io ? "io" : queue == Queue::Move ? "move" : ""; }

const char *Core::currentQueue() const {
  if (!executing)
    return "scalar";
  if (executingQueue != Queue::None)
    return queueName(executingQueue);
  return executing->info->engine == Engine::Compute ? "compute" : "scalar";
}

std::string Core::mnemonic() const {
  return executing ? fullMnemonic(executing->word.id, executing->word.variant) : std::string();
}

void Core::harvestHostFlags() { floatFlags |= takeHostFlags(); }

Core::State Core::save() const {
  return {std::to_array(x), std::to_array(f),     program,  op,         retired, roundMode, floatFlags,  reserved,
          reservedAddress,  reservedValue,        stackTop, stackLimit, state,   task,      timingState, waitsAt,
          waitsPc,          std::to_array(queues)};
}

void Core::restore(const State &s) {
  std::copy(s.x.begin(), s.x.end(), x);
  std::copy(s.f.begin(), s.f.end(), f);
  program = s.program;
  op = s.op;
  retired = s.retired;
  roundMode = s.roundMode;
  floatFlags = s.floatFlags;
  reserved = s.reserved;
  reservedAddress = s.reservedAddress;
  reservedValue = s.reservedValue;
  stackTop = s.stackTop;
  stackLimit = s.stackLimit;
  state = s.state;
  task = s.task;
  timingState = s.timingState;
  waitsAt = s.waitsAt;
  waitsPc = s.waitsPc;
  std::copy(s.queues.begin(), s.queues.end(), queues);
  executing = nullptr;
  executingOperands = nullptr;
  executingQueue = Queue::None;
  atBreakpoint = passesBreakpoint = false;
  if (program)
    openWindows();
}

void Core::openWindows() {
  if (observer && observer->onlyCounts() && !observer->watchesStack())
    view.watchOutsideNram(*this);
  else if (observer)
    view.watch(*this, observer->watchesStack() ? stackTop : stackLimit, stackTop);
  else
    view.forgetWindows();
}

void Core::observe(Observer *newObserver) {
  observer = newObserver;
  openWindows();
}

void Core::startTask(Program &newProgram, Launch &newLaunch, const ImageKernel &kernel, const TaskPosition &position) {
  program = &newProgram;
  launch = &newLaunch;
  task = position;
  std::memset(x, 0, sizeof x);
  std::memset(f, 0, sizeof f);
  bool stackOnLdram = memoryCore || (kernel.flags & kKernelStackOnLdram);
  constexpr uint64_t kStackPointer = 2, kThreadPointer = 4, kFirstArgument = 10;
  x[kStackPointer] = stackOnLdram ? kLdramBase + config.ldramBytes : kNramBase + config.nramBytes;
  x[kFirstArgument] = kParamBase;
  stackLimit = stackOnLdram ? kLdramBase + kernel.ldramBytes : kNramBase + kernel.nramBytes;
  // Objects in private memories lie relative to tp in code for debuggers, which is 0 without one.
  const uint64_t tag = launch->debugger ? uint64_t(launch->numberOf(*this)) << kCoreTagShift : 0;
  view.useTags(tag, tag ? launch->allCores().size() : 0);
  x[kStackPointer] += tag;
  x[kThreadPointer] = tag;
  stackLimit += tag;
  op = program->opAt(kernel.entry);
  retired = 0;
  roundMode = floatFlags = 0;
  reserved = false;
  executing = nullptr;
  for (QueueState &q : queues)
    q = QueueState();
  stackTop = x[kStackPointer];
  openWindows();

  bool fillsSram = memoryCore || !task.clusterDim || (!config.memoryCore && index == 0);
  for (const InitRecord &init : kernel.inits) {
    Space space = CoreView::spaceOf(init.dst);
    if ((memoryCore && space == Space::Wram) || (space == Space::Sram && !fillsSram))
      continue;
    uint8_t *dst = view.find(init.dst, init.size, maskOf(space), true, {"the initial value of a variable"});
    auto src = program->image().bytesAt(init.src, init.size);
    std::copy(src.begin(), src.end(), dst);
  }
  state = CoreState::Running;
  if (observer)
    observer->taskBegins(*this);
}

void Core::endTask() {
  drainAll();
  state = CoreState::Ended;
  if (observer)
    observer->taskEnds(*this);
}

void Core::tell(const MemoryPiece &piece) {
  if (executingOperands)
    observer->accesses(*this, {*executing, executingOperands, executingQueue}, piece);
}

void Core::scalarAccess(uint64_t address, uint64_t bytes, bool write) {
  observer->scalar(*this, address, bytes, write);
}

uint64_t Core::run(int64_t instructions) {
  takeHostFlags();
  atBreakpoint = false;
  const bool passes = std::exchange(passesBreakpoint, false);
  if (instructions == kStepOnly) {
    program->ensureDecoded(op); // for its length
    instructions = 0;           // a jump ends the turn by itself
    const Program::Patch end(*program, op->next());
    turnBudget = budgetLeft = instructions;
    program->runOf(op)(*this, op, instructions);
    atBreakpoint = false;
  } else {
    turnBudget = budgetLeft = instructions;
    (passes ? program->runOf(op) : op->run)(*this, op, instructions);
  }
  harvestHostFlags();
  uint64_t ran = uint64_t(turnBudget - budgetLeft);
  retired += ran;
  turnBudget = budgetLeft = 0;
  return ran;
}

bool Core::endedBySharing(const Op *executed) const {
  return ScalarId(executed->id) == ScalarId::Xdlp && view.sharedTouched;
}

bool Core::executesHere(const XdlpInsn &insn, const uint64_t *operands) const {
  if (insn.info->engine == Engine::Compute)
    return !memoryCore;
  if (!insn.isCopy || !config.memoryCore)
    return true;
  auto [src, dst] = directionOf(insn, operands);
  if (src == Space::None) // a direction that does not exist, or atomic work with NRAM
    return insn.info->engine == Engine::Dyn || !memoryCore;
  bool ofMemoryCore =
      (dst == Space::Sram && (src == Space::Sram || offChip(src))) || (src == Space::Sram && offChip(dst));
  return ofMemoryCore == memoryCore;
}

void Core::issue(const XdlpInsn &insn) {
  executing = &insn;
  executingQueue = Queue::None;
  harvestHostFlags();

  std::array<uint64_t, kMaxOperands> operands{};
  unsigned reg = 0, count = 0;
  for (const OperandInfo &operand : insn.info->operands) {
    if (operand.inDesc)
      break;
    operands[count++] = operand.kind == OperandKind::Result ? (++reg, 0) : x[insn.word.regs[reg++]];
  }
  uint64_t result = 0;
  executingOperands = nullptr;
  if (executesHere(insn, operands.data())) {
    if (insn.info->numFields) {
      constexpr SpaceMask readable = kInNram | kInSram | kInLdram | kInGdram;
      uint64_t bytes = 8 * insn.info->numFields;
      std::memcpy(&operands[count], read(x[insn.word.regs[reg]], bytes, readable, "its list of operands"), bytes);
    }
    for (unsigned i = 0; i < insn.info->operands.size(); ++i)
      if (insn.info->operands[i].spaces)
        operands[i] = view.withoutTag(operands[i]);
    if (!insn.isCopy) {
      if (observer) [[unlikely]]
        observer->issues(*this, {insn, operands.data(), Queue::None});
      result = execute(insn, operands.data(), Queue::None);
    } else {
      auto [src, dst] = directionOf(insn, operands.data());
      bool io = insn.info->engine == Engine::IO || (insn.info->engine == Engine::Dyn && (offChip(src) || offChip(dst)));
      Queue queue = io ? Queue::Io : Queue::Move;
      QueueState &q = queues[unsigned(queue)];
      if (observer) [[unlikely]] {
        observer->issues(*this, {insn, operands.data(), queue});
        if (insn.asynchronous && !observer->onlyCounts()) {
          const bool touched = view.sharedTouched; // the copy touches memory later: listening ends no turn
          announcePieces(*this, {insn, operands.data(), queue});
          view.sharedTouched = touched;
        }
      }
      if (insn.asynchronous) {
        q.pending.push_back({&insn, operands});
        ++q.issued;
        if (q.pending.size() > config.queueDepth)
          runOldest(queue);
        if (timing.kind != CopyTiming::Late) [[unlikely]]
          runEarly(insn, queue);
      } else {
        drain(queue);
        result = execute(insn, operands.data(), queue);
      }
    }
  } else if (observer) [[unlikely]]
    observer->skips(*this, {insn, operands.data(), Queue::None});
  x[insn.resultRegister] = result;
  executing = nullptr;
  takeHostFlags(); // what handlers compute is none of the scalar unit's flags
}

uint64_t Core::execute(const XdlpInsn &insn, const uint64_t *operands, Queue queue) {
  const XdlpInsn *outer = executing;
  const uint64_t *outerOperands = executingOperands;
  Queue outerQueue = executingQueue;
  executing = &insn;
  executingOperands = operands;
  executingQueue = queue;
  if (observer) [[unlikely]]
    observer->begins(*this, {insn, operands, queue});
  uint64_t result = insn.handler(*this, operands, insn.word.variant);
  if (observer) [[unlikely]]
    observer->ends(*this, {insn, operands, queue});
  executing = outer;
  executingOperands = outerOperands;
  executingQueue = outerQueue;
  return result;
}

void Core::runOldest(Queue queue) {
  QueueState &q = queues[unsigned(queue)];
  Pending next = q.pending.front();
  q.pending.pop_front();
  ++q.done;
  if (next.insn)
    execute(*next.insn, next.operands.data(), queue);
  else
    drainUntil(queue == Queue::Io ? Queue::Move : Queue::Io, next.waitFor);
}

// Runs copies before they must, where another order is asked for.
void Core::runEarly(const XdlpInsn &insn, Queue queue) {
  if (timing.kind == CopyTiming::Earliest || (timing.kind == CopyTiming::OneLine && insn.pc == timing.value))
    return drain(queue);
  if (timing.kind != CopyTiming::Random)
    return;
  for (Queue each : {Queue::Io, Queue::Move})
    while (!queues[unsigned(each)].pending.empty()) {
      timingState = timingState * 6364136223846793005u + 1442695040888963407u;
      if (timingState >> 63)
        break;
      runOldest(each);
    }
}

void Core::drainUntil(Queue queue, uint64_t count) {
  QueueState &q = queues[unsigned(queue)];
  while (q.done < count && !q.pending.empty())
    runOldest(queue);
}

void Core::drain(Queue queue) { drainUntil(queue, queues[unsigned(queue)].issued); }

void Core::drainAll() {
  drain(Queue::Io);
  drain(Queue::Move);
}

void Core::orderAfterOther(Queue consumer) {
  QueueState &q = queues[unsigned(consumer)];
  const QueueState &other = queues[1 - unsigned(consumer)];
  if (other.pending.empty())
    return;
  q.pending.push_back({nullptr, {}, other.issued});
  ++q.issued;
}

uint64_t Core::readSpecial(uint32_t csr, bool &known) const {
  known = true;
  const Dim3 &dim = launch->dim();
  switch (csr) {
  case 0xcc0:
    return task.taskId;
  case 0xcc1:
    return task.taskIdX;
  case 0xcc2:
    return task.taskIdY;
  case 0xcc3:
    return task.taskIdZ;
  case 0xcc4:
    return uint64_t(dim.x) * dim.y * dim.z;
  case 0xcc5:
    return dim.x;
  case 0xcc6:
    return dim.y;
  case 0xcc7:
    return dim.z;
  case 0xcc8:
    return coreId();
  case 0xcc9:
    return config.coresPerCluster;
  case 0xcca:
    return task.clusterId;
  case 0xccb:
    return task.clusterDim;
  default:
    known = false;
    return 0;
  }
}

uint8_t *Core::writeRemoteSram(uint64_t target, uint64_t address, uint64_t bytes, const char *operand) {
  Core *other = launch->coreOfCluster(*this, target);
  if (!other)
    badOperand("cluster", int64_t(target), "a cluster of this union task");
  if (observer) [[unlikely]]
    tell({address, bytes, true, operand, target, true});
  // The access belongs to the turn of this core: the other core's view must not wait for a turn of its own.
  uint8_t *mine = view.find(address, bytes, kInSram, true, {operand, this});
  return bytes ? other->view.sramBytes() + (mine - view.sramBytes()) : mine;
}

} // namespace dlp

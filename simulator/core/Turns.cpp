// Turns.cpp: the rounds of a launch, on one host thread or on several.
#include "simulator/core/Launch.h"

#include <algorithm>
#include <chrono>
#include <new>

namespace dlp {
namespace {

// Work of a round, in microseconds, that pays for waking other threads.
constexpr double kWorthThreads = 60;
// Turns wait for each other when they copy to and from shared memory. Where the recent rounds together ran less than
// this much faster than on one thread, the next rounds are taken there.
constexpr double kLeastGain = 1.2;
constexpr double kJudgeAfter = 3000; // microseconds of recent rounds
constexpr double kForget = 0.95;     // weight of what was recent one round ago
constexpr unsigned kRoundsApart = 200;

using Clock = std::chrono::steady_clock;
double microsecondsSince(Clock::time_point start) {
  return std::chrono::duration<double, std::micro>(Clock::now() - start).count();
}

} // namespace

// False when the core faulted.
bool Launch::takeTurn(Core &core, int64_t budget, Turn &turn) {
  turn.ran = true;
  try {
    turn.instructions = core.run(budget);
    return true;
  } catch (const FaultException &e) {
    turn.fault = e;
    return false;
  } catch (const std::bad_alloc &) {
    turn.fault = FaultException{FaultKind::HostMemory, "the host has no memory left for what this instruction needs"};
    return false;
  }
}

int64_t Launch::turnLength() const {
  size_t busy = 0;
  for (auto &core : cores)
    busy += core->state == CoreState::Running || core->state == CoreState::Waiting;
  return busy == 1 ? kTurnAlone : kTurn;
}

// A core that ended or waits may have used up the bound: the next one then stops at its first jump.
int64_t Launch::withinBound(int64_t length) const {
  return int64_t(std::min(uint64_t(length), maxInstructions - std::min(instructions, maxInstructions)));
}

bool Launch::withinLimit(const Core &core, Turn &turn) const {
  if (instructions < maxInstructions || core.state != CoreState::Running)
    return true;
  turn.fault = FaultException{FaultKind::InstructionLimit, "the launch ran " + std::to_string(maxInstructions) +
                                                               " instructions, the limit of BANG_MAX_INSTRUCTIONS"};
  return false;
}

size_t Launch::takeTurns(std::vector<Turn> &turns) {
  auto start = Clock::now();
  const int64_t length = turnLength();
  for (size_t i = 0; i < cores.size(); ++i) {
    Core &core = *cores[i];
    if (core.state != CoreState::Running)
      continue;
    if (!takeTurn(core, withinBound(length), turns[i]))
      return i;
    instructions += turns[i].instructions;
    if (!withinLimit(core, turns[i]))
      return i;
  }
  roundMicroseconds = microsecondsSince(start);
  return cores.size();
}

// Near the bound on instructions the budget of a turn depends on the turns before it.
bool Launch::worthOverlapping() {
  // Other observers are told in the order of turns, by one thread.
  if (const Observer *observer = cores.front()->observer; observer && !observer->onlyCounts())
    return false;
  if (roundsApart) {
    --roundsApart;
    return false;
  }
  auto running =
      std::count_if(cores.begin(), cores.end(), [](auto &core) { return core->state == CoreState::Running; });
  return round.threads() > 1 && running > 1 && roundMicroseconds > kWorthThreads && instructions < maxInstructions &&
         maxInstructions - instructions > 2 * kTurn * cores.size();
}

size_t Launch::overlapTurns(std::vector<Turn> &turns) {
  program.decodeAll();
  // A core that waits now may be released by an earlier turn of this round; only then does it take its own.
  std::vector<size_t> order;
  std::vector<bool> waits;
  for (size_t i = 0; i < cores.size(); ++i)
    if (cores[i]->state == CoreState::Running || cores[i]->state == CoreState::Waiting) {
      order.push_back(i);
      waits.push_back(cores[i]->state == CoreState::Waiting);
    }
  auto start = Clock::now();
  size_t failed = round.run(order.size(), [&](size_t position) {
    Core &core = *cores[order[position]];
    TurnOrder place(round, position);
    bool success = false;
    try {
      if (waits[position])
        place.enter();
      if (core.state != CoreState::Running)
        return true;
      core.view.overlap(&place);
      success = takeTurn(core, kTurn, turns[order[position]]);
    } catch (const TurnCancelled &) {
    }
    core.view.overlap(nullptr);
    return success;
  });
  const double wall = microsecondsSince(start);
  roundMicroseconds = wall * round.threads() - round.waitedMicroseconds();
  recentWall = recentWall * kForget + wall;
  recentWork = recentWork * kForget + roundMicroseconds;
  if (recentWall > kJudgeAfter && recentWork < kLeastGain * recentWall) {
    roundsApart = kRoundsApart;
    recentWall = recentWork = 0;
  }
  for (size_t position = 0; position < failed; ++position)
    instructions += turns[order[position]].instructions;
  return failed < order.size() ? order[failed] : cores.size();
}

} // namespace dlp

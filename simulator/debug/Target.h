// Target.h: the card as a debugger sees it: cores are threads, numbered from 1 in the order of turns.
//
// Two threads meet here. The device thread runs kernels; at a stop it waits in one of Debugger's calls. The session's
// thread answers packets meanwhile. All state is guarded by one mutex, which the session holds while it handles a
// packet.
#ifndef OPENBANG_SIMULATOR_DEBUG_TARGET_H
#define OPENBANG_SIMULATOR_DEBUG_TARGET_H

#include "simulator/core/Core.h"
#include "simulator/core/Debugger.h"
#include "simulator/debug/Condition.h"
#include "simulator/debug/Findings.h"
#include "simulator/debug/History.h"
#include "simulator/debug/KernelEntry.h"
#include "simulator/debug/Watch.h"

#include <atomic>
#include <condition_variable>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <set>
#include <string>
#include <vector>

namespace dlp::debug {

// Signal numbers of the protocol.
enum Signal : uint8_t { kSigInt = 2, kSigIll = 4, kSigTrap = 5, kSigAbort = 6, kSigSegv = 11 };

enum class StopKind : uint8_t { Entry, Breakpoint, Step, Interrupt, Watchpoint, Fault, Finding, Idle, Beginning };

struct Stop {
  StopKind kind = StopKind::Entry;
  Signal signal = kSigTrap;
  unsigned thread = 0;
  std::string text;     // for people: what happened
  uint64_t watched = 0; // Watchpoint: its address as the client gave it
  WatchKind watchKind = WatchKind::Write;
  uint64_t pc = 0;       // Finding: of the instruction that did it, which has happened; 0: of none
  bool wanted = true;    // false: only for debuggers to learn of another image
  bool newImage = false; // the launch is of another program than the last stop's
};

class Target : public Debugger {
public:
  // `onStop` is called with the mutex held, by the device thread, before it waits. `onFirstLaunch` opens the server.
  Target(std::function<void()> onFirstLaunch, std::function<void(const Stop &)> onStop);
  ~Target() override;

  // Checks whose findings stop cores; the answer is the observer for the device. Once time has gone back they are off:
  // memory is not what they have seen.
  Observer &stopAtFindings(Observer &checks);
  Findings &findings() { return found; }

  // Debugger: the device thread.
  void launchBegins(Launch &launch) override;
  void launchEnds(Launch &launch) override;
  void tasksOver() override;
  void roundBegins() override { history.roundBegins(); }
  void ran(Core &core, int64_t left, uint64_t instructions, bool cut) override {
    history.ran(core, left, instructions, cut);
  }
  void ranIntoFault(Core &core, int64_t left) override { history.ranIntoFault(core, left); }
  Resume resume(Core &core) override;
  void reachedBreakpoint(Core &core) override;
  void stepped(Core &core) override;
  void turnOver(Core &core) override;
  void faulted(Core &core, const Fault &fault) override;

  // The session's thread, with the lock.
  std::unique_lock<std::mutex> lock() { return std::unique_lock(mutex); }
  // A client has come: the device stops as soon as it can. Waits for that; false when the program ends first.
  bool attach(std::unique_lock<std::mutex> &lock);
  // The client has gone: no breakpoints, everything runs.
  void detach(std::unique_lock<std::mutex> &lock);
  bool isStopped() const { return stoppedNow; }
  const Stop &lastStop() const { return stop; }
  // The program ends: nothing waits any more.
  void end();
  void interrupt() { interruptWanted = true; }
  // One entry for each thread; the device runs on.
  void resumeAll(const std::vector<Resume> &actions);
  // Back by one instruction of a core (thread 0: of the one that stopped), to the begin of its source line or the one
  // before, or to the last breakpoint or touch of watched memory.
  enum class Back : uint8_t { No, Instruction, Line, LineOver, Run };
  void goBack(Back way, unsigned thread);
  // Who wrote a place last, the latest first; nothing runs.
  std::vector<History::Touch> lastWrites(const WatchRange &range, Core &seenFrom, size_t most);
  // Should every launch stop before its first instruction, or those of kernels with this name?
  void stopAtEntry(bool all) {
    entryOfAll = all;
    entryOf.clear();
  }
  void stopAtEntry(const std::string &kernel) { entryOf.insert(kernel); }

  // lldb passes over stops of cores that it did not let run: the end of a task that it steps is told to it, and it lets
  // all run.
  void tellEnds(bool tell) { tellsEnds = tell; }
  // Should every launch stop when all its tasks have ended?
  void stopAtEnd(bool all) { endOfAll = all; }
  // Should cores stop when the last copy of a queue of theirs has happened?
  void stopAtIdle(bool idle) {
    watch.watchQueues(idle);
    observeAll();
  }

  // While stopped. Threads are those whose core has a task.
  std::vector<unsigned> threads() const;
  Core *coreOf(unsigned thread) const; // null: no such thread
  size_t coreCount() const;
  std::string threadName(unsigned thread) const;
  bool setPc(Core &core, uint64_t pc);
  Launch *currentLaunch() const { return launch; }
  // What is readable from `address` on; at most `bytes`. Private memories are those of the core in its tag, or
  // `core`'s.
  std::span<uint8_t> memory(Core &core, uint64_t address, uint64_t bytes, bool forWriting);
  struct Place {
    uint64_t pc;
    bool conditional; // setCondition() may give it a condition: what a debugger calls a hardware breakpoint
    auto operator<=>(const Place &) const = default;
  };
  // Cores stop where one of the conditions holds; without any always.
  bool insertBreakpoint(const Place &place, std::vector<std::unique_ptr<Condition>> conditions);
  bool removeBreakpoint(const Place &place);
  // Is a breakpoint the next thing that this core runs into?
  bool comesToBreakpoint(const Core &core) const;
  // For debuggers that send breakpoints without their conditions; null takes it away.
  void setCondition(uint64_t pc, std::unique_ptr<Condition> condition);
  bool insertWatchpoint(const WatchRange &range, const Core &seenFrom);
  bool removeWatchpoint(const WatchRange &range);
  // Registers and memory are about to be changed by the user in this way.
  void change(std::function<void()> change);
  // The file with the device image of the current launch, for debuggers to load.
  std::string imageFile();

private:
  void stopHere(std::unique_lock<std::mutex> &lock, Core *core, Stop next);
  void stopHere(Core &core, Stop next);
  struct Breakpoint {
    std::vector<std::unique_ptr<Condition>> conditions;
  };
  void patchAll(bool insert);
  void patch(const Place &place, const Breakpoint &breakpoint, bool insert);
  void observeAll();
  Observer *observer();
  bool stopForFinding(Core &core);
  bool stopForWatch(Core &core);
  void goBack(Core &here);
  bool anyChosenCanRun() const;
  unsigned threadOf(const Core &core) const;

  std::mutex mutex;
  std::condition_variable changed;
  std::function<void()> onFirstLaunch;
  std::function<void(const Stop &)> onStop;

  Launch *launch = nullptr;
  bool stoppedNow = false, begun = false, attached = false, ending = false;
  std::atomic<bool> interruptWanted{false};
  bool entryOfAll = false, endOfAll = false, atEnd = false, tellsEnds = false;
  std::set<std::string> entryOf;
  Stop stop;
  std::vector<Resume> actions; // by core
  std::atomic<bool> allRun{true};
  std::map<Place, Breakpoint> breakpoints;
  std::set<uint64_t> lifted; // removed since all cores ran, perhaps only to step a core off them
  std::map<uint64_t, std::unique_ptr<Condition>> conditions; // of setCondition()
  Watch watch;
  Findings found;
  bool checksOn = false;
  History history;
  Back back = Back::No;
  unsigned backThread = 0;
  std::optional<Stop> arrival;  // reported before anything runs again
  std::optional<Stop> entering; // reported when the first core has come to the kernel's first line
  KernelEntry kernelEntry;
  std::string image;      // file of the launch's image, once somebody asked
  std::string shownImage; // file of the last stop's image

  // Copies of images on disk. A Program may be gone and another at its address, so contents decide.
  struct ImageFile {
    std::string path;
    uint64_t checksum;
    size_t bytes;
  };
  std::string folder;
  std::vector<ImageFile> files;
};

} // namespace dlp::debug

#endif // OPENBANG_SIMULATOR_DEBUG_TARGET_H

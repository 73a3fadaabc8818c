// Findings.h: the checks of `bang check` in a debug session: what they find stops the core that did it.
//
// The checks are observers and want to be the only one; this one stands between the cores and them, knows which core is
// being looked at, and tells watchpoints too. An access has happened when its core stops; debuggers are shown the
// instruction that did it.
#ifndef OPENBANG_SIMULATOR_DEBUG_FINDINGS_H
#define OPENBANG_SIMULATOR_DEBUG_FINDINGS_H

#include "simulator/debug/Watch.h"

namespace dlp::debug {

class Findings : public Observer {
public:
  struct Found {
    std::string text;
    uint64_t pc = 0; // of the instruction that did it; 0: none of this core
  };

  // A check, in the middle of a call below: its sentence, and the place that it is about.
  void found(const std::string &sentence, uint64_t pc, const std::string &where);
  // What the core's last instruction did, or what nobody did. nullopt: nothing.
  std::optional<Found> take(Core &core);
  bool waits() const { return bool(unclaimed); }
  // The launch is over, or time goes back.
  void forget();

  Observer *checks = nullptr;
  Watch *watch = nullptr;

  void allocated(uint64_t base, uint64_t bytes) override { checks->allocated(base, bytes); }
  void released(uint64_t base, uint64_t bytes) override { checks->released(base, bytes); }
  void hostWrote(uint64_t address, uint64_t bytes) override { checks->hostWrote(address, bytes); }
  void hostRead(uint64_t address, uint64_t bytes) override { checks->hostRead(address, bytes); }
  void hostCopied(uint64_t dst, uint64_t src, uint64_t bytes) override { checks->hostCopied(dst, src, bytes); }
  void launchBegins(Launch &launch) override { checks->launchBegins(launch); }
  void roundEnds(Launch &launch) override { checks->roundEnds(launch); }
  void launchEnds(Launch &launch, const Fault *fault) override { checks->launchEnds(launch, fault); }
  void taskBegins(Core &core) override { checks->taskBegins(core); }
  void taskEnds(Core &core) override { checks->taskEnds(core); }
  bool watchesStack() const override { return !watch->empty(); }
  void scalar(Core &core, uint64_t address, uint64_t bytes, bool write) override;
  void issues(Core &core, const Instruction &instruction) override;
  void announces(Core &core, const Instruction &instruction, const MemoryPiece &piece) override;
  void skips(Core &core, const Instruction &instruction) override;
  void begins(Core &core, const Instruction &instruction) override;
  void accesses(Core &core, const Instruction &instruction, const MemoryPiece &piece) override;
  void ends(Core &core, const Instruction &instruction) override;
  void meet(std::span<Core *const> cores) override { checks->meet(cores); }
  void arrived(Core &core, uint64_t barrier, uint64_t times) override { checks->arrived(core, barrier, times); }
  void passed(Core &core, uint64_t barrier, uint64_t times) override { checks->passed(core, barrier, times); }

private:
  template <class Tell> void during(Core &core, const Instruction &instruction, Tell tell);

  Core *current = nullptr; // the call is about its instruction
  std::optional<Found> claimed, unclaimed;
  Core *by = nullptr; // of `claimed`
  const Op *patched = nullptr;
};

} // namespace dlp::debug

#endif // OPENBANG_SIMULATOR_DEBUG_FINDINGS_H

// Check.h: one kind of finding: an observer that shares its Context with the others.
#ifndef OPENBANG_SIMULATOR_CHECK_CHECK_H
#define OPENBANG_SIMULATOR_CHECK_CHECK_H

#include "simulator/check/Context.h"

namespace dlp::check {

class ValidBits;

// The object that an instruction of scalar code walks through.
struct ScalarReach {
  uint64_t begin = 0, bytes = 0; // 0: not known
  ValidBits *written = nullptr;  // which bytes of it are written; null: not followed
  uint64_t writtenBase = 0;      // the address of its first bit
  bool shared = false;           // other cores reach it
  const uint8_t *host = nullptr; // with `shared`: where the simulator has its first byte
};

// Loads or stores of neighbouring bytes by one instruction of scalar code. Access number `first` touched the first of
// them, and each one after it the next `step` bytes, forwards or backwards.
struct ScalarRun {
  uint64_t begin, end;
  bool write;
  uint64_t pc;
  uint64_t first, step;
  bool backwards;
  bool same = false; // stores that changed nothing, or of a constant 0

  // The execution of the instruction that touched a part of it first.
  uint64_t executionOf(uint64_t partBegin, uint64_t partEnd) const {
    return first + (backwards ? end - partEnd : partBegin - begin) / step;
  }
};

class Check : public Observer {
public:
  explicit Check(Context &context) : context(context) {}

  // An instruction has executed and touched `pieces`, in this order.
  virtual void done(Core &core, const Instruction &instruction, std::span<const MemoryPiece> pieces) {}
  // The program ends.
  virtual void finish() {}
  // True for checks that look at loads and stores of scalar code, of which there are many: scalar() is called for the
  // first access of each instruction to an object, and when `ScalarReach` does not cover what it does.
  virtual bool watchesScalar() const { return false; }
  // A run of a core is over: the next access does not continue it, or the core meets others.
  virtual void scalarRun(Core &core, const ScalarRun &run) {}
  // Completes what ScalarPath needs to judge further accesses of an instruction by itself.
  virtual void reaches(const Core &core, ScalarReach &reach) {}

protected:
  Context &context;
};

// The value of the operand that a piece belongs to: where the program pointed. The piece's own address when the row has
// no operand of that name.
uint64_t baseOf(const Instruction &instruction, const MemoryPiece &piece);

std::unique_ptr<Check> makeBoundsCheck(Context &context);
std::unique_ptr<Check> makeUninitialisedCheck(Context &context);
std::unique_ptr<Check> makeHazardCheck(Context &context);
std::unique_ptr<Check> makeRaceCheck(Context &context);
std::unique_ptr<Check> makeResourceCheck(Context &context);
std::unique_ptr<Check> makeBarrierCheck(Context &context);
std::unique_ptr<Check> makeNumberCheck(Context &context);
std::unique_ptr<Check> makeOrderCheck(Context &context);
std::unique_ptr<Check> makeArchCheck(Context &context);
std::unique_ptr<Check> makeRuleCheck(Context &context);
std::unique_ptr<Check> makeMemoryCoreCheck(Context &context);
std::unique_ptr<Check> makeFaultCheck(Context &context);

} // namespace dlp::check

#endif // OPENBANG_SIMULATOR_CHECK_CHECK_H

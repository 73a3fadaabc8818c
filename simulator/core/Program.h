// Program.h: a device image as the card holds it: its memory, its kernels, and its code decoded for the interpreter.
#ifndef OPENBANG_SIMULATOR_CORE_PROGRAM_H
#define OPENBANG_SIMULATOR_CORE_PROGRAM_H

#include "codegen/isa/Insn.h"
#include "codegen/object/DeviceImage.h"
#include "simulator/core/Blocks.h"
#include "simulator/core/Decode.h"
#include "simulator/core/Exec.h"
#include "simulator/core/HotCode.h"
#include "simulator/memory/Memories.h"

#include <deque>
#include <functional>
#include <memory>
#include <unordered_map>
#include <vector>

namespace dlp {

// A decoded Xdlp instruction.
struct XdlpInsn {
  DecodedInsn word;
  const InsnInfo *info;
  uint64_t (*handler)(Exec &, const uint64_t *operands, Variant);
  uint64_t pc;
  uint8_t resultRegister; // 32 when there is none
  bool isCopy;            // work of the IO or Move engine
  bool asynchronous;
};

OpFunction opDecode;

// Decides whether a core stops at a breakpoint. It may look at the core and its memories, and changes nothing.
class StopCondition {
public:
  virtual bool holds(Core &core) = 0;

protected:
  ~StopCondition() = default;
};

class Program {
public:
  // Takes over the bytes of an ELF file. On failure returns null and sets `error`.
  static std::unique_ptr<Program> load(std::vector<uint8_t> elf, std::string &error);

  const DeviceImage &image() const { return parsed; }
  std::span<const uint8_t> elfBytes() const { return bytes; }
  // Constants, code, and __mlu_device__ variables, which keep their values between launches.
  const std::vector<Region> &regions() const { return memory; }

  // The Op at a code address, null when it lies outside the code or is odd.
  const Op *opAt(uint64_t pc) const {
    uint64_t offset = pc - textBase;
    return offset < textBytes && !(offset & 1) ? &ops[offset / 2] : nullptr;
  }
  uint64_t pcOf(const Op *op) const { return textBase + uint64_t(op - ops.data()) * 2; }
  const Op *firstOp() const { return ops.data(); } // at the lowest code address
  const XdlpInsn &xdlp(const Op *op) const { return xdlpInsns[op->imm]; }

  // Code addresses of the asynchronous copies that have been executed.
  std::vector<uint64_t> asynchronousCopies() const;

  // Ops start out undecoded; their run function calls this, once each.
  void decodeOp(const Op *op);
  void ensureDecoded(const Op *op) {
    if (op->run == opDecode)
      decodeOp(op);
  }
  // Decodes all code from its start, so that cores on several threads find nothing left to decode.
  void decodeAll();

  // Its hot code, which may be translated.
  HotCode hot{*this};
  // What runs the Op by itself: not in a pair, not translated.
  OpFunction *functionAlone(const Op *op) const;
  void setFunction(const Op *op, OpFunction *run) { ops[size_t(op - ops.data())].run = run; }

  // Breakpoints: a core that comes to the Op ends its turn before it, with a condition only where it holds. They nest.
  void patch(const Op *op, StopCondition *condition = nullptr);
  void unpatch(const Op *op, StopCondition *condition = nullptr);
  // What the Op runs without a breakpoint.
  OpFunction *runOf(const Op *op) const {
    auto it = patches.empty() ? patches.end() : patches.find(op);
    OpFunction *run = it == patches.end() ? op->run : it->second.run;
    return run == opBlock ? counted->entries[size_t(op - ops.data())].run : run;
  }
  // Does the core, which stands before the Op, stop there?
  bool stops(Core &core, const Op *op) const;
  // A breakpoint for a while.
  class Patch {
  public:
    Patch(Program &program, const Op *op) : program(program), op(op) { program.patch(op); }
    ~Patch() { program.unpatch(op); }
    Patch(const Patch &) = delete;
    Patch &operator=(const Patch &) = delete;

  private:
    Program &program;
    const Op *op;
  };

  // From now on each core counts the blocks it runs in its Core::blocks. `cost` is the cycles of one instruction,
  // without what depends on addresses and on whether jumps are taken; the instruction cache has `cacheSlots` lines.
  // The first call decides. (Blocks.cpp)
  const BlockTable &countBlocks(const std::function<uint32_t(const Op &)> &cost, uint32_t cacheSlots);
  const BlockTable *blockTable() const { return counted.get(); }
  // The block that is counted where the Op begins it, null where none is.
  const BlockEntry *countedAt(const Op *op) const {
    const BlockEntry *entry = counted ? &counted->entries[size_t(op - ops.data())] : nullptr;
    return entry && entry->run ? entry : nullptr;
  }
  // Sets the counter of a core to zero; what its cache holds stays.
  void startCounting(BlockCounter &counter) const;

  // "lw a0, 8(a1)" or "vadd.f16 a0, a1, a2, a3".
  std::string disassemble(uint64_t pc) const;

private:
  uint32_t halfAt(uint64_t offset) const;
  void pairWithEarlier(const Op *second);
  void separatePairs();

  std::vector<uint8_t> bytes;
  DeviceImage parsed;
  std::vector<Region> memory;
  std::vector<HostMemory> data; // backs the writable regions
  uint64_t textBase = 0, textBytes = 0;
  std::vector<Op> ops;            // one per halfword of code, and a guard behind it
  std::deque<XdlpInsn> xdlpInsns; // queues hold pointers to them
  bool decodedAll = false;
  std::unique_ptr<BlockTable> counted;
  std::vector<const Op *> pairs; // Ops whose function runs the next instruction too
  bool pairing = true;           // until separatePairs(), or until all is decoded
  struct Patched {
    OpFunction *run;
    unsigned count = 0; // of those without a condition
    std::vector<StopCondition *> conditions;
  };
  std::unordered_map<const Op *, Patched> patches;
};

// The interpreter's functions, by scalar instruction and for the special cases. (Interp*.cpp)
OpFunction *runFunction(ScalarId id);
// The same for instructions whose base is sp: stores among them check the end of the stack.
OpFunction *stackStoreFunction(ScalarId id);
// The function that runs two instructions that follow each other, null when there is none. (InterpPairs.cpp)
OpFunction *pairFunction(const Op &first, const Op &second);
OpFunction opIllegal, opXdlp, opUnimp, opBreakpoint;

} // namespace dlp

#endif // OPENBANG_SIMULATOR_CORE_PROGRAM_H

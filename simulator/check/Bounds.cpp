// Bounds.cpp: accesses that leave the variable or allocation they started in.
//
// A vector or copy operand belongs to the object in which its base lies; every piece of it must stay inside, whatever
// valid memory comes behind. A scalar access is judged by its address alone: it must lie inside one object or in the
// stack. Memory that belongs to nobody at all is a fault of the machine (Faults.cpp).
#include "simulator/check/Check.h"

#include <algorithm>
#include <unordered_set>

namespace dlp::check {
namespace {

std::string count(uint64_t n, const char *noun) { return std::to_string(n) + " " + noun + (n == 1 ? "" : "s"); }

class BoundsCheck : public Check {
public:
  using Check::Check;
  bool watchesScalar() const override { return true; }

  void launchBegins(Launch &) override {
    ofMemoryCores.clear();
    ofCores.clear();
  }
  // A memory core that comes to scalar code of the others does what nobody meant it to: its coreId lies far behind
  // theirs. Kernels without a guard are right all the same where nothing lies there.
  void launchEnds(Launch &, const Fault *) override {
    for (Finding &finding : ofMemoryCores) {
      finding.hint = ofCores.contains(finding.place.pc);
      if (finding.hint)
        finding.fix = "guard scalar code of the cores with __is_ipu(): the coreId of a memory core is 128";
      context.report.add(std::move(finding));
    }
    ofMemoryCores.clear();
  }

  void begins(Core &, const Instruction &) override { segment = 0; }

  void accesses(Core &core, const Instruction &instruction, const MemoryPiece &piece) override {
    ++segment;
    uint64_t base = baseOf(instruction, piece);
    Space space = CoreView::spaceOf(base);
    bool onChip = space == Space::Nram || space == Space::Wram || space == Space::Sram || space == Space::Ldram;
    if ((!onChip && base < kGdramBase) || !piece.bytes)
      return;
    if (onChip && !context.knowsVariables())
      return;
    const Object *object = context.objectAt(base);
    if (!object) {
      if (onChip && !Context::isStack(core, base))
        strayBase(core, base, piece);
      return; // in GDRAM: the machine refuses it
    }
    uint64_t first = context.normalised(piece.address);
    if (first >= object->address && first < object->end() && piece.bytes <= object->end() - first)
      return;
    if (space == Space::Wram && piece.bytes >= context.launch().config().wramTableBytes())
      return; // whole tables, seen as plain bytes
    if (object->space == Space::Gdram && !context.objectAt(piece.address) && piece.address != base)
      return reportPiece(core, *object, first, piece);
    if (object->space != Space::Gdram || context.objectAt(piece.address) != object)
      reportPiece(core, *object, first, piece);
  }

  void scalar(Core &core, uint64_t address, uint64_t bytes, bool write) override {
    Space space = CoreView::spaceOf(address);
    bool onChip = space == Space::Nram || space == Space::Sram || space == Space::Ldram;
    constexpr uint64_t kRuntimeBytes = 64; // of the scalar library, at the start of LDRAM
    if (!onChip || !context.knowsVariables() || Context::isStack(core, address) ||
        (space == Space::Ldram && address - kLdramBase < kRuntimeBytes))
      return;
    if (!core.isMemoryCore())
      ofCores.insert(core.currentPc());
    const Object *object = context.objectAt(address);
    if (object && bytes <= object->end() - address)
      return;
    Finding f = context.findingAt(Kind::Bounds, core, core.currentPc());
    std::string access = std::string(write ? "a store" : "a load") + " of " + count(bytes, "byte");
    object = object ? object : context.nearestBelow(address);
    if (object) {
      uint64_t distance = address + bytes - object->end();
      f.object = object->name;
      f.what = access + " ends " + count(distance, "byte") + " past the end of " + object->describe() +
               neighbour(core, address < object->end() ? object->end() : address);
      addDeclaration(f, *object);
      f.fix = "check the index against the size of " + object->name;
    } else {
      f.what = access + " at an address of " + spaceName(space) + " where the kernel has no variable";
    }
    if (core.isMemoryCore())
      ofMemoryCores.push_back(std::move(f));
    else
      context.report.add(std::move(f));
  }

private:
  // What lies at an address, for "into ...".
  std::string neighbour(const Core &core, uint64_t address) const {
    if (const Object *next = context.objectAt(address))
      return ", in " + next->describe();
    if (address < kGdramBase && Context::isStack(core, address))
      return ", in the stack";
    return "";
  }

  static void addDeclaration(Finding &f, const Object &object) {
    if (object.declared.line)
      f.notes.push_back({object.name + " is declared here", object.declared});
  }

  void reportPiece(const Core &core, const Object &object, uint64_t first, const MemoryPiece &piece) {
    Finding f = context.findingAt(Kind::Bounds, core, core.currentPc());
    std::string verb = piece.write ? " writes " : " reads ";
    std::string part = segment > 2 ? ", in segment " + std::to_string((segment + 1) / 2) + "," : std::string();
    uint64_t end = first + piece.bytes;
    f.object = object.name;
    f.what = context.operationAt(f.place, core) + part + verb + count(piece.bytes, "byte") + " of " + object.describe();
    if (first < object.address) {
      f.what += ", starting " + count(object.address - first, "byte") + " before it" + neighbour(core, first);
      f.fix = "check the offset and the strides";
    } else {
      f.what += ", up to " + count(end - object.end(), "byte") + " past its end" +
                neighbour(core, std::max(first, object.end()));
      f.fix = first < object.end() && segment <= 2
                  ? "from this address on " + count(object.end() - first, "byte") + " are left"
                  : std::string("check the size, the strides and the number of segments");
    }
    if (object.elementBytes() > 1 && piece.bytes == object.bytes * object.elementBytes())
      f.fix = "a number of elements is expected here, not of bytes: leave out the sizeof";
    addDeclaration(f, object);
    context.report.add(std::move(f));
  }

  void strayBase(const Core &core, uint64_t base, const MemoryPiece &piece) {
    Finding f = context.findingAt(Kind::Bounds, core, core.currentPc());
    const Object *below = context.nearestBelow(base);
    f.what = context.operationAt(f.place, core) + (piece.write ? " writes " : " reads ") + count(piece.bytes, "byte");
    if (below) {
      f.object = below->name;
      const uint64_t distance = context.normalised(base) - below->end();
      f.what += ", starting " + (distance ? count(distance, "byte") + " past" : std::string("at")) + " the end of " +
                below->describe();
      addDeclaration(f, *below);
      f.fix = "check the offset against the size of " + below->name;
    } else {
      f.what += std::string(" of ") + spaceName(CoreView::spaceOf(base)) + " where the kernel has no variable";
    }
    context.report.add(std::move(f));
  }

  std::vector<Finding> ofMemoryCores;   // of their scalar code, in this launch
  std::unordered_set<uint64_t> ofCores; // instructions of scalar code that other cores came to
  uint64_t segment = 0;                 // pieces of the running instruction so far
};

} // namespace

std::unique_ptr<Check> makeBoundsCheck(Context &context) { return std::make_unique<BoundsCheck>(context); }

} // namespace dlp::check

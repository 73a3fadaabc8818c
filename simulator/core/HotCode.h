// HotCode.h: finds the scalar code in which a program spends its time, and has it translated (simulator/jit).
//
// Each turn of a core ends at some instruction; where many end, the code is hot. It costs nothing between. Translated
// code takes the place of the interpreter's function at the first instruction of its region and does the same, so
// nothing but time depends on what is translated, or whether. BANG_JIT=0 turns it off; BANG_JIT=eager translates all
// code that a kernel may reach when it begins, for tests.
#ifndef OPENBANG_SIMULATOR_CORE_HOTCODE_H
#define OPENBANG_SIMULATOR_CORE_HOTCODE_H

#include "simulator/core/Decode.h"

#include <memory>
#include <unordered_map>
#include <unordered_set>
#include <vector>

namespace dlp {

class Program;
namespace jit {
struct Region;
class Translator;
} // namespace jit

class HotCode {
public:
  explicit HotCode(Program &program) : program(program) {}
  ~HotCode();

  // False when BANG_JIT holds anything else than the above, or 1, its default.
  static bool understandsSetting();

  // Both only between rounds: no core runs.
  void kernelBegins(const Op *op);
  // A turn of a core, which goes on, ended before `op`.
  void turnEnded(const Op *op, uint64_t instructions);
  // Takes all translated code out.
  void forget();
  // The same for good: what comes now looks at single instructions.
  void retire();

private:
  bool findTranslator();
  // `behind`: gets what follows the instructions that no region goes through.
  jit::Region regionAt(const Op *entry, std::vector<const Op *> *behind);
  bool continuesAt(const Op *op);
  void translate(const Op *entry, std::vector<const Op *> *behind = nullptr);

  Program &program;
  jit::Translator *translator = nullptr;
  bool retired = false;
  std::unordered_map<const Op *, uint64_t> instructionsAt; // of the turns that ended there
  std::unordered_map<const Op *, OpFunction *> installed;  // entries of regions, with what ran there before
  std::unordered_set<const Op *> translatedBlocks;         // where blocks of regions begin
};

} // namespace dlp

#endif // OPENBANG_SIMULATOR_CORE_HOTCODE_H

// Image.h: what the debug information of a device image says about lines, functions and variables.
#ifndef OPENBANG_FRONTEND_CONSOLE_IMAGE_H
#define OPENBANG_FRONTEND_CONSOLE_IMAGE_H

#include "llvm/DebugInfo/DWARF/DWARFContext.h"
#include "llvm/DebugInfo/DWARF/LowLevel/DWARFUnwindTable.h"
#include "llvm/Object/ObjectFile.h"

#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace bang::console {

struct Line {
  std::string path;
  uint32_t number = 0;
  bool begins = false; // a statement begins at this very address
};

class Image {
public:
  static llvm::Expected<std::unique_ptr<Image>> open(const std::string &path);

  Line lineAt(uint64_t pc) const;
  // The functions there, the innermost first: inlined ones, then the one they became a part of.
  std::vector<llvm::DWARFDie> functionsAt(uint64_t pc) const;
  // The file with this number in the line table of the die's unit.
  std::string pathOf(const llvm::DWARFDie &die, uint64_t file) const;
  // How to find the caller's registers at pc; nothing where the image does not say.
  std::optional<llvm::dwarf::UnwindRow> unwindRowAt(uint64_t pc) const;

  // Where cores are to stop: before a line, or the next one that has code (`line` becomes it); behind the prologue of a
  // function and where it was inlined. Names of templates may come without their arguments.
  std::vector<uint64_t> placesOfLine(const std::string &file, uint32_t &line) const;
  std::vector<uint64_t> placesOfFunction(const std::string &name) const;

  // The variables that a function's code sees at pc, innermost blocks first.
  std::vector<llvm::DWARFDie> localsAt(const llvm::DWARFDie &function, uint64_t pc) const;
  llvm::DWARFDie findGlobal(const std::string &name) const;

  bool beginsAt(const llvm::DWARFDie &function, uint64_t address) const;
  // The address behind what a function that begins at an address sets up.
  uint64_t behindPrologue(const llvm::DWARFDie &function, uint64_t begin) const;

private:
  llvm::object::OwningBinary<llvm::object::ObjectFile> file;
  std::unique_ptr<llvm::DWARFContext> dwarf;
};

// "total<int, 3>"
std::string nameOf(const llvm::DWARFDie &die);
// The type of a variable, member or parameter; of an inlined one too.
llvm::DWARFDie typeOf(const llvm::DWARFDie &die);

} // namespace bang::console

#endif // OPENBANG_FRONTEND_CONSOLE_IMAGE_H

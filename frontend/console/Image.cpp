// Image.cpp: lookups in LLVM's DWARF reader. Addresses are those the image was linked for; it never moves.
#include "frontend/console/Image.h"

#include "llvm/DebugInfo/DWARF/DWARFCompileUnit.h"
#include "llvm/DebugInfo/DWARF/DWARFDebugFrame.h"

#include <map>

using namespace llvm;

namespace bang::console {
namespace {

using LineTable = DWARFDebugLine::LineTable;

object::SectionedAddress at(uint64_t address) { return {address, object::SectionedAddress::UndefSection}; }

// Does a path end in the file that the user named, by whole parts?
bool isFile(StringRef path, StringRef wanted) {
  return path.ends_with(wanted) &&
         (path.size() == wanted.size() || wanted.starts_with("/") || path[path.size() - wanted.size() - 1] == '/');
}

std::string pathOf(const LineTable &table, DWARFUnit &unit, uint64_t file) {
  std::string path;
  table.getFileNameByIndex(file, unit.getCompilationDir(), DILineInfoSpecifier::FileLineInfoKind::AbsoluteFilePath,
                           path);
  return path;
}

uint64_t firstAddress(const DWARFDie &die) {
  auto ranges = die.getAddressRanges();
  if (!ranges) {
    consumeError(ranges.takeError());
    return 0;
  }
  return ranges->empty() ? 0 : ranges->front().LowPC;
}

void addVariables(const DWARFDie &block, uint64_t pc, std::vector<DWARFDie> &found) {
  for (const DWARFDie &child : block.children())
    if (child.getTag() == dwarf::DW_TAG_lexical_block && child.addressRangeContainsAddress(pc))
      addVariables(child, pc, found);
  for (const DWARFDie &child : block.children())
    if (child.getTag() == dwarf::DW_TAG_variable || child.getTag() == dwarf::DW_TAG_formal_parameter)
      found.push_back(child);
}

DWARFDie findVariable(const DWARFDie &scope, const std::string &name) {
  for (const DWARFDie &child : scope.children()) {
    if (child.getTag() == dwarf::DW_TAG_variable && nameOf(child) == name && !child.find(dwarf::DW_AT_declaration))
      return child;
    if (child.getTag() == dwarf::DW_TAG_namespace)
      if (DWARFDie found = findVariable(child, name))
        return found;
  }
  return {};
}

} // namespace

Expected<std::unique_ptr<Image>> Image::open(const std::string &path) {
  auto file = object::ObjectFile::createObjectFile(path);
  if (!file)
    return file.takeError();
  auto image = std::make_unique<Image>();
  image->file = std::move(*file);
  auto ignore = [](Error e) { consumeError(std::move(e)); }; // damaged parts say nothing
  image->dwarf = DWARFContext::create(*image->file.getBinary(), DWARFContext::ProcessDebugRelocations::Process, nullptr,
                                      "", ignore, ignore);
  return image;
}

Line Image::lineAt(uint64_t pc) const {
  DWARFUnit *unit = dwarf->getCompileUnitForCodeAddress(pc);
  const LineTable *table = unit ? dwarf->getLineTableForUnit(unit) : nullptr;
  const uint32_t index = table ? table->lookupAddress(at(pc)) : 0;
  if (!table || index == table->UnknownRowIndex)
    return {};
  // Of several rows for one address the last one counts, but any may say that a statement begins.
  const DWARFDebugLine::Row &row = table->Rows[index];
  return {console::pathOf(*table, *unit, row.File), row.Line, row.Address.Address == pc && row.IsStmt && row.Line != 0};
}

std::vector<DWARFDie> Image::functionsAt(uint64_t pc) const {
  DWARFUnit *unit = dwarf->getCompileUnitForCodeAddress(pc);
  SmallVector<DWARFDie, 4> chain;
  if (unit)
    unit->getInlinedChainForAddress(pc, chain);
  return {chain.begin(), chain.end()};
}

std::string Image::pathOf(const DWARFDie &die, uint64_t file) const {
  const LineTable *table = dwarf->getLineTableForUnit(die.getDwarfUnit());
  return table ? console::pathOf(*table, *die.getDwarfUnit(), file) : std::string();
}

std::optional<dwarf::UnwindRow> Image::unwindRowAt(uint64_t pc) const {
  auto frames = dwarf->getDebugFrame();
  if (!frames) {
    consumeError(frames.takeError());
    return std::nullopt;
  }
  for (const dwarf::FrameEntry &entry : **frames) {
    const auto *code = dyn_cast<dwarf::FDE>(&entry);
    if (!code || pc < code->getInitialLocation() || pc - code->getInitialLocation() >= code->getAddressRange())
      continue;
    auto table = dwarf::createUnwindTable(code);
    if (!table) {
      consumeError(table.takeError());
      return std::nullopt;
    }
    std::optional<dwarf::UnwindRow> found;
    for (const dwarf::UnwindRow &row : *table)
      if (row.getAddress() <= pc)
        found = row;
    return found;
  }
  return std::nullopt;
}

bool Image::beginsAt(const DWARFDie &function, uint64_t address) const { return firstAddress(function) == address; }

uint64_t Image::behindPrologue(const DWARFDie &function, uint64_t begin) const {
  if (function.getTag() != dwarf::DW_TAG_subprogram)
    return begin; // inlined: nothing is set up
  const LineTable *table = dwarf->getLineTableForUnit(function.getDwarfUnit());
  uint64_t second = begin;
  for (const DWARFDebugLine::Row &row : table ? table->Rows : LineTable::RowVector()) {
    const uint64_t address = row.Address.Address;
    if (row.EndSequence || address < begin || !function.addressRangeContainsAddress(address))
      continue;
    if (row.PrologueEnd)
      return address;
    if (second == begin && address > begin && row.IsStmt)
      second = address;
  }
  return second;
}

std::vector<uint64_t> Image::placesOfLine(const std::string &wanted, uint32_t &line) const {
  // Of each function, and of each place it was inlined at, the first address of the nearest line.
  std::map<uint32_t, std::map<uint64_t, uint64_t>> byLine;
  for (const auto &unit : dwarf->compile_units()) {
    const LineTable *table = dwarf->getLineTableForUnit(unit.get());
    std::map<uint64_t, bool> files;
    for (const DWARFDebugLine::Row &row : table ? table->Rows : LineTable::RowVector()) {
      if (!row.IsStmt || row.EndSequence || row.Line < line || (!byLine.empty() && row.Line > byLine.begin()->first))
        continue;
      auto [file, isNew] = files.try_emplace(row.File);
      if (isNew)
        file->second = isFile(console::pathOf(*table, *unit, row.File), wanted);
      const uint64_t address = row.Address.Address;
      const std::vector<DWARFDie> functions = file->second ? functionsAt(address) : std::vector<DWARFDie>();
      if (functions.empty())
        continue;
      auto [place, first] = byLine[row.Line].try_emplace(functions[0].getOffset(), address);
      place->second = std::min(place->second, address);
    }
  }
  std::vector<uint64_t> places;
  if (byLine.empty())
    return places;
  line = byLine.begin()->first;
  for (const auto &[function, address] : byLine.begin()->second) {
    const DWARFDie inner = functionsAt(address)[0];
    places.push_back(address == firstAddress(inner) ? behindPrologue(inner, address) : address);
  }
  return places;
}

std::vector<uint64_t> Image::placesOfFunction(const std::string &name) const {
  std::vector<uint64_t> places;
  for (const auto &unit : dwarf->compile_units()) {
    unit->getUnitDIE(false);
    for (const DWARFDebugInfoEntry &entry : unit->dies()) {
      const DWARFDie die(unit.get(), &entry);
      if (die.getTag() != dwarf::DW_TAG_subprogram && die.getTag() != dwarf::DW_TAG_inlined_subroutine)
        continue;
      const std::string found = nameOf(die);
      if (found != name && StringRef(found).split('<').first != name)
        continue;
      if (const uint64_t begin = firstAddress(die))
        places.push_back(behindPrologue(die, begin));
    }
  }
  return places;
}

std::vector<DWARFDie> Image::localsAt(const DWARFDie &function, uint64_t pc) const {
  std::vector<DWARFDie> found;
  if (function)
    addVariables(function, pc, found);
  return found;
}

DWARFDie Image::findGlobal(const std::string &name) const {
  for (const auto &unit : dwarf->compile_units())
    if (DWARFDie found = findVariable(unit->getUnitDIE(false), name))
      return found;
  return {};
}

std::string nameOf(const DWARFDie &die) {
  const char *name = die.getName(DINameKind::ShortName);
  return name ? name : "";
}

DWARFDie typeOf(const DWARFDie &die) {
  auto value = die.findRecursively({dwarf::DW_AT_type});
  return value ? die.getAttributeValueAsReferencedDie(*value).resolveTypeUnitReference() : DWARFDie();
}

} // namespace bang::console

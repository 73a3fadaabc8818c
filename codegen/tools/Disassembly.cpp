// Disassembly.cpp: LLVM's disassembler for RV64, the instruction table for Xdlp words, symbols and source lines.
#include "codegen/tools/Disassembly.h"

#include "codegen/emit/Emit.h"
#include "codegen/emit/TargetMachine.h"
#include "codegen/isa/Insn.h"

#include "llvm/DebugInfo/DWARF/DWARFContext.h"
#include "llvm/Demangle/Demangle.h"
#include "llvm/MC/MCAsmInfo.h"
#include "llvm/MC/MCContext.h"
#include "llvm/MC/MCDisassembler/MCDisassembler.h"
#include "llvm/MC/MCInst.h"
#include "llvm/MC/MCInstPrinter.h"
#include "llvm/MC/MCInstrAnalysis.h"
#include "llvm/MC/MCInstrInfo.h"
#include "llvm/MC/MCRegisterInfo.h"
#include "llvm/MC/MCSubtargetInfo.h"
#include "llvm/MC/MCTargetOptions.h"
#include "llvm/MC/TargetRegistry.h"
#include "llvm/Object/ELFObjectFile.h"
#include "llvm/Support/Endian.h"
#include "llvm/Support/FormatVariadic.h"
#include "llvm/Support/MemoryBuffer.h"
#include "llvm/Support/raw_ostream.h"

#include <map>

using namespace llvm;

namespace dlp {
namespace {

// One decoded instruction as text.
struct Line {
  unsigned size;
  std::string text;
};

// LLVM's side: decodes and prints one scalar instruction.
class ScalarDecoder {
public:
  static Expected<std::unique_ptr<ScalarDecoder>> create() {
    initializeScalarTarget();
    auto decoder = std::make_unique<ScalarDecoder>();
    std::string error;
    const Target *target = TargetRegistry::lookupTarget(decoder->triple, error);
    if (!target)
      return makeError("", "this LLVM has no RISC-V back end: " + error);
    const Triple &triple = decoder->triple;
    decoder->registers.reset(target->createMCRegInfo(triple));
    decoder->asmInfo.reset(target->createMCAsmInfo(*decoder->registers, triple, MCTargetOptions()));
    decoder->subtarget.reset(target->createMCSubtargetInfo(triple, "generic-rv64", scalarFeatures()));
    decoder->instructions.reset(target->createMCInstrInfo());
    decoder->context =
        std::make_unique<MCContext>(triple, decoder->asmInfo.get(), decoder->registers.get(), decoder->subtarget.get());
    decoder->disassembler.reset(target->createMCDisassembler(*decoder->subtarget, *decoder->context));
    decoder->analysis.reset(target->createMCInstrAnalysis(decoder->instructions.get()));
    decoder->printer.reset(target->createMCInstPrinter(triple, decoder->asmInfo->getAssemblerDialect(),
                                                       *decoder->asmInfo, *decoder->instructions, *decoder->registers));
    decoder->printer->setPrintBranchImmAsAddress(true);
    return decoder;
  }

  // `target` receives where a branch or call goes, when that is known.
  std::optional<Line> decode(ArrayRef<uint8_t> bytes, uint64_t address, std::optional<uint64_t> &target) {
    MCInst inst;
    uint64_t size = 0;
    if (disassembler->getInstruction(inst, size, bytes, address, nulls()) != MCDisassembler::Success)
      return std::nullopt;
    Line line{unsigned(size), ""};
    raw_string_ostream os(line.text);
    printer->printInst(&inst, address, "", *subtarget, os);
    uint64_t where;
    if (analysis->evaluateBranch(inst, address, size, where))
      target = where;
    analysis->updateState(inst, address);
    // A special register: its number as it is written, and its name.
    if (StringRef(line.text).starts_with("\tcsrr\t"))
      for (const MCOperand &operand : inst)
        if (operand.isImm())
          if (const char *name = specialRegName(uint32_t(operand.getImm())))
            line.text = formatv("{0}, {1:x}\t# {2}", StringRef(line.text).rsplit(',').first, operand.getImm(), name);
    return line;
  }

  void startFunction() { analysis->resetState(); }

private:
  Triple triple{scalarTriple()};
  std::unique_ptr<MCRegisterInfo> registers;
  std::unique_ptr<MCAsmInfo> asmInfo;
  std::unique_ptr<MCSubtargetInfo> subtarget;
  std::unique_ptr<MCInstrInfo> instructions;
  std::unique_ptr<MCContext> context;
  std::unique_ptr<MCDisassembler> disassembler;
  std::unique_ptr<MCInstrAnalysis> analysis;
  std::unique_ptr<MCInstPrinter> printer;
};

Line decodeXdlp(ArrayRef<uint8_t> bytes) {
  if (bytes.size() < 8)
    return {unsigned(bytes.size()), "\t<cut off Xdlp instruction>"};
  auto insn = dlp::decode(support::endian::read64le(bytes.data()));
  if (!insn)
    return {8, "\t<illegal Xdlp instruction>"};
  std::string text = disassemble(*insn);
  auto [mnemonic, operands] = StringRef(text).split(' ');
  return {8, ("\t" + mnemonic + (operands.empty() ? "" : "\t") + operands).str()};
}

// Prints a source line where it changes. Files that cannot be read give their name and line alone.
class SourceLines {
public:
  SourceLines(const object::ObjectFile &file, raw_ostream &os) : os(os), dwarf(DWARFContext::create(file)) {}

  void at(object::SectionedAddress address) {
    DILineInfoSpecifier wanted(DILineInfoSpecifier::FileLineInfoKind::AbsoluteFilePath);
    auto info = dwarf->getLineInfoForAddress(address, wanted);
    if (!info || info->FileName == DILineInfo::BadString || !info->Line)
      return;
    auto place = std::pair(info->FileName, unsigned(info->Line));
    if (place == last)
      return;
    last = place;
    os << "; " << place.first << ":" << place.second << "\n";
    if (StringRef text = textOf(place.first, place.second); !text.empty())
      os << ";   " << text << "\n";
  }

  void startFunction() { last = {}; }

private:
  StringRef textOf(const std::string &fileName, unsigned line) {
    auto [it, fresh] = files.try_emplace(fileName);
    if (fresh)
      if (auto buffer = MemoryBuffer::getFile(fileName, /*IsText=*/true)) {
        (*buffer)->getBuffer().split(it->second.lines, '\n');
        it->second.buffer = std::move(*buffer);
      }
    return line <= it->second.lines.size() ? it->second.lines[line - 1].trim() : StringRef();
  }

  struct File {
    std::unique_ptr<MemoryBuffer> buffer;
    SmallVector<StringRef> lines;
  };
  raw_ostream &os;
  std::unique_ptr<DWARFContext> dwarf;
  std::map<std::string, File> files;
  std::pair<std::string, unsigned> last;
};

using Labels = std::map<uint64_t, std::string>; // address -> demangled name

class Printer {
public:
  Printer(const object::ObjectFile &file, const DisassemblyOptions &options, ScalarDecoder &scalar, raw_ostream &os)
      : file(file), options(options), scalar(scalar), os(os), source(file, os) {}

  Error run() {
    if (Error error = readSymbols())
      return error;
    bool any = false;
    for (const object::SectionRef &section : file.sections()) {
      if (!section.isText() || !section.getSize())
        continue;
      auto name = section.getName();
      auto contents = section.getContents();
      if (!name)
        return name.takeError();
      if (!contents)
        return contents.takeError();
      any |= printSection(section, *name, *contents);
    }
    if (!any)
      return makeError(file.getFileName().str(),
                       options.onlySymbol.empty() ? "there is no code in this file"
                                                  : "there is no function '" + options.onlySymbol + "' in this file");
    return Error::success();
  }

private:
  // Functions and labels by section and address. Names the assembler made (.L, $x) are left out.
  Error readSymbols() {
    for (const object::SymbolRef &symbol : file.symbols()) {
      auto name = symbol.getName();
      auto address = symbol.getAddress();
      auto section = symbol.getSection();
      auto flags = symbol.getFlags();
      if (!name || !address || !section || !flags)
        return joinErrors(joinErrors(name.takeError(), address.takeError()),
                          joinErrors(section.takeError(), flags.takeError()));
      bool special = *flags & (object::SymbolRef::SF_FormatSpecific | object::SymbolRef::SF_Undefined);
      if (special || *section == file.section_end() || name->empty() || name->starts_with(".L"))
        continue;
      std::string shown = demangle(*name);
      // "vadd" finds vadd(float*, int) too, but not its variable vadd(float*, int)::x.
      bool isShortName = StringRef(shown).ends_with(")") && StringRef(shown).split('(').first == options.onlySymbol;
      if (!options.onlySymbol.empty() && (options.onlySymbol == shown || options.onlySymbol == *name || isShortName))
        wanted = {(*section)->getIndex(), *address};
      auto [label, fresh] = symbols[(*section)->getIndex()].try_emplace(*address, shown);
      if (!fresh && (*flags & object::SymbolRef::SF_Global) && !StringRef(shown).starts_with("_"))
        label->second = shown; // of several names the public one
    }
    return Error::success();
  }

  bool printSection(const object::SectionRef &section, StringRef name, StringRef contents) {
    const Labels &labels = symbols[section.getIndex()];
    auto bytes = arrayRefFromStringRef(contents);
    uint64_t start = 0, end = bytes.size();
    if (!options.onlySymbol.empty()) {
      if (!wanted || wanted->first != section.getIndex())
        return false;
      start = wanted->second - section.getAddress();
      auto next = labels.upper_bound(wanted->second);
      if (next != labels.end())
        end = next->first - section.getAddress();
    }
    os << "\nDisassembly of section " << name << ":\n";
    for (uint64_t at = start; at < end;) {
      uint64_t address = section.getAddress() + at;
      if (auto label = labels.find(address); label != labels.end()) {
        os << "\n" << format_hex_no_prefix(address, 16) << " <" << label->second << ">:\n";
        scalar.startFunction();
        source.startFunction();
      }
      if (options.source)
        source.at({address, section.getIndex()});
      at += printInsn(bytes.slice(at, end - at), address, labels);
    }
    return true;
  }

  unsigned printInsn(ArrayRef<uint8_t> bytes, uint64_t address, const Labels &labels) {
    std::optional<uint64_t> target;
    Line line;
    if (isXdlp(bytes[0]))
      line = decodeXdlp(bytes);
    else if (auto decoded = scalar.decode(bytes, address, target))
      line = *decoded;
    else
      line = {unsigned(std::min<size_t>(bytes.size(), 2)), "\t<illegal instruction>"};
    os << formatv("{0,8:x-}:", address);
    if (options.rawWords)
      os << formatv(" {0,-17}", rawWord(bytes.take_front(line.size)));
    os << line.text;
    if (target)
      printTarget(*target, labels);
    os << "\n";
    return line.size;
  }

  // The bits, most significant first.
  static std::string rawWord(ArrayRef<uint8_t> bytes) {
    std::string text;
    for (uint8_t byte : reverse(bytes))
      text += formatv("{0:x-2}", byte);
    return text;
  }

  void printTarget(uint64_t target, const Labels &labels) {
    auto label = labels.upper_bound(target);
    if (label == labels.begin())
      return;
    --label;
    os << " <" << label->second;
    if (target != label->first)
      os << formatv("+{0:x}", target - label->first);
    os << ">";
  }

  const object::ObjectFile &file;
  const DisassemblyOptions &options;
  ScalarDecoder &scalar;
  raw_ostream &os;
  SourceLines source;
  std::map<uint64_t, Labels> symbols;                  // by section index
  std::optional<std::pair<uint64_t, uint64_t>> wanted; // section index and address of the one function to print
};

} // namespace

Error printDisassembly(StringRef elf, StringRef fileName, const DisassemblyOptions &options, raw_ostream &os) {
  auto file = object::ObjectFile::createObjectFile(MemoryBufferRef(elf, fileName));
  if (!file)
    return file.takeError();
  auto scalar = ScalarDecoder::create();
  if (!scalar)
    return scalar.takeError();
  return Printer(**file, options, **scalar, os).run();
}

} // namespace dlp

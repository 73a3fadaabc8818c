// Assemble.cpp: LLVM's assembler with the macros of the instructions a text uses in front of it.
//
// The text is assembled as: macros, the user's text, our records; line numbers in messages are counted from where the
// user's text starts.
#include "codegen/tools/Assemble.h"

#include "codegen/emit/Prelude.h"
#include "codegen/emit/TargetMachine.h"
#include "codegen/tools/AsmSource.h"

#include "llvm/ADT/StringExtras.h"
#include "llvm/MC/MCAsmBackend.h"
#include "llvm/MC/MCAsmInfo.h"
#include "llvm/MC/MCCodeEmitter.h"
#include "llvm/MC/MCContext.h"
#include "llvm/MC/MCInstrInfo.h"
#include "llvm/MC/MCObjectFileInfo.h"
#include "llvm/MC/MCObjectWriter.h"
#include "llvm/MC/MCParser/MCAsmParser.h"
#include "llvm/MC/MCParser/MCTargetAsmParser.h"
#include "llvm/MC/MCRegisterInfo.h"
#include "llvm/MC/MCStreamer.h"
#include "llvm/MC/MCSubtargetInfo.h"
#include "llvm/MC/TargetRegistry.h"
#include "llvm/Support/MemoryBuffer.h"
#include "llvm/Support/SourceMgr.h"

using namespace llvm;

namespace dlp {
namespace {

// Collects LLVM's messages; an error inside a macro is told at the line of the user's text that used it.
class Messages {
public:
  // `linesBefore`: lines of our own in front of the user's.
  Messages(SourceMgr &sources, unsigned linesBefore) : linesBefore(linesBefore) {
    sources.setDiagHandler(&Messages::receive, this);
  }

  std::vector<Diagnostic> take() {
    flush();
    return std::move(result);
  }

private:
  static void receive(const SMDiagnostic &diagnostic, void *self) { static_cast<Messages *>(self)->add(diagnostic); }

  void add(const SMDiagnostic &diagnostic) {
    bool inMacro = diagnostic.getFilename() == "<instantiation>";
    std::string location = (diagnostic.getFilename() + ":" + Twine(diagnostic.getLineNo() - int(linesBefore)) + ":" +
                            Twine(diagnostic.getColumnNo() + 1))
                               .str();
    if (diagnostic.getKind() == SourceMgr::DK_Note) {
      // "while in macro instantiation", innermost first; the last one is in the user's file.
      if (pending && !inMacro)
        pending->location = location;
      return;
    }
    flush();
    if (diagnostic.getKind() != SourceMgr::DK_Error)
      return;
    pending = Diagnostic{Diagnostic::Error, inMacro ? "" : location, sentence(diagnostic)};
  }

  static std::string sentence(const SMDiagnostic &diagnostic) {
    StringRef message = diagnostic.getMessage();
    if (!message.starts_with("unrecognized instruction mnemonic"))
      return message.str();
    StringRef rest = diagnostic.getLineContents().drop_front(
        std::min<size_t>(std::max(diagnostic.getColumnNo(), 0), diagnostic.getLineContents().size()));
    StringRef word = rest.ltrim().take_while([](char c) { return isAlnum(c) || c == '.' || c == '_'; });
    std::string text = explainUnknownMnemonic(word);
    size_t hint = message.find(", did you mean: ");
    if (hint != StringRef::npos && StringRef(text).starts_with("unknown") && !StringRef(text).contains(';')) {
      StringRef near = message.drop_front(hint + 16).take_until([](char c) { return c == ',' || c == '?'; });
      text += "; did you mean '" + near.str() + "'?";
    }
    return text;
  }

  void flush() {
    if (pending)
      result.push_back(std::move(*pending));
    pending.reset();
  }

  unsigned linesBefore;
  std::vector<Diagnostic> result;
  std::optional<Diagnostic> pending;
};

std::string preludeFor(const AsmSource &source) {
  std::string text = preludeRegisters().str();
  for (const auto &entry : source.usedInsns)
    if (!source.definedMacros.contains(entry.getKey())) // text written by the compiler brings its macros along
      text += preludeMacro(entry.getKey());
  return text;
}

} // namespace

Error assemble(StringRef text, StringRef fileName, SmallVectorImpl<char> &object, StringRef records) {
  AsmSource source = readAsmSource(text, fileName);
  if (!source.errors.empty())
    return make_error<DiagnosticError>(std::move(source.errors));

  initializeScalarTarget();
  Triple triple(scalarTriple());
  std::string error;
  const Target *target = TargetRegistry::lookupTarget(triple, error);
  if (!target)
    return makeError("", "this LLVM has no RISC-V back end: " + error);

  std::string prelude = preludeFor(source);
  std::string whole = prelude + text.str() + "\n" + records.str();
  SourceMgr sources;
  sources.AddNewSourceBuffer(MemoryBuffer::getMemBufferCopy(whole, fileName), SMLoc());
  Messages messages(sources, StringRef(prelude).count('\n'));

  MCTargetOptions options;
  options.ABIName = "lp64d";
  std::unique_ptr<MCRegisterInfo> registers(target->createMCRegInfo(triple));
  std::unique_ptr<MCAsmInfo> asmInfo(target->createMCAsmInfo(*registers, triple, options));
  std::unique_ptr<MCSubtargetInfo> subtarget(target->createMCSubtargetInfo(triple, "generic-rv64", scalarFeatures()));
  std::unique_ptr<MCInstrInfo> instructions(target->createMCInstrInfo());
  MCContext context(triple, asmInfo.get(), registers.get(), subtarget.get(), &sources, &options);
  std::unique_ptr<MCObjectFileInfo> sections(target->createMCObjectFileInfo(context, /*PIC=*/false));
  context.setObjectFileInfo(sections.get());

  raw_svector_ostream os(object);
  std::unique_ptr<MCAsmBackend> backend(target->createMCAsmBackend(*subtarget, *registers, options));
  auto writer = backend->createObjectWriter(os);
  std::unique_ptr<MCCodeEmitter> emitter(target->createMCCodeEmitter(*instructions, context));
  std::unique_ptr<MCStreamer> streamer(target->createMCObjectStreamer(
      triple, context, std::move(backend), std::move(writer), std::move(emitter), *subtarget));
  std::unique_ptr<MCAsmParser> parser(createMCAsmParser(sources, context, *streamer, *asmInfo));
  std::unique_ptr<MCTargetAsmParser> targetParser(
      target->createMCAsmParser(*subtarget, *parser, *instructions, options));
  parser->setTargetParser(*targetParser);
  bool failed = parser->Run(/*NoInitialTextSection=*/false) || context.hadError();
  targetParser.reset();
  parser.reset();
  if (!failed)
    return Error::success();
  std::vector<Diagnostic> diagnostics = messages.take();
  if (diagnostics.empty())
    return makeError(fileName.str(), "the assembler failed without a message");
  return make_error<DiagnosticError>(std::move(diagnostics));
}

} // namespace dlp

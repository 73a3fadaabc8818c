// Diagnostics.cpp: rewrites, deduplicates and prints Clang's diagnostics.
#include "frontend/sema/Diagnostics.h"

#include "frontend/sema/BuiltinCalls.h"

#include "clang/Basic/DiagnosticOptions.h"
#include "clang/Basic/DiagnosticSema.h"
#include "clang/Basic/SourceManager.h"
#include "clang/Frontend/TextDiagnosticPrinter.h"

#include "llvm/ADT/StringExtras.h"
#include "llvm/Support/Path.h"
#include "llvm/Support/raw_ostream.h"

#include <optional>

using namespace clang;

namespace bang {

namespace {

struct Words {
  llvm::StringRef from, to;
};

// Longest first where one phrase contains another.
constexpr Words kWords[] = {
    {"CUDA device code does not support variadic functions",
     "device code cannot define a variadic function; use a template parameter pack"},
    {"CUDA device code does not support va_arg", "device code cannot use va_arg; use a template parameter pack"},
    {"dynamic initialization is not supported for __device__, __constant__, __shared__, and __managed__ variables",
     "the initializer of a variable in device memory must be a constant; assign the value inside the kernel instead"},
    {"__constant__, __device__, and __managed__ are not allowed on non-static local variables",
     "__mlu_device__ is not allowed on a local variable; declare it at file scope, or static"},
    {"__constant__, __device__, and __shared__ variables must use default address space",
     "a variable in device memory cannot have an address space attribute"},
    {"kernel launch from __device__ or __global__ function requires relocatable device code (i.e. requires -fgpu-rdc)",
     "a kernel is launched from device code, but only host code can launch kernels; call a __mlu_func__ function"},
    {"device-side kernel call/launch is not supported",
     "a kernel is launched from device code, but only host code can launch kernels; call a __mlu_func__ function"},
    {"nvcc does not allow '__device__' to appear after the parameter list in lambdas",
     "a device qualifier stands after the parameter list of a lambda; write it before the list"},
    {"without __host__ or __device__ attributes cannot overload __device__ function with the same signature; add a "
     "__host__ attribute, or build with -fno-cuda-host-device-constexpr",
     "has the signature of a device function; add __mlu_host__ to it"},
    {"target-attribute based function overloads are not supported by NVCC and will be treated as a function "
     "redeclaration:",
     "overloads that differ only in the side they run on: "},
    {"call to global function ", "call to kernel "},
    {" not configured", " has no launch configuration; write kernel<<<dim, type, queue>>>(...)"},
    {"kernel call to non-global function ", "launch of a function that is not a kernel (__mlu_global__): "},
    {"kernel function type ", "kernel type "},
    {"argument to '#pragma unroll' should not be in parentheses in CUDA C/C++",
     "argument to '#pragma unroll' should not be in parentheses"},
    {"CUDA special function '__cudaPushCallConfiguration'", "launch configuration function of bang.h"},
    {"'__cudaPushCallConfiguration'", "the launch configuration <<<dim, type, queue>>>"},
    {"__cudaPushCallConfiguration", "the launch configuration <<<dim, type, queue>>>"},
    {"execution configuration", "launch configuration"},
    {"__host__ __device__", "host and device"},
    {"__global__", "kernel"},
    {"__device__", "device"},
    {"__host__", "host"},
    {"__constant__", "__mlu_const__"},
    {"__shared__", "__mlu_shared__"},
    {"in CUDA/HIP, ", ""},
    {"CUDA/HIP", "BANG"},
    {"CUDA", "BANG"},
};

class BangDiagnostics : public DiagnosticConsumer {
public:
  BangDiagnostics(DiagnosticOptions &options, Messages &messages, llvm::StringRef archName)
      : options(options), printer(llvm::errs(), options), messages(messages), archName(archName) {}

  void BeginSourceFile(const LangOptions &language, const Preprocessor *preprocessor) override {
    printer.BeginSourceFile(language, preprocessor);
  }
  void EndSourceFile() override {
    flush();
    printer.EndSourceFile();
  }

  void HandleDiagnostic(DiagnosticsEngine::Level level, const Diagnostic &info) override {
    DiagnosticConsumer::HandleDiagnostic(level, info);
    if (level >= DiagnosticsEngine::Error)
      messages.countError();
    llvm::SmallString<256> text;
    info.FormatDiagnostic(text);
    // A note belongs to the message before it.
    if (level != DiagnosticsEngine::Note) {
      flush();
      printing = messages.isNew(keyOf(level, info, text));
    }
    if (!printing || messages.isQuiet())
      return;
    // What a launch calls under the surface is not the user's concern.
    if (isInHeader(info, "bang/launch.h"))
      return;
    if (info.getID() == diag::note_ovl_candidate_bad_target && waiting)
      explainWrongSide(text);
    if (level == DiagnosticsEngine::Note && isInHeader(info, "bang/builtins.h"))
      if (std::string form = builtinForm(info); !form.empty())
        return keepForm(info, form, toBangWords(text));
    // Functions of the other headers, which macros make: their names say enough.
    if (level == DiagnosticsEngine::Note && llvm::StringRef(waitingName).starts_with("__") && isInHeaders(info))
      return keepForm(info, waitingName, toBangWords(text));
    flush();
    Message message(level, info, info.getID(), toBangWords(text));
    if (llvm::StringRef(message.text).starts_with("reference to host variable "))
      message.text += adviceForHostVariable(message.text);
    if (info.getID() == diag::err_ovl_no_viable_function_in_call) {
      waiting.emplace(std::move(message));
      waitingName = nameOf(info);
      return;
    }
    if (level != DiagnosticsEngine::Note)
      waitingName.clear();
    print(message);
    if (isUndeclaredName(info.getID()))
      if (std::string hint = missingBuiltinHint(nameOf(info), archName); !hint.empty())
        print(Message(DiagnosticsEngine::Note, info,
                      info.getDiags()->getDiagnosticIDs()->getCustomDiagID(DiagnosticIDs::Note, "%0"), hint));
  }

private:
  struct Message {
    Message(DiagnosticsEngine::Level level, const Diagnostic &info, unsigned id, std::string text)
        : level(level), engine(info.getDiags()), location(info.getLocation()), id(id), text(std::move(text)) {
      llvm::append_range(storage.DiagRanges, info.getRanges());
      if (level != DiagnosticsEngine::Note)
        llvm::append_range(storage.FixItHints, info.getFixItHints());
    }

    DiagnosticsEngine::Level level;
    const DiagnosticsEngine *engine;
    SourceLocation location;
    unsigned id;
    std::string text;
    DiagnosticStorage storage;
  };

  void print(const Message &message) {
    printer.setPrefix(message.location.isValid() ? "" : "bangcc");
    printer.HandleDiagnostic(message.level,
                             Diagnostic(message.engine, message.location, message.id, message.storage, message.text));
  }

  // "no matching function" waits for its first note: when that tells that the function is for the other side, so does
  // the message itself.
  void explainWrongSide(llvm::StringRef note) {
    bool intoDevice = note.contains("call to __host__ function");
    waiting->text = intoDevice
                        ? "host function '" + waitingName +
                              "' is called in device code; make it a __mlu_func__ function, or call it on the host"
                        : "device function '" + waitingName + "' is called in host code; launch a kernel that calls it";
  }

  void flush() {
    if (waiting)
      print(*waiting);
    waiting.reset();
    printForms();
  }

  static llvm::StringRef adviceForHostVariable(llvm::StringRef text) {
    for (llvm::StringRef stream : {"'cout'", "'cerr'", "'clog'", "'cin'", "'stdout'", "'stderr'", "'stdin'"})
      if (text.contains(stream))
        return "; a core has no streams, print with printf";
    return "; declare it __mlu_device__, or pass its value to the kernel";
  }

  // The declaration of a builtin that a note is about: "__bang_abs(half * dst, const half * src, unsigned int n)".
  // Empty when the note is about something else of the header.
  static std::string builtinForm(const Diagnostic &info) {
    const SourceManager &sources = info.getSourceManager();
    auto [file, offset] = sources.getDecomposedExpansionLoc(info.getLocation());
    llvm::StringRef line = sources.getBufferData(file).substr(offset).take_until([](char c) { return c == '\n'; });
    if (!line.consume_front("BANG_BUILTIN("))
      return {};
    auto [name, rest] = line.split(", ").second.split(")(");
    return (name + "(" + rest.split(") __asm__").first + ")").str();
  }

  // One line for each form a builtin has, without the header's text. The lines wait for the last one, to be put in
  // order.
  void keepForm(const Diagnostic &info, llvm::StringRef form, llvm::StringRef note) {
    if (waiting)
      waiting->text = "no form of '" + waitingName + "' takes these arguments; give it those of one of the forms below";
    llvm::StringRef reason = note.split(note.contains("not viable: ") ? "not viable: " : "ignored: ").second;
    Message message(DiagnosticsEngine::Note, info, info.getID(), (form + (reason.empty() ? "" : ": ") + reason).str());
    message.location = info.getSourceManager().getExpansionLoc(info.getLocation());
    message.storage.DiagRanges.clear();
    forms.push_back({distanceOf(reason), form.take_until([](char c) { return c == '('; }).str(), std::move(message)});
  }

  // How far a call is from a form: the more arguments fit before the first that does not, the closer it is; a wrong
  // number of arguments is farther, by their difference.
  static int distanceOf(llvm::StringRef reason) {
    constexpr int kWrongCount = 100;
    int required = 0, provided = 0, argument = 0;
    if (size_t at = reason.find("requires "); at != llvm::StringRef::npos) {
      llvm::StringRef rest = reason.substr(at);
      rest.consume_front("requires ");
      rest.consume_front("at least ");
      rest.consume_front("at most ");
      rest.consumeInteger(10, required);
      rest = rest.split("but ").second;
      rest.consumeInteger(10, provided);
      return kWrongCount + std::abs(required - provided);
    }
    llvm::StringRef last = reason.rsplit(" for ").second;
    last.consumeInteger(10, argument);
    return kWrongCount - argument;
  }

  void printForms() {
    constexpr size_t kMostForms = 8;
    llvm::stable_sort(forms, [](const Form &a, const Form &b) { return a.distance < b.distance; });
    const bool carets = options.ShowCarets;
    options.ShowCarets = false;
    for (Form &form : llvm::MutableArrayRef(forms).take_front(kMostForms))
      print(form.message);
    if (forms.size() > kMostForms) {
      Message &more = forms.back().message;
      more.text = "and " + std::to_string(forms.size() - kMostForms) + " more: see reference/builtins/" +
                  forms.back().name + ".md";
      print(more);
    }
    options.ShowCarets = carets;
    forms.clear();
  }

  static std::string keyOf(DiagnosticsEngine::Level level, const Diagnostic &info, llvm::StringRef text) {
    std::string where;
    if (info.hasSourceManager() && info.getLocation().isValid())
      where = info.getLocation().printToString(info.getSourceManager());
    return where + '\0' + std::to_string(level) + '\0' + text.str();
  }

  static bool isInHeader(const Diagnostic &info, llvm::StringRef header) {
    if (!info.hasSourceManager() || info.getLocation().isInvalid())
      return false;
    const SourceManager &sources = info.getSourceManager();
    return sources.getFilename(sources.getExpansionLoc(info.getLocation())).ends_with(header);
  }

  // A header of the language itself: bang/convert.h.
  static bool isInHeaders(const Diagnostic &info) {
    if (!info.hasSourceManager() || info.getLocation().isInvalid())
      return false;
    const SourceManager &sources = info.getSourceManager();
    llvm::StringRef file = sources.getFilename(sources.getExpansionLoc(info.getLocation()));
    return file.ends_with(".h") && llvm::sys::path::filename(llvm::sys::path::parent_path(file)) == "bang";
  }

  static bool isUndeclaredName(unsigned id) {
    return id == diag::err_undeclared_var_use || id == diag::err_undeclared_var_use_suggest ||
           id == diag::err_undeclared_use;
  }

  static std::string nameOf(const Diagnostic &info) {
    if (info.getNumArgs() == 0)
      return {};
    switch (info.getArgKind(0)) {
    case DiagnosticsEngine::ak_std_string:
      return info.getArgStdStr(0);
    case DiagnosticsEngine::ak_c_string:
      return info.getArgCStr(0);
    case DiagnosticsEngine::ak_identifierinfo:
      return info.getArgIdentifier(0)->getName().str();
    case DiagnosticsEngine::ak_declarationname:
      return DeclarationName::getFromOpaqueInteger(info.getRawArg(0)).getAsString();
    default:
      return {};
    }
  }

  DiagnosticOptions &options;
  TextDiagnosticPrinter printer;
  Messages &messages;
  std::string archName;
  bool printing = true;
  std::optional<Message> waiting;
  std::string waitingName;
  struct Form { // one that the builtin has, and that the call does not fit
    int distance;
    std::string name;
    Message message;
  };
  std::vector<Form> forms;
};

} // namespace

std::string toBangWords(llvm::StringRef message) {
  std::string text = message.str();
  for (const Words &words : kWords)
    for (size_t at = 0; (at = text.find(words.from.data(), at, words.from.size())) != std::string::npos;
         at += words.to.size())
      text.replace(at, words.from.size(), words.to.data(), words.to.size());
  return text;
}

std::unique_ptr<DiagnosticConsumer> createDiagnosticConsumer(DiagnosticOptions &options, Messages &messages,
                                                             llvm::StringRef archName) {
  return std::make_unique<BangDiagnostics>(options, messages, archName);
}

} // namespace bang

// Session.cpp: from a job to a running Clang.
//
// The device is compiled in Clang's CUDA mode for riscv64 with the host as auxiliary target, the host in the same mode
// for its own triple. Both start from the arguments of a plain C++ compilation, so that headers and macros agree and no
// CUDA installation is looked for.
#include "frontend/sema/Session.h"

#include "frontend/sema/Diagnostics.h"
#include "frontend/sema/MemorySpaces.h"

#include "clang/Basic/DiagnosticOptions.h"
#include "clang/Driver/CreateInvocationFromArgs.h"
#include "clang/Frontend/CompilerInstance.h"
#include "clang/Frontend/CompilerInvocation.h"
#include "clang/Frontend/FrontendAction.h"
#include "clang/Frontend/Utils.h"
#include "clang/Lex/PPCallbacks.h"
#include "clang/Lex/Preprocessor.h"

#include "llvm/ADT/STLExtras.h"
#include "llvm/Support/VirtualFileSystem.h"

using namespace clang;

namespace bang {

namespace {

// What the compiler prints depends on flags of the user's (colours, columns), so these are parsed first.
DiagnosticOptions &diagnosticOptions(const Arguments &args) {
  std::vector<const char *> argv;
  for (const std::string &arg : args)
    argv.push_back(arg.c_str());
  // Lives as long as the process: engines and printers keep references to it.
  return *CreateAndPopulateDiagOpts(argv).release();
}

// Collects the files read; Clang's own writer would know only one of the two sides.
class Collector : public DependencyCollector {
public:
  explicit Collector(bang::Dependencies &dependencies) : dependencies(dependencies) {}

  bool needSystemDependencies() override { return dependencies.systemHeaders; }
  bool sawDependency(llvm::StringRef file, bool, bool isSystem, bool isModuleFile, bool isMissing) override {
    if (isModuleFile || isMissing || file.starts_with("<") || file.ends_with("/bang-pch.h") ||
        (isSystem && !dependencies.systemHeaders))
      return false;
    dependencies.add(file);
    return true;
  }

private:
  bang::Dependencies &dependencies;
};

// Templates of the C++ library know no sides: std::swap and std::sort are for both. The user's own say what they are
// for, so Clang's option is on only inside system headers.
class LibraryTemplates : public PPCallbacks {
public:
  explicit LibraryTemplates(LangOptions &language) : language(language) {}

  void FileChanged(SourceLocation, FileChangeReason, SrcMgr::CharacteristicKind kind, FileID) override {
    language.OffloadImplicitHostDeviceTemplates = SrcMgr::isSystem(kind);
  }

private:
  LangOptions &language;
};

bool startsWithAny(llvm::StringRef arg, llvm::ArrayRef<llvm::StringLiteral> prefixes) {
  return llvm::any_of(prefixes, [&](llvm::StringRef prefix) { return arg.starts_with(prefix); });
}

// Arguments that describe the host's processor and process, not the program.
constexpr llvm::StringLiteral kHostOnlyWithValue[] = {"-target-cpu",        "-target-feature", "-tune-cpu",
                                                      "-mrelocation-model", "-pic-level",      "-stack-protector",
                                                      "-target-abi",        "-mthread-model"};
constexpr llvm::StringLiteral kHostOnlyPrefixes[] = {
    "-pic-is-pie",           "-funwind-tables", "-fsanitize",    "-fno-sanitize",    "-fprofile",
    "-fcoverage-mapping",    "-fcf-protection", "-ffp-contract", "-debugger-tuning", "-fxray",
    "-mprefer-vector-width", "-fvisibility"};

constexpr llvm::StringLiteral kDeviceFeatures[] = {"+m",     "+a",   "+f",      "+d",       "+c",
                                                   "+zicsr", "+zfh", "+zfhmin", "+zfbfmin", "+zba",
                                                   "+zbb",   "+zbs", "+zicond", "+zmmul",   "+zifencei"};

Arguments withoutHostOnly(const Arguments &args) {
  Arguments kept;
  for (size_t i = 0; i < args.size(); ++i) {
    if (llvm::is_contained(kHostOnlyWithValue, llvm::StringRef(args[i])))
      ++i;
    else if (!startsWithAny(args[i], kHostOnlyPrefixes))
      kept.push_back(args[i]);
  }
  return kept;
}

bool hasPrefix(const Arguments &args, llvm::StringRef prefix) {
  return llvm::any_of(args, [&](llvm::StringRef arg) { return arg.starts_with(prefix); });
}

} // namespace

void Dependencies::add(llvm::StringRef file) {
  file.consume_front("./");
  if (!llvm::is_contained(files, file))
    files.push_back(file.str());
}

std::optional<Arguments> hostArguments(const SourceJob &job, Messages &messages) {
  Arguments command = {job.clangProgram, "--driver-mode=g++"};
  llvm::append_range(command, job.clangArgs);
  command.push_back("-x");
  command.push_back("c++");
  command.push_back(job.input);

  std::vector<const char *> argv;
  for (const std::string &arg : command)
    argv.push_back(arg.c_str());
  DiagnosticOptions &options = diagnosticOptions(command);
  auto files = llvm::vfs::getRealFileSystem();
  auto consumer = createDiagnosticConsumer(options, messages, job.arch->name);
  Arguments args;
  CreateInvocationOptions request;
  request.Diags = CompilerInstance::createDiagnostics(*files, options, consumer.release(), /*ShouldOwnClient=*/true);
  request.VFS = files;
  request.CC1Args = &args;
  bool had = messages.hasErrors();
  auto invocation = createInvocation(argv, request);
  if (!invocation || (!had && messages.hasErrors()))
    return std::nullopt;
  return args;
}

Arguments sideArguments(const Arguments &host, const SourceJob &job, Side side) {
  bool device = side == Side::Device;
  Arguments args;
  std::string hostTriple;
  for (size_t i = 0; i < host.size(); ++i) {
    llvm::StringRef arg = host[i];
    if (arg == "-triple" && i + 1 < host.size()) {
      hostTriple = host[++i];
    } else if (arg == "-x" && i + 1 < host.size()) {
      args.insert(args.end(), {"-x", "cuda"});
      ++i;
    } else if (arg == "-fsyntax-only") {
      args.push_back("-emit-obj");
    } else if (arg != "-disable-free" && arg != "-clear-ast-before-backend" && arg != "-cc1") {
      // Several compilations run in this process: memory must be given back.
      args.push_back(host[i]);
    }
  }
  std::string contract = device ? "-ffp-contract=off" : "-ffp-contract=on";
  for (const std::string &arg : job.clangArgs)
    if (llvm::StringRef(arg).starts_with("-ffp-contract="))
      contract = arg;
  if (device)
    args = withoutHostOnly(args);

  Arguments front = {"-triple", device ? kDeviceTriple : hostTriple, "-aux-triple", device ? hostTriple : kDeviceTriple,
                     "-target-sdk-version=12.9", "-cuid=" + job.unitId,
                     // Without being asked, the device never fuses a multiplication and an addition: results
                     // are those of the source. The host does as plain C++ does.
                     contract,
                     // For the C++ library only, see LibraryTemplates.
                     "-foffload-implicit-host-device-templates"};
  if (device) {
    front.insert(front.end(), {"-fcuda-is-device", "-target-cpu", "generic-rv64", "-target-abi", "lp64d",
                               "-mrelocation-model", "static", "-mcmodel=small"});
    for (llvm::StringRef feature : kDeviceFeatures)
      front.insert(front.end(), {"-target-feature", feature.str()});
    // The middle end names variables in its messages, and faults at run time show source lines. Without -g all but the
    // lines is dropped on the way (device/Image.cpp).
    if (!hasPrefix(args, "-debug-info-kind"))
      front.insert(front.end(), {"-debug-info-kind=limited", "-dwarf-version=5"});
    front.push_back("-D__BANG_ARCH__=" + std::to_string(job.arch->number));
  }
  front.insert(front.end(), {"-U__CUDA__", "-U__CUDACC__", "-U__CUDA_ARCH__", "-D__BANG__=1",
                             "-D__MLU_NRAM_SIZE__=" + std::to_string(job.arch->nramKB),
                             "-D__MLU_WRAM_SIZE__=" + std::to_string(job.arch->wramKB),
                             "-D__MLU_SRAM_SIZE__=" + std::to_string(job.arch->sramKB), "-internal-isystem",
                             job.includeDir, "-include", "bang.h", "-Wno-cuda-compat", "-Wno-unknown-cuda-version",
                             // Stand-ins for vendor headers: found only where the real ones are not.
                             "-idirafter", job.includeDir + "/compat"});
  args.insert(args.begin(), front.begin(), front.end());
  return args;
}

Session::Session(const SourceJob &job, const Arguments &args, Messages &messages) : messages(messages) {
  std::vector<const char *> argv;
  for (const std::string &arg : args)
    argv.push_back(arg.c_str());

  DiagnosticOptions &options = diagnosticOptions(args);
  auto files = llvm::vfs::getRealFileSystem();
  auto early = CompilerInstance::createDiagnostics(
      *files, options, createDiagnosticConsumer(options, messages, job.arch->name).release());
  auto invocation = std::make_shared<CompilerInvocation>();
  if (!CompilerInvocation::CreateFromArgs(*invocation, argv, *early))
    return;
  instance = std::make_unique<CompilerInstance>(invocation);
  instance->createVirtualFileSystem();
  instance->createDiagnostics(
      createDiagnosticConsumer(instance->getDiagnosticOpts(), messages, job.arch->name).release());
}

Session::~Session() = default;

bool Session::run(FrontendAction &action, Dependencies *dependencies) {
  if (!instance)
    return false;
  static bool once = (registerMemorySpaceAttributes(), true);
  (void)once;
  if (dependencies)
    instance->addDependencyCollector(std::make_shared<Collector>(*dependencies));
  // Not CompilerInstance::ExecuteAction: that counts errors and warnings of each side aloud.
  if (!instance->createTarget() || !action.PrepareToExecute(*instance))
    return false;
  if (!action.BeginSourceFile(*instance, instance->getFrontendOpts().Inputs[0]))
    return false;
  // A precompiled header consists of system headers only, and remembers the option.
  if (instance->hasPreprocessor() && action.getTranslationUnitKind() == TU_Complete)
    instance->getPreprocessor().addPPCallbacks(std::make_unique<LibraryTemplates>(instance->getLangOpts()));
  if (llvm::Error error = action.Execute())
    messages.error(llvm::toString(std::move(error)));
  action.EndSourceFile();
  return !instance->getDiagnostics().hasErrorOccurred();
}

} // namespace bang

// Link.cpp: runs ld.lld on one object and the scalar runtime library; turns its complaints into sentences about the
// user's program.
#include "codegen/emit/Emit.h"
#include "codegen/emit/Layout.h"
#include "codegen/emit/LinkerMessages.h"

#include "llvm/Object/ObjectFile.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/FileUtilities.h"
#include "llvm/Support/MemoryBuffer.h"
#include "llvm/Support/Path.h"
#include "llvm/Support/Program.h"
#include "llvm/Support/raw_ostream.h"

using namespace llvm;

namespace dlp {
namespace {

// The library lies in the tree the running tool belongs to; a tool started from elsewhere (a test) uses the build's.
std::string runtimeLibrary() {
  static int anchor;
  SmallString<256> path(sys::path::parent_path(sys::fs::getMainExecutable(nullptr, &anchor)));
  sys::path::append(path, "..", "lib64", "openbang", "libdlprt.a");
  return sys::fs::exists(path) ? path.str().str() : OPENBANG_DEVICE_RUNTIME;
}

// A file in the temporary directory that goes away with this value.
class TemporaryFile {
public:
  static Expected<TemporaryFile> create(StringRef suffix) {
    SmallString<128> path;
    if (std::error_code code = sys::fs::createTemporaryFile("dlp", suffix, path))
      return makeError("", "cannot create a temporary file: " + code.message());
    return TemporaryFile(path.str());
  }
  StringRef path() const { return file; }

private:
  explicit TemporaryFile(StringRef path) : file(path.str()), remover(std::make_unique<FileRemover>(path)) {}
  std::string file;
  std::unique_ptr<FileRemover> remover;
};

Expected<std::string> layoutOfObject(StringRef objectPath) {
  auto file = object::ObjectFile::createObjectFile(objectPath);
  if (!file)
    return file.takeError();
  SmallVector<StringRef> names;
  std::string placed, unplaced;
  for (const object::SectionRef &section : file->getBinary()->sections()) {
    auto name = section.getName();
    if (!name)
      return name.takeError();
    names.push_back(*name);
    if (!layoutOf(*name).empty())
      placed = *name;
    else if (unplaced.empty() && isHandWrittenOnChip(*name))
      unplaced = *name;
  }
  if (!placed.empty() && !unplaced.empty())
    return makeError("", "on-chip sections '" + unplaced + "' and '" + placed +
                             "' cannot be mixed: one is placed by the compiler, the other is not");
  return layoutOf(names);
}

} // namespace

Error linkImage(StringRef objectPath, StringRef layout, const EmitOptions &options, StringRef imagePath) {
  std::string lines = layout.str();
  if (lines.empty()) {
    auto derived = layoutOfObject(objectPath);
    if (!derived)
      return derived.takeError();
    lines = std::move(*derived);
  }
  auto script = TemporaryFile::create("ld");
  if (!script)
    return script.takeError();
  auto log = TemporaryFile::create("log");
  if (!log)
    return log.takeError();
  {
    std::error_code code;
    raw_fd_ostream os(script->path(), code);
    if (code)
      return makeError("", "cannot write a temporary file: " + code.message());
    os << linkerScript(lines);
  }

  std::string linker = options.linker.empty() ? OPENBANG_LLD : options.linker;
  std::string library = runtimeLibrary();
  // Objects of different kernels share addresses on purpose, hence --no-check-sections.
  SmallVector<StringRef> args = {linker,
                                 "-static",
                                 "-nostdlib",
                                 "--entry=0",
                                 "--no-relax",
                                 "--no-check-sections",
                                 "--build-id=none",
                                 "--discard-locals",
                                 "--error-limit=0",
                                 "-z",
                                 "nognustack",
                                 "--script",
                                 script->path(),
                                 objectPath,
                                 library,
                                 "-o",
                                 imagePath};
  std::optional<StringRef> redirects[] = {StringRef(), StringRef(), log->path()};
  std::string failure;
  int status = sys::ExecuteAndWait(linker, args, std::nullopt, redirects, 0, 0, &failure);
  if (status < 0)
    return makeError("", "cannot run the linker '" + linker + "': " + failure + "; it comes with package lld-22");
  if (status == 0)
    return Error::success();
  auto text = MemoryBuffer::getFile(log->path());
  return make_error<DiagnosticError>(explainLinkerMessages(text ? (*text)->getBuffer() : ""));
}

} // namespace dlp

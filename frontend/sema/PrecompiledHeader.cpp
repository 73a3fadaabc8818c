// PrecompiledHeader.cpp: finds, checks, makes and forgets precompiled forms of bang.h.
#include "frontend/sema/PrecompiledHeader.h"

#include "clang/Basic/Version.h"
#include "clang/Frontend/FrontendActions.h"

#include "llvm/ADT/StringExtras.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/MD5.h"
#include "llvm/Support/MemoryBuffer.h"
#include "llvm/Support/Path.h"
#include "llvm/Support/Process.h"
#include "llvm/Support/raw_ostream.h"

#include <algorithm>
#include <unistd.h>

using namespace llvm;

namespace bang {

namespace {

// More than the sets of options one user works with; the oldest go first.
constexpr size_t kMaxHeaders = 40;

// Arguments that name the source or the place of work and cannot change what bang.h means. A user's folders for headers
// are among them: bang.h and what it includes come from the system's folders.
constexpr StringLiteral kOfTheSourceWithValue[] = {"-main-file-name", "-o",         "-I",       "-isystem",
                                                   "-iquote",         "-idirafter", "-dumpdir", "-include"};
constexpr StringLiteral kOfTheSourcePrefixes[] = {"-cuid=", "-fdebug-compilation-dir=", "-fcoverage-compilation-dir="};

// The arguments bang.h depends on; without the input, which comes last.
Arguments headerArguments(const Arguments &args) {
  Arguments kept;
  for (size_t i = 0; i + 1 < args.size(); ++i) {
    StringRef arg = args[i];
    if (is_contained(kOfTheSourceWithValue, arg))
      ++i;
    else if (none_of(kOfTheSourcePrefixes, [&](StringRef prefix) { return arg.starts_with(prefix); }))
      kept.push_back(args[i]);
  }
  return kept;
}

// Size and time of a file, as text.
std::string stampOf(StringRef path) {
  sys::fs::file_status status;
  if (sys::fs::status(path, status))
    return "none";
  return utostr(status.getSize()) + " " + itostr(status.getLastModificationTime().time_since_epoch().count());
}

std::string keyOf(const Arguments &args) {
  static int anchor;
  std::string self = sys::fs::getMainExecutable(nullptr, &anchor);
  MD5 hash;
  hash.update(clang::getClangFullVersion());
  hash.update(self);
  hash.update(stampOf(self));
  for (const std::string &arg : args) {
    hash.update(StringRef("\0", 1));
    hash.update(arg);
  }
  MD5::MD5Result result;
  hash.final(result);
  return result.digest().str().str();
}

// One line for each header: its stamp, a tab, its path.
bool isFresh(const std::string &list) {
  auto buffer = MemoryBuffer::getFile(list);
  if (!buffer)
    return false;
  SmallVector<StringRef> lines;
  (*buffer)->getBuffer().split(lines, '\n', -1, /*KeepEmpty=*/false);
  return !lines.empty() && all_of(lines, [](StringRef line) {
    auto [stamp, path] = line.split('\t');
    return stamp == stampOf(path);
  });
}

// Writes beside the destination and renames, so that nobody reads half a file.
bool writeWhole(StringRef path, StringRef text) {
  SmallString<128> temporary;
  int handle;
  if (sys::fs::createUniqueFile(path + ".%%%%%%", handle, temporary))
    return false;
  raw_fd_ostream os(handle, /*shouldClose=*/true);
  os << text;
  os.close();
  bool good = !os.has_error() && !sys::fs::rename(temporary, path);
  os.clear_error();
  if (!good)
    sys::fs::remove(temporary);
  return good;
}

void forgetOldest(StringRef folder) {
  std::vector<std::pair<sys::TimePoint<>, std::string>> headers;
  std::error_code failure;
  for (sys::fs::directory_iterator it(folder, failure), end; !failure && it != end; it.increment(failure))
    if (StringRef(it->path()).ends_with(".pch"))
      if (auto status = it->status())
        headers.push_back({status->getLastModificationTime(), it->path()});
  if (headers.size() <= kMaxHeaders)
    return;
  llvm::sort(headers);
  for (size_t i = 0; i < headers.size() - kMaxHeaders; ++i) {
    sys::fs::remove(headers[i].second);
    sys::fs::remove(headers[i].second + ".list");
  }
}

// Compiles a file that does nothing but include bang.h.
bool make(const SourceJob &job, const Arguments &args, const std::string &header, const std::string &list) {
  SmallString<128> source(job.cacheDir);
  sys::path::append(source, "bang-pch.h");
  if (!sys::fs::exists(source) && !writeWhole(source, "#include <bang.h>\n"))
    return false;
  Arguments command = args;
  // The language comes last of the arguments that are kept.
  for (size_t i = 0; i + 1 < command.size(); ++i)
    if (command[i] == "-x")
      command[i + 1] = "cuda-header";
  command.insert(command.end(), {"-o", header, source.str().str()});
  // A header that does not compile is reported by the compilation that includes it.
  Messages silent(/*quiet=*/true);
  Session session(job, command, silent);
  Dependencies read;
  read.systemHeaders = true;
  clang::GeneratePCHAction action;
  if (!session.run(action, &read))
    return false;
  std::string text;
  for (const std::string &file : read.files)
    text += stampOf(file) + "\t" + file + "\n";
  return writeWhole(list, text);
}

} // namespace

std::string precompiledHeaderFolder() {
  SmallString<128> folder;
  if (!sys::path::cache_directory(folder))
    return {};
  sys::path::append(folder, "openbang", "pch");
  if (sys::fs::create_directories(folder, /*IgnoreExisting=*/true, sys::fs::owner_all))
    return {};
  // A folder others can write to could hold anything.
  sys::fs::file_status status;
  if (sys::fs::status(folder, status) || status.getUser() != getuid() ||
      (status.permissions() & (sys::fs::group_write | sys::fs::others_write)))
    return {};
  return folder.str().str();
}

Arguments withPrecompiledHeader(const SourceJob &job, const Arguments &args) {
  // Macros read before bang.h change it.
  if (job.cacheDir.empty() || is_contained(args, "-imacros"))
    return args;
  Arguments forHeader = headerArguments(args);
  SmallString<128> path(job.cacheDir);
  sys::path::append(path, keyOf(forHeader) + ".pch");
  std::string header = path.str().str(), list = header + ".list";
  if (!sys::fs::exists(header) || !isFresh(list)) {
    sys::fs::remove(list);
    if (!make(job, forHeader, header, list))
      return args;
    forgetOldest(job.cacheDir);
  }
  Arguments result = args;
  for (size_t i = 0; i + 1 < result.size(); ++i)
    if (result[i] == "-include" && result[i + 1] == "bang.h") {
      result[i] = "-include-pch";
      result[i + 1] = header;
      break;
    }
  return result;
}

} // namespace bang

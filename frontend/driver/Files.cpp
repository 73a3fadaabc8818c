// Files.cpp: temporary folders and outputs.
#include "frontend/driver/Files.h"

#include "llvm/Support/FileSystem.h"
#include "llvm/Support/FileUtilities.h"
#include "llvm/Support/MemoryBuffer.h"
#include "llvm/Support/Path.h"
#include "llvm/Support/Signals.h"

using namespace llvm;

namespace bang {

std::optional<TempFolder> TempFolder::create(Messages &messages) {
  SmallString<128> path;
  if (std::error_code failure = sys::fs::createUniqueDirectory("bangcc", path)) {
    messages.error("cannot create a temporary folder: " + failure.message());
    return std::nullopt;
  }
  return TempFolder(path.str().str());
}

TempFolder::TempFolder(TempFolder &&other) noexcept : path(std::move(other.path)), count(other.count) {
  other.path.clear();
}

TempFolder::~TempFolder() {
  if (!path.empty())
    sys::fs::remove_directories(path);
}

std::string TempFolder::file(StringRef stem, StringRef extension) {
  SmallString<128> name(path);
  sys::path::append(name, stem + "-" + Twine(count++) + extension);
  sys::RemoveFileOnSignal(name);
  return name.str().str();
}

std::optional<OutputFile> OutputFile::create(StringRef destination, Messages &messages) {
  // What is not a plain file (a terminal, /dev/null) cannot be replaced; the result is copied into it at the end.
  SmallString<128> temporary;
  sys::fs::file_status status;
  bool special = destination == "-" || (!sys::fs::status(destination, status) && !sys::fs::is_regular_file(status));
  if (sys::fs::is_directory(status)) {
    messages.error("cannot write '" + destination + "': it is a directory");
    return std::nullopt;
  }
  std::error_code failure = special ? sys::fs::createTemporaryFile("bangcc", "out", temporary)
                                    : sys::fs::createUniqueFile(destination + ".%%%%%%.tmp", temporary,
                                                                sys::fs::all_read | sys::fs::all_write);
  if (failure) {
    messages.error("cannot write '" + destination + "': " + failure.message());
    return std::nullopt;
  }
  sys::RemoveFileOnSignal(temporary);
  return OutputFile(temporary.str().str(), destination.str());
}

OutputFile::OutputFile(OutputFile &&other) noexcept
    : temporary(std::move(other.temporary)), destination(std::move(other.destination)) {
  other.temporary.clear();
}

OutputFile &OutputFile::operator=(OutputFile &&other) noexcept {
  std::swap(temporary, other.temporary);
  std::swap(destination, other.destination);
  return *this;
}

OutputFile::~OutputFile() {
  if (temporary.empty())
    return;
  sys::fs::remove(temporary);
  sys::DontRemoveFileOnSignal(temporary);
}

bool OutputFile::keep(Messages &messages) {
  sys::fs::file_status status;
  bool special = destination == "-" || (!sys::fs::status(destination, status) && !sys::fs::is_regular_file(status));
  std::error_code failure;
  if (special) {
    auto buffer = MemoryBuffer::getFile(temporary);
    if (!buffer) {
      failure = buffer.getError();
    } else {
      raw_fd_ostream os(destination, failure);
      if (!failure) {
        os << (*buffer)->getBuffer();
        os.flush();
        failure = os.error();
        os.clear_error();
      }
    }
  } else {
    failure = sys::fs::rename(temporary, destination);
    if (!failure) {
      sys::DontRemoveFileOnSignal(temporary);
      temporary.clear();
    }
  }
  if (failure)
    messages.error("cannot write '" + destination + "': " + failure.message());
  return !failure;
}

bool writeOutput(StringRef destination, StringRef bytes, Messages &messages) {
  std::optional<OutputFile> file = OutputFile::create(destination, messages);
  if (!file)
    return false;
  auto os = openStream(file->path(), messages);
  if (!os)
    return false;
  *os << bytes;
  os->flush();
  if (os->has_error()) {
    messages.error("cannot write '" + destination + "': " + os->error().message());
    os->clear_error();
    return false;
  }
  os.reset();
  return file->keep(messages);
}

std::unique_ptr<raw_fd_ostream> openStream(const std::string &path, Messages &messages) {
  std::error_code failure;
  auto os = std::make_unique<raw_fd_ostream>(path, failure);
  if (!failure)
    return os;
  messages.error("cannot write '" + path + "': " + failure.message());
  return nullptr;
}

} // namespace bang

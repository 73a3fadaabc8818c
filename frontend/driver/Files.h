// Files.h: private temporary files, and results that appear whole or not at all.
#ifndef OPENBANG_FRONTEND_DRIVER_FILES_H
#define OPENBANG_FRONTEND_DRIVER_FILES_H

#include "frontend/sema/Messages.h"

#include "llvm/ADT/SmallString.h"
#include "llvm/Support/raw_ostream.h"

#include <memory>
#include <optional>
#include <string>

namespace bang {

// A folder only this user can read; removed with all it holds when the object goes, also when a signal ends bangcc.
class TempFolder {
public:
  static std::optional<TempFolder> create(Messages &messages);
  TempFolder(TempFolder &&other) noexcept;
  ~TempFolder();

  // A path inside the folder; `name` is made unique with a number.
  std::string file(llvm::StringRef stem, llvm::StringRef extension);

private:
  explicit TempFolder(std::string path) : path(std::move(path)) {}
  std::string path;
  unsigned count = 0;
};

// A file under construction: written beside its destination and renamed by `keep`. Without `keep` it vanishes.
class OutputFile {
public:
  // "-" is the standard output.
  static std::optional<OutputFile> create(llvm::StringRef destination, Messages &messages);
  OutputFile(OutputFile &&other) noexcept;
  OutputFile &operator=(OutputFile &&other) noexcept;
  ~OutputFile();

  // Where to write: a path for other programs, or a stream.
  const std::string &path() const { return temporary; }
  bool keep(Messages &messages);

private:
  OutputFile(std::string temporary, std::string destination)
      : temporary(std::move(temporary)), destination(std::move(destination)) {}
  std::string temporary, destination;
};

// Writes `bytes` to `destination` as an OutputFile.
bool writeOutput(llvm::StringRef destination, llvm::StringRef bytes, Messages &messages);

// A stream to a file that exists already (as OutputFile::path does).
std::unique_ptr<llvm::raw_fd_ostream> openStream(const std::string &path, Messages &messages);

} // namespace bang

#endif // OPENBANG_FRONTEND_DRIVER_FILES_H

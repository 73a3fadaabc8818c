// Files.cpp: files are written beside their place first, then moved there.
#include "frontend/bang/Files.h"

#include <cstdio>
#include <filesystem>
#include <fstream>
#include <sstream>
#include <unistd.h>

namespace fs = std::filesystem;

namespace bang {
namespace {

bool writeTo(const std::string &path, const std::string &text) {
  std::ofstream out(path, std::ios::binary | std::ios::trunc);
  out << text;
  out.close();
  return bool(out);
}

} // namespace

bool readFile(const std::string &path, std::string &text) {
  std::ifstream in(path, std::ios::binary);
  std::stringstream buffer;
  buffer << in.rdbuf();
  text = buffer.str();
  return bool(in);
}

bool writeFile(const std::string &path, const std::string &text) {
  if (path == "-")
    return std::fwrite(text.data(), 1, text.size(), stdout) == text.size();
  // Devices, pipes and links are written through.
  std::error_code error;
  const fs::file_status status = fs::symlink_status(path, error);
  if (fs::exists(status) && !fs::is_regular_file(status))
    return writeTo(path, text);
  const std::string beside = path + "." + std::to_string(getpid()) + ".tmp";
  if (writeTo(beside, text)) {
    if (fs::exists(status))
      fs::permissions(beside, status.permissions(), error);
    fs::rename(beside, path, error);
    if (!error)
      return true;
  }
  fs::remove(beside, error);
  return false;
}

} // namespace bang

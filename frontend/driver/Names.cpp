// Names.cpp: how results are named.
#include "frontend/driver/Compilation.h"

#include "llvm/Support/Path.h"

using namespace llvm;

namespace bang {

static StringRef extensionOf(const Options &options) {
  switch (options.goal) {
  case Goal::Preprocess:
  case Goal::Syntax:
  case Goal::Program:
    return "";
  case Goal::LLVM:
    return options.bitcode ? ".bc" : ".ll";
  case Goal::BangDialect:
    return ".bang.mlir";
  case Goal::DlpDialect:
    return ".dlp.mlir";
  case Goal::Assembly:
    return ".s";
  case Goal::DeviceImage:
    return ".elf";
  case Goal::FatBinary:
    return ".fatbin";
  case Goal::Object:
    return ".o";
  }
  return "";
}

// Where the result of one source goes: -o, else the source's name in the current folder.
std::string Compilation::resultName(const Input &input) const {
  if (!options.output.empty())
    return options.output;
  if (options.goal == Goal::Preprocess)
    return "-";
  return (sys::path::stem(input.path) + extensionOf(options)).str();
}

// A file of -save-temps: beside the output, named after the source.
std::string Compilation::sideResult(StringRef input, StringRef suffix) const {
  SmallString<128> path(options.output == "-" ? "" : sys::path::parent_path(options.output));
  sys::path::append(path, sys::path::stem(input) + suffix);
  return path.str().str();
}

std::string Compilation::dependencyFileName(const std::string &result) const {
  if (!options.dependencyFile.empty())
    return options.dependencyFile;
  if (options.dependenciesOnly)
    return options.output.empty() ? "-" : options.output;
  SmallString<128> path(result);
  sys::path::replace_extension(path, ".d");
  return path.str().str();
}

} // namespace bang

// Compilation.h: carries out what the command line asks for.
#ifndef OPENBANG_FRONTEND_DRIVER_COMPILATION_H
#define OPENBANG_FRONTEND_DRIVER_COMPILATION_H

#include "frontend/driver/Files.h"
#include "frontend/driver/Options.h"
#include "frontend/driver/Tools.h"
#include "frontend/sema/SourceJob.h"

namespace bang {

struct DeviceHalf;

class Compilation {
public:
  Compilation(const Options &options, const Tools &tools, TempFolder &temps, Messages &messages)
      : options(options), tools(tools), temps(temps), messages(messages) {}

  // Compiles every input and links when asked to. False: an error was reported.
  bool run();

private:
  // What the device half of one arch became.
  struct ArchResult {
    std::string imagePath; // empty: no device code, or only the device link makes the image
    std::string unit;      // record for the device link
    bool isOpen = false;
  };

  bool checkDestination();

  // Kernel sources: both halves, in this process (Compilation.cpp).
  bool compileBang(const Input &input, const std::string &result);
  bool compileDevice(SourceJob &job, const std::vector<std::string> &hostArgs, Dependencies *dependencies,
                     const std::string &result, DeviceHalf &device);
  bool compileArch(const SourceJob &job, const std::vector<std::string> &hostArgs, Dependencies *dependencies,
                   const std::string &result, ArchResult &arch);
  bool compileHost(const SourceJob &job, const std::vector<std::string> &hostArgs, Dependencies *dependencies,
                   const DeviceHalf &device, const std::string &result);
  bool writeFatBinary(const std::vector<std::pair<const dlp::ArchInfo *, std::string>> &images,
                      const std::string &path);
  bool writeDependencies(const Dependencies &dependencies, const Input &input, const std::string &result);
  void showSteps(SourceJob job, const std::vector<std::string> &hostArgs);

  // Plain C and C++ files: the host's compiler (Plain.cpp).
  bool compilePlain(const Input &input, const std::string &result);
  // Objects and libraries to a program or shared library (Link.cpp).
  bool link(const std::vector<std::string> &objects);

  // Names of files (Names.cpp).
  std::string resultName(const Input &input) const;
  std::string sideResult(llvm::StringRef input, llvm::StringRef suffix) const;
  std::string dependencyFileName(const std::string &result) const;

  const Options &options;
  const Tools &tools;
  TempFolder &temps;
  Messages &messages;
};

} // namespace bang

#endif // OPENBANG_FRONTEND_DRIVER_COMPILATION_H

// DeviceLink.h: device code of several files in one image.
#ifndef OPENBANG_FRONTEND_DRIVER_DEVICELINK_H
#define OPENBANG_FRONTEND_DRIVER_DEVICELINK_H

#include "frontend/device/Units.h"
#include "frontend/driver/Files.h"
#include "frontend/driver/Options.h"
#include "frontend/driver/Tools.h"

#include "llvm/Support/MemoryBufferRef.h"

namespace bang {

class DeviceLink {
public:
  DeviceLink(const Options &options, const Tools &tools, TempFolder &temps, Messages &messages)
      : options(options), tools(tools), temps(temps), messages(messages) {}

  // `objects` and `command` are what the program is linked from: its files, and the whole command of the host's linker
  // without its output. When an object needs device code of another, `object` becomes the path of one that holds the
  // linked images, to be linked first; else it stays empty. False: an error was reported.
  bool run(const std::vector<std::string> &objects, const std::vector<std::string> &command, std::string &object);

private:
  bool findUnits(const std::vector<std::string> &objects);
  bool addFile(const std::string &path);
  bool addObject(llvm::MemoryBufferRef bytes, const std::string &file, bool isLinked);
  std::vector<std::string> archivesOfLinkLine() const;
  bool askLinker(const std::vector<std::string> &command);
  bool chooseUnits(std::vector<std::string> &chosen);
  bool linkArch(uint32_t arch, const std::vector<std::string> &chosen, std::string &imagePath);
  bool writeObject(const std::vector<std::string> &chosen, const std::string &fatBinary, std::string &object);
  std::vector<const Unit *> unitsOf(uint32_t arch) const;

  const Options &options;
  const Tools &tools;
  TempFolder &temps;
  Messages &messages;
  std::vector<Unit> units;
  std::vector<uint32_t> archs; // of all units
};

} // namespace bang

#endif // OPENBANG_FRONTEND_DRIVER_DEVICELINK_H

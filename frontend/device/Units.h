// Units.h: device modules that travel in host objects until the device link (codegen/object/UnitFormat.h).
#ifndef OPENBANG_FRONTEND_DEVICE_UNITS_H
#define OPENBANG_FRONTEND_DEVICE_UNITS_H

#include "frontend/device/Image.h"

#include <map>

namespace llvm {
class GlobalValue;
}

namespace bang {

// A name of the program's, neither ours nor the compiler's.
bool isUsable(const llvm::GlobalValue &value);
// Declared by the source for the device.
bool isForeign(const llvm::GlobalValue &value);
// A declaration that only another file can define, and a definition that other files can see.
bool isNeeded(const llvm::GlobalValue &value);
bool isOffered(const llvm::GlobalValue &value);
// True when device code uses what only another file can define.
bool needsOtherFiles(const llvm::Module &module);
// True when other files could use what this one defines.
bool servesOtherFiles(const llvm::Module &module);

// A record for the object's section. `device` is as it comes from runDevicePass.
std::string writeUnit(DeviceModule &device, const std::string &unitId, const ImageOptions &options);

// The kernels a record's module tells about; the module forgets them.
std::vector<dlp::KernelInfo> takeKernels(llvm::Module &module);

// A record as it was found in an object.
struct Unit {
  std::string file; // "b.o" or "libx.a(b.o)"
  bool isLinked;    // false: a member of an archive that nothing has asked for yet
  std::string id;
  uint32_t arch;
  bool isOpen;
  unsigned optLevel;
  bool debugInfo, stackOnLdram, tagAddresses;
  std::string bitcode;
};

// The records of one object, one after the other. False: damaged, and reported.
bool readUnits(llvm::StringRef section, const std::string &file, bool isLinked, Messages &messages,
               std::vector<Unit> &units);

// The units of one arch with their symbols; says which belong together and makes one module of them.
class UnitMerger {
public:
  UnitMerger(std::vector<const Unit *> units, llvm::LLVMContext &context, Messages &messages);
  ~UnitMerger();
  bool load();

  // Adds to `chosen` (ids of units) the open units and, again and again, those that define what chosen ones need.
  void close(std::vector<std::string> &chosen) const;
  // Reports what is defined twice, not at all, or in another memory than a declaration says.
  bool check(const std::vector<std::string> &chosen) const;
  // One module with all kernels; its parts' options are joined in `options`.
  DeviceModule merge(const std::vector<std::string> &chosen, ImageOptions &options);

private:
  struct Loaded;
  const Loaded *definitionOf(llvm::StringRef symbol) const;
  Loaded *find(llvm::StringRef id) const;

  std::vector<const Unit *> units;
  llvm::LLVMContext &context;
  Messages &messages;
  std::vector<std::unique_ptr<Loaded>> loaded;
  // Linked units before members of archives, as a linker looks for symbols.
  std::map<std::string, std::vector<Loaded *>, std::less<>> definitions;
};

} // namespace bang

#endif // OPENBANG_FRONTEND_DEVICE_UNITS_H

// Compilation.cpp: the road of a kernel source: device half for each arch, fat object, host half with it inside.
#include "frontend/driver/Compilation.h"

#include "codegen/object/FatBinary.h"
#include "frontend/device/Units.h"
#include "frontend/host/HostPass.h"

#include "llvm/ADT/StringExtras.h"
#include "llvm/IR/LLVMContext.h"
#include "llvm/IR/Module.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/MD5.h"
#include "llvm/Support/MemoryBuffer.h"
#include "llvm/Support/Path.h"

using namespace llvm;

namespace bang {

// Equal for both halves of one file, different for different files of one program.
static std::string unitIdOf(const std::string &input, const std::vector<std::string> &args) {
  SmallString<128> path;
  if (sys::fs::real_path(input, path))
    path = input;
  MD5 hash;
  hash.update(path);
  for (const std::string &arg : args) {
    hash.update(StringRef("\0", 1));
    hash.update(arg);
  }
  MD5::MD5Result result;
  hash.final(result);
  return utohexstr(result.low(), /*LowerCase=*/true, 16);
}

// A destination that cannot exist is better known before the work than after it.
bool Compilation::checkDestination() {
  StringRef folder = sys::path::parent_path(options.output);
  if (folder.empty() || options.output == "-" || sys::fs::is_directory(folder))
    return true;
  messages.error("cannot write '" + options.output + "': there is no folder '" + folder + "'; create it first");
  return false;
}

bool Compilation::run() {
  if (!checkDestination())
    return false;
  std::vector<std::string> objects;
  for (const Input &input : options.inputs) {
    if (input.kind == InputKind::Linkable) {
      if (options.goal != Goal::Program)
        messages.warning("'" + input.path + "' is not linked: only compilation was asked for");
      objects.push_back(input.path);
      continue;
    }
    std::string result = options.goal != Goal::Program ? resultName(input)
                         : options.saveTemps           ? sideResult(input.path, ".o")
                                                       : temps.file(sys::path::stem(input.path), ".o");
    objects.push_back(result);
    bool good = input.kind == InputKind::Bang ? compileBang(input, result) : compilePlain(input, result);
    if (!good && !messages.hasErrors())
      messages.error("'" + input.path + "' was not compiled");
  }
  if (messages.hasErrors())
    return false;
  return options.goal != Goal::Program || link(objects);
}

bool Compilation::compileBang(const Input &input, const std::string &result) {
  SourceJob job;
  job.input = input.path;
  job.clangArgs = options.compileArgs;
  job.clangProgram = tools.clang;
  job.includeDir = tools.includeDir;
  job.cacheDir = tools.cacheDir;
  job.arch = options.archs.front();
  job.optLevel = options.optLevel;
  job.unitId = unitIdOf(input.path, options.compileArgs);
  std::optional<Arguments> hostArgs = hostArguments(job, messages);
  if (!hostArgs)
    return false;
  if (options.verbose || options.dryRun)
    showSteps(job, *hostArgs);
  if (options.dryRun)
    return true;

  Dependencies collected;
  collected.systemHeaders = options.systemDependencies;
  Dependencies *dependencies = options.dependencies ? &collected : nullptr;
  if (dependencies)
    collected.add(input.path);

  bool good = true;
  if (options.goal == Goal::Preprocess) {
    std::optional<OutputFile> file = OutputFile::create(result, messages);
    Side side = options.hostOnly ? Side::Host : Side::Device;
    good = file && runPreprocessor(job, side, *hostArgs, messages, file->path(), dependencies) && file->keep(messages);
  } else {
    DeviceHalf device;
    if (!options.hostOnly)
      good = compileDevice(job, *hostArgs, dependencies, result, device);
    bool needsHost = options.hostOnly ||
                     (!options.deviceOnly &&
                      (options.goal == Goal::Object || options.goal == Goal::Program || options.goal == Goal::Syntax));
    if (good && needsHost) {
      job.arch = options.archs.front();
      good = compileHost(job, *hostArgs, dependencies, device, result);
    }
  }
  return good && (!dependencies || writeDependencies(collected, input, result));
}

// All archs, one after the other; leaves a fat object when the host half is to embed one, and records for the device
// link when other files are concerned.
bool Compilation::compileDevice(SourceJob &job, const Arguments &hostArgs, Dependencies *dependencies,
                                const std::string &result, DeviceHalf &device) {
  std::vector<std::pair<const dlp::ArchInfo *, std::string>> images;
  std::string records;
  for (const dlp::ArchInfo *arch : options.archs) {
    job.arch = arch;
    ArchResult made;
    if (!compileArch(job, hostArgs, dependencies, result, made))
      return false;
    if (!made.imagePath.empty())
      images.push_back({arch, made.imagePath});
    records += made.unit;
    device.isOpen |= made.isOpen;
  }
  bool embed = options.goal == Goal::Object || options.goal == Goal::Program;
  if (options.goal == Goal::FatBinary)
    return writeFatBinary(images, result);
  if (!embed)
    return true;
  if (!records.empty()) {
    device.unitPath = temps.file("device", ".units");
    if (!writeOutput(device.unitPath, records, messages))
      return false;
  }
  if (images.empty() && !device.isOpen)
    return true;
  device.fatBinaryPath = options.saveTemps ? sideResult(job.input, ".fatbin") : temps.file("device", ".fatbin");
  return writeFatBinary(images, device.fatBinaryPath);
}

// The device half for one arch, up to the stage that was asked for.
bool Compilation::compileArch(const SourceJob &job, const Arguments &hostArgs, Dependencies *dependencies,
                              const std::string &result, ArchResult &arch) {
  LLVMContext context;
  DeviceModule device = runDevicePass(job, hostArgs, messages, context, dependencies);
  if (!device.module)
    return false;
  if (options.goal == Goal::Syntax)
    return true;
  ImageOptions image;
  image.emit.arch = job.arch;
  image.emit.optLevel = options.optLevel;
  image.emit.stackOnLdram = options.stackOnLdram;
  image.emit.tagAddresses = options.debugInfo && options.optLevel == 0;
  image.emit.reportMemory = options.reportMemory;
  image.debugInfo = options.debugInfo;
  image.bitcode = options.goal == Goal::LLVM && options.bitcode;
  image.last = options.goal == Goal::LLVM          ? Stage::LLVM
               : options.goal == Goal::BangDialect ? Stage::BangDialect
               : options.goal == Goal::DlpDialect  ? Stage::DlpDialect
               : options.goal == Goal::Assembly    ? Stage::Assembly
                                                   : Stage::Image;
  if (options.goal == Goal::Object || options.goal == Goal::Program) {
    bool isOpen = needsOtherFiles(*device.module);
    if (isOpen || servesOtherFiles(*device.module))
      arch.unit = writeUnit(device, job.unitId, image);
    if (device.isEmpty())
      return true;
    // The rest of the road follows the device link; what the dialect checks is told now.
    if ((arch.isOpen = isOpen))
      image.last = Stage::BangDialect;
  }
  prepareDeviceModule(*device.module, options.optLevel);
  bool toFile = options.goal == Goal::DeviceImage;
  std::optional<OutputFile> imageFile;
  if (toFile && !(imageFile = OutputFile::create(result, messages)))
    return false;
  std::string suffix = "-" + std::string(job.arch->name);
  auto keepOr = [&](const char *extension) {
    return options.saveTemps ? sideResult(job.input, suffix + extension) : temps.file("device", extension);
  };
  image.objectPath = keepOr(".dlp.o");
  image.imagePath = toFile ? imageFile->path() : keepOr(".elf");

  bool shown = image.last != Stage::Image && !arch.isOpen;
  bool written = true;
  bool good = compileImage(
      std::move(device), image, messages,
      [&](Stage stage) { return stage != Stage::Image && (options.saveTemps || (shown && stage == image.last)); },
      [&](Stage stage, StringRef text) {
        if (options.saveTemps)
          written &= writeOutput(sideResult(job.input, suffix + extensionOf(stage)), text, messages);
        if (shown && stage == image.last)
          written &= writeOutput(result, text, messages);
      });
  if (!good || !written)
    return false;
  if (toFile)
    return imageFile->keep(messages);
  arch.imagePath = image.last == Stage::Image ? image.imagePath : "";
  return true;
}

bool Compilation::compileHost(const SourceJob &job, const Arguments &hostArgs, Dependencies *dependencies,
                              const DeviceHalf &device, const std::string &result) {
  if (options.goal == Goal::Syntax)
    return runHostPass(job, hostArgs, device, HostOutput::Nothing, nullptr, messages, dependencies);
  HostOutput kind = options.goal == Goal::Assembly ? HostOutput::Assembly
                    : options.goal != Goal::LLVM   ? HostOutput::Object
                    : options.bitcode              ? HostOutput::Bitcode
                                                   : HostOutput::LLVMText;
  std::optional<OutputFile> file = OutputFile::create(result, messages);
  if (!file)
    return false;
  auto os = openStream(file->path(), messages);
  return os && runHostPass(job, hostArgs, device, kind, std::move(os), messages, dependencies) && file->keep(messages);
}

bool Compilation::writeFatBinary(const std::vector<std::pair<const dlp::ArchInfo *, std::string>> &images,
                                 const std::string &path) {
  std::vector<std::unique_ptr<MemoryBuffer>> buffers;
  std::vector<dlp::FatImage> list;
  for (const auto &[arch, imagePath] : images) {
    auto buffer = MemoryBuffer::getFile(imagePath, /*IsText=*/false, /*RequiresNullTerminator=*/false);
    if (!buffer) {
      messages.error("cannot read '" + imagePath + "': " + buffer.getError().message());
      return false;
    }
    buffers.push_back(std::move(*buffer));
    StringRef bytes = buffers.back()->getBuffer();
    list.push_back({arch->number, {reinterpret_cast<const uint8_t *>(bytes.data()), bytes.size()}});
  }
  std::vector<uint8_t> fat = dlp::writeFatBinary(list);
  return writeOutput(path, StringRef(reinterpret_cast<const char *>(fat.data()), fat.size()), messages);
}

// target: file file ...
bool Compilation::writeDependencies(const Dependencies &dependencies, const Input &input, const std::string &result) {
  std::string rule;
  std::vector<std::string> targets = options.dependencyTargets;
  if (targets.empty())
    targets = {
        quoteForMake(options.goal == Goal::Program || options.goal == Goal::Syntax || options.goal == Goal::Preprocess
                         ? sideResult(input.path, ".o")
                         : result)};
  rule += join(targets, " ") + ":";
  for (const std::string &file : dependencies.files)
    rule += " \\\n  " + quoteForMake(file);
  rule += "\n";
  if (options.phonyTargets)
    for (const std::string &file : dependencies.files)
      if (file != input.path)
        rule += "\n" + quoteForMake(file) + ":\n";
  return writeOutput(dependencyFileName(result), rule, messages);
}

void Compilation::showSteps(SourceJob job, const Arguments &hostArgs) {
  auto show = [&](Side side) {
    std::vector<std::string> command = {tools.clang, "-cc1"};
    for (std::string &arg : sideArguments(hostArgs, job, side))
      command.push_back(std::move(arg));
    showCommand(command);
  };
  if (!options.hostOnly)
    for (const dlp::ArchInfo *arch : options.archs) {
      job.arch = arch;
      show(Side::Device);
    }
  job.arch = options.archs.front();
  if (!options.deviceOnly)
    show(Side::Host);
}

} // namespace bang

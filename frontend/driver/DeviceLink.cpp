// DeviceLink.cpp: finds device units in objects and archives, chooses those that belong together, makes one image of
// them for each arch and an object that puts it in the place of theirs.
//
// A program whose files are complete in themselves is not touched: no object has an open unit, and nothing is read but
// the names of sections.
#include "frontend/driver/DeviceLink.h"

#include "codegen/object/FatBinary.h"
#include "codegen/object/UnitFormat.h"

#include "llvm/BinaryFormat/Magic.h"
#include "llvm/IR/LLVMContext.h"
#include "llvm/IR/Module.h"
#include "llvm/Object/Archive.h"
#include "llvm/Object/ObjectFile.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/MemoryBuffer.h"
#include "llvm/Support/Path.h"
#include "llvm/Support/Program.h"

#include <set>

using namespace llvm;

namespace bang {

bool DeviceLink::run(const std::vector<std::string> &objects, const std::vector<std::string> &command,
                     std::string &object) {
  if (!findUnits(objects))
    return false;
  auto isOpen = [](const Unit &unit) { return unit.isOpen; };
  if (none_of(units, isOpen))
    return true;
  // Whether a member of an archive is part of the program, only the linker knows.
  if (any_of(units, [](const Unit &unit) { return unit.isOpen && !unit.isLinked; }) && !askLinker(command))
    return false;
  if (none_of(units, [](const Unit &unit) { return unit.isOpen && unit.isLinked; }))
    return true;
  std::vector<std::string> chosen;
  if (!chooseUnits(chosen))
    return false;

  std::vector<std::unique_ptr<MemoryBuffer>> buffers;
  std::vector<dlp::FatImage> images;
  for (uint32_t arch : archs) {
    std::string path;
    if (!linkArch(arch, chosen, path))
      return false;
    auto buffer = MemoryBuffer::getFile(path, /*IsText=*/false, /*RequiresNullTerminator=*/false);
    if (!buffer) {
      messages.error("cannot read '" + path + "': " + buffer.getError().message());
      return false;
    }
    StringRef bytes = (*buffer)->getBuffer();
    images.push_back({arch, {reinterpret_cast<const uint8_t *>(bytes.data()), bytes.size()}});
    buffers.push_back(std::move(*buffer));
  }
  std::vector<uint8_t> fat = dlp::writeFatBinary(images);
  std::string fatPath = temps.file("linked", ".fatbin");
  return writeOutput(fatPath, StringRef(reinterpret_cast<const char *>(fat.data()), fat.size()), messages) &&
         writeObject(chosen, fatPath, object);
}

bool DeviceLink::findUnits(const std::vector<std::string> &objects) {
  for (const std::string &path : objects)
    if (!addFile(path))
      return false;
  for (const std::string &path : archivesOfLinkLine())
    if (!addFile(path))
      return false;
  for (const Unit &unit : units)
    if (!is_contained(archs, unit.arch))
      archs.push_back(unit.arch);
  return true;
}

// -lNAME is an archive when a folder of -L has one and no shared library beside it.
std::vector<std::string> DeviceLink::archivesOfLinkLine() const {
  std::vector<std::string> folders, names, found;
  auto collect = [&](StringRef flag, std::vector<std::string> &list) {
    for (size_t i = 0; i < options.linkLine.size(); ++i) {
      StringRef item = options.linkLine[i];
      if (!item.consume_front(flag))
        continue;
      if (!item.empty())
        list.push_back(item.str());
      else if (i + 1 < options.linkLine.size())
        list.push_back(options.linkLine[++i]);
    }
  };
  collect("-L", folders);
  collect("-l", names);
  for (StringRef name : names)
    for (const std::string &folder : folders) {
      std::string exact = (folder + "/" + name.drop_front(name.starts_with(":"))).str();
      std::string base = folder + "/lib" + name.str();
      if (!name.starts_with(":") && sys::fs::exists(base + ".so"))
        break;
      std::string archive = name.starts_with(":") ? exact : base + ".a";
      if (sys::fs::exists(archive)) {
        found.push_back(archive);
        break;
      }
    }
  return found;
}

// What cannot be read is left to the linker's message.
bool DeviceLink::addFile(const std::string &path) {
  auto buffer = MemoryBuffer::getFile(path, /*IsText=*/false, /*RequiresNullTerminator=*/false);
  if (!buffer)
    return true;
  file_magic magic = identify_magic((*buffer)->getBuffer());
  if (magic == file_magic::elf_relocatable)
    return addObject((*buffer)->getMemBufferRef(), path, /*isLinked=*/true);
  if (magic != file_magic::archive)
    return true;
  auto archive = object::Archive::create((*buffer)->getMemBufferRef());
  if (!archive) {
    consumeError(archive.takeError());
    return true;
  }
  Error error = Error::success();
  bool good = true;
  for (const object::Archive::Child &child : (*archive)->children(error)) {
    auto member = child.getMemoryBufferRef();
    auto name = child.getName();
    if (!member || !name) {
      consumeError(member.takeError());
      consumeError(name.takeError());
      continue;
    }
    if (identify_magic(member->getBuffer()) == file_magic::elf_relocatable)
      good &= addObject(*member, path + "(" + name->str() + ")", /*isLinked=*/false);
  }
  consumeError(std::move(error));
  return good;
}

bool DeviceLink::addObject(MemoryBufferRef bytes, const std::string &file, bool isLinked) {
  auto object = object::ObjectFile::createObjectFile(bytes);
  if (!object) {
    consumeError(object.takeError());
    return true;
  }
  for (const object::SectionRef &section : (*object)->sections()) {
    auto name = section.getName();
    if (!name) {
      consumeError(name.takeError());
      continue;
    }
    if (*name != dlp::kUnitSection)
      continue;
    auto contents = section.getContents();
    if (!contents) {
      consumeError(contents.takeError());
      continue;
    }
    if (!readUnits(*contents, file, isLinked, messages, units))
      return false;
  }
  return true;
}

// A trial of the host's link complains about the fat object of each open unit it takes.
bool DeviceLink::askLinker(const std::vector<std::string> &command) {
  std::string log = temps.file("trial", ".txt");
  std::vector<std::string> trial = command;
  trial.insert(trial.end(), {"-o", temps.file("trial", "")});
  std::vector<StringRef> args(trial.begin(), trial.end());
  std::optional<StringRef> redirects[] = {StringRef(), StringRef(log), StringRef(log)};
  sys::ExecuteAndWait(trial.front(), args, std::nullopt, redirects);
  auto text = MemoryBuffer::getFile(log);
  if (!text) {
    messages.error("cannot read '" + log + "': " + text.getError().message());
    return false;
  }
  for (Unit &unit : units)
    unit.isLinked |= unit.isOpen && (*text)->getBuffer().contains(dlp::kUnitSymbol + unit.id);
  return true;
}

std::vector<const Unit *> DeviceLink::unitsOf(uint32_t arch) const {
  std::vector<const Unit *> result;
  for (const Unit &unit : units)
    if (unit.arch == arch)
      result.push_back(&unit);
  return result;
}

// What one arch needs may differ from what another needs; an image holds the same files for all.
bool DeviceLink::chooseUnits(std::vector<std::string> &chosen) {
  size_t before;
  do {
    before = chosen.size();
    for (uint32_t arch : archs) {
      LLVMContext context;
      UnitMerger merger(unitsOf(arch), context, messages);
      if (!merger.load())
        return false;
      merger.close(chosen);
    }
  } while (chosen.size() != before && archs.size() > 1);

  std::set<uint32_t> wanted;
  for (const Unit &unit : units)
    if (is_contained(chosen, unit.id))
      wanted.insert(unit.arch);
  for (const std::string &id : chosen)
    for (uint32_t arch : wanted) {
      auto ofFile = [&](const Unit &unit) { return unit.id == id; };
      const Unit &any = *llvm::find_if(units, ofFile);
      if (none_of(units, [&](const Unit &unit) { return ofFile(unit) && unit.arch == arch; })) {
        messages.error("'" + any.file + "' has no device code for " + dlp::archName(arch) +
                       ", but files it is linked with have; compile all of them for the same archs "
                       "(--bang-mlu-arch)");
        return false;
      }
    }
  llvm::erase_if(archs, [&](uint32_t arch) { return !wanted.count(arch); });
  return true;
}

bool DeviceLink::linkArch(uint32_t arch, const std::vector<std::string> &chosen, std::string &imagePath) {
  LLVMContext context;
  UnitMerger merger(unitsOf(arch), context, messages);
  if (!merger.load() || !merger.check(chosen))
    return false;
  ImageOptions image;
  image.emit.arch = dlp::findArch(dlp::archName(arch));
  image.emit.reportMemory = options.reportMemory;
  DeviceModule module = merger.merge(chosen, image);
  if (!module.module)
    return false;
  prepareDeviceModule(*module.module, image.emit.optLevel);
  // -save-temps keeps the stages of the linked image beside the program, as those of a file beside its object.
  auto saved = [&](StringRef extension) {
    return (options.output.empty() ? "a.out" : options.output) + "-" + dlp::archName(arch) + extension.str();
  };
  image.objectPath = options.saveTemps ? saved(".dlp.o") : temps.file("linked", ".dlp.o");
  image.imagePath = imagePath = options.saveTemps ? saved(".elf") : temps.file("linked", ".elf");
  bool written = true;
  return compileImage(
             std::move(module), image, messages,
             [&](Stage stage) { return options.saveTemps && stage != Stage::Image; },
             [&](Stage stage, StringRef text) { written &= writeOutput(saved(extensionOf(stage)), text, messages); }) &&
         written;
}

bool DeviceLink::writeObject(const std::vector<std::string> &chosen, const std::string &fatBinary,
                             std::string &object) {
  std::string text;
  raw_string_ostream os(text);
  for (const std::string &id : chosen)
    os << ".section .bang_linked,\"eG\",%progbits," << dlp::kUnitGroup << id << ",comdat\n.byte 0\n";
  os << ".section .bang_fatbin,\"a\",%progbits\n.balign 16\n";
  for (const std::string &id : chosen)
    os << ".globl " << dlp::kUnitSymbol << id << "\n.hidden " << dlp::kUnitSymbol << id << "\n"
       << dlp::kUnitSymbol << id << ":\n";
  os << ".incbin \"" << fatBinary << "\"\n.section .note.GNU-stack,\"\",%progbits\n";
  std::string source = temps.file("linked", ".s");
  object = temps.file("linked", ".o");
  return writeOutput(source, text, messages) &&
         runProgram({tools.clang, "-c", source, "-o", object}, options, messages);
}

} // namespace bang

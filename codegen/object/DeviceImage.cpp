// DeviceImage.cpp: the ELF64 reader and the kernel table, bounds-checked throughout.
#include "codegen/object/DeviceImage.h"

#include "codegen/isa/AddressMap.h"
#include "codegen/object/ObjectFormat.h"

#include <algorithm>
#include <cstring>
#include <elf.h>

namespace dlp {
namespace {

struct ImageError {
  std::string text;
};

[[noreturn]] void refuse(const std::string &what) { throw ImageError{"damaged device image: " + what}; }

std::string hex(uint64_t v) {
  char text[20];
  snprintf(text, sizeof text, "0x%llx", static_cast<unsigned long long>(v));
  return text;
}

class Reader {
public:
  explicit Reader(std::span<const uint8_t> file) : file(file) {}

  DeviceImage run() {
    readHeader();
    readSegments();
    readKernels();
    return std::move(image);
  }

private:
  std::span<const uint8_t> slice(uint64_t offset, uint64_t size, const char *what) const {
    if (offset > file.size() || size > file.size() - offset)
      refuse(std::string(what) + " lies past the end of the file");
    return file.subspan(offset, size);
  }

  template <typename T> T record(std::span<const uint8_t> bytes, uint64_t index) const {
    T value;
    std::memcpy(&value, bytes.data() + index * sizeof(T), sizeof(T));
    return value;
  }

  void readHeader() {
    if (file.size() < sizeof(Elf64_Ehdr) || std::memcmp(file.data(), ELFMAG, SELFMAG) != 0)
      throw ImageError{"not a device image: no ELF file"};
    header = record<Elf64_Ehdr>(file, 0);
    if (header.e_ident[EI_CLASS] != ELFCLASS64 || header.e_ident[EI_DATA] != ELFDATA2LSB ||
        header.e_machine != EM_RISCV || header.e_type != ET_EXEC)
      throw ImageError{"not a device image: expected a linked RISC-V ELF64 executable"};
    if (header.e_phnum && header.e_phentsize != sizeof(Elf64_Phdr))
      refuse("program headers of a wrong size");
    if (header.e_shnum && header.e_shentsize != sizeof(Elf64_Shdr))
      refuse("section headers of a wrong size");
  }

  void readSegments() {
    auto table = slice(header.e_phoff, uint64_t(header.e_phnum) * sizeof(Elf64_Phdr), "the program header table");
    for (unsigned i = 0; i < header.e_phnum; ++i) {
      auto ph = record<Elf64_Phdr>(table, i);
      if (ph.p_type != PT_LOAD || ph.p_memsz == 0)
        continue;
      if (ph.p_filesz > ph.p_memsz)
        refuse("a segment that is larger in the file than in memory");
      uint64_t end;
      if (__builtin_add_overflow(ph.p_vaddr, ph.p_memsz, &end))
        refuse("a segment that wraps around");
      auto within = [&](uint64_t low, uint64_t high) { return ph.p_vaddr >= low && end <= high; };
      bool rom = within(kRomBase, kRomEnd), data = within(kDeviceDataBase, kDeviceDataEnd);
      bool onChip = within(kNramBase, kRomBase) || within(kLdramBase, kViewBase);
      if (!rom && !data && !onChip)
        refuse("a segment at " + hex(ph.p_vaddr) + " of " + std::to_string(ph.p_memsz) + " bytes lies in no memory");
      if (onChip) {
        if (ph.p_filesz)
          refuse("a segment with content at " + hex(ph.p_vaddr) + ", where only kernels write");
        continue;
      }
      if (rom && (ph.p_flags & PF_W))
        refuse("a writable segment at " + hex(ph.p_vaddr) + ", which is read-only memory");
      if (rom && ph.p_memsz != ph.p_filesz)
        refuse("a read-only segment at " + hex(ph.p_vaddr) + " without content");
      image.segments.push_back(
          {ph.p_vaddr, ph.p_memsz, slice(ph.p_offset, ph.p_filesz, "a segment"), data, rom && (ph.p_flags & PF_X)});
    }
    auto &segments = image.segments;
    std::sort(segments.begin(), segments.end(),
              [](const ImageSegment &a, const ImageSegment &b) { return a.address < b.address; });
    for (size_t i = 1; i < segments.size(); ++i)
      if (segments[i].address - segments[i - 1].address < segments[i - 1].memoryBytes)
        refuse("segments overlap at " + hex(segments[i].address));
  }

  std::span<const uint8_t> findSection(const char *wanted) const {
    auto table = slice(header.e_shoff, uint64_t(header.e_shnum) * sizeof(Elf64_Shdr), "the section header table");
    if (header.e_shstrndx >= header.e_shnum)
      return {};
    auto names = record<Elf64_Shdr>(table, header.e_shstrndx);
    auto text = slice(names.sh_offset, names.sh_size, "the section name table");
    for (unsigned i = 0; i < header.e_shnum; ++i) {
      auto sh = record<Elf64_Shdr>(table, i);
      if (sh.sh_name >= text.size() || sh.sh_type == SHT_NOBITS)
        continue;
      auto name = text.subspan(sh.sh_name);
      size_t length = std::strlen(wanted) + 1;
      if (name.size() >= length && std::memcmp(name.data(), wanted, length) == 0)
        return slice(sh.sh_offset, sh.sh_size, wanted);
    }
    return {};
  }

  std::string textAt(uint64_t address, const char *what) const {
    for (const ImageSegment &s : image.segments) {
      if (address < s.address || address - s.address >= s.bytes.size())
        continue;
      auto rest = s.bytes.subspan(address - s.address);
      auto end = std::find(rest.begin(), rest.end(), 0);
      if (end == rest.end())
        break;
      return std::string(rest.begin(), end);
    }
    refuse(std::string(what) + " is not in the image");
  }

  template <typename T> std::vector<T> arrayAt(uint64_t address, uint64_t count, const char *what) const {
    std::vector<T> values;
    if (!count)
      return values;
    auto bytes = image.bytesAt(address, count * sizeof(T)); // count is a 32-bit number: no overflow
    if (bytes.empty())
      refuse(std::string(what) + " is not in the image");
    values.resize(count);
    std::memcpy(values.data(), bytes.data(), count * sizeof(T));
    return values;
  }

  void readKernels() {
    auto section = findSection(kImageSection);
    if (section.size() < sizeof(ImageHeader))
      throw ImageError{"not a device image: no section .dlp.image with the kernel table"};
    auto head = record<ImageHeader>(section, 0);
    if (std::memcmp(head.magic, kImageMagic, sizeof kImageMagic) != 0)
      refuse("its kernel table has another format");
    image.arch = head.arch;
    for (const KernelRecord &r : arrayAt<KernelRecord>(head.kernels, head.numKernels, "the kernel table"))
      image.kernels.push_back(readKernel(r));
    image.objects = readObjectTable(findSection(kObjectSection));
  }

  ImageKernel readKernel(const KernelRecord &r) const {
    ImageKernel k;
    k.name = textAt(r.name, "the name of a kernel");
    k.displayName = r.displayName ? textAt(r.displayName, "the name of a kernel") : k.name;
    k.entry = r.entry;
    bool inCode = std::any_of(image.segments.begin(), image.segments.end(), [&](const ImageSegment &s) {
      return s.executable && r.entry >= s.address && r.entry - s.address < s.bytes.size();
    });
    if (!inCode || (r.entry & 1))
      refuse("kernel " + k.displayName + " starts at " + hex(r.entry) + ", which is no code");
    k.params = arrayAt<ParamRecord>(r.params, r.numParams, "a parameter table");
    k.inits = arrayAt<InitRecord>(r.inits, r.numInits, "a table of initial values");
    if (r.paramBytes > kParamEnd - kParamBase)
      refuse("kernel " + k.displayName + " has " + std::to_string(r.paramBytes) + " bytes of parameters");
    for (const ParamRecord &p : k.params)
      if (p.size > r.paramBytes || p.offset > r.paramBytes - p.size)
        refuse("a parameter of kernel " + k.displayName + " lies outside its parameter block");
    for (const InitRecord &i : k.inits) {
      bool onChip = (i.dst >= kNramBase && i.dst < kRomBase) || (i.dst >= kLdramBase && i.dst < kViewBase);
      if (!onChip || image.bytesAt(i.src, i.size).size() != i.size)
        refuse("an initial value of kernel " + k.displayName + " lies outside the memories");
    }
    k.paramBytes = r.paramBytes;
    k.flags = r.flags;
    k.nramBytes = r.nramBytes;
    k.wramBytes = r.wramBytes;
    k.sramBytes = r.sramBytes;
    k.ldramBytes = r.ldramBytes;
    return k;
  }

  std::span<const uint8_t> file;
  Elf64_Ehdr header{};
  DeviceImage image{};
};

} // namespace

const ImageKernel *DeviceImage::findKernel(std::string_view mangledName) const {
  for (const ImageKernel &k : kernels)
    if (k.name == mangledName)
      return &k;
  return nullptr;
}

std::span<const uint8_t> DeviceImage::bytesAt(uint64_t address, uint64_t size) const {
  for (const ImageSegment &s : segments)
    if (address >= s.address && address - s.address <= s.bytes.size() && size <= s.bytes.size() - (address - s.address))
      return s.bytes.subspan(address - s.address, size);
  return {};
}

std::optional<DeviceImage> readDeviceImage(std::span<const uint8_t> elf, std::string &error) {
  try {
    return Reader(elf).run();
  } catch (const ImageError &e) {
    error = e.text;
    return std::nullopt;
  }
}

} // namespace dlp

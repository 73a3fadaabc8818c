// Layout.cpp: windows of the address map as linker script text.
#include "codegen/emit/Layout.h"

#include "codegen/emit/OnChip.h"

#include "llvm/ADT/StringExtras.h"
#include "llvm/Support/FormatVariadic.h"

using namespace llvm;

namespace dlp {

ArrayRef<OnChipWindow> onChipWindows() {
  static const OnChipWindow windows[] = {
      {Space::Nram, "nram", "NRAM", kNramBase},
      {Space::Wram, "wram", "WRAM", kWramBase},
      {Space::Sram, "sram", "SRAM", kSramBase},
      {Space::Ldram, "ldram", "LDRAM", kLdramBase},
  };
  return windows;
}

const OnChipWindow &windowOf(Space space) {
  for (const OnChipWindow &window : onChipWindows())
    if (window.space == space)
      return window;
  llvm_unreachable("not an on-chip space");
}

std::string placedSectionName(Space space, uint64_t address, unsigned number) {
  return formatv(".bss.{0}.{1:x-}.{2}", windowOf(space).name, address, number);
}

std::string layoutOf(ArrayRef<StringRef> sections) {
  std::string script;
  for (StringRef section : sections) {
    SmallVector<StringRef, 5> parts; // "", bss, space, address, number
    section.split(parts, '.');
    uint64_t address;
    if (parts.size() != 5 || parts[1] != "bss" || parts[3].getAsInteger(16, address))
      continue;
    for (const OnChipWindow &window : onChipWindows())
      if (parts[2] == window.name)
        script += formatv("  .{0}.{1} {2:x} (NOLOAD) : {{ *({3}) } :NONE\n", parts[2], parts[4], address, section);
  }
  return script;
}

bool isHandWrittenOnChip(StringRef section) {
  if (!section.consume_front("."))
    return false;
  StringRef head = section.split('.').first;
  return any_of(onChipWindows(), [&](const OnChipWindow &window) { return head == window.name; });
}

std::string linkerScript(StringRef layout) {
  std::string script = "PHDRS { rom PT_LOAD FLAGS(5); data PT_LOAD FLAGS(6); }\nSECTIONS {\n";
  script += layout;
  script += formatv("  .ldram.runtime {0:x} (NOLOAD) : {{ *(.bss.ldram.runtime) } :NONE\n", kLdramBase);
  for (const OnChipWindow &window : onChipWindows()) {
    uint64_t base = window.base + (window.space == Space::Ldram ? kLdramRuntimeBytes : 0);
    script += formatv("  .{0} {1:x} (NOLOAD) : {{ *(.{0} .{0}.*) } :NONE\n", window.name, base);
    if (layout.empty()) // hand-written assembly asks for the sizes
      script += formatv("  __dlp_{0}_bytes = ADDR(.{0}) + SIZEOF(.{0}) - {1:x};\n", window.name, window.base);
  }
  // Thread-local data and code run before a kernel have no place on a core; the emitter reports them for kernels in
  // BANG C, the assertions stop hand-written assembly. Code begins with a line of the instruction cache: how long
  // records are in front of it, with the names of files, must not change times.
  script += formatv("  . = {0:x};\n"
                    "  .dlp.image : {{ KEEP(*(.dlp.image)) } :rom\n"
                    "  .dlp.objects : {{ KEEP(*(.dlp.objects)) } :rom\n"
                    "  .rodata : {{ *(.rodata .rodata.* .srodata .srodata.*) } :rom\n"
                    "  .eh_frame : {{ KEEP(*(.eh_frame .eh_frame.*)) } :rom\n"
                    "  .text : ALIGN(64) {{ *(.text .text.*) } :rom\n"
                    "  .tdata : {{ *(.tdata .tdata.*) } :rom\n"
                    "  .tbss : {{ *(.tbss .tbss.*) } :rom\n"
                    "  .init_array : {{ *(.init_array .init_array.* .ctors .ctors.*) } :rom\n"
                    "  __dlp_rom_end = .;\n"
                    "  . = {1:x};\n"
                    "  .data : {{ *(.data .data.* .sdata .sdata.*) } :data\n"
                    "  .bss (NOLOAD) : {{ *(.bss .bss.* .sbss .sbss.* COMMON) } :data\n"
                    "  __dlp_data_end = .;\n"
                    "  /DISCARD/ : {{ *(.comment .note.GNU-stack) }\n"
                    "}\n",
                    kRomBase, kDeviceDataBase);
  script += formatv("ASSERT(__dlp_rom_end <= {0:x}, \"code and constants need more than {1} MB\")\n", kRomEnd,
                    (kRomEnd - kRomBase) / kMiB);
  script += formatv("ASSERT(__dlp_data_end <= {0:x}, \"__mlu_device__ variables need more than {1} MB\")\n",
                    kDeviceDataEnd, (kDeviceDataEnd - kDeviceDataBase) / kMiB);
  script += "ASSERT(SIZEOF(.tdata) + SIZEOF(.tbss) == 0, \"a core has no thread-local variables\")\n"
            "ASSERT(SIZEOF(.init_array) == 0, \"no code can run before a kernel starts: initialise with constants\")\n";
  return script;
}

} // namespace dlp

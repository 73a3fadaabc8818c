// CoreDump.cpp: notes with the registers of each core, then its memories.
//
// The notes are those of Linux on RISC-V, because debuggers know them; the names of their fields are the kernel's.
#include "simulator/debug/CoreDump.h"

#include "simulator/core/Launch.h"

#include <algorithm>
#include <cstdio>
#include <cstring>
#include <elf.h>
#include <fstream>
#include <span>
#include <vector>

namespace dlp::debug {
namespace {

struct PrStatus {
  int32_t signal, code, error;
  int16_t currentSignal, pad0;
  uint64_t pending, held;
  int32_t pid, parent, group, session;
  uint64_t times[8];
  uint64_t pc, x[31]; // x1 to x31
  int32_t floatValid, pad1;
};
static_assert(sizeof(PrStatus) == 376);

struct FloatRegisters {
  uint64_t f[32];
  uint32_t fcsr, pad;
};

struct Piece {
  uint64_t address, bytes;
  const uint8_t *host;
};

constexpr int kSigTrap = 5;
constexpr uint64_t kPage = 4096;
// Memories that cores have at the same addresses; a core that lacks one has nothing there.
constexpr uint64_t kPrivate[] = {kNramBase, kWramBase, kSramBase, kLdramBase};

template <typename T> void addNote(std::string &notes, uint32_t type, const T &value) {
  constexpr char name[8] = "CORE";
  Elf64_Nhdr header{5, sizeof value, type};
  notes.append(reinterpret_cast<const char *>(&header), sizeof header);
  notes.append(name, sizeof name);
  notes.append(reinterpret_cast<const char *>(&value), sizeof value);
}

void addCore(std::string &notes, const Core &core, unsigned number) {
  PrStatus status{};
  status.signal = status.currentSignal = kSigTrap;
  status.pid = int32_t(number);
  status.pc = core.state == CoreState::Waiting ? core.waitsPc : core.program->pcOf(core.op);
  std::copy(core.x + 1, core.x + 32, status.x);
  status.floatValid = 1;
  addNote(notes, NT_PRSTATUS, status);
  FloatRegisters registers{};
  std::copy(core.f, core.f + 32, registers.f);
  registers.fcsr = core.floatFlags | uint32_t(core.roundMode) << 5;
  addNote(notes, NT_FPREGSET, registers);
}

void addMemory(std::vector<Piece> &pieces, Core &core, uint64_t tag, uint64_t base) {
  std::span<uint8_t> memory = core.view.memoryFrom(base);
  if (!memory.empty())
    pieces.push_back({base + tag, memory.size(), memory.data()});
}

} // namespace

void CoreDumper::faulted(Core &first, const Fault &) {
  std::string notes;
  std::vector<Piece> pieces;
  // The core that faulted is the thread that a debugger shows first.
  addCore(notes, first, launch->numberOf(first));
  for (auto &core : launch->allCores()) {
    if (core->launch != launch)
      continue; // no task of this kernel ran there
    if (core.get() != &first && (core->state == CoreState::Running || core->state == CoreState::Waiting))
      addCore(notes, *core, launch->numberOf(*core));
    const uint64_t tag = uint64_t(launch->numberOf(*core)) << kCoreTagShift;
    for (uint64_t base : kPrivate)
      addMemory(pieces, *core, tag, base);
  }
  for (uint64_t base : kPrivate) // without a tag: those of the core that faulted
    addMemory(pieces, first, 0, base);
  for (const Region &region : launch->runningProgram().regions())
    pieces.push_back({region.base, region.size, region.host});
  addMemory(pieces, first, 0, kParamBase);
  if (const Gdram *gdram = first.view.deviceMemory())
    gdram->forEach([&](const Gdram::Block &block) { pieces.push_back({block.base, block.size, block.host.data()}); });

  Elf64_Ehdr header{};
  std::memcpy(header.e_ident, ELFMAG, SELFMAG);
  header.e_ident[EI_CLASS] = ELFCLASS64;
  header.e_ident[EI_DATA] = ELFDATA2LSB;
  header.e_ident[EI_VERSION] = EV_CURRENT;
  header.e_ident[EI_OSABI] = ELFOSABI_LINUX;
  header.e_type = ET_CORE;
  header.e_machine = EM_RISCV;
  header.e_version = EV_CURRENT;
  header.e_flags = EF_RISCV_RVC | EF_RISCV_FLOAT_ABI_DOUBLE;
  header.e_ehsize = sizeof header;
  header.e_phoff = sizeof header;
  header.e_phentsize = sizeof(Elf64_Phdr);
  header.e_phnum = uint16_t(pieces.size() + 1);
  std::vector<Elf64_Phdr> segments(pieces.size() + 1);
  uint64_t at = sizeof header + segments.size() * sizeof(Elf64_Phdr);
  segments[0] = {PT_NOTE, 0, at, 0, 0, notes.size(), 0, 4};
  at = (at + notes.size() + kPage - 1) / kPage * kPage;
  for (size_t i = 0; i < pieces.size(); ++i) {
    segments[i + 1] = {PT_LOAD, PF_R | PF_W, at, pieces[i].address, 0, pieces[i].bytes, pieces[i].bytes, 1};
    at = (at + pieces[i].bytes + kPage - 1) / kPage * kPage;
  }

  std::ofstream file(path, std::ios::binary);
  auto write = [&](const void *bytes, uint64_t count) {
    file.write(static_cast<const char *>(bytes), std::streamsize(count));
  };
  write(&header, sizeof header);
  write(segments.data(), segments.size() * sizeof(Elf64_Phdr));
  write(notes.data(), notes.size());
  // Pages of zeros become holes; the last byte gives the file its size.
  static constexpr uint8_t zeros[kPage] = {};
  for (size_t i = 0; i < pieces.size(); ++i)
    for (uint64_t offset = 0; offset < pieces[i].bytes; offset += kPage) {
      const uint64_t count = std::min(kPage, pieces[i].bytes - offset);
      if (!std::memcmp(pieces[i].host + offset, zeros, count) && offset + count < pieces[i].bytes)
        continue;
      file.seekp(std::streamoff(segments[i + 1].p_offset + offset));
      write(pieces[i].host + offset, count);
    }
  std::span<const uint8_t> image = launch->runningProgram().elfBytes();
  std::ofstream imageFile(path + ".elf", std::ios::binary);
  imageFile.write(reinterpret_cast<const char *>(image.data()), std::streamsize(image.size()));
  if (!file.flush() || !imageFile.flush())
    std::fprintf(stderr, "error: cannot write the core file %s; is there space left?\n", path.c_str());
  else
    std::fprintf(stderr, "core file %s written; look at it with: bang debug --core %s\n", path.c_str(), path.c_str());
}

} // namespace dlp::debug

// ObjectFormat.h: the table of on-chip variables in a device image; shared by writer and reader.
//
// Section `.dlp.objects` starts with one ObjectHeader; ObjectRecord[count] and the zero-terminated texts follow. It
// holds no addresses to resolve: texts are named by their offset from the start of the section. Tools that explain
// accesses read it (`bang check`); running a kernel needs nothing of it.
#ifndef OPENBANG_CODEGEN_OBJECT_OBJECTFORMAT_H
#define OPENBANG_CODEGEN_OBJECT_OBJECTFORMAT_H

#include <cstdint>

namespace dlp {

inline constexpr char kObjectSection[] = ".dlp.objects";
inline constexpr char kObjectMagic[8] = {'D', 'L', 'P', 'O', 'B', 'J', '0', '1'};

struct ObjectHeader {
  char magic[8];
  uint32_t count;
  uint32_t reserved; // 0
};

// One variable of one kernel; a variable that several kernels reach has a record for each.
struct ObjectRecord {
  uint64_t address; // where it starts in its window
  uint64_t bytes;   // what it holds
  uint64_t range;   // addresses it takes: fewer than bytes in WRAM, where each stands for a byte of every table
  uint32_t kernel;  // index in the image's kernel table
  uint32_t name;    // as the user wrote it
  uint32_t type;    // "float[2][1024]"; empty: unknown
  uint32_t file;    // of the declaration; empty: unknown
  uint32_t line;
  uint32_t reserved; // 0
};

} // namespace dlp

#endif // OPENBANG_CODEGEN_OBJECT_OBJECTFORMAT_H

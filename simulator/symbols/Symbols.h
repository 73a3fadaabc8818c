// Symbols.h: the C interface of libdlpsymbols.so, which reads DWARF line tables of device images.
#ifndef OPENBANG_SIMULATOR_SYMBOLS_SYMBOLS_H
#define OPENBANG_SIMULATOR_SYMBOLS_SYMBOLS_H

#include <cstddef>
#include <cstdint>

extern "C" {

// Takes the bytes of an ELF file, which must live until dlpCloseSymbols. Null when they are no ELF file.
void *dlpOpenSymbols(const uint8_t *elf, uint64_t size);
// Writes the zero-terminated source file, line and column of a code address. 0: unknown.
int dlpFindLine(void *symbols, uint64_t pc, char *file, size_t capacity, uint32_t *line, uint32_t *column);
// Writes the zero-terminated absolute path of that file, as it was when it was compiled. 0: unknown.
int dlpFindPath(void *symbols, uint64_t pc, char *path, size_t capacity);
void dlpCloseSymbols(void *symbols);

} // extern "C"

#endif // OPENBANG_SIMULATOR_SYMBOLS_SYMBOLS_H

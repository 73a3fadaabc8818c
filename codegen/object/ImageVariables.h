// ImageVariables.h: where the __mlu_device__ variables of a device image lie. The linker's symbol table is the record:
// it holds every variable under its mangled name, whatever files the image was linked from.
#ifndef OPENBANG_CODEGEN_OBJECT_IMAGEVARIABLES_H
#define OPENBANG_CODEGEN_OBJECT_IMAGEVARIABLES_H

#include <cstdint>
#include <map>
#include <span>
#include <string>

namespace dlp {

struct ImageVariable {
  uint64_t address; // link address, in [kDeviceDataBase, kDeviceDataEnd)
  uint64_t size;    // in bytes
};

// By mangled name. Every byte of the image is untrusted: symbols that lie in no device data are left out.
std::map<std::string, ImageVariable> readImageVariables(std::span<const uint8_t> elf);

} // namespace dlp

#endif // OPENBANG_CODEGEN_OBJECT_IMAGEVARIABLES_H

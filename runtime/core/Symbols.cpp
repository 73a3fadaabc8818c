// Symbols.cpp: __mlu_device__ variables as the host sees them: a piece of device memory that lives as long as its
// image.
#include "runtime/core/Runtime.h"

namespace cnrt {

Status Runtime::findSymbol(const void *shadow, Block &variable) {
  RegisteredKernel symbol = Registry::get().find(shadow);
  if (!symbol.module)
    return failure(cnrtErrorInvalidSymbol,
                   "%p is not a __mlu_device__ variable of this program; pass the variable itself or its address",
                   shadow);
  const int device = currentDevice();
  Card &card = *cards[device];
  int image = 0;
  if (Status status = loadImage(symbol.module, card, image); !status.ok())
    return status;
  uint64_t bytes = 0, address = card.driver->findVariable(image, symbol.name, bytes);
  if (!address)
    return failure(cnrtErrorInvalidSymbol, "the device code has no variable %s; is it __mlu_device__?",
                   symbol.name.c_str());
  variable = {address, bytes, device, true};
  std::lock_guard lock(imageMutex);
  if (!deviceMemory.find(address)) {
    deviceMemory.add(variable);
    card.variables.emplace(image, address);
  }
  return success();
}

void Runtime::forgetVariables(Card &card, int image) {
  std::lock_guard lock(imageMutex);
  auto [first, last] = card.variables.equal_range(image);
  for (auto it = first; it != last; ++it)
    deviceMemory.forget(it->second);
  card.variables.erase(first, last);
}

} // namespace cnrt

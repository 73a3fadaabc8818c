// Launch.cpp: from a host stub to queued work: kernel, image of the machine's arch, parameter block, checks.
#include "runtime/core/Runtime.h"

#include <algorithm>

namespace cnrt {

// "mtp_372" or "mtp_270 and mtp_290".
template <class List, class Arch> static std::string archList(const List &list, Arch arch) {
  std::string text;
  for (const auto &item : list)
    text += (text.empty() ? "" : " and ") + dlp::archName(arch(item));
  return text;
}

static const dlp::FatImage *chooseImage(const Module &module, const DeviceFacts &facts) {
  for (uint32_t arch : facts.archs)
    for (const dlp::FatImage &image : module.binary.images)
      if (image.arch == arch)
        return &image;
  return nullptr;
}

Status Runtime::loadImage(const ModulePtr &module, Card &card, int &image) {
  const DeviceFacts &facts = card.driver->facts();
  if (!module->status.ok())
    return module->status;
  std::lock_guard lock(imageMutex);
  if (auto it = card.images.find(module.get()); it != card.images.end()) {
    image = it->second;
    return success();
  }
  const dlp::FatImage *chosen = chooseImage(*module, facts);
  if (!chosen) {
    std::string found = archList(module->binary.images, [](const dlp::FatImage &image) { return image.arch; });
    std::string runs = archList(facts.archs, [](uint32_t arch) { return arch; });
    return failure(cnrtErrorNoModule,
                   "this program was compiled for %s, but the machine %s runs %s; compile with --bang-mlu-arch=%s or "
                   "choose another machine with BANG_MACHINE",
                   found.c_str(), facts.machine.c_str(), runs.c_str(), dlp::archName(facts.archs.front()).c_str());
  }
  Status status = executor.runNow([&] { return card.driver->loadImage(chosen->bytes, image); });
  if (status.ok())
    card.images[module.get()] = image;
  return status;
}

void Runtime::unload(const Module *module) {
  for (const std::unique_ptr<Card> &card : cards) {
    std::unique_lock lock(imageMutex);
    auto node = card->images.extract(module);
    lock.unlock();
    if (!node)
      continue;
    // Kernels of the image may still be queued. When the program is ending the image goes with the process.
    auto queue = std::make_shared<cnrtQueue>();
    queue->device = kNoDevice;
    (void)executor.submit(queue, [this, card = card.get(), image = node.mapped()] {
      forgetVariables(*card, image);
      card->driver->unloadImage(image);
      return success();
    });
  }
}

Status Runtime::findKernel(const void *stub, Card &card, RegisteredKernel &kernel, int &image,
                           std::shared_ptr<const KernelInfo> &info) {
  kernel = Registry::get().find(stub);
  if (!kernel.module)
    return failure(cnrtErrorInvalidKernel,
                   "%p is not a kernel of this program; compile the file that defines it with bangcc and link it in",
                   stub);
  if (Status status = loadImage(kernel.module, card, image); !status.ok())
    return status;
  info = card.driver->findKernel(image, kernel.name);
  if (!info)
    return failure(cnrtErrorNoKernel, "the device code does not contain the kernel %s; build the program again",
                   kernel.name.c_str());
  return success();
}

Status Runtime::preload(const void *stub) {
  RegisteredKernel kernel;
  int image = 0;
  std::shared_ptr<const KernelInfo> info;
  return findKernel(stub, *cards[currentDevice()], kernel, image, info);
}

Status Runtime::launch(const void *stub, cnrtDim3_t dim, cnrtFunctionType_t type, const Packer &pack,
                       cnrtQueue_t handle) {
  QueuePtr queue;
  if (Status status = findQueue(handle, queue); !status.ok())
    return status;
  RegisteredKernel kernel;
  std::shared_ptr<const KernelInfo> info;
  auto work = std::make_shared<LaunchWork>();
  Card &card = *cards[queue->device];
  if (Status status = findKernel(stub, card, kernel, work->image, info); !status.ok())
    return status;
  static constexpr cnrtFunctionType_t types[] = {
#define CNRT_ROW(name, cnName, number) cnrtFuncType##name,
      CNRT_JOB_TYPES(CNRT_ROW)
#undef CNRT_ROW
  };
  if (std::ranges::find(types, type) == std::end(types))
    return failure(cnrtErrorArgsInvalid,
                   "kernel %s: job type %d is unknown, expected cnrtFuncTypeBlock, cnrtFuncTypeUnion1, ...",
                   info->displayName.c_str(), static_cast<int>(type));
  work->kernel = kernel.name;
  work->dim = dim;
  work->type = type;
  if (Status status = pack(*info, work->params); !status.ok())
    return status;
  if (Status status = card.driver->validate(*work); !status.ok())
    return status;
  return executor.submit(queue, [&card, work] { return card.driver->launch(*work); });
}

} // namespace cnrt

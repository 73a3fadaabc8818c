// Image.h: from the device's LLVM module to a device image, and what lies between.
#ifndef OPENBANG_FRONTEND_DEVICE_IMAGE_H
#define OPENBANG_FRONTEND_DEVICE_IMAGE_H

#include "frontend/device/DevicePass.h"

#include "llvm/ADT/STLFunctionalExtras.h"

namespace bang {

// The stages of a device module after Clang, in order. Each can be printed, and the road can end at each.
enum class Stage { LLVM, BangDialect, DlpDialect, Lowered, Assembly, Image };

// Of the file that holds a printed stage (Image.cpp).
const char *extensionOf(Stage stage);

struct ImageOptions {
  dlp::EmitOptions emit;
  Stage last = Stage::Image;
  bool debugInfo = false; // printed dialects carry source locations
  bool bitcode = false;   // of Stage::LLVM
  std::string objectPath; // where the unlinked object may be written
  std::string imagePath;  // where the image is written
};

// Called with the text (or bytes) of each stage when it is printed: for -save-temps, and for the stage that was asked
// for.
using StagePrinter = llvm::function_ref<void(Stage stage, llvm::StringRef text)>;

// Walks the road up to `options.last`. `wants` says which stages to print. False: an error was reported.
bool compileImage(DeviceModule device, const ImageOptions &options, Messages &messages,
                  llvm::function_ref<bool(Stage)> wants, StagePrinter print);

} // namespace bang

#endif // OPENBANG_FRONTEND_DEVICE_IMAGE_H

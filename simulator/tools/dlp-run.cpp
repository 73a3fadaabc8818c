// dlp-run.cpp: runs one kernel of a device image from the shell.
#include "codegen/object/DeviceImage.h"
#include "simulator/Device.h"
#include "simulator/check/Checker.h"
#include "simulator/core/Interrupt.h"
#include "simulator/core/MachineConfig.h"
#include "simulator/tools/KernelNames.h"
#include "simulator/tools/RunOptions.h"

#include <chrono>
#include <cstdio>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <unistd.h>

namespace fs = std::filesystem;
using namespace dlp;

namespace {

std::vector<uint8_t> readFile(const std::string &path) {
  std::error_code ec;
  if (!fs::exists(path, ec))
    throw UsageError{"cannot open " + path + ": no such file"};
  if (!fs::is_regular_file(path, ec))
    throw UsageError{"cannot read " + path + ": not a regular file"};
  std::ifstream in(path, std::ios::binary);
  std::vector<uint8_t> bytes(in ? fs::file_size(path, ec) : 0);
  if (!in || ec || !in.read(reinterpret_cast<char *>(bytes.data()), std::streamsize(bytes.size())))
    throw UsageError{"cannot read " + path};
  return bytes;
}

NpyArray readArray(const std::string &path) {
  std::string error;
  auto array = parseNpy(readFile(path), error);
  if (!array)
    throw UsageError{"cannot use " + path + ": " + error};
  return std::move(*array);
}

// A file that appears under its name only when it is complete.
class OutputFile {
public:
  OutputFile(std::string path, const NpyArray &array) : path(std::move(path)) {
    temporary = this->path + ".tmp" + std::to_string(getpid());
    std::ofstream out(temporary, std::ios::binary | std::ios::trunc);
    out << npyHeader(*array.type, array.shape);
    out.write(reinterpret_cast<const char *>(array.data.data()), std::streamsize(array.data.size()));
    out.close();
    if (!out) {
      std::error_code ec;
      fs::remove(temporary, ec);
      throw UsageError{"cannot write " + this->path};
    }
  }
  OutputFile(OutputFile &&other) noexcept : path(std::move(other.path)), temporary(std::move(other.temporary)) {
    other.temporary.clear();
  }
  ~OutputFile() {
    std::error_code ec;
    if (!temporary.empty())
      fs::remove(temporary, ec);
  }
  void commit() {
    std::error_code ec;
    fs::rename(temporary, path, ec);
    if (ec)
      throw UsageError{"cannot write " + path + ": " + ec.message()};
    temporary.clear();
  }

private:
  std::string path, temporary;
};

// An array in device memory that belongs to an --arg.
struct Buffer {
  const ArgumentSpec *spec;
  NpyArray array;
  uint64_t address;
};

[[noreturn]] void badCount(const ImageKernel &kernel, size_t given) {
  std::string text = "kernel " + kernel.displayName + " takes " + std::to_string(kernel.params.size()) +
                     (kernel.params.size() == 1 ? " parameter" : " parameters");
  for (size_t i = 0; i < kernel.params.size(); ++i)
    text +=
        (i ? ", " : " (") + (kernel.params[i].kind == kParamPointer ? std::string("pointer")
                                                                    : std::to_string(kernel.params[i].size) + " bytes");
  throw UsageError{text + (kernel.params.empty() ? "" : ")") + ", but " + std::to_string(given) +
                   " --arg options are given"};
}

// Builds the parameter block; arrays are copied to the device.
std::vector<uint8_t> prepareArguments(Device &device, const ImageKernel &kernel, const RunOptions &options,
                                      std::vector<Buffer> &buffers) {
  if (options.arguments.size() != kernel.params.size())
    badCount(kernel, options.arguments.size());
  std::vector<uint8_t> block(kernel.paramBytes);
  for (size_t i = 0; i < kernel.params.size(); ++i) {
    const ArgumentSpec &spec = options.arguments[i];
    const ParamRecord &param = kernel.params[i];
    std::vector<uint8_t> value = spec.value;
    if (spec.kind != ArgumentSpec::Value) {
      if (param.kind != kParamPointer)
        throw UsageError{"--arg " + spec.text + ": parameter " + std::to_string(i + 1) + " of kernel " +
                         kernel.displayName + " is a value of " + std::to_string(param.size) + " bytes, no pointer"};
      Buffer buffer{&spec, {}, 0};
      if (spec.kind == ArgumentSpec::Out && spec.type) {
        buffer.array.type = spec.type;
        buffer.array.shape = spec.shape;
      } else {
        buffer.array = readArray(spec.path);
      }
      auto bytes = npyBytes(*buffer.array.type, buffer.array.shape);
      buffer.address = bytes ? device.allocate(*bytes) : 0;
      if (!buffer.address)
        throw UsageError{"--arg " + spec.text + ": the array does not fit in the device memory of machine " +
                         device.config().name};
      if (spec.kind == ArgumentSpec::Out)
        buffer.array.data.assign(*bytes, 0);
      else if (Error e = device.write(buffer.address, buffer.array.data.data(), *bytes))
        throw UsageError{*e};
      value.resize(8);
      std::memcpy(value.data(), &buffer.address, 8);
      buffers.push_back(std::move(buffer));
    }
    if (value.size() != param.size)
      throw UsageError{"--arg " + spec.text + ": " + std::to_string(value.size()) + " bytes given, but parameter " +
                       std::to_string(i + 1) + " of kernel " + kernel.displayName + " takes " +
                       std::to_string(param.size)};
    std::memcpy(block.data() + param.offset, value.data(), value.size());
  }
  return block;
}

void listKernels(const DeviceImage &image) {
  std::printf("arch %u, %zu %s\n", image.arch, image.kernels.size(), image.kernels.size() == 1 ? "kernel" : "kernels");
  for (const ImageKernel &k : image.kernels) {
    std::printf("\n%s\n  mangled     %s\n  parameters ", k.displayName.c_str(), k.name.c_str());
    for (const ParamRecord &p : k.params)
      std::printf(" %s(%u bytes)", p.kind == kParamPointer ? "pointer" : "value", p.size);
    std::printf("\n  memory      NRAM %u, WRAM %u, SRAM %u, LDRAM %u bytes\n", k.nramBytes, k.wramBytes, k.sramBytes,
                k.ldramBytes);
  }
}

int run(const RunOptions &options) {
  std::vector<uint8_t> elf = readFile(options.image);
  std::string error;
  auto image = readDeviceImage(elf, error);
  if (!image)
    throw UsageError{options.image + ": " + error};
  if (options.listKernels) {
    listKernels(*image);
    return 0;
  }
  const ImageKernel &kernel = findKernelByName(*image, options.kernel);
  auto machine = options.machine.empty() ? machineFromEnvironment(error) : loadMachine(options.machine, error);
  if (!machine)
    throw UsageError{error};
  std::unique_ptr<check::CheckObserver> checker;
  if (options.check) {
    auto checkOptions = check::parseOptions(*options.check, error);
    if (!checkOptions)
      throw UsageError{"--check: " + error};
    checker = check::makeChecker(*checkOptions);
  }
  Device device(*machine);
  if (checker)
    device.attach(*checker);
  LaunchRequest request{0, kernel.name, options.dim, options.type, {}};
  if (Error e = device.loadImage(elf, request.image))
    throw UsageError{*e};
  std::vector<Buffer> buffers;
  std::vector<uint8_t> params = prepareArguments(device, kernel, options, buffers);
  request.params = params;
  if (Error e = device.validate(request))
    throw UsageError{*e};

  stopKernelsAtSignals();
  LaunchStats stats;
  auto start = std::chrono::steady_clock::now();
  std::optional<Fault> fault = device.launch(request, LaunchHost(), &stats);
  double seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
  if (options.stats)
    std::fprintf(stderr, "%s on %s: %llu instructions, %.3f ms on the host\n", kernel.displayName.c_str(),
                 machine->name.c_str(), static_cast<unsigned long long>(stats.instructions), seconds * 1e3);
  // The arrays of the command line are released by nobody: no leak of the kernel's.
  for (const Buffer &buffer : buffers)
    if (checker)
      checker->released(buffer.address, buffer.array.data.size());
  const bool stopped = interruptingSignal(); // also when a fault of the kernel itself, or its end, came first
  const bool found = checker && checker->finish(stopped);
  if (fault) {
    std::fflush(stdout);
    std::fputs(fault->describe().c_str(), stderr);
  }
  if (stopped)
    endBySignal();
  if (fault)
    return 1;

  std::vector<OutputFile> files;
  for (Buffer &buffer : buffers) {
    if (buffer.spec->kind == ArgumentSpec::In)
      continue;
    if (Error e = device.read(buffer.array.data.data(), buffer.address, buffer.array.data.size()))
      throw UsageError{*e};
    files.emplace_back(buffer.spec->path, buffer.array);
  }
  for (OutputFile &file : files)
    file.commit();
  return found;
}

} // namespace

int main(int argc, char **argv) {
  try {
    RunOptions options = parseRunOptions(argc, argv);
    if (options.help) {
      std::fputs(kRunHelp, stdout);
      return 0;
    }
    return run(options);
  } catch (const UsageError &e) {
    std::fprintf(stderr, "dlp-run: %s\n", e.text.c_str());
  } catch (const std::bad_alloc &) {
    std::fprintf(stderr, "dlp-run: the host has not enough memory for these arrays\n");
  }
  return 1;
}

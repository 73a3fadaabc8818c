// Frames.cpp: call frame information, and the functions inlined at each address.
#include "frontend/console/Frames.h"

#include <cstring>

using namespace llvm;

namespace bang::console {
namespace {

constexpr size_t kMostFrames = 64;
constexpr unsigned kRa = 1, kSp = 2;

// What a function leaves as it was: sp comes from the frame address; gp, tp, s0 to s11, fs0 to fs11.
bool isPreserved(unsigned n) {
  const unsigned x = n % 32;
  return (n < 32 && (x == 3 || x == 4)) || x == 8 || x == 9 || (x >= 18 && x <= 27);
}

std::optional<uint64_t> readWord(Client &client, uint64_t address) {
  auto bytes = client.read(address, sizeof(uint64_t));
  if (!bytes) {
    consumeError(bytes.takeError());
    return std::nullopt;
  }
  uint64_t value;
  std::memcpy(&value, bytes->data(), sizeof value);
  return value;
}

// From a function's frame to its caller's; false where that cannot be found.
bool goOut(Client &client, const Image &image, Frame &frame) {
  const std::optional<dwarf::UnwindRow> row = image.unwindRowAt(frame.lookup);
  if (!row || row->getCFAValue().getLocation() != dwarf::UnwindLocation::RegPlusOffset)
    return false;
  const auto base = frame.registers[row->getCFAValue().getRegister() % 64];
  if (!base)
    return false;
  frame.cfa = *base + uint64_t(int64_t(row->getCFAValue().getOffset()));
  std::array<std::optional<uint64_t>, 64> outer;
  for (unsigned n = 0; n < outer.size(); ++n) {
    const auto rule = row->getRegisterLocations().getRegisterLocation(n);
    if (rule && rule->getLocation() == dwarf::UnwindLocation::CFAPlusOffset && rule->getDereference())
      outer[n] = readWord(client, frame.cfa + uint64_t(int64_t(rule->getOffset())));
    else if (isPreserved(n) || n == kRa)
      outer[n] = frame.registers[n];
  }
  outer[0] = 0;
  outer[kSp] = frame.cfa;
  if (!outer[kRa])
    return false;
  frame.registers = outer;
  frame.pc = *outer[kRa];
  frame.lookup = frame.pc - 1;
  frame.registers[kRa] = std::nullopt;
  return true;
}

} // namespace

std::vector<Frame> unwind(Client &client, const Image &image) {
  std::vector<Frame> frames;
  const std::vector<uint64_t> values = client.registers();
  Frame frame;
  // Cores that wait are shown one byte into an instruction.
  frame.pc = frame.lookup = values[kPcRegister] & ~uint64_t{1};
  for (unsigned n = 0; n < 32; ++n) {
    frame.registers[n] = values[n];
    frame.registers[32 + n] = values[kFirstFloat + n];
  }
  while (frames.size() < kMostFrames) {
    Line line = image.lineAt(frame.lookup);
    const std::vector<DWARFDie> functions = image.functionsAt(frame.lookup);
    const bool isAround = functions.empty() || StringRef(nameOf(functions.back())).starts_with("__bang_entry.");
    if (isAround && functions.size() < 2 && !frames.empty())
      break; // the code around the kernel
    Frame outer = frame;
    const bool hasCaller = goOut(client, image, outer);
    frame.cfa = outer.cfa;
    if (functions.empty())
      frames.push_back(frame);
    const size_t shown = functions.size() - (isAround && functions.size() > 1);
    for (size_t i = 0; i < shown; ++i) {
      Frame one = frame;
      one.function = functions[i];
      one.inlined = i + 1 < shown;
      one.line = line;
      frames.push_back(one);
      uint32_t file = 0, column = 0, discriminator = 0;
      if (one.inlined) { // the line that called it
        functions[i].getCallerFrame(file, line.number, column, discriminator);
        line.path = image.pathOf(functions[i], file);
      }
    }
    if (!hasCaller)
      break;
    frame = outer;
  }
  return frames;
}

} // namespace bang::console

// CoreFuzzer.cpp: programs of any instructions end, or stop with a typed fault; the simulator survives.
//
// The input is a list of instructions: scalar words as they are, or an Xdlp row, variant and registers by number. A
// prologue fills the registers with addresses of every memory and with small counts, so that many instructions get as
// far as their work. The kernel runs as Block and as Union1 tasks.
#include "codegen/isa/Insn.h"
#include "simulator/Device.h"
#include "test/Fuzz/FuzzMachine.h"
#include "test/Unit/simulator/TestImage.h"

using namespace dlp;

extern "C" int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  Device device(test::fuzzMachine("2"));
  const uint64_t buffer = device.allocate(64 * 1024);
  test::Code code;
  auto raw = [&](uint64_t word, size_t bytes) {
    auto *p = reinterpret_cast<const uint8_t *>(&word);
    code.bytes.insert(code.bytes.end(), p, p + bytes);
  };
  // Registers 5 to 31 from what follows the code: lui and slli build each value from 20 bits.
  const uint64_t values[] = {kNramBase,
                             kNramBase + 4096,
                             kNramBase + 32768,
                             kWramBase,
                             kSramBase,
                             kLdramBase,
                             buffer,
                             buffer + 4096,
                             1,
                             2,
                             3,
                             16,
                             64,
                             100,
                             1000,
                             0,
                             4,
                             8,
                             0x3f800000,
                             128};
  for (unsigned reg = 5; reg < 32; ++reg) {
    uint64_t value = values[(size ? data[reg % size] : reg) % std::size(values)];
    code.lui(test::Reg(reg), uint32_t((value + 0x800) >> 12 & 0xfffff));
    code.addi(test::Reg(reg), test::Reg(reg),
              int(value << 52 >> 52) > 2047 ? int(value & 0xfff) - 4096 : int(value & 0xfff));
    if (value >> 32) { // GDRAM starts at 4 GiB
      code.addi(test::t0, test::zero, 1);
      code.slli(test::t0, test::t0, 32);
      code.add(test::Reg(reg), test::Reg(reg), test::t0);
    }
  }
  for (size_t at = 0; at + 10 <= size && code.bytes.size() < 4096; at += 10) {
    const uint8_t *in = data + at;
    if (in[0] % 4 == 0) {
      uint32_t word;
      std::memcpy(&word, in + 1, sizeof word);
      raw(word, (word & 3) == 3 ? 4 : 2);
      continue;
    }
    const InsnId id = InsnId(in[1] % unsigned(InsnId::Count));
    const InsnInfo &info = insnInfo(id);
    std::vector<uint8_t> regs;
    for (unsigned r = 0; r < info.numRegisters; ++r)
      regs.push_back(in[3 + r] % 32);
    raw(encode(id, info.variants[in[2] % info.variants.size()], regs), 8);
  }
  code.exit();
  int image;
  if (device.loadImage(test::buildImage(code), image))
    std::abort();
  for (TaskType type : {TaskType::Block, TaskType::Union1}) {
    LaunchRequest request{image, "k", {2, 1, 1}, type, {}};
    if (device.validate(request))
      std::abort();
    LaunchHost host;
    host.print = [](std::string_view) {};
    if (auto fault = device.launch(request, host))
      if (fault->message.empty() || fault->describe().empty())
        std::abort();
  }
  return 0;
}

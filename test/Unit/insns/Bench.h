// Bench.h: one core's memories and nothing else, to run single instructions by their mnemonics.
#ifndef OPENBANG_TEST_INSNS_BENCH_H
#define OPENBANG_TEST_INSNS_BENCH_H

#include "simulator/insns/Handlers.h"
#include "simulator/memory/CoreView.h"
#include "simulator/numeric/Round.h"

#include <cmath>
#include <cstring>
#include <gtest/gtest.h>
#include <random>
#include <vector>

namespace dlp::test {

inline constexpr uint64_t kA = kNramBase + 0x1000, kB = kNramBase + 0x20000, kC = kNramBase + 0x40000,
                          kOut = kNramBase + 0x60000;

class Bench : public Exec {
public:
  Bench() : gdram(64 * kMiB), own{ScratchMemory(768 * kKiB), ScratchMemory(kMiB), {}, kMiB}, sram(4 * kMiB) {
    config.name = "bench";
    config.nramBytes = 768 * kKiB;
    config.wramBytes = kMiB;
    config.sramBytes = 4 * kMiB;
    config.ldramBytes = kMiB;
    config.gdramBytes = 64 * kMiB;
    shared.gdram = &gdram;
    view.emplace(config, own, sram, shared, false);
  }

  const uint8_t *read(uint64_t address, uint64_t bytes, SpaceMask allowed, const char *operand) override {
    return view->find(address, bytes, allowed, false, {operand, this});
  }
  uint8_t *write(uint64_t address, uint64_t bytes, SpaceMask allowed, const char *operand) override {
    return view->find(address, bytes, allowed, true, {operand, this});
  }
  uint8_t *writeRemoteSram(uint64_t cluster, uint64_t address, uint64_t bytes, const char *operand) override {
    remoteCluster = cluster;
    return view->find(address + 0x100000, bytes, kInSram, true, {operand, this});
  }
  bool isMemoryCore() const override { return false; }
  const MachineConfig &machine() const override { return config; }
  std::string mnemonic() const override { return running; }

  // Runs the handler of the row that `mnemonic` names.
  template <class Ops> uint64_t run(uint64_t (*handler)(Exec &, const Ops &, Variant), std::string mnemonic, Ops ops) {
    running = std::move(mnemonic);
    const auto insn = findInsn(running);
    if (!insn)
      throw std::runtime_error("no such instruction: " + running);
    return handler(*this, ops, insn->variant);
  }

  // The message of the fault that the instruction raises; empty when there is none.
  template <class Ops>
  std::string faultOf(uint64_t (*handler)(Exec &, const Ops &, Variant), std::string mnemonic, Ops ops) {
    try {
      run(handler, std::move(mnemonic), ops);
    } catch (const FaultException &fault) {
      kind = fault.kind;
      return fault.message;
    }
    return "";
  }

  // The whole of memory, for tests that write it: any space, any address.
  uint8_t *at(uint64_t address, uint64_t bytes) { return view->find(address, bytes, ~0u, true, {"the test"}); }
  template <class T> void put(uint64_t address, const std::vector<T> &values) {
    std::memcpy(at(address, values.size() * sizeof(T)), values.data(), values.size() * sizeof(T));
  }
  template <class T> std::vector<T> get(uint64_t address, uint64_t n) {
    std::vector<T> values(n);
    std::memcpy(values.data(), at(address, n * sizeof(T)), n * sizeof(T));
    return values;
  }

  Gdram gdram;
  FaultKind kind{};
  uint64_t remoteCluster = ~0ull;

private:
  MachineConfig config;
  CoreMemory own;
  ScratchMemory sram;
  SharedMemory shared;
  std::optional<CoreView> view;
  std::string running;
};

// Element types by their suffix, and any value as bits or as an exact double.
template <class T> const char *suffixOf();
template <> inline const char *suffixOf<Half>() { return "f16"; }
template <> inline const char *suffixOf<BFloat>() { return "bf16"; }
template <> inline const char *suffixOf<float>() { return "f32"; }
template <> inline const char *suffixOf<int8_t>() { return "i8"; }
template <> inline const char *suffixOf<int16_t>() { return "i16"; }
template <> inline const char *suffixOf<int32_t>() { return "i32"; }
template <> inline const char *suffixOf<uint8_t>() { return "u8"; }
template <> inline const char *suffixOf<uint16_t>() { return "u16"; }
template <> inline const char *suffixOf<uint32_t>() { return "u32"; }
template <class T> std::string name(const char *row) { return std::string(row) + "." + suffixOf<T>(); }

template <class T>
inline constexpr bool isFloating = std::is_same_v<T, Half> || std::is_same_v<T, BFloat> || std::is_same_v<T, float>;

template <class T> uint64_t bitsOf(T v) {
  uint64_t bits = 0;
  std::memcpy(&bits, &v, sizeof(T));
  return bits;
}
template <class T> T fromBits(uint64_t bits) {
  T v;
  std::memcpy(&v, &bits, sizeof(T));
  return v;
}

template <class T> std::vector<uint64_t> bitsOf(const std::vector<T> &values) {
  std::vector<uint64_t> bits;
  for (T v : values)
    bits.push_back(bitsOf(v));
  return bits;
}

// Random values of every size, and the corners: zeros, infinities, NaN, subnormals, extremes.
template <class T> std::vector<T> samples(size_t n, uint32_t seed) {
  std::mt19937 random(seed);
  std::vector<T> values(n);
  const double corners[] = {0.0, -0.0, 1.0, -1.0, INFINITY, -INFINITY, NAN, 1e-7, -1e-40, 65504.0, 2.0, 3e38};
  for (size_t i = 0; i < n; ++i) {
    if (random() % 4 == 0)
      values[i] = roundTo<T>(corners[random() % std::size(corners)], Rounding::RN);
    else if (isFloating<T> && random() % 2)
      values[i] = roundTo<T>((double(random() % 20001) - 10000) / 64, Rounding::RN);
    else
      values[i] = fromBits<T>(random());
  }
  return values;
}

template <class T> std::vector<T> ramp(size_t n, double first, double step) {
  std::vector<T> values(n);
  for (size_t i = 0; i < n; ++i)
    values[i] = roundTo<T>(first + step * double(i), Rounding::RN);
  return values;
}

using AllTypes = ::testing::Types<Half, BFloat, float, int8_t, int16_t, int32_t, uint8_t, uint16_t, uint32_t>;
using FloatTypes = ::testing::Types<Half, BFloat, float>;

// Type parameters print as their suffix.
struct TypeNames {
  template <class T> static std::string GetName(int) { return suffixOf<T>(); }
};

} // namespace dlp::test

#endif // OPENBANG_TEST_INSNS_BENCH_H

// VectorRegister.cpp: operations on vv_* values, 256 bytes of lanes on the stack.
#include "simulator/insns/Elements.h"
#include "simulator/insns/Handlers.h"

#include <array>
#include <cstring>

namespace dlp {
namespace {

constexpr uint64_t kRegisterBytes = 256;
constexpr SpaceMask kInStack = kInNram | kInLdram;

// Modes, as numbered in VectorRegister.td.
enum class LaneOp : uint8_t { Add = 1, Mul, Mulh, Xor, Trixor };

template <class T> using Lanes = std::array<T, kRegisterBytes / sizeof(T)>;

template <class T> Lanes<T> readLanes(Exec &x, uint64_t address, const char *name) {
  Lanes<T> lanes;
  std::memcpy(lanes.data(), x.read(address, kRegisterBytes, kInStack, name), kRegisterBytes);
  return lanes;
}

template <class T> void writeLanes(Exec &x, uint64_t address, const Lanes<T> &lanes) {
  std::memcpy(x.write(address, kRegisterBytes, kInStack, "dst"), lanes.data(), kRegisterBytes);
}

template <class T> T lane(LaneOp op, T a, T b, T c) {
  if constexpr (isFloat<T>) {
    return store<T>(op == LaneOp::Add ? load(a) + load(b) : load(a) * load(b));
  } else {
    using Wide = std::conditional_t<std::is_signed_v<T>, int64_t, uint64_t>;
    switch (op) {
    case LaneOp::Add:
      return T(uint64_t(a) + uint64_t(b));
    case LaneOp::Mul:
      return T(uint64_t(a) * uint64_t(b));
    case LaneOp::Mulh:
      return T(Wide(a) * Wide(b) >> (8 * sizeof(T)));
    case LaneOp::Xor:
      return a ^ b;
    case LaneOp::Trixor:
      return a ^ b ^ c;
    }
    std::abort(); // the decoder refuses other modes
  }
}

template <class T> void compute(Exec &x, const VvOps &ops, LaneOp op) {
  const Lanes<T> a = readLanes<T>(x, ops.a, "a"), b = readLanes<T>(x, ops.b, "b");
  const Lanes<T> c = op == LaneOp::Trixor ? readLanes<T>(x, ops.c, "c") : a;
  Lanes<T> dst;
  for (size_t i = 0; i < dst.size(); ++i)
    dst[i] = lane(op, a[i], b[i], c[i]);
  writeLanes(x, ops.dst, dst);
}

template <class T> void count(Exec &x, const VvIndexOps &ops) {
  const auto start = load(fromRegister<T>(ops.start)), step = load(fromRegister<T>(ops.step));
  Lanes<T> dst;
  for (size_t i = 0; i < dst.size(); ++i) {
    if constexpr (isFloat<T>)
      dst[i] = store<T>(start + step * float(i));
    else
      dst[i] = T(uint64_t(start) + uint64_t(step) * i);
  }
  writeLanes(x, ops.dst, dst);
}

} // namespace

uint64_t execVv(Exec &x, const VvOps &ops, Variant v) {
  withNumber(v.e0, [&](auto t) { compute<typename decltype(t)::type>(x, ops, LaneOp(v.mode)); });
  return 0;
}

uint64_t execVvIndex(Exec &x, const VvIndexOps &ops, Variant v) {
  withNumber(v.e0, [&](auto t) { count<typename decltype(t)::type>(x, ops); });
  return 0;
}

uint64_t execVvMove(Exec &x, const VvMoveOps &ops, Variant) {
  if (ops.bytes == 0 || ops.bytes > kRegisterBytes)
    x.badOperand("bytes", int64_t(ops.bytes), "1 to 256, the bytes of a register");
  const uint8_t *from = x.read(ops.src, ops.bytes, kInStack, "src");
  std::memmove(x.write(ops.dst, ops.bytes, kInStack, "dst"), from, ops.bytes);
  return 0;
}

} // namespace dlp

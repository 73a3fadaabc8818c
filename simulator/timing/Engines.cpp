// Engines.cpp: vector and matrix instructions, copies on chip and off chip.
#include "simulator/timing/Engines.h"

#include "simulator/memory/CoreView.h"

#include <algorithm>
#include <bit>
#include <cmath>
#include <cstring>
#include <string_view>

namespace dlp::timing {
namespace {

bool isOffChip(Space space) {
  return space == Space::Gdram || space == Space::Ldram || space == Space::Rom || space == Space::Param;
}

double steps(double amount, double width) { return std::ceil(amount / width); }

unsigned elementBits(uint8_t suffix) {
  switch (Suffix(suffix)) {
  case Suffix::I4:
    return 4;
  case Suffix::I8:
  case Suffix::U8:
  case Suffix::B8:
    return 8;
  case Suffix::F16:
  case Suffix::BF16:
  case Suffix::I16:
  case Suffix::U16:
  case Suffix::B16:
    return 16;
  case Suffix::I64:
  case Suffix::U64:
  case Suffix::B64:
    return 64;
  default:
    return 32;
  }
}

// Products per cycle of one core. Of mixed operands the wider one counts; 32-bit integers take four passes of 16 bits
// on both sides, two on one (mlu-ops, executor.cpp).
double productsPerCycle(Variant v, const Parameters &p) {
  auto isFloat = [](uint8_t s) {
    return Suffix(s) == Suffix::F16 || Suffix(s) == Suffix::BF16 || Suffix(s) == Suffix::F32 ||
           Suffix(s) == Suffix::TF32;
  };
  unsigned left = elementBits(v.e1), right = elementBits(v.mode), wide = std::max(left, right);
  if (isFloat(v.e1) || isFloat(v.mode))
    return wide == 32 ? (left == right ? p.macFp32 : 2 * p.macFp32) : p.macFp16;
  if (wide <= 4)
    return p.macInt4;
  if (wide <= 8)
    return p.macInt8;
  if (wide <= 16)
    return p.macInt16;
  return p.macInt16 / (left == right ? 4 : 2);
}

double padTo(double value, double multiple) { return steps(value, multiple) * multiple; }

Cost tensorCost(const Instruction &instruction, const Parameters &p) {
  const InsnInfo &info = *instruction.insn.info;
  auto operand = [&](std::string_view name) {
    for (unsigned i = 0; i < info.operands.size(); ++i)
      if (name == info.operands[i].name)
        return double(instruction.operands[i]);
    return 0.0;
  };
  const Variant v = instruction.insn.word.variant;
  const double rowElements = std::max(1.0, p.weightRow * 8 / elementBits(v.mode));
  double products = 0, padded = 0, rows = 0;
  switch (instruction.insn.word.id) {
  case InsnId::TMATMUL:
    products = operand("m") * operand("k") * operand("n");
    padded = operand("m") * padTo(operand("k"), rowElements) * padTo(operand("n"), p.weightLanes);
    break;
  case InsnId::TMLP:
    products = operand("h") * operand("w");
    padded = padTo(operand("h"), p.weightLanes) * padTo(operand("w"), rowElements);
    break;
  default: { // TCONV
    auto spread = [&](const char *name) { return std::max(1.0, operand(name)); };
    const double high = (operand("kh") - 1) * spread("dh") + 1, wide = (operand("kw") - 1) * spread("dw") + 1;
    const double ho = std::floor((operand("h") - high) / spread("sh")) + 1;
    const double wo = std::floor((operand("w") - wide) / spread("sw")) + 1;
    const double window = std::max(0.0, ho) * std::max(0.0, wo) * operand("kh") * operand("kw");
    products = window * operand("ci") * operand("co");
    padded = window * padTo(operand("ci"), rowElements) * padTo(operand("co"), p.weightLanes);
    rows = std::max(0.0, ho);
  }
  }
  const double rate = productsPerCycle(v, p);
  return {.start = p.tensorStart + rows + padded / (rate * p.tensorEfficiency),
          .tensor = true,
          .ideal = products / rate,
          .useful = uint64_t(products),
          .padded = uint64_t(padded)};
}

} // namespace

void Pieces::add(const MemoryPiece &piece, const Parameters &p) {
  ++rows;
  unsigned i = 0;
  while (i < count && (operands[i].name != piece.operand || operands[i].write != piece.write))
    ++i;
  if (i == count && count < operands.size())
    operands[count++] = {piece.operand, piece.address, piece.address, 0, piece.write};
  if (i < count) {
    Operand &operand = operands[i];
    operand.begin = std::min(operand.begin, piece.address);
    operand.end = std::max(operand.end, piece.address + piece.bytes);
    operand.bytes += piece.bytes;
  }
  const Space space = CoreView::spaceOf(piece.address);
  (piece.write ? written : read)[unsigned(space)] += piece.bytes;
  remote |= piece.remote;
  if (!isOffChip(space) || !piece.bytes)
    return;
  const auto sector = uint64_t(p.sector);
  const uint64_t first = piece.address / sector, last = (piece.address + piece.bytes - 1) / sector;
  const uint64_t touched = (last - first + 1) * sector;
  const bool cutFront = piece.address % sector, cutBack = (piece.address + piece.bytes) % sector;
  if (piece.write) // a part of a sector is read before it is written
    sectorsWritten += touched + (first == last ? (cutFront || cutBack) : cutFront + cutBack) * sector;
  else
    sectorsRead += touched;
  split += cutFront || cutBack;
  shortest = offChipRows ? std::min(shortest, piece.bytes) : piece.bytes;
  ++offChipRows;
}

uint64_t Pieces::largestOperand() const {
  uint64_t largest = 0;
  for (unsigned i = 0; i < count; ++i)
    largest = std::max(largest, operands[i].bytes);
  return largest;
}

uint64_t Pieces::offChip() const {
  uint64_t bytes = 0;
  for (Space space : {Space::Gdram, Space::Ldram, Space::Rom, Space::Param})
    bytes += read[unsigned(space)] + written[unsigned(space)];
  return bytes;
}

Cost computeCost(const Instruction &instruction, const Pieces &pieces, const Parameters &p) {
  const InsnInfo &info = *instruction.insn.info;
  const std::string_view latency = info.latency;
  if (latency == "tensor")
    return tensorCost(instruction, p);
  const Variant v = instruction.insn.word.variant;
  const double bytes = double(pieces.largestOperand());
  double passes = 1, more = 0;
  if (latency == "div" || latency == "func") {
    passes = elementBits(v.e0) <= 16 ? p.functionPassesHalf : p.functionPassesFloat;
  } else if (latency == "move") {
    passes = p.movePasses;
  } else if (latency == "reduce") {
    more = std::log2(std::max(2.0, p.vectorWidth * 8 / elementBits(v.e0)));
  } else if (latency == "pool") {
    // Each window is read whole, and windows may overlap.
    double window = 1;
    for (unsigned i = 0; i < info.operands.size(); ++i)
      if (std::strcmp(info.operands[i].name, "kh") == 0 || std::strcmp(info.operands[i].name, "kw") == 0)
        window *= double(std::max<uint64_t>(1, instruction.operands[i]));
    uint64_t out = 0;
    for (unsigned i = 0; i < pieces.count; ++i)
      if (pieces.operands[i].write)
        out = std::max(out, pieces.operands[i].bytes);
    passes = std::max(1.0, window * double(out) / std::max(1.0, bytes));
  }
  return {.start = p.vectorStart + passes * steps(bytes, p.vectorWidth) + more, .ideal = bytes / p.vectorWidth};
}

Cost copyCost(const Instruction &instruction, const Pieces &pieces, const Parameters &p) {
  Cost cost;
  cost.start = p.dmaStart;
  if (instruction.insn.info->latency == std::string_view("atomic"))
    cost.start += p.atomicGap * double(std::max<uint64_t>(1, pieces.rows));
  if (uint64_t offChip = pieces.sectorsRead + pieces.sectorsWritten) {
    if (pieces.sectorsRead)
      cost.start += p.cycles(p.gdramReadLatency);
    if (pieces.sectorsWritten)
      cost.start += p.cycles(p.gdramWriteLatency);
    if (pieces.offChipRows > 1)
      cost.start += p.dmaRow * double(pieces.offChipRows);
    cost.bytes = offChip;
    cost.flow = pieces.sectorsWritten > pieces.sectorsRead ? Flow::DramWrite : Flow::DramRead;
    return cost;
  }
  uint64_t in = 0, out = 0;
  for (unsigned space = 0; space < kSpaces; ++space) {
    in += pieces.read[space];
    out += pieces.written[space];
  }
  const uint64_t bytes = std::max(in, out);
  const auto sram = unsigned(Space::Sram);
  if (pieces.remote) {
    cost.start += p.remoteStart + steps(double(bytes), p.remoteWidth);
    return cost;
  }
  cost.start += p.moveStart;
  if (pieces.rows > 2)
    cost.start += p.dmaRow * double(pieces.rows / 2);
  if (pieces.read[sram] + pieces.written[sram]) {
    cost.bytes = bytes;
    cost.flow = Flow::Sram;
  } else {
    cost.start += steps(double(bytes), p.moveWidth);
  }
  return cost;
}

} // namespace dlp::timing

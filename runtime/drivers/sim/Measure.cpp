// Measure.cpp: sums over the launches of a program, and a hash of its results.
#include "runtime/drivers/sim/Measure.h"

#include "codegen/isa/AddressMap.h"

#include <nlohmann/json.hpp>

#include <cinttypes>
#include <cstdio>
#include <fstream>

namespace cnrt {

// FNV-1a: known everywhere, and good enough to tell results apart that nobody made equal on purpose.
static constexpr uint64_t kHashStart = 0xcbf29ce484222325, kHashPrime = 0x100000001b3;

static uint64_t addToHash(uint64_t hash, const void *data, uint64_t bytes) {
  const auto *byte = static_cast<const uint8_t *>(data);
  for (uint64_t i = 0; i < bytes; ++i)
    hash = (hash ^ byte[i]) * kHashPrime;
  return hash;
}

std::shared_ptr<Measure> Measure::make(std::string_view text, std::string &error) {
  auto measure = std::make_shared<Measure>();
  measure->hash = kHashStart;
  while (!text.empty()) {
    std::string_view word = text.substr(0, text.find(','));
    text.remove_prefix(std::min(word.size() + 1, text.size()));
    if (word == "bytes")
      measure->wantsBytes = true;
    else if (word.starts_with("report="))
      measure->file = word.substr(7);
    else {
      error = "'" + std::string(word) + "' is unknown, expected bytes or report=<file>";
      return nullptr;
    }
  }
  if (measure->file.empty()) {
    error = "no file for the numbers, expected measure:report=<file>";
    return nullptr;
  }
  return measure;
}

void Measure::copiedToHost(const void *host, uint64_t bytes) {
  ++copies;
  copiedBytes += bytes;
  hash = addToHash(addToHash(hash, &bytes, sizeof(bytes)), host, bytes);
}

void Measure::launched(const std::string &kernel, uint64_t instructions, uint64_t nramBytes,
                       std::optional<double> nanoseconds) {
  Kernel &sums = kernels[kernel];
  ++sums.launches;
  sums.instructions += instructions;
  sums.nramBytes = std::max(sums.nramBytes, nramBytes);
  sums.gdramBytes += std::exchange(gdramBytes, 0);
  if (nanoseconds)
    sums.nanoseconds = sums.nanoseconds.value_or(0) + *nanoseconds;
}

static bool isGdram(uint64_t address) {
  return address >= dlp::kGdramBase || (address >= dlp::kDeviceDataBase && address < dlp::kDeviceDataEnd);
}

void Measure::scalar(dlp::Core &, uint64_t address, uint64_t bytes, bool) {
  if (isGdram(address))
    gdramBytes += bytes;
}

void Measure::accesses(dlp::Core &, const dlp::Instruction &, const dlp::MemoryPiece &piece) {
  if (isGdram(piece.address))
    gdramBytes += piece.bytes;
}

void Measure::write() const {
  nlohmann::ordered_json report, list = nlohmann::ordered_json::array();
  for (const auto &[name, sums] : kernels) {
    nlohmann::ordered_json kernel = {{"name", name},
                                     {"launches", sums.launches},
                                     {"instructions", sums.instructions},
                                     {"nramBytes", sums.nramBytes}};
    if (wantsBytes)
      kernel["gdramBytes"] = sums.gdramBytes;
    if (sums.nanoseconds)
      kernel["nanoseconds"] = *sums.nanoseconds;
    list.push_back(std::move(kernel));
  }
  char digits[17];
  std::snprintf(digits, sizeof(digits), "%016" PRIx64, hash);
  report["kernels"] = std::move(list);
  report["results"] = {{"copies", copies}, {"bytes", copiedBytes}, {"hash", digits}};
  std::ofstream out(file, std::ios::binary | std::ios::trunc);
  out << report.dump(2, ' ', false, nlohmann::ordered_json::error_handler_t::replace) << "\n";
  out.close();
  if (!out)
    std::fprintf(stderr, "warning: cannot write '%s', the report of BANG_TOOL=measure\n", file.c_str());
}

} // namespace cnrt

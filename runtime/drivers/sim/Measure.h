// Measure.h: BANG_TOOL=measure: what a run cost and what came out of it, in a file for programs such as `bang tune`.
//
// The file is JSON: "kernels", each with "name", "launches", "instructions" (executed by all cores), "nramBytes" (what
// its objects take in each core) and, with the option `bytes`, "gdramBytes" (what its cores read and wrote there), with
// BANG_TIMING "nanoseconds" (of the timing model, without the cost of launching); and "results", the copies from device
// to host: "copies", "bytes", and "hash" over the sizes and contents of all of them in the order in which they
// happened. Equal hashes mean: the program got the same bytes.
#ifndef OPENBANG_RUNTIME_DRIVERS_SIM_MEASURE_H
#define OPENBANG_RUNTIME_DRIVERS_SIM_MEASURE_H

#include "simulator/core/Observer.h"

#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

namespace cnrt {

// One of these serves all cards of a process: the runtime's device thread makes every call.
class Measure : public dlp::Observer {
public:
  // `text` follows "measure:": options separated by commas, report=<file> among them. Null: `error` says what is wrong.
  static std::shared_ptr<Measure> make(std::string_view text, std::string &error);

  // Only a measure of bytes has to watch the cores, which costs time.
  bool watchesCores() const { return wantsBytes; }

  void copiedToHost(const void *host, uint64_t bytes);
  void launched(const std::string &kernel, uint64_t instructions, uint64_t nramBytes,
                std::optional<double> nanoseconds);
  // Writes the file; on failure a sentence goes to stderr.
  void write() const;

  void scalar(dlp::Core &core, uint64_t address, uint64_t bytes, bool write) override;
  void accesses(dlp::Core &core, const dlp::Instruction &instruction, const dlp::MemoryPiece &piece) override;

private:
  struct Kernel {
    uint64_t launches = 0, instructions = 0, nramBytes = 0, gdramBytes = 0;
    std::optional<double> nanoseconds;
  };

  std::string file;
  bool wantsBytes = false;
  std::map<std::string, Kernel> kernels;
  uint64_t gdramBytes = 0; // of the launch that runs
  uint64_t copies = 0, copiedBytes = 0, hash;
};

} // namespace cnrt

#endif // OPENBANG_RUNTIME_DRIVERS_SIM_MEASURE_H

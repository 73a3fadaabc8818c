// Space.h: the points of a sweep: parameters with their values, and which points a search looks at.
#ifndef OPENBANG_FRONTEND_TUNE_SPACE_H
#define OPENBANG_FRONTEND_TUNE_SPACE_H

#include "llvm/ADT/StringRef.h"
#include "llvm/Support/Error.h"

#include <cstdint>
#include <string>
#include <vector>

namespace bang::tune {

struct Parameter {
  std::string name;
  std::vector<std::string> values;
};

// NAME=64,128,256 or NAME=1..8, NAME=0..64+16, NAME=16..1024*2; ranges and values may stand in one list.
llvm::Expected<Parameter> parseParameter(llvm::StringRef text);

// A value for each parameter, in their order.
struct Setting {
  std::string name, value;
};
using Point = std::vector<Setting>;
std::string describe(const Point &point); // TILE=64 STAGES=2

// `text` with each {NAME} replaced by its value.
std::string expand(llvm::StringRef text, const Point &point);

class Space {
public:
  std::vector<Parameter> parameters;

  // The product of the numbers of values; an error when it does not fit or names repeat.
  llvm::Error check() const;
  uint64_t size() const;
  // Points are numbered with the last parameter changing fastest.
  Point point(uint64_t number) const;

  // A sweep keeps a list of its points; more could not be run anyway. Larger spaces are sampled.
  static constexpr uint64_t kMostPoints = 1'000'000;

  // Every number, or `count` different ones drawn with the seed; equal seeds draw equally on every machine. In the
  // order in which they are tried.
  std::vector<uint64_t> all() const;
  std::vector<uint64_t> sample(uint64_t count, uint64_t seed) const;
};

// Part `index` (from 0) of `count` of a list: every count-th element, so that neighbours go to different parts.
struct Shard {
  unsigned index = 0, count = 1;
  std::vector<uint64_t> select(const std::vector<uint64_t> &numbers) const;
};

// "2/4": the second of four.
llvm::Expected<Shard> parseShard(llvm::StringRef text);
// What Slurm or Open MPI say about this process; the whole when they say nothing.
llvm::Expected<Shard> shardFromEnvironment();

} // namespace bang::tune

#endif // OPENBANG_FRONTEND_TUNE_SPACE_H

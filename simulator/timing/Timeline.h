// Timeline.h: what each unit of each core did in one launch, thinned out to what a picture can show.
#ifndef OPENBANG_SIMULATOR_TIMING_TIMELINE_H
#define OPENBANG_SIMULATOR_TIMING_TIMELINE_H

#include "simulator/timing/Replay.h"

#include <functional>
#include <limits>
#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace dlp::timing {

// What of the launches is drawn: "gemm,0.2,10..20" is core 2 of cluster 0 in kernels whose name contains gemm, from
// 10 to 20 us behind the start of the launch. Each of the three parts may be absent.
struct Window {
  std::string kernel;                                              // empty: all
  int64_t cluster = -1, core = -1;                                 // below zero: all
  double begin = 0, end = std::numeric_limits<double>::infinity(); // us

  bool limited() const { return core >= 0 || begin > 0 || end < std::numeric_limits<double>::infinity(); }
  // False with `error`.
  static bool parse(std::string_view text, Window &window, std::string &error);
};

// Of one instruction: its name and source line.
using SiteName = std::function<std::pair<std::string, uint32_t>(uint32_t site)>;

class Timeline : public TraceSink {
public:
  // Draws what happens from cycle `begin` to `end` on one core, below zero: on all. What lies closer together than a
  // thousandth or so of that becomes one piece, with the name of its longest part.
  Timeline(double begin, double end, int64_t core, SiteName nameOf);

  void work(uint32_t core, Unit unit, const Event &event, double begin, double end) override;
  void stall(uint32_t core, Stall why, uint32_t site, double begin, double end) override;
  void task(uint32_t, uint64_t, double, double) override {}
  void bandwidth(double, double) override {}

  // Nothing more comes, and nobody is asked for names any more.
  void finish() { nameOf = nullptr; }

  static constexpr unsigned kTracks = 4; // io, move, compute, scalar
  struct Span {
    double begin, end;
    uint32_t name, line;
    double longest;
  };
  std::map<uint32_t, std::vector<Span>> spans; // by core * kTracks + track
  std::vector<std::string> names;
  // What of NRAM a core's instructions touch when, by core: kNramRows rows of kNramColumns cells, a read has bit 1 and
  // a write bit 2.
  static constexpr unsigned kNramColumns = 240;
  std::map<uint32_t, std::vector<uint8_t>> nram;
  const double begin, end;

private:
  void addNram(uint32_t core, const Event &event, double from, double to);
  void add(uint32_t track, const std::string &name, uint32_t line, double from, double to);

  const double least;
  const int64_t core;
  SiteName nameOf;
  std::map<std::string, uint32_t> known;
  std::map<uint32_t, std::pair<std::string, uint32_t>> sites;
};

const char *stallName(Stall stall);

} // namespace dlp::timing

#endif // OPENBANG_SIMULATOR_TIMING_TIMELINE_H

// Report.h: a sweep as a table for readers, as JSON for programs, as a picture.
#ifndef OPENBANG_FRONTEND_TUNE_REPORT_H
#define OPENBANG_FRONTEND_TUNE_REPORT_H

#include "frontend/tune/Ranking.h"

#include <functional>

namespace bang::tune {

struct Report {
  const SweepRecord &sweep;
  const Ranking &ranking;
  std::vector<std::vector<Row>> rungs; // the last one first, each as ranked
  uint64_t planned = 0;                // points of the first rung that all shards together try; 0: not known

  const Row *best() const;
};

// `rows`: how many points it shows; 0: all.
std::string renderTable(const Report &report, unsigned rows);
std::string renderJson(const Report &report);
// SVG (Picture.cpp).
std::string renderPicture(const Report &report);

// A page with the picture and all points (Page.cpp).
std::string renderPage(const Report &report);

// "TILE=64 STAGES=2" as pairs.
std::vector<std::pair<std::string, std::string>> splitSetting(llvm::StringRef setting);

} // namespace bang::tune

#endif // OPENBANG_FRONTEND_TUNE_REPORT_H

// Render.h: findings as text, JSON and SARIF, and JSON as findings.
#ifndef OPENBANG_SIMULATOR_CHECK_RENDER_H
#define OPENBANG_SIMULATOR_CHECK_RENDER_H

#include "simulator/check/Report.h"

namespace dlp::check {

// The lines a user reads about one finding.
std::string renderText(const Finding &finding);
// "bang check: 2 findings (1 bounds, 1 race) in 3 launches"
std::string renderSummary(const std::vector<Finding> &findings, const Totals &totals);

// Documented in docs/checking.md.
std::string toJson(const std::vector<Finding> &findings, const Totals &totals);
bool fromJson(const std::string &text, std::vector<Finding> &findings, Totals &totals);
std::string toSarif(const std::vector<Finding> &findings);

} // namespace dlp::check

#endif // OPENBANG_SIMULATOR_CHECK_RENDER_H

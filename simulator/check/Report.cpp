// Report.cpp: deduplication and output of findings.
#include "simulator/check/Report.h"

#include "simulator/check/Render.h"

#include <algorithm>
#include <cstdio>

namespace dlp::check {

Finding *Report::add(Finding finding) {
  if (finding.place.pc)
    seen[{finding.kind, finding.place.pc}] = true;
  if (!options.wants(finding.kind))
    return nullptr;
  auto [it, fresh] = byKey.try_emplace(finding.key(), findings.size());
  if (!fresh) {
    ++findings[it->second].count;
    return nullptr;
  }
  findings.push_back(std::move(finding));
  if (options.found)
    options.found(findings.back());
  return &findings.back();
}

void Report::flush() {
  if (flushed == findings.size())
    return;
  if (options.report.empty()) {
    std::fflush(stdout);
    for (size_t i = flushed; i < findings.size(); ++i)
      std::fputs(renderText(findings[i]).c_str(), stderr);
  } else {
    writeFile();
  }
  flushed = findings.size();
}

uint64_t Report::finish(bool finished) {
  flush();
  totals.finished = finished;
  if (options.report.empty()) {
    std::fflush(stdout);
    std::fputs(renderSummary(findings, totals).c_str(), stderr);
  } else {
    writeFile();
  }
  return uint64_t(std::count_if(findings.begin(), findings.end(), [](const Finding &f) { return !f.hint; }));
}

void Report::writeFile() const {
  std::string text = toJson(findings, totals);
  std::string temporary = options.report + ".new";
  FILE *file = std::fopen(temporary.c_str(), "w");
  if (!file)
    return; // `bang check` reports that no findings came
  std::fwrite(text.data(), 1, text.size(), file);
  std::fclose(file);
  std::rename(temporary.c_str(), options.report.c_str());
}

} // namespace dlp::check

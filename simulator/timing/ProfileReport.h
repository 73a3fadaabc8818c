// ProfileReport.h: the report of a profile as JSON (docs/profiling.md describes it), and what people read made from it.
#ifndef OPENBANG_SIMULATOR_TIMING_PROFILEREPORT_H
#define OPENBANG_SIMULATOR_TIMING_PROFILEREPORT_H

#include <string>
#include <vector>

namespace dlp {
struct MachineConfig;
}

namespace dlp::timing {

struct KernelProfile;
struct Parameters;

std::string profileJson(const std::vector<KernelProfile> &kernels, const MachineConfig &machine,
                        const Parameters &parameters, double deviceNanoseconds);

struct TextOptions {
  bool whatIf = false;   // the table of what twice of each resource brings
  bool timeline = false; // a picture of the first core with work, and of its memory core
};
// Empty with `error` when `json` is no report.
std::string profileText(const std::string &json, const TextOptions &options, std::string &error);
// One row per source line of each kernel.
std::string profileCsv(const std::string &json, std::string &error);
// Timelines as SVG, of a report that has them.
std::string profilePicture(const std::string &json, std::string &error);
// What has changed from one report to another, kernel by kernel.
std::string profileComparison(const std::string &before, const std::string &after, std::string &error);

} // namespace dlp::timing

#endif // OPENBANG_SIMULATOR_TIMING_PROFILEREPORT_H

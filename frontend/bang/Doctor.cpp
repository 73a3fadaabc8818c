// Doctor.cpp: looks at each part of the installation, then takes a small kernel through all of it.
#include "frontend/bang/Doctor.h"

#include "frontend/bang/Run.h"
#include "simulator/core/MachineConfig.h"

#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>

namespace fs = std::filesystem;

namespace bang {
namespace {

constexpr char kProbe[] = R"(#include <bang.h>
#include <cnrt.h>
#include <cstdio>

__mlu_global__ void probe(float *data) {
  __nram__ float buffer[64];
  __memcpy(buffer, data, sizeof(buffer), GDRAM2NRAM);
  __bang_add(buffer, buffer, buffer, 64);
  __memcpy(data, buffer, sizeof(buffer), NRAM2GDRAM);
}

int main() {
  float host[64];
  for (int i = 0; i < 64; ++i)
    host[i] = i;
  float *device;
  CNRT_CHECK(cnrtMalloc((void **)&device, sizeof(host)));
  CNRT_CHECK(cnrtMemcpy(device, host, sizeof(host), cnrtMemcpyHostToDev));
  cnrtDim3_t dim = {1, 1, 1};
  probe<<<dim, cnrtFuncTypeBlock, nullptr>>>(device);
  CNRT_CHECK(cnrtQueueSync(nullptr));
  CNRT_CHECK(cnrtMemcpy(host, device, sizeof(host), cnrtMemcpyDevToHost));
  for (int i = 0; i < 64; ++i)
    if (host[i] != 2 * i)
      return 1;
  puts("right");
}
)";

class Report {
public:
  void good(const std::string &what, const std::string &found) {
    std::printf("ok       %-12s%s\n", what.c_str(), found.c_str());
  }
  void bad(const std::string &what, const std::string &found) {
    std::printf("problem  %-12s%s\n", what.c_str(), found.c_str());
    ++problems;
  }
  void file(const std::string &what, const std::string &path, const char *repair) {
    std::error_code failure;
    if (fs::exists(path, failure))
      good(what, path);
    else
      bad(what, "there is no " + path + "; " + repair);
  }
  int problems = 0;
};

std::string firstLine(const std::string &text) { return text.substr(0, text.find('\n')); }

void checkMachines(Report &report) {
  std::string names;
  for (const std::string &name : dlp::installedMachines()) {
    std::string error;
    if (dlp::loadMachine(name, error))
      names += (names.empty() ? "" : " ") + name;
    else
      report.bad("machine", error);
  }
  if (names.empty())
    report.bad("machines", "no machine files are installed under share/openbang/machines; install openbang again");
  else
    report.good("machines", names);
}

void checkRun(Report &report, const std::string &bin) {
  TemporaryFolder folder;
  std::ofstream(folder.file("probe.mlu")) << kProbe;
  std::string output;
  if (runAndWait({bin + "/bangcc", "-O2", folder.file("probe.mlu"), "-o", folder.file("probe")}, &output) != 0)
    return report.bad("compile", "a small kernel does not compile: " + output);
  output.clear();
  const char *machine = std::getenv("BANG_MACHINE");
  std::string where = machine && *machine ? machine : "the default machine";
  if (runAndWait({folder.file("probe")}, &output) == 0 && output == "right\n")
    return report.good("run", "a small kernel compiles, runs on " + where + " and computes right results");
  report.bad("run", "a small kernel does not run on " + where + ": " + output);
}

} // namespace

int runDoctor(const CommandLine &line) {
  if (!line.rest.empty())
    return usageError("'bang doctor' takes no arguments, found '" + line.rest.front() + "'");
  Report report;
  const std::string bin = ownFolder(), root = fs::path(bin).parent_path().string();
  report.good("openbang", std::string(OPENBANG_VERSION) + " in " + root);
  std::string version;
  if (runAndWait({bin + "/bangcc", "--version"}, &version) == 0)
    report.good("compiler", firstLine(version));
  else
    report.bad("compiler", firstLine(version));
  report.file("headers", root + "/include/bang.h", "install openbang again");
  report.file("library", root + "/lib64/libcnrt.so", "build or install the target cnrt");
  checkMachines(report);
  checkRun(report, bin);
  if (report.problems)
    std::printf("%d problem%s\n", report.problems, report.problems == 1 ? "" : "s");
  return report.problems ? 1 : 0;
}

} // namespace bang

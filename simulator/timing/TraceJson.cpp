// TraceJson.cpp: the Chrome trace format, which Perfetto and others open. Its times are microseconds.
#include "simulator/timing/TraceFile.h"

#include <nlohmann/json.hpp>

#include <cstdio>

namespace dlp::timing {
namespace {

using Json = nlohmann::ordered_json;

class JsonTrace : public TraceFile {
public:
  JsonTrace(FILE *file, const std::string &machine) : file(file) {
    std::fprintf(file, "{\"displayTimeUnit\":\"ns\",\"otherData\":{\"machine\":%s},\"traceEvents\":[\n",
                 Json(machine).dump().c_str());
  }
  ~JsonTrace() override { finish(); }

  void process(uint32_t pid, const std::string &name) override { named("process_name", {pid, 0}, name); }
  void thread(TracePlace place, const std::string &name) override { named("thread_name", place, name); }

  void slice(const TraceSlice &slice) override {
    Json json = {{"ph", "X"},           {"name", slice.name},      {"pid", slice.at.pid},
                 {"tid", slice.at.tid}, {"ts", slice.begin / 1e3}, {"dur", (slice.end - slice.begin) / 1e3}};
    if (slice.line)
      json["args"]["line"] = *slice.line;
    if (slice.bytes)
      json["args"]["bytes"] = slice.bytes;
    event(json);
    for (const TraceFlow &flow : slice.used)
      arrow("f", flow.id, slice.at, slice.begin);
    for (const TraceFlow &flow : slice.awaited) {
      arrow("s", flow.id, flow.from, flow.begin);
      arrow(flow.goesOn ? "t" : "f", flow.id, slice.at, slice.end);
    }
  }

  void bandwidth(double time, double gigabytesPerSecond) override {
    event({{"ph", "C"},
           {"name", "off-chip GB/s"},
           {"pid", 0},
           {"tid", 0},
           {"ts", time / 1e3},
           {"args", {{"GB/s", gigabytesPerSecond}}}});
  }

  void finish() override {
    if (!file)
      return;
    std::fputs("\n]}\n", file);
    std::fclose(file);
    file = nullptr;
  }

private:
  // A point of an arrow: its start, one on its way, or its end, on the slice that is there at this time.
  void arrow(const char *phase, uint64_t id, TracePlace at, double time) {
    Json json = {{"ph", phase},   {"name", "copy"}, {"cat", "copy"},   {"id", id},
                 {"pid", at.pid}, {"tid", at.tid},  {"ts", time / 1e3}};
    if (*phase == 'f')
      json["bp"] = "e";
    event(json);
  }
  void named(const char *what, TracePlace place, const std::string &name) {
    event({{"ph", "M"}, {"name", what}, {"pid", place.pid}, {"tid", place.tid}, {"args", {{"name", name}}}});
  }
  void event(const Json &json) {
    if (!first)
      std::fputs(",\n", file);
    first = false;
    const std::string text = json.dump();
    std::fwrite(text.data(), 1, text.size(), file);
  }

  FILE *file;
  bool first = true;
};

} // namespace

std::unique_ptr<TraceFile> openJsonTrace(const std::string &path, const std::string &machine) {
  FILE *file = std::fopen(path.c_str(), "w");
  return file ? std::make_unique<JsonTrace>(file, machine) : nullptr;
}

} // namespace dlp::timing

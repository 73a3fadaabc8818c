// Runner.cpp: enumerates the cases of a table of rows, executes them on the card and compares with the oracles.
#include "test/Matrix/lib/Runner.h"
#include "test/Matrix/lib/Oracles.h"

#include <cnrt.h>

#include <algorithm>
#include <cstdio>
#include <cstring>
#include <fstream>
#include <regex>
#include <sstream>

namespace matrix {

static std::vector<std::string> split(const std::string &text, char at) {
  std::vector<std::string> parts;
  std::istringstream in(text);
  for (std::string part; std::getline(in, part, at);)
    parts.push_back(part);
  return parts;
}

// A line of the table: id, name, operation, form, suffix, result, parameters (name:role:space:element), rules,
// accuracy.
static bool readRow(const std::string &line, Row &row) {
  std::vector<std::string> cells = split(line + "\t", '\t');
  if (cells.size() < 8)
    return false;
  row.id = std::stoi(cells[0]);
  row.name = cells[1];
  row.op = cells[2];
  row.form = cells[3];
  row.suffix = cells[4];
  if (cells[5] != "-" && !(row.result = findElt(cells[5])))
    return false;
  for (const std::string &text : split(cells[6], ' ')) {
    std::vector<std::string> p = split(text + ":", ':');
    Param param{p[0], p[1], p[2], p[3] == "-" ? nullptr : findElt(p[3])};
    if (p[3] != "-" && !param.elt)
      return false;
    row.params.push_back(param);
  }
  row.noAlias = split(cells[7], ' ');
  row.ulps = cells.size() > 8 ? std::atof(cells[8].c_str()) : 0;
  return true;
}

class Runner {
public:
  Runner(Launch launch, std::string root, bool brief) : launch(launch), root(std::move(root)), brief(brief) {
    CNRT_CHECK(cnrtMalloc((void **)&device, kDeviceBytes));
  }

  int run(const char *table) {
    std::ifstream in(table);
    for (std::string line; std::getline(in, line);) {
      Row row;
      if (!readRow(line, row)) {
        printf("BAD ROW: %s\n", line.c_str());
        return 1;
      }
      ++rows;
      runRow(row);
    }
    for (auto &[op, ulps] : worst)
      if (ulps > 0)
        printf("accuracy of %s: within %.3f ulp\n", op.c_str(), ulps);
    printf("%d rows, %d cases, %d failed, %d rows tested elsewhere, %d rows without oracle\n", rows, cases, failed,
           elsewhere, missing);
    return failed || missing || !rows;
  }

private:
  void runRow(const Row &row) {
    const Oracle *oracle = findOracle(row.op);
    if (!oracle) {
      ++missing;
      printf("NO ORACLE for '%s' of %s: add a line to test/Matrix/oracles\n", row.op.c_str(), row.name.c_str());
      return;
    }
    if (!oracle->testedIn.empty()) {
      ++elsewhere;
      checkElsewhere(row, *oracle);
      return;
    }
    // The same numbers in every run, others for every row.
    seed = 1;
    for (char c : row.name + row.suffix)
      seed = seed * 31 + c;
    const std::vector<Args> shapes = shapesOf(row, *oracle);
    const size_t region = oracle->region;
    if (brief)
      return runCase(row, {shapes[shapes.size() / 2], oracle->data.back(), region}, *oracle);
    for (const Args &shape : shapes)
      for (Data data : oracle->data)
        runCase(row, {shape, data, region}, *oracle);
    const Case::Setup middle{shapes[shapes.size() / 2], oracle->data.front(), region};
    Case::Setup unaligned = middle;
    unaligned.unaligned = true;
    runCase(row, unaligned, *oracle);
    for (const std::string &source : inPlaceSources(row, *oracle)) {
      Case::Setup inPlace = middle;
      inPlace.inPlace = source;
      runCase(row, inPlace, *oracle);
    }
    Case::Setup elsewhere = middle;
    for (elsewhere.space = 1; elsewhere.space < alternatives(row); ++elsewhere.space)
      runCase(row, elsewhere, *oracle);
    if (oracle->exhaustive && isUnary16(row))
      for (Data half : {Data::AllLow, Data::AllHigh})
        runCase(row, {{{"n", int64_t(Case::kHalf)}}, half, Case::kAllRegion}, *oracle);
  }

  // How many memories the most liberal operand may lie in.
  static unsigned alternatives(const Row &row) {
    unsigned most = 1;
    for (const Param &p : row.params)
      most = std::max(most, unsigned(std::count(p.space.begin(), p.space.end(), '|')) + 1);
    return most;
  }

  // The test named must exist and speak of the operation under one of its names.
  void checkElsewhere(const Row &row, const Oracle &oracle) {
    auto [it, fresh] = texts.try_emplace(oracle.testedIn);
    if (fresh) {
      std::ifstream in(root + "/" + oracle.testedIn);
      it->second = {std::istreambuf_iterator<char>(in), {}};
    }
    std::regex call("\\b" + (oracle.calledAs.empty() ? row.name : oracle.calledAs) + "\\(");
    if (!std::regex_search(it->second, call)) {
      ++missing;
      printf("NO TEST of %s in %s, where its oracle says it is\n", row.name.c_str(), oracle.testedIn.c_str());
    }
  }

  static std::vector<Args> shapesOf(const Row &row, const Oracle &oracle) {
    if (!oracle.shapes.empty())
      return oracle.shapes;
    if (row.find("seg_n"))
      return {{{"n", 1}, {"seg_n", 1}},    {{"n", 12}, {"seg_n", 3}},   {{"n", 65}, {"seg_n", 65}},
              {{"n", 192}, {"seg_n", 64}}, {{"n", 330}, {"seg_n", 66}}, {{"n", 129}, {"seg_n", 1}}};
    if (row.find("n"))
      return {{{"n", 1}}, {{"n", 3}}, {{"n", 63}}, {{"n", 64}}, {{"n", 65}}, {{"n", 129}}, {{"n", 1000}}};
    return {{}};
  }

  static std::vector<std::string> inPlaceSources(const Row &row, const Oracle &oracle) {
    std::vector<std::string> sources;
    const Param *dst = row.find("dst");
    if (!oracle.inPlace || !dst || !dst->elt)
      return sources;
    for (const Param &p : row.params)
      if (p.role == "read" && p.space == dst->space && p.elt && (!row.find("seg_n") || &p == firstSource(row)) &&
          std::find(row.noAlias.begin(), row.noAlias.end(), p.name) == row.noAlias.end())
        sources.push_back(p.name);
    return sources;
  }

  static const Param *firstSource(const Row &row) {
    for (const Param &p : row.params)
      if (p.role == "read")
        return &p;
    return nullptr;
  }

  // All 65,536 values of a 16-bit source.
  static bool isUnary16(const Row &row) {
    int reads = 0;
    bool wide = false;
    for (const Param &p : row.params)
      if (p.role == "read") {
        ++reads;
        wide = p.elt && p.elt->bits == 16;
      } else if (p.role == "value") {
        ++reads;
      }
    return reads == 1 && wide && row.find("dst") && row.find("n") && row.params.size() <= 5;
  }

  void runCase(const Row &row, Case::Setup setup, const Oracle &oracle) {
    ++cases;
    Case c(row, std::move(setup), ++seed);
    if (oracle.prepare)
      oracle.prepare(c);
    oracle.run(c);
    Call call = {};
    c.describeTo(call);
    char *next = device;
    uint64_t results[2] = {};
    call.result = (uint64_t *)next;
    CNRT_CHECK(cnrtMemcpy(next, results, sizeof(results), cnrtMemcpyHostToDev));
    next += 64;
    for (int m = 0; m < kMemories; ++m)
      if (call.uses[m]) {
        std::vector<uint8_t> &image = m == kWram ? c.weights : c.before;
        CNRT_CHECK(cnrtMemcpy(next, image.data(), image.size(), cnrtMemcpyHostToDev));
        call.image[m] = next;
        next += image.size();
      }
    launch(call);
    std::string problem;
    if (cnrtRet_t status = cnrtQueueSync(nullptr); status != cnrtSuccess) {
      problem = "the kernel ended with an error";
    } else {
      std::vector<uint8_t> after[kMemories];
      for (int m = 0; m < kMemories; ++m)
        if (call.uses[m] && m != kWram) {
          after[m].resize(c.before.size());
          CNRT_CHECK(cnrtMemcpy(after[m].data(), call.image[m], after[m].size(), cnrtMemcpyDevToHost));
        }
      CNRT_CHECK(cnrtMemcpy(results, call.result, sizeof(results), cnrtMemcpyDevToHost));
      problem = c.compare(after, results[0]);
      if (problem.empty() && c.worst > row.ulps)
        problem = "an error of " + std::to_string(c.worst) + " ulp, but the row promises " + std::to_string(row.ulps);
      if (c.worst > worst[row.op])
        worst[row.op] = c.worst;
    }
    if (!problem.empty() && ++failed <= kMaxReports)
      printf("FAIL %s: %s\n", c.describe().c_str(), problem.c_str());
  }

  static constexpr size_t kDeviceBytes = 2 << 20;
  static constexpr int kMaxReports = 200;
  Launch launch;
  std::string root;
  bool brief;                               // one case of each row
  std::map<std::string, std::string> texts; // of the tests written by hand
  std::map<std::string, double> worst;      // error of each operation
  char *device = nullptr;
  unsigned seed = 0;
  int rows = 0, cases = 0, failed = 0, missing = 0, elsewhere = 0;
};

int runMatrix(int argc, char **argv, Launch launch) {
  const bool brief = argc == 4 && std::string_view(argv[3]) == "brief";
  if (argc != 3 && !brief) {
    printf("usage: %s ROWS SOURCE_ROOT [brief]\n", argv[0]);
    return 2;
  }
  return Runner(launch, argv[2], brief).run(argv[1]);
}

} // namespace matrix

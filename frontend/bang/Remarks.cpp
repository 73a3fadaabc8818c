// Remarks.cpp: reads diagnostics in the form that compilers print: "k.mlu:5:21: remark: text", and the line of source.
#include "frontend/bang/Remarks.h"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <regex>
#include <sstream>

namespace bang {

std::string takeRemarks(const std::string &output, std::vector<Remark> &remarks) {
  static const std::regex remark(R"((.+):(\d+):\d+: remark: (.*))");
  static const std::regex other(R"(.*: (warning|error|fatal error|note): .*|\d+ (warning|error)s? .*|In file .*)");
  std::istringstream lines(output);
  std::string rest;
  bool skips = false; // the source line and the marks below a remark
  for (std::string line; std::getline(lines, line);) {
    std::smatch match;
    if (std::regex_match(line, match, remark)) {
      skips = true;
      Remark found{match[1], match[3], unsigned(std::stoul(match[2]))};
      // A header says the same in each file that includes it.
      if (std::none_of(remarks.begin(), remarks.end(), [&](const Remark &known) {
            return known.file == found.file && known.line == found.line && known.text == found.text;
          }))
        remarks.push_back(std::move(found));
      continue;
    }
    skips = skips && !std::regex_match(line, other);
    if (!skips)
      rest += line + "\n";
  }
  return rest;
}

std::string remarksJson(const std::vector<Remark> &remarks) {
  auto json = nlohmann::ordered_json::array();
  for (const Remark &remark : remarks)
    json.push_back({{"file", remark.file}, {"line", remark.line}, {"text", remark.text}});
  return json.dump();
}

} // namespace bang

// Page.cpp: puts the report and the script into the page, so that it opens anywhere and without a network.
#include "frontend/bang/Page.h"

#include "frontend/bang/Run.h"

#include <filesystem>
#include <fstream>
#include <sstream>

namespace bang {
namespace {

bool readInstalled(const char *name, std::string &text) {
  const std::string path = std::filesystem::path(ownFolder()).parent_path() / "share/openbang/prof" / name;
  std::ifstream in(path, std::ios::binary);
  std::stringstream buffer;
  buffer << in.rdbuf();
  text = buffer.str();
  return bool(in) && !text.empty();
}

void replace(std::string &page, const std::string &mark, const std::string &text) {
  const size_t at = page.find(mark);
  if (at != std::string::npos)
    page.replace(at, mark.size(), text);
}

// A script element ends at "</" whatever the text means.
std::string forScript(const std::string &text) {
  std::string out;
  for (size_t i = 0; i < text.size(); ++i) {
    out += text[i];
    if (text[i] == '<' && i + 1 < text.size() && text[i + 1] == '/')
      out += '\\';
  }
  return out;
}

} // namespace

std::string profilePage(const std::string &report, const std::string &before, const std::string &remarks,
                        std::string &error) {
  std::string page, script;
  if (!readInstalled("page.html", page) || !readInstalled("page.js", script)) {
    error = "the template of the page is not installed; install openbang again";
    return "";
  }
  const std::string data =
      "{\"report\":" + report + ",\"before\":" + (before.empty() ? "null" : before) + ",\"remarks\":" + remarks + "}";
  replace(page, "@SCRIPT@", script);
  replace(page, "@DATA@", forScript(data));
  return page;
}

} // namespace bang

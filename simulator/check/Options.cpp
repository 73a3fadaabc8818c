// Options.cpp: parsing of the options of a check.
#include "simulator/check/Options.h"

#include <charconv>

namespace dlp::check {

Options::Options() {
  kinds.fill(true);
  kinds[unsigned(Kind::Number)] = false;
}

static bool setKinds(std::string_view names, bool value, Options &options, std::string &error) {
  while (!names.empty()) {
    size_t end = names.find('+');
    std::string_view name = names.substr(0, end);
    auto kind = findKind(name);
    if (!kind) {
      error = "'" + std::string(name) + "' is no kind of finding, expected ";
      for (unsigned i = 0; i < kKinds; ++i)
        error += (i == 0 ? "" : i + 1 == kKinds ? " or " : ", ") + std::string(kindName(Kind(i)));
      return false;
    }
    options.kinds[unsigned(*kind)] = value;
    names.remove_prefix(end == std::string_view::npos ? names.size() : end + 1);
  }
  return true;
}

std::optional<Options> parseOptions(std::string_view text, std::string &error) {
  Options options;
  while (!text.empty()) {
    if (text.starts_with("report=")) {
      options.report = text.substr(7);
      break;
    }
    size_t end = text.find(',');
    std::string_view option = text.substr(0, end);
    text.remove_prefix(end == std::string_view::npos ? text.size() : end + 1);
    if (option.starts_with("only=")) {
      options.kinds.fill(false);
      if (!setKinds(option.substr(5), true, options, error))
        return std::nullopt;
    } else if (option.starts_with("skip=")) {
      if (!setKinds(option.substr(5), false, options, error))
        return std::nullopt;
    } else if (option.starts_with("orders=")) {
      constexpr unsigned kMost = 10000;
      auto [end, failure] = std::from_chars(option.data() + 7, option.data() + option.size(), options.orders);
      if (failure != std::errc() || end != option.data() + option.size() || options.orders < 2 ||
          options.orders > kMost) {
        error = "the number of orders is '" + std::string(option.substr(7)) + "', expected 2 to 10000";
        return std::nullopt;
      }
    } else if (option.starts_with("arch=")) {
      if (option != "arch=all") {
        error = "the arch is '" + std::string(option.substr(5)) +
                "', expected all; a program is checked for its own arch without this option";
        return std::nullopt;
      }
      options.allArchs = true;
    } else if (option == "numbers") {
      options.kinds[unsigned(Kind::Number)] = true;
    } else {
      error = "'" + std::string(option) +
              "' is no option of check, expected only=, skip=, numbers, orders=, arch=all or report=";
      return std::nullopt;
    }
  }
  return options;
}

} // namespace dlp::check

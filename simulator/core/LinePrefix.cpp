// LinePrefix.cpp: pieces of lines by core.
#include "simulator/core/LinePrefix.h"

#include "simulator/core/Launch.h"

namespace dlp {

void LinePrefix::end(Begun &line, const Print &print) {
  if (!line.text.empty())
    print(line.prefix + line.text + "\n");
  line.text.clear();
}

void LinePrefix::print(const Core &core, std::string_view text, const Print &print) {
  Begun &line = lines[core.launch->numberOf(core)];
  if (line.task != core.task.taskId || line.prefix.empty()) {
    end(line, print); // of the task before
    line.task = core.task.taskId;
    line.prefix = "[task " + std::to_string(line.task) + ", cluster " + std::to_string(core.clusterIndex()) +
                  (core.isMemoryCore() ? " memory core] " : " core " + std::to_string(core.coreIndex()) + "] ");
  }
  for (size_t newline; (newline = text.find('\n')) != text.npos; text.remove_prefix(newline + 1)) {
    print(line.prefix + line.text + std::string(text.substr(0, newline + 1)));
    line.text.clear();
  }
  line.text += text;
}

void LinePrefix::finish(const Print &print) {
  for (auto &[number, line] : lines)
    end(line, print);
  lines.clear();
}

} // namespace dlp

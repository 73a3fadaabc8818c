// Barriers.cpp: barriers that not all cores reach: who waits at which line, and for whom.
#include "simulator/check/Check.h"

#include <algorithm>

namespace dlp::check {
namespace {

std::string coreName(const Core &core, bool withCluster) {
  std::string name = core.isMemoryCore() ? "memory core" : "core " + std::to_string(core.coreIndex());
  return withCluster ? name + " of cluster " + std::to_string(core.clusterIndex()) : name;
}

// "core 0, core 1 and memory core"
std::string list(const std::vector<const Core *> &cores) {
  bool several = std::any_of(cores.begin(), cores.end(),
                             [&](const Core *c) { return c->clusterIndex() != cores[0]->clusterIndex(); });
  constexpr size_t kMost = 6;
  std::string text;
  for (size_t i = 0; i < cores.size() && i < kMost; ++i)
    text += (i == 0 ? "" : i + 1 == cores.size() ? " and " : ", ") + coreName(*cores[i], several);
  if (cores.size() > kMost)
    text += " and " + std::to_string(cores.size() - kMost) + " more";
  if (!several && !cores.empty())
    text += " of cluster " + std::to_string(cores[0]->clusterIndex());
  return text;
}

class BarrierCheck : public Check {
public:
  using Check::Check;

  void launchEnds(Launch &launch, const Fault *fault) override {
    if (!fault || fault->kind != FaultKind::Deadlock)
      return;
    // Cores by what they wait at; those of tasks that ended wait for nothing any more.
    std::map<std::pair<std::string, uint64_t>, std::vector<const Core *>> waiting;
    std::vector<const Core *> ended;
    for (auto &core : launch.allCores()) {
      if (core->state == CoreState::Waiting)
        waiting[{core->waitsAt, core->waitsPc}].push_back(core.get());
      else if (core->state == CoreState::Ended)
        ended.push_back(core.get());
    }
    if (waiting.empty())
      return;
    // The finding stands at the line where most cores wait.
    auto most = std::max_element(waiting.begin(), waiting.end(),
                                 [](const auto &a, const auto &b) { return a.second.size() < b.second.size(); });
    const Core &first = *most->second.front();
    Finding f = context.findingAt(Kind::Sync, first, most->first.second);
    std::string operation = context.operationAt(f.place, first);
    f.object = "barrier";
    std::vector<const Core *> missing = missingAt(first, most->second, waiting, ended);
    f.what = list(most->second) + (most->second.size() == 1 ? " waits" : " wait") + " at " + operation +
             " for ever: " + (missing.empty() ? std::string("the others") : list(missing)) +
             (missing.size() == 1 ? " never arrives there" : " never arrive there");
    for (const auto &[at, group] : waiting)
      if (at != most->first)
        f.notes.push_back(
            {list(group) + (group.size() == 1 ? " waits" : " wait") + " here", context.placeOf(at.second)});
    if (!ended.empty())
      f.notes.push_back({list(ended) + (ended.size() == 1 ? " has" : " have") + " come to the end of the kernel", {}});
    bool memoryCore = std::any_of(missing.begin(), missing.end(), [](const Core *c) { return c->isMemoryCore(); });
    bool all = std::all_of(missing.begin(), missing.end(), [](const Core *c) { return c->isMemoryCore(); });
    f.fix = memoryCore && all && !missing.empty()
                ? "let the memory core reach it too, or use a barrier without it, such as __sync_all_ipu()"
                : "let every core reach the same barriers the same number of times";
    context.report.add(std::move(f));
  }

private:
  using Waiting = std::map<std::pair<std::string, uint64_t>, std::vector<const Core *>>;

  // Cores of the same cluster (or the same union task) that do not wait at this kind of barrier.
  std::vector<const Core *> missingAt(const Core &first, const std::vector<const Core *> &here, const Waiting &waiting,
                                      const std::vector<const Core *> &ended) const {
    std::vector<const Core *> missing;
    bool cluster =
        first.waitsAt.find("cluster") != std::string::npos || first.waitsAt.find("local") != std::string::npos;
    bool withoutMemoryCore = first.waitsAt.find("ipu") != std::string::npos;
    auto consider = [&](const Core *core) {
      bool related =
          cluster ? core->clusterIndex() == first.clusterIndex() : core->task.unionIndex == first.task.unionIndex;
      if (related && !(withoutMemoryCore && core->isMemoryCore()) && core->waitsAt != first.waitsAt)
        missing.push_back(core);
      else if (related && !(withoutMemoryCore && core->isMemoryCore()) && core->state == CoreState::Ended)
        missing.push_back(core);
    };
    for (const auto &[at, group] : waiting)
      for (const Core *core : group)
        if (std::find(here.begin(), here.end(), core) == here.end())
          consider(core);
    for (const Core *core : ended)
      consider(core);
    return missing;
  }
};

} // namespace

std::unique_ptr<Check> makeBarrierCheck(Context &context) { return std::make_unique<BarrierCheck>(context); }

} // namespace dlp::check

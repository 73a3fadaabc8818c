// Rules.cpp: the rows of all rules; docs/linting.md has a section for each.
#include "frontend/lint/Lint.h"

namespace bang::lint {

static constexpr Rule kRules[] = {
    {"bytes-as-elements", "the count of a vector operation is given in bytes", matchElementCounts, nullptr},
    {"elements-as-bytes", "the size of a copy is given in elements", matchByteSizes, nullptr},
    {"sizeof-pointer", "the size of a copy is the size of a pointer", matchPointerSizes, nullptr},
    {"memory-core-guard", "a Union kernel uses NRAM on the memory core, which has none", matchUnguardedKernels,
     nullptr},
    {"divergent-barrier", "a barrier stands where not all cores come by", matchDivergentBarriers, nullptr},
    {"useless-sync", "a __sync() has nothing to wait for", matchUselessSyncs, nullptr},
    {"legacy-spelling", "a name of the first generation has a current one", matchLegacyNames, watchLegacyMacros},
    {"nram-size", "the size of NRAM is written as a number", matchNramNumbers, nullptr},
};

std::span<const Rule> allRules() { return kRules; }

} // namespace bang::lint

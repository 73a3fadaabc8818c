// TuneOptions.h: the options of `bang tune`: bang-tune reads them by these rows, `bang` shows them.
#ifndef OPENBANG_FRONTEND_BANG_TUNEOPTIONS_H
#define OPENBANG_FRONTEND_BANG_TUNEOPTIONS_H

#include "frontend/bang/Commands.h"

namespace bang {

inline constexpr CommandOption kTuneOptions[] = {
    {"--param", "<NAME=values>",
     "a macro and its values: TILE=64,128,256, or a range: STAGES=1..3, OFFSET=0..64+16, TILE=16..1024*2"},
    {"--objective", "<what>",
     "what is to be small: time (of the timing model; this is the default), instructions (of all cores), bytes (of "
     "GDRAM traffic) or nram"},
    {"--kernel", "<text>", "count only kernels whose name contains this text"},
    {"--search", "<way>",
     "exhaustive (all points), random (--samples of them) or halving (all or --samples of them with a small --budget, "
     "the better part with the next one)"},
    {"--samples", "<n>", "how many points a random search or the first rung of a halving search looks at"},
    {"--seed", "<n>", "which points a random search draws; 1 when it is not given"},
    {"--budget", "<NAME=values>", "a macro for the size of the problem, from cheap to real; a rung for each value"},
    {"--divide", "<n>", "one of n points goes on to the next rung; 2 when it is not given"},
    {"--args", "<words>", "arguments for the program; {TILE} stands for the value of TILE"},
    {"--machine", "<machine>", "run on this simulated card, as in 'bang run'"},
    {"--set", "<name=value>",
     "change a number of the card in the timing model, such as dram_gbps=614; may be given several times", true},
    {"--check", nullptr, "run each point under bang check too; a point with findings never wins"},
    {"--compare", "<what>",
     "what of each point must agree with the first one: output, results (bytes copied from the card), both when it is "
     "not given, or none"},
    {"--ignore", "<regex>", "parts of the output that do not count, such as times"},
    {"--timeout", "<seconds>", "how long a compilation or a run may take; 300 when it is not given"},
    {"-j", "<n>", "how many points to work on at a time; one for each processor when it is not given"},
    {"--shard", "<i/N>",
     "only the i-th of N parts of the points; ranks of Slurm and Open MPI take theirs without being told"},
    {"--db", "<file>", "the database of results instead of openbang/tune.db in the user's cache folder"},
    {"--merge", "<file>", "take the results of another database into this one; may be given several times"},
    {"--retry", nullptr, "try points again that failed; infeasible ones are not tried again"},
    {"--lease", "<seconds>", "how long a point stays reserved for a process that no longer answers; 60"},
    {"--report", nullptr, "show the last sweep, or the last one of this kernel, and run nothing"},
    {"--rows", "<n>", "how many points the table shows; 20 when it is not given, 0 for all"},
    {"--picture", "<file.svg>", "draw the points: which are feasible, which are good"},
    {"--html", "<file>", "write the picture and a table of all points as a page"},
    {"--json", "<file>", "write all points as JSON; - is standard output"},
};

} // namespace bang

#endif // OPENBANG_FRONTEND_BANG_TUNEOPTIONS_H

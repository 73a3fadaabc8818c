// Owner.h: the name under which a process claims points, and whether the process of such a name still lives.
#ifndef OPENBANG_FRONTEND_TUNE_OWNER_H
#define OPENBANG_FRONTEND_TUNE_OWNER_H

#include <string>

namespace bang::tune {

// Boot, process namespace, process id and start time: no two processes share it, on any computers.
std::string ownName();

// True only when the process ran here and is gone. Of processes elsewhere nothing is known but their lease.
bool hasEnded(const std::string &owner);

} // namespace bang::tune

#endif // OPENBANG_FRONTEND_TUNE_OWNER_H

// PrecompiledHeader.h: bang.h, parsed once for each set of options instead of twice for each source file.
//
// bang.h declares thousands of overloads and brings in the C++ library. A precompiled form is kept in a private folder
// of the user; its name is a hash of everything that can change what bang.h means: bangcc itself, the arch and side,
// all options and macros. Beside it stands a list of the headers it was made from with their sizes and times; when one
// differs it is made again. Without a usable folder everything works as before, only slower.
#ifndef OPENBANG_FRONTEND_SEMA_PRECOMPILEDHEADER_H
#define OPENBANG_FRONTEND_SEMA_PRECOMPILEDHEADER_H

#include "frontend/sema/Session.h"

namespace bang {

// The folder for precompiled headers, created for this user alone; empty when there is none to be had.
std::string precompiledHeaderFolder();

// `args` (of one side) with bang.h replaced by its precompiled form, or `args` unchanged.
Arguments withPrecompiledHeader(const SourceJob &job, const Arguments &args);

} // namespace bang

#endif // OPENBANG_FRONTEND_SEMA_PRECOMPILEDHEADER_H

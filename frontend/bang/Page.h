// Page.h: a report of `bang prof` as one page that needs nothing else.
#ifndef OPENBANG_FRONTEND_BANG_PAGE_H
#define OPENBANG_FRONTEND_BANG_PAGE_H

#include <string>

namespace bang {

// Empty with `error` when a part of the page is not installed. `before`: an earlier report to compare with, or empty;
// `remarks`: an array of what the compiler said, remarksJson().
std::string profilePage(const std::string &report, const std::string &before, const std::string &remarks,
                        std::string &error);

} // namespace bang

#endif // OPENBANG_FRONTEND_BANG_PAGE_H

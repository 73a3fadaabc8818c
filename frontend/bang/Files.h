// Files.h: whole files in and out.
#ifndef OPENBANG_FRONTEND_BANG_FILES_H
#define OPENBANG_FRONTEND_BANG_FILES_H

#include <string>

namespace bang {

bool readFile(const std::string &path, std::string &text);

// "-" is standard output. A file appears whole or stays as it was.
bool writeFile(const std::string &path, const std::string &text);

} // namespace bang

#endif // OPENBANG_FRONTEND_BANG_FILES_H

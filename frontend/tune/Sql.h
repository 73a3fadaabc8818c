// Sql.h: SQLite's C interface in the form Store.cpp uses it: statements, transactions, the schema, and outcomes as
// columns. Failures are kept as one sentence; after the first one nothing more is done.
#ifndef OPENBANG_FRONTEND_TUNE_SQL_H
#define OPENBANG_FRONTEND_TUNE_SQL_H

#include "frontend/tune/Outcome.h"

#include "llvm/Support/Error.h"

#include <string>

struct sqlite3;
struct sqlite3_stmt;

namespace bang::tune {

// Opens the file, makes it when there is none, and checks that it is ours and undamaged.
llvm::Expected<sqlite3 *> openDatabase(const std::string &file, bool mustExist = false);

// One statement: values go in with <<, in the order of its question marks; after step() columns come out in order.
class Sql {
public:
  Sql(sqlite3 *db, const std::string &text, std::string &problem);
  ~Sql();
  Sql(const Sql &) = delete;
  Sql &operator=(const Sql &) = delete;

  Sql &operator<<(int64_t value);
  Sql &operator<<(double value);
  Sql &operator<<(const std::string &value);
  Sql &operator<<(std::nullptr_t);
  // True: there is a row.
  bool step();

  bool isNull() const; // the next column
  int64_t integer();
  double real();
  std::string text();

private:
  sqlite3 *db;
  std::string &problem;
  sqlite3_stmt *statement = nullptr;
  int nextValue = 1, nextColumn = 0;
};

// Rolls back unless committed. It takes the write lock at once: a claim reads and writes in one.
class Transaction {
public:
  Transaction(sqlite3 *db, std::string &problem);
  ~Transaction();
  bool begun() const { return isOpen; }
  bool commit();

private:
  sqlite3 *db;
  std::string &problem;
  bool isOpen = false;
};

// The columns of an outcome in points, the same number of question marks, and both directions.
extern const char *const kOutcomeColumns;
extern const char *const kOutcomePlaces;
void writeOutcome(Sql &sql, const Outcome &outcome);
Outcome readOutcome(Sql &sql);

} // namespace bang::tune

#endif // OPENBANG_FRONTEND_TUNE_SQL_H

// Sql.cpp: the schema, and the plumbing around SQLite.
#include "frontend/tune/Sql.h"

#include "llvm/Support/FileSystem.h"
#include "llvm/Support/JSON.h"
#include "llvm/Support/Path.h"
#include "llvm/Support/raw_ostream.h"

#include <sqlite3.h>

namespace bang::tune {

// "Who made this file", for SQLite and for file(1): 'btun'.
static constexpr int kApplicationId = 0x6274756e;
static constexpr int kSchemaVersion = 1;
static constexpr int kBusyMilliseconds = 60'000;

// Sums over kernels stand in columns of their own for whoever queries the file; `kernels` has them by kernel.
static constexpr char kSchema[] = R"(
CREATE TABLE points (
  key TEXT PRIMARY KEY,           -- hash of everything the result depends on
  setting TEXT NOT NULL,          -- TILE=64 STAGES=2
  state TEXT NOT NULL,            -- claimed, done
  owner TEXT, lease INTEGER,      -- whose claim, and until when (Unix time in milliseconds)
  runs INTEGER NOT NULL DEFAULT 0,
  finished INTEGER,
  status TEXT,                    -- ok, infeasible, failed; NULL: never finished
  reason TEXT, exit_code INTEGER, output TEXT, output_hash TEXT, results_hash TEXT,
  kernels TEXT, launches INTEGER, instructions INTEGER, nram_bytes INTEGER, gdram_bytes INTEGER, time_ns REAL,
  findings INTEGER, first_finding TEXT, compile_seconds REAL, run_seconds REAL);
CREATE TABLE sweeps (
  id TEXT PRIMARY KEY, kernel TEXT, machine TEXT, options TEXT, arguments TEXT, parameters TEXT, objective TEXT,
  objective_kernel TEXT, comparison TEXT, touched INTEGER);
CREATE TABLE members (
  sweep TEXT, rung INTEGER, number INTEGER, key TEXT NOT NULL, setting TEXT NOT NULL,
  PRIMARY KEY (sweep, rung, number));
)";

const char *const kOutcomeColumns =
    "status, reason, exit_code, output, output_hash, results_hash, kernels, launches, instructions, nram_bytes, "
    "gdram_bytes, time_ns, findings, first_finding, compile_seconds, run_seconds";
const char *const kOutcomePlaces = "?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?";

static llvm::Error failure(const llvm::Twine &sentence) {
  return llvm::createStringError(llvm::inconvertibleErrorCode(), sentence.str());
}

static int number(sqlite3 *db, const char *pragma) {
  std::string problem;
  Sql sql(db, pragma, problem);
  return sql.step() ? static_cast<int>(sql.integer()) : 0;
}

// Gives an empty file its tables; several processes may do it at once.
static llvm::Error makeTables(sqlite3 *db, const std::string &file) {
  std::string problem;
  Transaction transaction(db, problem);
  if (transaction.begun() && number(db, "PRAGMA user_version") == 0) {
    std::string text = kSchema;
    text += "PRAGMA application_id = " + std::to_string(kApplicationId) +
            "; PRAGMA user_version = " + std::to_string(kSchemaVersion) + ";";
    if (sqlite3_exec(db, text.c_str(), nullptr, nullptr, nullptr) != SQLITE_OK && problem.empty())
      problem = sqlite3_errmsg(db);
  }
  if (problem.empty() && transaction.begun() && transaction.commit())
    return llvm::Error::success();
  return failure("cannot set up the database '" + file + "': " + problem);
}

static llvm::Error prepare(sqlite3 *db, const std::string &file) {
  sqlite3_busy_timeout(db, kBusyMilliseconds);
  // Any read finds out whether the file is a database at all.
  int code = sqlite3_exec(db, "SELECT count(*) FROM sqlite_master", nullptr, nullptr, nullptr);
  std::string problem;
  if (code == SQLITE_OK) {
    Sql check(db, "PRAGMA quick_check(1)", problem);
    std::string verdict = check.step() ? check.text() : problem;
    code = verdict == "ok" ? SQLITE_OK : SQLITE_CORRUPT;
  }
  if (code == SQLITE_CORRUPT || code == SQLITE_NOTADB)
    return failure("the database '" + file + "' is damaged; move it away, or name another one with --db");
  if (code != SQLITE_OK)
    return failure("cannot read the database '" + file + "': " + sqlite3_errmsg(db));
  if (number(db, "SELECT count(*) FROM sqlite_master") == 0) {
    if (llvm::Error error = makeTables(db, file))
      return error;
  } else if (number(db, "PRAGMA application_id") != kApplicationId) {
    return failure("'" + file + "' is a database of another program; name another file with --db");
  }
  if (int version = number(db, "PRAGMA user_version"); version != kSchemaVersion)
    return failure("the database '" + file + "' has version " + llvm::Twine(version) + ", expected " +
                   llvm::Twine(kSchemaVersion) + "; move it away, or name another one with --db");
  // WAL needs memory that its writers share, which network file systems have not.
  const char *mode = llvm::sys::fs::is_local(file) ? "PRAGMA journal_mode = WAL" : "PRAGMA journal_mode = TRUNCATE";
  if (sqlite3_exec(db, mode, nullptr, nullptr, nullptr) != SQLITE_OK)
    return failure("cannot write to the database '" + file + "': " + sqlite3_errmsg(db));
  return llvm::Error::success();
}

llvm::Expected<sqlite3 *> openDatabase(const std::string &file, bool mustExist) {
  llvm::StringRef folder = llvm::sys::path::parent_path(file);
  if (!mustExist && !folder.empty())
    if (std::error_code problem = llvm::sys::fs::create_directories(folder))
      return failure("cannot make the folder '" + folder + "': " + problem.message());
  sqlite3 *db = nullptr;
  int flags = SQLITE_OPEN_READWRITE | SQLITE_OPEN_FULLMUTEX | (mustExist ? 0 : SQLITE_OPEN_CREATE);
  if (sqlite3_open_v2(file.c_str(), &db, flags, nullptr) != SQLITE_OK) {
    std::string reason = sqlite3_errmsg(db);
    sqlite3_close_v2(db);
    return failure("cannot open the database '" + file + "': " + reason);
  }
  if (llvm::Error error = prepare(db, file)) {
    sqlite3_close_v2(db);
    return error;
  }
  return db;
}

Sql::Sql(sqlite3 *db, const std::string &text, std::string &problem) : db(db), problem(problem) {
  if (problem.empty() && sqlite3_prepare_v2(db, text.c_str(), -1, &statement, nullptr) != SQLITE_OK)
    problem = sqlite3_errmsg(db);
}

Sql::~Sql() { sqlite3_finalize(statement); }

Sql &Sql::operator<<(int64_t value) {
  sqlite3_bind_int64(statement, nextValue++, value);
  return *this;
}

Sql &Sql::operator<<(double value) {
  sqlite3_bind_double(statement, nextValue++, value);
  return *this;
}

Sql &Sql::operator<<(const std::string &value) {
  sqlite3_bind_text(statement, nextValue++, value.data(), static_cast<int>(value.size()), SQLITE_TRANSIENT);
  return *this;
}

Sql &Sql::operator<<(std::nullptr_t) {
  sqlite3_bind_null(statement, nextValue++);
  return *this;
}

bool Sql::step() {
  nextColumn = 0;
  if (!problem.empty())
    return false;
  switch (sqlite3_step(statement)) {
  case SQLITE_ROW:
    return true;
  case SQLITE_DONE:
    return false;
  default:
    problem = sqlite3_errmsg(db);
    return false;
  }
}

bool Sql::isNull() const { return sqlite3_column_type(statement, nextColumn) == SQLITE_NULL; }
int64_t Sql::integer() { return sqlite3_column_int64(statement, nextColumn++); }
double Sql::real() { return sqlite3_column_double(statement, nextColumn++); }

std::string Sql::text() {
  const void *bytes = sqlite3_column_blob(statement, nextColumn);
  std::string text(static_cast<const char *>(bytes), bytes ? sqlite3_column_bytes(statement, nextColumn) : 0);
  ++nextColumn;
  return text;
}

Transaction::Transaction(sqlite3 *db, std::string &problem) : db(db), problem(problem) {
  if (!problem.empty())
    return;
  isOpen = sqlite3_exec(db, "BEGIN IMMEDIATE", nullptr, nullptr, nullptr) == SQLITE_OK;
  if (!isOpen)
    problem = sqlite3_errmsg(db);
}

Transaction::~Transaction() {
  if (isOpen)
    sqlite3_exec(db, "ROLLBACK", nullptr, nullptr, nullptr);
}

bool Transaction::commit() {
  if (!problem.empty())
    return false;
  if (sqlite3_exec(db, "COMMIT", nullptr, nullptr, nullptr) != SQLITE_OK) {
    problem = sqlite3_errmsg(db);
    return false;
  }
  isOpen = false;
  return true;
}

static constexpr const char *kStatusNames[] = {"ok", "infeasible", "failed"};

static std::string printed(const llvm::json::Value &value) {
  std::string text;
  llvm::raw_string_ostream(text) << value;
  return text;
}

void writeOutcome(Sql &sql, const Outcome &outcome) {
  KernelNumbers sum;
  if (!outcome.kernels.empty()) {
    sum.gdramBytes = 0;
    sum.nanoseconds = 0;
  }
  for (const KernelNumbers &kernel : outcome.kernels) {
    sum.launches += kernel.launches;
    sum.instructions += kernel.instructions;
    sum.nramBytes = std::max(sum.nramBytes, kernel.nramBytes);
    sum.gdramBytes =
        sum.gdramBytes && kernel.gdramBytes ? std::optional(*sum.gdramBytes + *kernel.gdramBytes) : std::nullopt;
    sum.nanoseconds =
        sum.nanoseconds && kernel.nanoseconds ? std::optional(*sum.nanoseconds + *kernel.nanoseconds) : std::nullopt;
  }
  sql << kStatusNames[static_cast<int>(outcome.status)] << outcome.reason << int64_t(outcome.exitCode) << outcome.output
      << outcome.outputHash << outcome.resultsHash << printed(toJson(outcome.kernels)) << int64_t(sum.launches)
      << int64_t(sum.instructions) << int64_t(sum.nramBytes);
  if (sum.gdramBytes)
    sql << int64_t(*sum.gdramBytes);
  else
    sql << nullptr;
  if (sum.nanoseconds)
    sql << *sum.nanoseconds;
  else
    sql << nullptr;
  if (outcome.findings)
    sql << int64_t(*outcome.findings);
  else
    sql << nullptr;
  sql << outcome.firstFinding << outcome.compileSeconds << outcome.runSeconds;
}

Outcome readOutcome(Sql &sql) {
  Outcome outcome;
  const std::string status = sql.text();
  for (int i = 0; i < 3; ++i)
    if (status == kStatusNames[i])
      outcome.status = static_cast<Status>(i);
  outcome.reason = sql.text();
  outcome.exitCode = static_cast<int>(sql.integer());
  outcome.output = sql.text();
  outcome.outputHash = sql.text();
  outcome.resultsHash = sql.text();
  llvm::Expected<llvm::json::Value> kernels = llvm::json::parse(sql.text());
  if (!kernels)
    llvm::consumeError(kernels.takeError());
  else if (const llvm::json::Array *list = kernels->getAsArray())
    outcome.kernels = kernelsFromJson(*list);
  for (int i = 0; i < 5; ++i)
    sql.integer(); // the sums
  if (sql.isNull())
    sql.integer();
  else
    outcome.findings = static_cast<unsigned>(sql.integer());
  outcome.firstFinding = sql.text();
  outcome.compileSeconds = sql.real();
  outcome.runSeconds = sql.real();
  return outcome;
}

} // namespace bang::tune

// Store.cpp: claims, results, sweeps.
#include "frontend/tune/Store.h"

#include "frontend/tune/Owner.h"
#include "frontend/tune/Sql.h"

#include "llvm/Support/FormatVariadic.h"

#include <chrono>
#include <sqlite3.h>

namespace bang::tune {

static int64_t now() {
  using namespace std::chrono;
  return duration_cast<milliseconds>(system_clock::now().time_since_epoch()).count();
}

Store::Store(sqlite3 *db, unsigned leaseSeconds) : db(db), leaseSeconds(leaseSeconds), owner(ownName()) {
  keeper = std::thread([this] { keepLeases(); });
}

Store::~Store() {
  {
    std::lock_guard lock(mutex);
    ending = true;
  }
  keeperWakes.notify_all();
  keeper.join();
  sqlite3_close_v2(db);
}

llvm::Expected<std::unique_ptr<Store>> Store::open(const std::string &file, unsigned leaseSeconds) {
  llvm::Expected<sqlite3 *> db = openDatabase(file);
  if (!db)
    return db.takeError();
  return std::unique_ptr<Store>(new Store(*db, leaseSeconds));
}

// Claims of this process live as long as it does, however long a point takes.
void Store::keepLeases() {
  std::unique_lock lock(mutex);
  while (!keeperWakes.wait_for(lock, std::chrono::milliseconds(leaseSeconds * 1000 / 3), [this] { return ending; })) {
    Sql sql(db, "UPDATE points SET lease = ? WHERE owner = ? AND state = 'claimed'", firstProblem);
    sql << now() + leaseSeconds * 1000 << owner;
    sql.step();
  }
}

std::string Store::problem() {
  std::lock_guard lock(mutex);
  return firstProblem;
}

// Whether a stored outcome answers what is wanted.
static bool satisfies(const Outcome &outcome, const Needs &needs, int64_t finished) {
  if (outcome.status == Status::Infeasible)
    return true;
  if (outcome.status == Status::Failed)
    return !needs.retryFailed || finished >= needs.failedBefore;
  for (const KernelNumbers &kernel : outcome.kernels)
    if ((needs.bytes && !kernel.gdramBytes) || (needs.time && !kernel.nanoseconds))
      return false;
  return !needs.check || outcome.findings;
}

Store::Claim Store::claim(const std::string &key, const std::string &setting, Needs &needs, Outcome &outcome) {
  std::lock_guard lock(mutex);
  Transaction transaction(db, firstProblem);
  if (!transaction.begun())
    return Claim::Busy;
  Sql row(db, std::string("SELECT state, owner, lease, finished, ") + kOutcomeColumns + " FROM points WHERE key = ?",
          firstProblem);
  row << key;
  if (row.step()) {
    const bool isDone = row.text() == "done";
    const std::string holder = row.text();
    const int64_t lease = row.integer(), finished = row.integer();
    if (isDone) {
      outcome = readOutcome(row);
      if (satisfies(outcome, needs, finished))
        return Claim::Done;
      // The new run measures what the old one did, too.
      needs.check |= outcome.findings.has_value();
      for (const KernelNumbers &kernel : outcome.kernels) {
        needs.bytes |= kernel.gdramBytes.has_value();
        needs.time |= kernel.nanoseconds.has_value();
      }
    } else if (lease > now() && !hasEnded(holder)) {
      return Claim::Busy;
    }
  }
  Sql claim(db,
            "INSERT INTO points (key, setting, state, owner, lease) VALUES (?, ?, 'claimed', ?, ?) "
            "ON CONFLICT (key) DO UPDATE SET state = 'claimed', owner = excluded.owner, lease = excluded.lease",
            firstProblem);
  claim << key << setting << owner << now() + leaseSeconds * 1000;
  claim.step();
  return transaction.commit() ? Claim::Mine : Claim::Busy;
}

bool Store::finish(const std::string &key, const Outcome &outcome) {
  std::lock_guard lock(mutex);
  Sql sql(db,
          std::string("UPDATE points SET state = 'done', runs = runs + 1, finished = ?, (") + kOutcomeColumns +
              ") = (" + kOutcomePlaces + ") WHERE key = ? AND owner = ? AND state = 'claimed'",
          firstProblem);
  sql << now();
  writeOutcome(sql, outcome);
  sql << key << owner;
  sql.step();
  return sqlite3_changes(db) == 1;
}

void Store::release(const std::string &key) {
  std::lock_guard lock(mutex);
  // A point that was done before, and was to be measured again, keeps what it had.
  for (const char *text : {"DELETE FROM points WHERE key = ? AND owner = ? AND state = 'claimed' AND status IS NULL",
                           "UPDATE points SET state = 'done' WHERE key = ? AND owner = ? AND state = 'claimed'"}) {
    Sql sql(db, text, firstProblem);
    sql << key << owner;
    sql.step();
  }
}

void Store::remember(const SweepRecord &sweep) {
  std::lock_guard lock(mutex);
  Sql sql(db,
          "INSERT OR REPLACE INTO sweeps (id, kernel, machine, options, arguments, parameters, objective, "
          "objective_kernel, comparison, touched) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
          firstProblem);
  sql << sweep.id << sweep.kernel << sweep.machine << sweep.options << sweep.arguments << sweep.parameters
      << sweep.objective << sweep.objectiveKernel << sweep.comparison << now();
  sql.step();
}

void Store::remember(const SweepRecord &sweep, const Member &member) {
  std::lock_guard lock(mutex);
  Sql sql(db, "INSERT OR REPLACE INTO members (sweep, rung, number, key, setting) VALUES (?, ?, ?, ?, ?)",
          firstProblem);
  sql << sweep.id << int64_t(member.rung) << int64_t(member.number) << member.key << member.setting;
  sql.step();
}

std::vector<MemberResult> Store::results(const std::string &sweep) {
  std::lock_guard lock(mutex);
  Sql sql(db,
          std::string("SELECT members.number, rung, members.key, members.setting, ") + kOutcomeColumns +
              " FROM members LEFT JOIN points ON points.key = members.key WHERE sweep = ? ORDER BY rung, number",
          firstProblem);
  sql << sweep;
  std::vector<MemberResult> results;
  while (sql.step()) {
    MemberResult result;
    result.member.number = sql.integer();
    result.member.rung = sql.integer();
    result.member.key = sql.text();
    result.member.setting = sql.text();
    if (!sql.isNull()) // the status: NULL until the point is finished
      result.outcome = readOutcome(sql);
    results.push_back(std::move(result));
  }
  return results;
}

std::optional<SweepRecord> Store::lastSweep(const std::string &kernel) {
  std::lock_guard lock(mutex);
  Sql sql(db,
          "SELECT id, kernel, machine, options, arguments, parameters, objective, objective_kernel, comparison "
          "FROM sweeps WHERE ?1 = '' OR kernel = ?1 ORDER BY touched DESC LIMIT 1",
          firstProblem);
  sql << kernel;
  if (!sql.step())
    return std::nullopt;
  SweepRecord sweep;
  for (std::string *field : {&sweep.id, &sweep.kernel, &sweep.machine, &sweep.options, &sweep.arguments,
                             &sweep.parameters, &sweep.objective, &sweep.objectiveKernel, &sweep.comparison})
    *field = sql.text();
  return sweep;
}

llvm::Expected<Store::MergeCounts> Store::merge(const std::string &file) {
  // Refuses what is no such database, or an older one, with the sentences of open.
  llvm::Expected<sqlite3 *> other = openDatabase(file, /*mustExist=*/true);
  if (!other)
    return other.takeError();
  sqlite3_close_v2(*other);

  std::lock_guard lock(mutex);
  MergeCounts counts;
  auto count = [&](const char *text) -> uint64_t {
    Sql sql(db, text, firstProblem);
    return sql.step() ? sql.integer() : 0;
  };
  {
    Sql attach(db, "ATTACH DATABASE ? AS other", firstProblem);
    attach << file;
    attach.step();
  }
  if (Transaction transaction(db, firstProblem); transaction.begun()) {
    counts.different =
        count("SELECT count(*) FROM other.points o JOIN main.points p USING (key) WHERE o.state = 'done' "
              "AND p.state = 'done' AND (o.status, o.output_hash, o.results_hash, o.instructions) IS NOT "
              "(p.status, p.output_hash, p.results_hash, p.instructions)");
    counts.known =
        count("SELECT count(*) FROM other.points o JOIN main.points p USING (key) WHERE o.state = 'done' AND "
              "p.state = 'done'");
    counts.added = count("SELECT count(*) FROM other.points WHERE state = 'done'") - counts.known;
    for (const char *text :
         {"INSERT OR REPLACE INTO main.points SELECT o.* FROM other.points o LEFT JOIN main.points p USING (key) WHERE "
          "o.state = 'done' AND p.state IS NOT 'done'",
          "INSERT OR IGNORE INTO main.members SELECT * FROM other.members",
          "INSERT INTO main.sweeps SELECT * FROM other.sweeps WHERE true ON CONFLICT (id) DO UPDATE SET touched = "
          "max(touched, excluded.touched)"})
      Sql(db, text, firstProblem).step();
    transaction.commit();
  }
  Sql(db, "DETACH DATABASE other", firstProblem).step();
  if (!firstProblem.empty())
    return llvm::createStringError(llvm::inconvertibleErrorCode(), firstProblem);
  return counts;
}

} // namespace bang::tune

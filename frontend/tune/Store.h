// Store.h: the database of results: one row per point that was ever tried, shared by all sweeps of a user.
//
// A point is found by the hash of everything its result depends on. Whoever wants to work on one claims it first; a
// claim holds while its lease is renewed, so that a process that was killed loses its claims and nobody else's. The
// file is in WAL mode: many processes of one computer write to it. On network file systems, where WAL does not work, it
// uses SQLite's rollback journal.
#ifndef OPENBANG_FRONTEND_TUNE_STORE_H
#define OPENBANG_FRONTEND_TUNE_STORE_H

#include "frontend/tune/Outcome.h"
#include "frontend/tune/Space.h"

#include "llvm/Support/Error.h"

#include <condition_variable>
#include <memory>
#include <mutex>
#include <thread>

struct sqlite3;

namespace bang::tune {

// What a sweep is, so that its report can be written later. Equal sweeps have the same id in every database.
struct SweepRecord {
  std::string id, kernel, machine, options, arguments, parameters, objective;
  std::string objectiveKernel, comparison; // as Options writes them
};

// A point of a sweep: its number in the space and, with successive halving, its rung.
struct Member {
  uint64_t number = 0;
  unsigned rung = 0;
  std::string key;
  std::string setting; // describe()
};

struct MemberResult {
  Member member;
  std::optional<Outcome> outcome; // empty: not finished
};

// What an outcome must hold to be of use.
struct Needs {
  bool bytes = false, time = false, check = false;
  bool retryFailed = false;
  int64_t failedBefore = 0; // with retryFailed: failures finished since then stand (Unix time in milliseconds)
};

class Store {
public:
  static llvm::Expected<std::unique_ptr<Store>> open(const std::string &file, unsigned leaseSeconds);
  ~Store();

  enum class Claim { Mine, Done, Busy };
  // Mine: to be finished or released. Done: `outcome` is the result. Busy: another process is at work.
  // With Mine, `needs` grows to what an earlier result held, which the new one replaces.
  Claim claim(const std::string &key, const std::string &setting, Needs &needs, Outcome &outcome);
  // False: the claim was lost meanwhile, and the result of whoever has it now counts.
  bool finish(const std::string &key, const Outcome &outcome);
  void release(const std::string &key);

  void remember(const SweepRecord &sweep);
  void remember(const SweepRecord &sweep, const Member &member);
  // All members of the sweep by rung and number.
  std::vector<MemberResult> results(const std::string &sweep);
  // The sweep that was worked on last, of kernel file `kernel` when it is not empty.
  std::optional<SweepRecord> lastSweep(const std::string &kernel);

  struct MergeCounts {
    uint64_t added = 0, known = 0, different = 0;
  };
  llvm::Expected<MergeCounts> merge(const std::string &file);

  // The first failure of the database, for instance a full disk; afterwards nothing is stored.
  std::string problem();

private:
  Store(sqlite3 *db, unsigned leaseSeconds);
  void keepLeases();

  std::mutex mutex; // of the connection
  sqlite3 *db;
  const unsigned leaseSeconds;
  const std::string owner;
  std::string firstProblem;
  std::thread keeper;
  std::condition_variable keeperWakes;
  bool ending = false;
};

} // namespace bang::tune

#endif // OPENBANG_FRONTEND_TUNE_STORE_H

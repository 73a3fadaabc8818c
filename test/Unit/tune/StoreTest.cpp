// StoreTest.cpp: claims of several processes, leases, what a failure leaves, merged databases.
#include "frontend/tune/Store.h"
#include "frontend/tune/Owner.h"

#include <chrono>
#include <filesystem>
#include <fstream>
#include <gtest/gtest.h>
#include <sqlite3.h>
#include <sys/wait.h>
#include <thread>
#include <unistd.h>

using namespace bang::tune;

namespace {

class StoreTest : public testing::Test {
protected:
  void SetUp() override {
    std::string name = (std::filesystem::temp_directory_path() / "tune-XXXXXX").string();
    folder = mkdtemp(name.data());
  }
  void TearDown() override { std::filesystem::remove_all(folder); }
  std::unique_ptr<Store> open(const char *name = "a.db", unsigned lease = 60) {
    llvm::Expected<std::unique_ptr<Store>> store = Store::open(folder + "/" + name, lease);
    if (!store) {
      ADD_FAILURE() << llvm::toString(store.takeError());
      return nullptr;
    }
    return std::move(*store);
  }
  std::string refusal(const std::string &path) {
    llvm::Expected<std::unique_ptr<Store>> store = Store::open(path, 60);
    return store ? "" : llvm::toString(store.takeError());
  }
  // What another process would have written.
  void execute(const std::string &sql, const char *name = "a.db") {
    sqlite3 *db = nullptr;
    sqlite3_open((folder + "/" + name).c_str(), &db);
    EXPECT_EQ(sqlite3_exec(db, sql.c_str(), nullptr, nullptr, nullptr), SQLITE_OK) << sqlite3_errmsg(db);
    sqlite3_close(db);
  }

  Outcome finished(uint64_t instructions = 7) {
    Outcome outcome;
    outcome.kernels = {{"k", 1, instructions, 64, std::nullopt, std::nullopt}};
    outcome.resultsHash = "r";
    return outcome;
  }

  std::string folder;
  Needs needs;
  Outcome outcome;
};

using Claim = Store::Claim;

TEST_F(StoreTest, AClaimIsExclusiveUntilItIsFinished) {
  auto first = open(), second = open();
  EXPECT_EQ(first->claim("p", "A=1", needs, outcome), Claim::Mine);
  EXPECT_EQ(second->claim("p", "A=1", needs, outcome), Claim::Busy);
  Outcome stored = finished();
  stored.reason = "because";
  stored.findings = 3;
  stored.kernels[0].gdramBytes = 99;
  EXPECT_TRUE(first->finish("p", stored));
  EXPECT_EQ(second->claim("p", "A=1", needs, outcome), Claim::Done);
  EXPECT_EQ(outcome.kernels[0].name, "k");
  EXPECT_EQ(outcome.kernels[0].instructions, 7u);
  EXPECT_EQ(outcome.kernels[0].gdramBytes, 99u);
  EXPECT_FALSE(outcome.kernels[0].nanoseconds.has_value());
  EXPECT_EQ(outcome.findings, 3u);
  EXPECT_EQ(outcome.reason, "because");
  EXPECT_FALSE(first->finish("p", stored)); // it is nobody's any more
}

TEST_F(StoreTest, AReleasedClaimIsFree) {
  auto store = open();
  EXPECT_EQ(store->claim("p", "A=1", needs, outcome), Claim::Mine);
  store->release("p");
  EXPECT_EQ(store->claim("p", "A=1", needs, outcome), Claim::Mine);
  EXPECT_TRUE(store->finish("p", finished()));
  needs.bytes = true; // a result without them does not do
  EXPECT_EQ(store->claim("p", "A=1", needs, outcome), Claim::Mine);
  store->release("p"); // and what there was stays
  needs.bytes = false;
  EXPECT_EQ(store->claim("p", "A=1", needs, outcome), Claim::Done);
}

TEST_F(StoreTest, ANewRunMeasuresWhatTheOldOneDid) {
  auto store = open();
  EXPECT_EQ(store->claim("p", "A=1", needs, outcome), Claim::Mine);
  Outcome measured = finished();
  measured.kernels[0].gdramBytes = 1;
  EXPECT_TRUE(store->finish("p", measured));
  needs.check = true;
  EXPECT_EQ(store->claim("p", "A=1", needs, outcome), Claim::Mine);
  EXPECT_TRUE(needs.bytes);
  EXPECT_FALSE(needs.time);
}

TEST_F(StoreTest, LeasesOfProcessesElsewhereRunOut) {
  auto store = open();
  const int64_t far = 4'000'000'000'000;
  auto other = [&](int64_t lease) {
    execute("INSERT OR REPLACE INTO points (key, setting, state, owner, lease) VALUES ('p', 'A=1', 'claimed', "
            "'elsewhere/1/1', " +
            std::to_string(lease) + ")");
  };
  other(far);
  EXPECT_EQ(store->claim("p", "A=1", needs, outcome), Claim::Busy);
  other(1000);
  EXPECT_EQ(store->claim("p", "A=1", needs, outcome), Claim::Mine);
}

TEST_F(StoreTest, OwnLeasesAreRenewed) {
  auto first = open("a.db", 1), second = open("a.db", 1);
  EXPECT_EQ(first->claim("p", "A=1", needs, outcome), Claim::Mine);
  std::this_thread::sleep_for(std::chrono::milliseconds(2500));
  EXPECT_EQ(second->claim("p", "A=1", needs, outcome), Claim::Busy);
}

TEST_F(StoreTest, ADeadProcessLosesItsClaimAtOnce) {
  {
    open();
  }
  pid_t child = fork();
  if (child == 0) {
    auto store = open();
    _exit(store->claim("p", "A=1", needs, outcome) == Claim::Mine ? 0 : 1);
  }
  int status = 1;
  waitpid(child, &status, 0);
  ASSERT_EQ(status, 0);
  EXPECT_EQ(open()->claim("p", "A=1", needs, outcome), Claim::Mine);
  EXPECT_FALSE(hasEnded(ownName()));
  EXPECT_FALSE(hasEnded("elsewhere/1/1")); // only its lease says so
}

TEST_F(StoreTest, FailuresAreTriedAgainOnRequestOnly) {
  auto store = open();
  Outcome failed;
  failed.status = Status::Failed;
  EXPECT_EQ(store->claim("p", "A=1", needs, outcome), Claim::Mine);
  EXPECT_TRUE(store->finish("p", failed));
  EXPECT_EQ(store->claim("p", "A=1", needs, outcome), Claim::Done);
  needs.retryFailed = true; // failedBefore is long ago: this failure is a new one
  EXPECT_EQ(store->claim("p", "A=1", needs, outcome), Claim::Done);
  needs.failedBefore = INT64_MAX;
  EXPECT_EQ(store->claim("p", "A=1", needs, outcome), Claim::Mine);
}

TEST_F(StoreTest, SaysWhatIsWrongWithAFile) {
  std::ofstream(folder + "/text.db") << "this is not a database, but it is long enough to be taken for the head of one";
  EXPECT_NE(refusal(folder + "/text.db").find("is damaged; move it away"), std::string::npos);
  execute("CREATE TABLE t (x)", "other.db");
  EXPECT_NE(refusal(folder + "/other.db").find("of another program"), std::string::npos);
  {
    open("new.db");
  }
  execute("PRAGMA user_version = 7", "new.db");
  EXPECT_NE(refusal(folder + "/new.db").find("has version 7, expected 1"), std::string::npos);
  EXPECT_NE(refusal(folder).find("cannot open the database"), std::string::npos);
  // A page in the middle of a good one.
  {
    auto store = open();
    for (int i = 0; i < 200; ++i) {
      std::string key = "p" + std::to_string(i);
      ASSERT_EQ(store->claim(key, "A=1", needs, outcome), Claim::Mine);
      ASSERT_TRUE(store->finish(key, finished()));
    }
  }
  std::fstream file(folder + "/a.db", std::ios::in | std::ios::out | std::ios::binary);
  file.seekp(3 * 4096 + 8);
  for (int i = 0; i < 4096; ++i)
    file.put(0x5a);
  file.close();
  EXPECT_NE(refusal(folder + "/a.db").find("is damaged; move it away"), std::string::npos);
}

TEST_F(StoreTest, MergeAddsWhatIsNotKnown) {
  auto ours = open("a.db"), theirs = open("b.db");
  SweepRecord sweep;
  sweep.id = "s";
  sweep.kernel = "k.mlu";
  auto add = [&](Store &store, uint64_t number, uint64_t instructions) {
    const std::string key = "p" + std::to_string(number);
    ASSERT_EQ(store.claim(key, "A=1", needs, outcome), Claim::Mine);
    ASSERT_TRUE(store.finish(key, finished(instructions)));
    store.remember(sweep, {number, 0, key, "A=1"});
  };
  theirs->remember(sweep);
  add(*ours, 1, 7);
  add(*ours, 2, 7);
  add(*theirs, 2, 8); // a different result
  add(*theirs, 3, 7);
  EXPECT_EQ(theirs->claim("p4", "A=4", needs, outcome), Claim::Mine); // unfinished work stays there
  llvm::Expected<Store::MergeCounts> counts = ours->merge(folder + "/b.db");
  ASSERT_TRUE(bool(counts)) << llvm::toString(counts.takeError());
  EXPECT_EQ(counts->added, 1u);
  EXPECT_EQ(counts->known, 1u);
  EXPECT_EQ(counts->different, 1u);
  std::vector<MemberResult> results = ours->results("s");
  ASSERT_EQ(results.size(), 3u);
  EXPECT_EQ(results[1].outcome->kernels[0].instructions, 7u);
  EXPECT_EQ(ours->lastSweep("k.mlu")->id, "s");
  EXPECT_EQ(ours->claim("p4", "A=4", needs, outcome), Claim::Mine);
  llvm::Expected<Store::MergeCounts> absent = ours->merge(folder + "/absent.db");
  EXPECT_NE(llvm::toString(absent.takeError()).find("cannot open the database"), std::string::npos);
}

} // namespace

// Group commit.
#include "storage/sqlite/writer.hpp"

#include "storage/errors.hpp"

#include <chrono>
#include <limits>
#include <sched.h>

namespace rollcall::storage::sqlite {
namespace {

constexpr Sql begin_write = "BEGIN IMMEDIATE";
constexpr Sql commit = "COMMIT";
constexpr Sql rollback = "ROLLBACK";
constexpr Sql savepoint = "SAVEPOINT request";
constexpr Sql rollback_savepoint = "ROLLBACK TO request";
constexpr Sql release_savepoint = "RELEASE request";
constexpr Sql data_version = "PRAGMA data_version";

// How long a change by another process may stay unnoticed.
constexpr std::chrono::milliseconds notice_after{500};

void give_up(Database& database) {
    // After some failures SQLite has rolled back by itself.
    if (!database.in_transaction()) return;
    try {
        database.run(rollback);
    } catch (DriverFailure const&) {
        // The failure that brought us here is the one to report.
    }
}

// Where threads share a processor, the writer should not push the answering thread aside for each
// request: what that one still adds shares the commit.
void yield_to_readers() {
    sched_param const none{};
    std::ignore = sched_setscheduler(0, SCHED_BATCH, &none);  // without it: smaller commits
}

enum class Attempt : std::uint8_t { committed, must_isolate };

// Runs the batch without savepoints, which would copy every page that several requests touch.
// Requests check before they write, so that a failing one has normally written nothing. One that
// has spoils the attempt.
Attempt try_together(Database& database, std::vector<Request*> const& batch,
                     std::vector<Request*>& done) {
    database.run(begin_write);
    for (auto* request : batch) {
        auto const before = database.changes_total();
        if (request->run(database)) {
            done.push_back(request);
        } else if (database.changes_total() != before) {
            give_up(database);
            done.clear();
            return Attempt::must_isolate;
        }
    }
    database.run(commit);
    return Attempt::committed;
}

void run_isolated(Database& database, std::vector<Request*> const& batch,
                  std::vector<Request*>& done) {
    database.run(begin_write);
    for (auto* request : batch) {
        database.run(savepoint);
        if (request->run(database)) {
            done.push_back(request);
        } else {
            database.run(rollback_savepoint);
        }
        database.run(release_savepoint);
    }
    database.run(commit);
}

}  // namespace

std::vector<Request*> commit_batch(Database& database, std::vector<Request*> const& batch) {
    std::vector<Request*> done;
    try {
        if (try_together(database, batch, done) == Attempt::must_isolate) {
            run_isolated(database, batch, done);
        }
    } catch (DriverFailure const& failure) {
        give_up(database);
        done.clear();
        for (auto* request : batch) request->refuse(to_error(failure));
    }
    return done;
}

Writer::Writer(std::unique_ptr<Database> database, Checkpointer& checkpointer, CommitNotice notice,
               std::size_t queue_max)
    : database_(std::move(database)),
      checkpointer_(checkpointer),
      notice_(notice),
      queue_(queue_max, write_queue_full()),
      data_version_(database_->integer(data_version).value_or(0)),
      thread_([this] { loop(); }) {}

std::unique_ptr<Database> Writer::finish() {
    queue_.close();
    if (thread_.joinable()) thread_.join();
    return std::move(database_);
}

void Writer::loop() {
    yield_to_readers();
    checkpointer_.watch(*database_);
    while (!queue_.is_closed()) {
        auto const batch = queue_.take(std::numeric_limits<std::size_t>::max(), notice_after);
        notice_other_processes();
        if (batch.empty()) {
            checkpointer_.tend(*database_);
            continue;
        }
        auto const done = commit_batch(*database_, batch);
        notice_.commits.fetch_add(1, std::memory_order_acq_rel);
        for (auto const* request : done) {
            for (auto const& scope : request->scopes) notice_.generations.raise(scope);
        }
        answer_all(batch);
        checkpointer_.tend(*database_);
    }
}

// data_version moves with commits of other connections only, and this one makes all of ours.
void Writer::notice_other_processes() {
    try {
        auto const version = database_->integer(data_version).value_or(0);
        if (version != data_version_) notice_all();
        data_version_ = version;
    } catch (DriverFailure const&) {
        notice_all();  // what cannot be known must be assumed
    }
}

void Writer::notice_all() {
    notice_.commits.fetch_add(1, std::memory_order_acq_rel);
    notice_.generations.raise_all();
}

}  // namespace rollcall::storage::sqlite

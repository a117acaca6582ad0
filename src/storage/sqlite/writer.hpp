// The one thread that writes: it takes everything that waits, runs it in one transaction, commits
// once, and answers all.
#pragma once

#include "storage/generations.hpp"
#include "storage/sqlite/checkpointer.hpp"
#include "storage/sqlite/database.hpp"
#include "storage/sqlite/readers.hpp"
#include "storage/sqlite/requests.hpp"

#include <memory>
#include <thread>

namespace rollcall::storage::sqlite {

/// Commits a batch: all requests in one transaction, in order. A request that fails changes nothing
/// and does not stop the others; if the transaction itself fails, all of them are refused.
/// @return the requests whose changes are durable.
[[nodiscard]] std::vector<Request*> commit_batch(Database& database,
                                                 std::vector<Request*> const& batch);

/// Whom a commit is told before it is acknowledged. Readers first: what they read after a
/// generation has moved must hold the change.
struct CommitNotice {
    CommitCount& commits;
    Generations& generations;
};

class Writer {
public:
    Writer(std::unique_ptr<Database> database, Checkpointer& checkpointer, CommitNotice notice,
           std::size_t queue_max);
    ~Writer() { finish(); }
    Writer(Writer const&) = delete;
    Writer& operator=(Writer const&) = delete;

    [[nodiscard]] RequestQueue& queue() noexcept { return queue_; }

    /// Refuses new work, does what waits, ends the thread, and hands out the connection.
    std::unique_ptr<Database> finish();

private:
    void loop();
    void notice_other_processes();
    void notice_all();

    std::unique_ptr<Database> database_;
    Checkpointer& checkpointer_;
    CommitNotice notice_;
    RequestQueue queue_;
    std::int64_t data_version_ = 0;
    std::thread thread_;  // last: it uses the others
};

}  // namespace rollcall::storage::sqlite

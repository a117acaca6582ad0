// Starting and ending of the SQLite store.
#include "storage/sqlite/sqlite_store.hpp"

namespace rollcall::storage::sqlite {

SqliteStore::SqliteStore(std::filesystem::path const& file, std::unique_ptr<Database> writer,
                         std::optional<DirectoryLock> lock, crypto::IdSource& ids,
                         Limits const& limits)
    : ids_(ids),
      limits_(limits),
      lock_(std::move(lock)),
      readers_(file, commits_),
      checkpointer_(file, gate_),
      writer_(std::move(writer), checkpointer_, {commits_, generations_}, limits.write_queue_max),
      side_reader_(readers_, gate_, limits.write_queue_max) {}

SqliteStore::~SqliteStore() {
    std::ignore = finish();
}

Task<Status> SqliteStore::close() {
    co_return finish();
}

Status SqliteStore::finish() {
    std::lock_guard const lock(finish_mutex_);
    side_reader_.finish();
    auto const database = writer_.finish();
    checkpointer_.finish();
    readers_.close();
    if (!database) return {};  // not the first time
    // A process beside a server leaves the log to the server.
    auto const moved = lock_ ? checkpoint_and_truncate(*database) : Status{};
    lock_.reset();
    return moved;
}

}  // namespace rollcall::storage::sqlite

// Moves the write-ahead log into the database file, away from the writer's commit path.
#pragma once

#include "storage/sqlite/database.hpp"

#include <atomic>
#include <condition_variable>
#include <filesystem>
#include <mutex>
#include <thread>

namespace rollcall::storage::sqlite {

class Checkpointer {
public:
    explicit Checkpointer(std::filesystem::path file);
    ~Checkpointer() { finish(); }
    Checkpointer(Checkpointer const&) = delete;
    Checkpointer& operator=(Checkpointer const&) = delete;

    /// Learns the size of the log from each commit of the writer's connection.
    void watch(Database& writer);

    /// Called by the writer between batches: asks the thread to work when the log is long. If it
    /// keeps growing all the same, since a log is only started anew when all of it was moved while
    /// nobody wrote, moves the rest here.
    void after_commit(Database& writer);

    /// Ends the thread and closes its connection.
    void finish();

private:
    void loop();

    std::filesystem::path const file_;
    std::atomic<int> log_pages_{0};
    int asked_at_pages_ = 0;  // writer's thread only
    std::mutex mutex_;
    std::condition_variable asked_or_ending_;
    bool asked_ = false;
    bool ending_ = false;
    std::thread thread_;
};

/// Moves the whole log and empties its file. For the end: it waits for readers.
/// @return false if others still use the log.
bool checkpoint_and_truncate(Database& database);

}  // namespace rollcall::storage::sqlite

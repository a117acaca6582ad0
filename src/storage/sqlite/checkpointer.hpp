// Moves the write-ahead log into the database file, away from the writer's commit path.
#pragma once

#include "base/result.hpp"
#include "storage/sqlite/database.hpp"
#include "storage/sqlite/read_gate.hpp"

#include <atomic>
#include <condition_variable>
#include <filesystem>
#include <mutex>
#include <thread>

namespace rollcall::storage::sqlite {

/// Pages of the log at which something is done about it.
struct LogSizes {
    int checkpoint = 16'000;        ///< 64 MB: fewer, larger ones write a hot page once
    int overlong = 4 * checkpoint;  ///< the writer helps
    int restart = 2 * overlong;     ///< long reads are held back until the log starts anew
};

class Checkpointer {
public:
    /// `gate` is the one that long reads pass.
    Checkpointer(std::filesystem::path file, ReadGate& gate, LogSizes sizes = {});
    ~Checkpointer() { finish(); }
    Checkpointer(Checkpointer const&) = delete;
    Checkpointer& operator=(Checkpointer const&) = delete;

    /// Learns the size of the log from each commit of the writer's connection.
    void watch(Database& writer);

    /// Called by the writer between batches, and when it has nothing to do: asks the thread to work
    /// when the log is long. If it keeps growing all the same, since a log is only started anew
    /// when all of it was moved while nobody wrote, moves the rest here. If that does not help
    /// either, since reads that follow each other always need some of it, holds the next one back
    /// and starts the log anew in between.
    void tend(Database& writer);

    /// Ends the thread and closes its connection.
    void finish();

private:
    void loop();
    void ask();
    void restart_log(Database& writer);

    std::filesystem::path const file_;
    ReadGate& gate_;
    LogSizes const sizes_;
    std::atomic<int> log_pages_{0};
    int asked_at_pages_ = 0;   // writer's thread only
    bool restarting_ = false;  // the same: the gate is closed
    std::mutex mutex_;
    std::condition_variable asked_or_ending_;
    bool asked_ = false;
    bool ending_ = false;
    std::thread thread_;
};

/// Moves the whole log and empties its file. For the end: it waits for readers.
/// @errors unavailable (others still use the log, or what is wrong with the machine), internal. The
///         data is complete with the log.
[[nodiscard]] Status checkpoint_and_truncate(Database& database);

}  // namespace rollcall::storage::sqlite

// Checkpoints (https://www.sqlite.org/wal.html).
#include "storage/sqlite/checkpointer.hpp"

#include <fmt/format.h>
#include <sqlite3.h>

#include <optional>
#include <string>

namespace rollcall::storage::sqlite {
namespace {

// Short reads end at once; what takes longer is not waited for, since all writes wait meanwhile.
constexpr int restart_patience_ms = 100;

int checkpoint(Database& database, int mode) {
    return sqlite3_wal_checkpoint_v2(database.handle(), nullptr, mode, nullptr, nullptr);
}

}  // namespace

Checkpointer::Checkpointer(std::filesystem::path file, ReadGate& gate, LogSizes sizes)
    : file_(std::move(file)), gate_(gate), sizes_(sizes), thread_([this] { loop(); }) {}

void Checkpointer::finish() {
    {
        std::lock_guard const lock(mutex_);
        ending_ = true;
    }
    asked_or_ending_.notify_all();
    if (thread_.joinable()) thread_.join();
}

void Checkpointer::watch(Database& writer) {
    auto const note_size = [](void* self, sqlite3*, char const*, int pages) {
        static_cast<Checkpointer*>(self)->log_pages_.store(pages, std::memory_order_relaxed);
        return SQLITE_OK;
    };
    sqlite3_wal_hook(writer.handle(), note_size, this);
}

void Checkpointer::tend(Database& writer) {
    if (restarting_) return restart_log(writer);
    int const pages = log_pages_.load(std::memory_order_relaxed);
    if (pages < asked_at_pages_) asked_at_pages_ = 0;  // a new log was started
    if (pages < asked_at_pages_ + sizes_.checkpoint) return;
    asked_at_pages_ = pages;
    if (pages >= sizes_.restart) {
        restart_log(writer);
    } else if (pages >= sizes_.overlong) {
        // Readers are not waited for, and a failure shows in the next commit, if it lasts.
        checkpoint(writer, SQLITE_CHECKPOINT_PASSIVE);
    } else {
        ask();
    }
}

void Checkpointer::ask() {
    {
        std::lock_guard const lock(mutex_);
        asked_ = true;
    }
    asked_or_ending_.notify_one();
}

// If it fails, since another process reads for long, it is tried again when the log has grown.
void Checkpointer::restart_log(Database& writer) {
    restarting_ = !gate_.close();
    if (restarting_) return;  // a read is at work: again after the next batch
    sqlite3_busy_timeout(writer.handle(), restart_patience_ms);
    checkpoint(writer, SQLITE_CHECKPOINT_RESTART);
    sqlite3_busy_timeout(writer.handle(), busy_timeout_ms);
    gate_.open();
}

void Checkpointer::loop() {
    std::optional<Database> database;
    std::unique_lock lock(mutex_);
    for (;;) {
        asked_or_ending_.wait(lock, [&] { return asked_ || ending_; });
        if (ending_) return;
        asked_ = false;
        lock.unlock();
        try {
            if (!database) database.emplace(file_, Database::Mode::write);
            checkpoint(*database, SQLITE_CHECKPOINT_PASSIVE);
        } catch (DriverFailure const&) {
            // Without a checkpoint the log grows, nothing else; the next one may succeed.
        }
        lock.lock();
    }
}

Status checkpoint_and_truncate(Database& database) {
    int const code = checkpoint(database, SQLITE_CHECKPOINT_TRUNCATE);
    if (code == SQLITE_OK) return {};
    if (code == SQLITE_BUSY) {
        return fail(
            unavailable_error("the write-ahead log stays in use by another process; the data is "
                              "complete with it"));
    }
    auto* const handle = database.handle();
    auto const reason =
        to_error({sqlite3_extended_errcode(handle), std::string(sqlite3_errmsg(handle))});
    return fail({reason.code(),
                 fmt::format("the write-ahead log could not be moved into the database file: {}; "
                             "the data is complete with it",
                             reason.message()),
                 reason.cause()});
}

}  // namespace rollcall::storage::sqlite

// Checkpoints (https://www.sqlite.org/wal.html).
#include "storage/sqlite/checkpointer.hpp"

#include <sqlite3.h>

#include <optional>

namespace rollcall::storage::sqlite {
namespace {

// 64 MB: fewer, larger checkpoints write a page that many commits touched once.
constexpr int checkpoint_pages = 16'000;
constexpr int overlong_pages = 4 * checkpoint_pages;

int checkpoint(Database& database, int mode) {
    return sqlite3_wal_checkpoint_v2(database.handle(), nullptr, mode, nullptr, nullptr);
}

}  // namespace

Checkpointer::Checkpointer(std::filesystem::path file)
    : file_(std::move(file)), thread_([this] { loop(); }) {}

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

void Checkpointer::after_commit(Database& writer) {
    int const pages = log_pages_.load(std::memory_order_relaxed);
    if (pages < asked_at_pages_) asked_at_pages_ = 0;  // a new log was started
    if (pages < asked_at_pages_ + checkpoint_pages) return;
    asked_at_pages_ = pages;
    if (pages >= overlong_pages) {
        // Readers are not waited for, and a failure shows in the next commit, if it lasts.
        checkpoint(writer, SQLITE_CHECKPOINT_PASSIVE);
        return;
    }
    {
        std::lock_guard const lock(mutex_);
        asked_ = true;
    }
    asked_or_ending_.notify_one();
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

bool checkpoint_and_truncate(Database& database) {
    return checkpoint(database, SQLITE_CHECKPOINT_TRUNCATE) == SQLITE_OK;
}

}  // namespace rollcall::storage::sqlite

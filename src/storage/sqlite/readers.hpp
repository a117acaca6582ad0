// Reading: inline on the calling thread with that thread's own connection, or, for what may be
// long, on a side thread.
#pragma once

#include "storage/errors.hpp"
#include "storage/sqlite/database.hpp"
#include "storage/sqlite/requests.hpp"

#include <cstdint>
#include <filesystem>
#include <memory>
#include <mutex>
#include <optional>
#include <thread>
#include <vector>

namespace rollcall::storage::sqlite {

/// One thread's connection. Its mutex is free except while close() takes the connection away.
struct ReadSlot {
    std::mutex mutex;
    std::optional<Database> database;
    bool closed = false;
};

class Readers {
public:
    explicit Readers(std::filesystem::path file);
    ~Readers() { close(); }
    Readers(Readers const&) = delete;
    Readers& operator=(Readers const&) = delete;

    /// Calls `work(database)` here and now.
    template <class T, class Work>
    [[nodiscard]] Result<T> read(Work work) {
        auto& slot = slot_of_this_thread();
        std::lock_guard const lock(slot.mutex);
        if (slot.closed) return fail(store_closed());
        try {
            if (!slot.database) slot.database.emplace(file_, Database::Mode::read);
            return run_guarded<T>(work, *slot.database);
        } catch (DriverFailure const& failure) {
            return fail(to_error(failure));
        }
    }

    /// Closes the connections of all threads; waits for reads under way. Later ones fail.
    void close();

private:
    [[nodiscard]] ReadSlot& slot_of_this_thread();

    std::filesystem::path const file_;
    std::uint64_t const id_;
    std::mutex mutex_;
    std::vector<std::weak_ptr<ReadSlot>> slots_;
    bool closed_ = false;
};

/// A thread for reads that would hold up an io thread.
class SideReader {
public:
    SideReader(Readers& readers, std::size_t queue_max);
    ~SideReader() { finish(); }
    SideReader(SideReader const&) = delete;
    SideReader& operator=(SideReader const&) = delete;

    [[nodiscard]] RequestQueue& queue() noexcept { return queue_; }

    /// Refuses new work, does what waits, and ends the thread.
    void finish();

private:
    void loop();

    Readers& readers_;
    RequestQueue queue_;
    std::thread thread_;
};

}  // namespace rollcall::storage::sqlite

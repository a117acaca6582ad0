// Reading: inline on the calling thread with that thread's own connection, or, for what may be
// long, on a side thread.
#pragma once

#include "storage/errors.hpp"
#include "storage/sqlite/database.hpp"
#include "storage/sqlite/read_gate.hpp"
#include "storage/sqlite/requests.hpp"

#include <boost/asio/any_io_executor.hpp>

#include <atomic>
#include <cstdint>
#include <filesystem>
#include <memory>
#include <mutex>
#include <optional>
#include <thread>
#include <vector>

namespace rollcall::storage::sqlite {

/// How many commits the writer has made. It grows before any of them is acknowledged.
using CommitCount = std::atomic<std::uint64_t>;

/// One thread's connection. Its mutex is free except while close() takes the connection away.
struct ReadSlot {
    std::mutex mutex;
    std::optional<Database> database;
    std::uint64_t commits_seen = 0;  ///< when the open snapshot was taken, or earlier
    bool closed = false;
};

/// Ends the slot's snapshot, if there is one. Its mutex is held.
void end_snapshot(ReadSlot& slot) noexcept;

/// Taking a snapshot of the database costs as much as a small query, so what a thread reads before
/// it turns to its next round of work shares one. A snapshot is never used once the writer has
/// committed anything after it.
class Readers {
public:
    /// `commits` outlives this object.
    Readers(std::filesystem::path file, CommitCount const& commits);
    ~Readers() { close(); }
    Readers(Readers const&) = delete;
    Readers& operator=(Readers const&) = delete;

    /// Calls `work(database)` here and now, in a consistent view of all that was acknowledged.
    /// @param home  the executor of the calling coroutine: when it has run what is ready now, the
    ///              view is given up.
    template <class T, class Work>
    [[nodiscard]] Result<T> read(boost::asio::any_io_executor const& home, Work work) {
        return with_slot<T>([&](std::shared_ptr<ReadSlot> const& slot) {
            take_snapshot(slot, home);
            return run_guarded<T>(work, *slot->database);
        });
    }

    /// The same in a view of its own, for a thread without an executor.
    template <class T, class Work>
    [[nodiscard]] Result<T> read_alone(Work work) {
        return with_slot<T>([&](std::shared_ptr<ReadSlot> const& slot) {
            begin_read(*slot->database);
            auto result = run_guarded<T>(work, *slot->database);
            end_snapshot(*slot);
            return result;
        });
    }

    /// Closes the connections of all threads; waits for reads under way. Later ones fail.
    void close();

private:
    /// Calls `use(slot)` with this thread's slot locked and its connection open.
    template <class T, class Use>
    [[nodiscard]] Result<T> with_slot(Use use) {
        auto const& slot = slot_of_this_thread();
        std::lock_guard const lock(slot->mutex);
        if (slot->closed) return fail(store_closed());
        try {
            if (!slot->database) slot->database.emplace(file_, Database::Mode::read);
            return use(slot);
        } catch (DriverFailure const& failure) {
            end_snapshot(*slot);
            return fail(to_error(failure));
        }
    }
    [[nodiscard]] std::shared_ptr<ReadSlot> const& slot_of_this_thread();
    void take_snapshot(std::shared_ptr<ReadSlot> const& slot,
                       boost::asio::any_io_executor const& home) const;

    std::filesystem::path const file_;
    CommitCount const& commits_;
    std::uint64_t const id_;
    std::mutex mutex_;
    std::vector<std::weak_ptr<ReadSlot>> slots_;
    bool closed_ = false;
};

/// A thread for reads that would hold up an io thread. It passes `gate` with each.
class SideReader {
public:
    SideReader(Readers& readers, ReadGate& gate, std::size_t queue_max);
    ~SideReader() { finish(); }
    SideReader(SideReader const&) = delete;
    SideReader& operator=(SideReader const&) = delete;

    [[nodiscard]] RequestQueue& queue() noexcept { return queue_; }

    /// Refuses new work and what waits, breaks off the read at work, and ends the thread: reads
    /// promise nothing.
    void finish();

private:
    void loop();
    void serve(Request& request);

    Readers& readers_;
    ReadGate& gate_;
    RequestQueue queue_;
    std::atomic<bool> ending_ = false;
    std::thread thread_;  // last: it uses the others
};

}  // namespace rollcall::storage::sqlite

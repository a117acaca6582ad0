// Connections by thread, and the side thread.
#include "storage/sqlite/readers.hpp"

#include <boost/asio/post.hpp>
#include <sqlite3.h>

#include <atomic>
#include <chrono>

namespace rollcall::storage::sqlite {
namespace {

struct ThreadEntry {
    std::uint64_t readers;
    std::shared_ptr<ReadSlot> slot;
};

// A thread that ends closes its connections; Readers hold them weakly.
thread_local std::vector<ThreadEntry> entries_of_this_thread;

std::uint64_t next_id() {
    static std::atomic<std::uint64_t> last{0};
    return ++last;
}

bool is_closed(ThreadEntry const& entry) {
    std::lock_guard const lock(entry.slot->mutex);
    return entry.slot->closed;
}

/// Gives up a snapshot when it has been run, or dropped with the executor it was posted to.
class Release {
public:
    explicit Release(std::shared_ptr<ReadSlot> slot) : slot_(std::move(slot)) {}
    Release(Release&&) = default;
    Release& operator=(Release&&) = delete;
    Release(Release const&) = delete;
    Release& operator=(Release const&) = delete;
    ~Release() {
        if (!slot_) return;
        std::lock_guard const lock(slot_->mutex);
        end_snapshot(*slot_);
    }
    void operator()() const noexcept {}

private:
    std::shared_ptr<ReadSlot> slot_;
};

/// Statements of the connection fail once `flag`, which outlives them, is true. Unlike
/// sqlite3_interrupt() it also breaks off what begins at that moment.
void break_off_when(Database& database, std::atomic<bool>& flag) {
    constexpr int instructions = 10'000;  // much less than a millisecond
    auto const is_set = [](void* raised) -> int {
        return static_cast<std::atomic<bool>*>(raised)->load(std::memory_order_relaxed) ? 1 : 0;
    };
    sqlite3_progress_handler(database.handle(), instructions, is_set, &flag);
}

}  // namespace

void end_snapshot(ReadSlot& slot) noexcept {
    if (slot.database) end_read(*slot.database);
}

Readers::Readers(std::filesystem::path file, CommitCount const& commits)
    : file_(std::move(file)), commits_(commits), id_(next_id()) {}

void Readers::take_snapshot(std::shared_ptr<ReadSlot> const& slot,
                            boost::asio::any_io_executor const& home) const {
    // Counted before the snapshot is taken: it may be newer than we say, never older.
    auto const commits = commits_.load(std::memory_order_acquire);
    bool const is_open = slot->database->in_transaction();
    if (is_open && slot->commits_seen == commits) return;
    if (is_open) end_read(*slot->database);
    begin_read(*slot->database);
    slot->commits_seen = commits;
    // One that is open already will be released by the post that came with it.
    if (!is_open) boost::asio::post(home, Release(slot));
}

std::shared_ptr<ReadSlot> const& Readers::slot_of_this_thread() {
    for (auto const& entry : entries_of_this_thread) {
        if (entry.readers == id_) return entry.slot;
    }
    std::erase_if(entries_of_this_thread, is_closed);
    auto slot = std::make_shared<ReadSlot>();
    std::lock_guard const lock(mutex_);
    std::erase_if(slots_, [](auto const& other) { return other.expired(); });
    slot->closed = closed_;
    slots_.push_back(slot);
    return entries_of_this_thread.emplace_back(id_, std::move(slot)).slot;
}

void Readers::close() {
    std::lock_guard const lock(mutex_);
    closed_ = true;
    for (auto const& weak : slots_) {
        auto const slot = weak.lock();
        if (!slot) continue;
        std::lock_guard const slot_lock(slot->mutex);
        slot->closed = true;
        slot->database.reset();
    }
}

SideReader::SideReader(Readers& readers, ReadGate& gate, std::size_t queue_max)
    : readers_(readers),
      gate_(gate),
      queue_(queue_max, read_queue_full()),
      thread_([this] { loop(); }) {}

void SideReader::finish() {
    ending_ = true;
    queue_.close();
    if (thread_.joinable()) thread_.join();
}

void SideReader::loop() {
    while (!queue_.is_closed()) {
        for (auto* request : queue_.take(1, std::chrono::hours{1})) {
            gate_.enter();
            serve(*request);
            gate_.leave();
            answer_all({request});
        }
    }
}

void SideReader::serve(Request& request) {
    if (ending_) return request.refuse(store_closed());
    auto const status = readers_.read_alone<void>([&](Database& database) -> Status {
        break_off_when(database, ending_);
        request.run(database);
        return {};
    });
    if (!status) request.refuse(ending_ ? store_closed() : status.error());
}

}  // namespace rollcall::storage::sqlite

// Connections by thread, and the side thread.
#include "storage/sqlite/readers.hpp"

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

}  // namespace

Readers::Readers(std::filesystem::path file) : file_(std::move(file)), id_(next_id()) {}

ReadSlot& Readers::slot_of_this_thread() {
    for (auto const& entry : entries_of_this_thread) {
        if (entry.readers == id_) return *entry.slot;
    }
    std::erase_if(entries_of_this_thread, is_closed);
    auto slot = std::make_shared<ReadSlot>();
    std::lock_guard const lock(mutex_);
    std::erase_if(slots_, [](auto const& other) { return other.expired(); });
    slot->closed = closed_;
    slots_.push_back(slot);
    entries_of_this_thread.push_back({id_, slot});
    return *slot;
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

SideReader::SideReader(Readers& readers, std::size_t queue_max)
    : readers_(readers), queue_(queue_max), thread_([this] { loop(); }) {}

void SideReader::finish() {
    queue_.close();
    if (thread_.joinable()) thread_.join();
}

void SideReader::loop() {
    while (!queue_.is_closed()) {
        for (auto* request : queue_.take(1, std::chrono::hours{1})) {
            auto const status = readers_.read<void>([&](Database& database) -> Status {
                request->run(database);
                return {};
            });
            if (!status) request->refuse(status.error());
            answer_all({request});
        }
    }
}

}  // namespace rollcall::storage::sqlite

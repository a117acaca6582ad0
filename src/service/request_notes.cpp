// A bounded list behind a mutex that is held for a push or a swap.
#include "service/request_notes.hpp"

#include "storage/store.hpp"

#include <algorithm>
#include <iterator>

namespace rollcall::service {
namespace {

// In one transaction: small enough that a request waiting behind it does not notice.
constexpr std::size_t batch_max = 500;

}  // namespace

void RequestNotes::add(directory::ConnectionKey const& key, directory::RequestNote note) {
    std::lock_guard const lock(mutex_);
    if (waiting_.size() >= limits_.request_notes_waiting_max) {
        ++dropped_;
        return;
    }
    waiting_.emplace_back(key, std::move(note));
}

RequestNotes::Waiting RequestNotes::take_batch() {
    std::lock_guard const lock(mutex_);
    if (waiting_.size() <= batch_max) return std::exchange(waiting_, {});
    auto const end = waiting_.begin() + batch_max;
    Waiting batch(std::move_iterator(waiting_.begin()), std::move_iterator(end));
    waiting_.erase(waiting_.begin(), end);
    return batch;
}

void RequestNotes::put_back(Waiting batch) {
    std::lock_guard const lock(mutex_);
    auto const room = limits_.request_notes_waiting_max -
                      std::min(limits_.request_notes_waiting_max, waiting_.size());
    if (batch.size() > room) {
        dropped_ += batch.size() - room;
        batch.erase(batch.begin() + static_cast<std::ptrdiff_t>(room), batch.end());
    }
    waiting_.insert(waiting_.begin(), std::move_iterator(batch.begin()),
                    std::move_iterator(batch.end()));
}

Task<Result<bool>> RequestNotes::flush() {
    auto batch = take_batch();
    if (batch.empty()) co_return false;
    auto const written = co_await store_.append_request_notes(batch);
    if (!written) {
        put_back(std::move(batch));
        co_return fail(written.error());
    }
    co_return batch.size() == batch_max;
}

Task<Status> RequestNotes::flush_all() {
    for (bool more = true; more;) {
        CO_TRY(more, co_await flush());
    }
    co_return Status{};
}

std::uint64_t RequestNotes::take_dropped() {
    std::lock_guard const lock(mutex_);
    return std::exchange(dropped_, 0);
}

}  // namespace rollcall::service

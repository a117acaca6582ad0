// Notes of requests on their way into the store (docs/decisions/0009).
#pragma once

#include "base/limits.hpp"
#include "base/result.hpp"
#include "directory/keys.hpp"
#include "directory/request_note.hpp"
#include "runtime/task.hpp"

#include <cstdint>
#include <mutex>
#include <utility>
#include <vector>

namespace rollcall::storage {
class Store;
}

namespace rollcall::service {

/// Takes notes without making a request wait, and writes them in batches when told to. What waits
/// is lost if the process is killed. Thread-safe.
class RequestNotes {
public:
    /// Both outlive this object.
    RequestNotes(storage::Store& store, Limits const& limits) : store_(store), limits_(limits) {}

    /// Never blocks for long and never fails: what does not fit
    /// (Limits::request_notes_waiting_max) is dropped and counted.
    void add(directory::ConnectionKey const& key, directory::RequestNote note);

    /// Writes a batch of what waits. True if there is more; after an error the batch waits again.
    [[nodiscard]] Task<Result<bool>> flush();
    /// The same to the end.
    [[nodiscard]] Task<Status> flush_all();

    /// Notes dropped since the last call.
    [[nodiscard]] std::uint64_t take_dropped();

private:
    using Waiting = std::vector<std::pair<directory::ConnectionKey, directory::RequestNote>>;

    [[nodiscard]] Waiting take_batch();
    void put_back(Waiting batch);

    storage::Store& store_;
    Limits const& limits_;
    std::mutex mutex_;
    Waiting waiting_;
    std::uint64_t dropped_ = 0;
};

}  // namespace rollcall::service

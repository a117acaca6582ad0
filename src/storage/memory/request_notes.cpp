// The memory store: notes of requests.
#include "storage/memory/memory_store.hpp"

namespace rollcall::storage::memory {

using directory::RequestNote;
using directory::RequestNoteFilter;

namespace {

bool passes(RequestNote const& note, RequestNoteFilter filter) {
    switch (filter) {
        case RequestNoteFilter::all:
            return true;
        case RequestNoteFilter::failed:
            return note.failed();
        case RequestNoteFilter::noted:
            return !note.notes.empty();
    }
    return true;
}

}  // namespace

Task<Status> MemoryStore::append_request_notes(
    std::vector<std::pair<ConnectionKey, RequestNote>> notes) {
    std::lock_guard const lock(mutex_);
    CO_CHECK(check_open());
    for (auto& [key, note] : notes) {
        auto* row = find_row(key);
        if (row == nullptr) continue;
        auto& kept = row->request_notes;
        auto const position = kept.empty() ? 1 : kept.back().position + 1;
        kept.push_back({position, std::move(note)});
        if (kept.size() > limits_.request_notes_max) kept.pop_front();
    }
    co_return Status{};
}

Task<Result<std::vector<StoredRequestNote>>> MemoryStore::list_request_notes(
    ConnectionKey key, RequestNoteFilter filter, std::optional<std::int64_t> before,
    std::size_t limit) {
    std::lock_guard const lock(mutex_);
    CO_CHECK(check_open());
    std::vector<StoredRequestNote> notes;
    auto const* row = find_row(key);
    if (row == nullptr) co_return notes;
    for (auto note = row->request_notes.rbegin(); note != row->request_notes.rend(); ++note) {
        if (notes.size() == limit) break;
        if (before && note->position >= *before) continue;
        if (passes(note->note, filter)) notes.push_back(*note);
    }
    co_return notes;
}

}  // namespace rollcall::storage::memory

// Notes of requests: a ring for each connection, newest at the highest position.
#include "storage/sqlite/codec.hpp"
#include "storage/sqlite/connection_rows.hpp"
#include "storage/sqlite/request_note_sql.hpp"
#include "storage/sqlite/sqlite_store.hpp"

#include <limits>
#include <map>

namespace rollcall::storage::sqlite {

using directory::RequestNote;
using directory::RequestNoteFilter;

namespace {

static_assert(static_cast<int>(RequestNoteFilter::all) == 0 &&
              static_cast<int>(RequestNoteFilter::failed) == 1 &&
              static_cast<int>(RequestNoteFilter::noted) == 2);

void insert(Database& database, std::int64_t connection, std::int64_t position,
            RequestNote const& note) {
    auto const notes = json_text(note.notes);
    database.run(sql::insert_request_note, connection, position, note.request.uuid,
                 note.received_at, note.method, note.path, static_cast<std::int64_t>(note.status),
                 note.scim_type, note.detail, notes);
}

RequestNote note_of(Query const& row, Environment environment) {
    return {.request = {environment, row.uuid(1)},
            .received_at = row.timestamp(2),
            .method = row.text(3),
            .path = row.text(4),
            .status = static_cast<unsigned>(row.integer(5)),
            .scim_type = row.text(6),
            .detail = row.text(7),
            .notes = json_texts(row.bytes(8))};
}

}  // namespace

Task<Status> SqliteStore::append_request_notes(
    std::vector<std::pair<ConnectionKey, RequestNote>> notes) {
    // Nobody keeps pages of notes, so no generation moves.
    return write<void>({}, [this, notes = std::move(notes)](Database& database) -> Status {
        std::map<std::int64_t, std::int64_t> last;  // by connection
        for (auto const& [key, note] : notes) {
            auto entry = last.find(key.row());
            if (entry == last.end()) {
                if (!is_live(database, key)) continue;
                auto const position = database.integer(sql::last_request_note, key.row());
                entry = last.emplace(key.row(), position.value_or(0)).first;
            }
            insert(database, key.row(), ++entry->second, note);
        }
        auto const kept = static_cast<std::int64_t>(limits_.request_notes_max);
        for (auto const& [connection, position] : last) {
            database.run(sql::forget_request_notes, connection, position - kept);
        }
        return {};
    });
}

Task<Result<std::vector<StoredRequestNote>>> SqliteStore::list_request_notes(
    ConnectionKey key, RequestNoteFilter filter, std::optional<std::int64_t> before,
    std::size_t limit) {
    co_return read<std::vector<StoredRequestNote>>(
        co_await this_coro::executor, [&](Database& database) {
            std::vector<StoredRequestNote> notes;
            Query row(database, sql::list_request_notes, key.row(),
                      before.value_or(std::numeric_limits<std::int64_t>::max()), limit, filter);
            while (row.step()) {
                notes.push_back({row.integer(0), note_of(row, key.environment())});
            }
            return notes;
        });
}

}  // namespace rollcall::storage::sqlite

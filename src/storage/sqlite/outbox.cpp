// Writing, listing and forgetting of events.
#include "storage/sqlite/outbox.hpp"

#include "storage/sqlite/sqlite_store.hpp"
#include "storage/sqlite/tenant_sql.hpp"

namespace rollcall::storage::sqlite {

using directory::Event;
using directory::EventAction;
using directory::EventObject;
using directory::EventSource;

void append_event(Database& database, OrganizationKey const& organization, Event const& event) {
    database.run(sql::append_event, organization.project().row(), organization.row(), event.id.uuid,
                 event.source, event.object, event.action, event.object_id, event.related_id,
                 event.label, event.occurred_at);
}

void append_events(Database& database, OrganizationKey const& organization,
                   std::vector<Event> const& events) {
    for (auto const& event : events) append_event(database, organization, event);
}

Task<Result<std::vector<StoredEvent>>> SqliteStore::list_events(OrganizationKey organization,
                                                                std::int64_t after,
                                                                std::size_t limit) {
    co_return read<std::vector<StoredEvent>>(co_await this_coro::executor, [&](Database& database) {
        std::vector<StoredEvent> events;
        Query query(database, sql::list_events, organization.row(), after,
                    static_cast<std::int64_t>(limit));
        while (query.step()) {
            events.push_back(
                {query.integer(0), Event{.id = {organization.id().environment, query.uuid(1)},
                                         .source = static_cast<EventSource>(query.integer(2)),
                                         .object = static_cast<EventObject>(query.integer(3)),
                                         .action = static_cast<EventAction>(query.integer(4)),
                                         .object_id = query.text(5),
                                         .related_id = query.text(6),
                                         .label = query.text(7),
                                         .occurred_at = query.timestamp(8)}});
        }
        return events;
    });
}

Task<Result<bool>> SqliteStore::forget_events(Timestamp before, std::size_t rows_max) {
    return write<bool>({}, [=](Database& database) {
        std::size_t forgotten = 0;
        std::int64_t last = 0;
        {
            // One more than may go, since an event goes only if another stands behind it.
            Query row(database, sql::oldest_events, rows_max + 1);
            bool has_old = row.step() && row.timestamp(1) < before;
            while (has_old) {
                auto const position = row.integer(0);
                if (!row.step()) break;
                last = position;
                ++forgotten;
                has_old = forgotten < rows_max && row.timestamp(1) < before;
            }
        }
        if (forgotten > 0) database.run(sql::forget_events, last);
        return forgotten == rows_max;
    });
}

}  // namespace rollcall::storage::sqlite

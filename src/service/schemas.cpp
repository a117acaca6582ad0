// A declaration is planned against what is declared, then stored whole; planned again when somebody
// else was faster.
#include "service/schemas.hpp"

#include "directory/connection_plan.hpp"
#include "service/attempts.hpp"
#include "service/connection_access.hpp"
#include "storage/store.hpp"

#include <utility>

namespace rollcall::service {

using directory::ConnectionSchema;

std::vector<directory::Event> Schemas::make_events(SchemaOwner const& owner, Timestamp now) {
    EventId const id{owner.key.environment(), ids_.ordered_uuid(now)};
    return {directory::connection_event(directory::EventAction::update, owner.key.id(),
                                        owner.display_name, id, now)};
}

Task<Result<SchemaOwner>> Schemas::open(directory::ProjectKey project,
                                        ConnectionReference reference) {
    CO_TRY(auto record, co_await get_connection(store_, project, std::move(reference)));
    co_return SchemaOwner{record.key, std::move(record.connection.display_name)};
}

Task<Result<SchemaOwner>> Schemas::open_for_operator(ConnectionId connection) {
    CO_TRY(auto record, co_await store_.find_connection_for_operator(connection));
    if (!record) co_return fail(directory::no_active_connection());
    co_return SchemaOwner{record->key, std::move(record->connection.display_name)};
}

Task<Result<std::vector<ConnectionSchema>>> Schemas::list(SchemaOwner owner) {
    CO_TRY(auto declared, co_await store_.list_schemas(owner.key));
    co_return std::move(declared.schemas);
}

Task<Result<ConnectionSchema>> Schemas::get(SchemaOwner owner, std::string urn) {
    CO_TRY(auto const declared, co_await list(std::move(owner)));
    auto const* schema = directory::find_schema(declared, urn);
    if (schema == nullptr) co_return fail(directory::schema_not_found(urn));
    co_return *schema;
}

Task<Result<ConnectionSchema>> Schemas::put(SchemaOwner owner, std::string urn,
                                            directory::SchemaFields fields) {
    for (int attempt = 1; attempt <= attempts_max; ++attempt) {
        CO_TRY(auto const declared, co_await store_.list_schemas(owner.key));
        CO_TRY(auto planned, directory::plan_schema(fields, urn, declared.schemas, limits_));
        auto const* known = directory::find_schema(declared.schemas, urn);
        if (known != nullptr && known->declared == planned) co_return *known;
        auto const now = clock_.now();
        auto stored = co_await store_.put_schema(owner.key, {std::move(planned), now, now},
                                                 declared.version, make_events(owner, now));
        if (stored) co_return *std::move(stored);
        if (stored.error().code() == ErrorCode::precondition_failed) continue;
        co_return fail(as_connection_error(std::move(stored).error()));
    }
    co_return fail(busy("The connection"));
}

Task<Result<std::string>> Schemas::remove(SchemaOwner owner, std::string urn) {
    CO_TRY(auto const schema, co_await get(owner, std::move(urn)));
    auto const now = clock_.now();
    auto const& declared = schema.declared.schema.urn;
    auto const removed =
        co_await store_.delete_schema(owner.key, declared, now, make_events(owner, now));
    if (!removed) co_return fail(as_connection_error(removed.error()));
    co_return declared;
}

}  // namespace rollcall::service

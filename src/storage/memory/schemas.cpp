// The memory store: schemas that connections declare.
#include "directory/schema_plan.hpp"
#include "storage/errors.hpp"
#include "storage/memory/memory_store.hpp"

#include <algorithm>

namespace rollcall::storage::memory {

using directory::ConnectionSchema;
using directory::ConnectionSchemas;
using directory::Event;

namespace {

std::vector<ConnectionSchema>::iterator find(ConnectionSchemas& declared, std::string_view urn) {
    return std::ranges::find(declared.schemas, directory::schema_key(urn),
                             [](ConnectionSchema const& schema) {
                                 return directory::schema_key(schema.declared.schema.urn);
                             });
}

}  // namespace

Task<Result<ConnectionSchemas>> MemoryStore::list_schemas(ConnectionKey key) {
    std::lock_guard const lock(mutex_);
    CO_CHECK(check_open());
    auto const* row = find_row(key);
    co_return row ? row->schemas : ConnectionSchemas{};
}

Task<Result<ConnectionSchema>> MemoryStore::put_schema(ConnectionKey key, ConnectionSchema schema,
                                                       std::uint64_t expected_version,
                                                       std::vector<Event> events) {
    std::lock_guard const lock(mutex_);
    CO_CHECK(check_open());
    auto* row = find_row(key);
    if (!row) co_return fail(connection_not_found(key.id()));
    auto& declared = row->schemas;
    if (declared.version != expected_version) co_return fail(version_moved());
    auto const known = find(declared, schema.declared.schema.urn);
    if (known != declared.schemas.end()) {
        schema.created_at = known->created_at;
        *known = schema;
    } else if (declared.schemas.size() >= limits_.schemas_per_connection_max) {
        co_return fail(too_many_schemas(limits_.schemas_per_connection_max));
    } else {
        declared.schemas.push_back(schema);
    }
    ++declared.version;
    row->connection.updated_at = schema.updated_at;
    emit(row->organization, std::move(events));
    generations_.raise(key.organization().id().uuid);
    co_return schema;
}

Task<Status> MemoryStore::delete_schema(ConnectionKey key, std::string urn, Timestamp now,
                                        std::vector<Event> events) {
    std::lock_guard const lock(mutex_);
    CO_CHECK(check_open());
    auto* row = find_row(key);
    if (!row) co_return fail(connection_not_found(key.id()));
    auto& declared = row->schemas;
    auto const known = find(declared, urn);
    if (known == declared.schemas.end()) co_return fail(directory::schema_not_found(urn));
    declared.schemas.erase(known);
    ++declared.version;
    row->connection.updated_at = now;
    emit(row->organization, std::move(events));
    generations_.raise(key.organization().id().uuid);
    co_return Status{};
}

}  // namespace rollcall::storage::memory

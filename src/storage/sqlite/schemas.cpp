// Schemas that connections declare.
#include "directory/schema_plan.hpp"
#include "scim/schema_json.hpp"
#include "storage/errors.hpp"
#include "storage/sqlite/codec.hpp"
#include "storage/sqlite/connection_rows.hpp"
#include "storage/sqlite/outbox.hpp"
#include "storage/sqlite/sqlite_store.hpp"
#include "storage/sqlite/tenant_sql.hpp"

#include <stdexcept>

namespace rollcall::storage::sqlite {

using directory::ConnectionSchema;
using directory::ConnectionSchemas;
using directory::Event;

namespace {

std::string definition_of(ConnectionSchema const& schema) {
    return json_text(scim::schema_to_json(schema.declared.schema));
}

ConnectionSchema schema_of(Query const& row) {
    auto schema = scim::schema_from_json(json_object(row.bytes(2)));
    if (!schema) throw std::runtime_error("a declared schema is damaged");
    return {.declared = {.extends = static_cast<scim::ResourceKind>(row.integer(0)),
                         .required = row.integer(1) != 0,
                         .schema = *std::move(schema)},
            .created_at = row.timestamp(3),
            .updated_at = row.timestamp(4)};
}

std::uint64_t version_of(Database& database, ConnectionKey const& key) {
    return static_cast<std::uint64_t>(
        database.integer(sql::schemas_version, key.row()).value_or(0));
}

void finish_change(Database& database, ConnectionKey const& key, Timestamp now,
                   std::vector<Event> const& events) {
    database.run(sql::raise_schemas_version, key.row());
    database.run(sql::touch_connection, key.row(), now);
    append_events(database, key.organization(), events);
}

Result<ConnectionSchema> put(Database& database, ConnectionKey const& key, ConnectionSchema schema,
                             std::size_t schemas_max) {
    auto const& declared = schema.declared;
    auto const urn_key = directory::schema_key(declared.schema.urn);
    Query known(database, sql::find_schema, key.row(), urn_key);
    if (known.step()) {
        schema.created_at = known.timestamp(1);
        database.run(sql::update_schema, known.integer(0), declared.extends, declared.required,
                     definition_of(schema), schema.updated_at);
        return schema;
    }
    auto const count = database.integer(sql::count_schemas, key.row()).value_or(0);
    if (static_cast<std::size_t>(count) >= schemas_max) return fail(too_many_schemas(schemas_max));
    database.run(sql::insert_schema, key.row(), urn_key, declared.extends, declared.required,
                 definition_of(schema), schema.created_at, schema.updated_at);
    return schema;
}

}  // namespace

Task<Result<ConnectionSchemas>> SqliteStore::list_schemas(ConnectionKey key) {
    co_return read<ConnectionSchemas>(co_await this_coro::executor, [&](Database& database) {
        ConnectionSchemas declared;
        if (!is_live(database, key)) return declared;
        declared.version = version_of(database, key);
        Query row(database, sql::list_schemas, key.row());
        while (row.step()) declared.schemas.push_back(schema_of(row));
        return declared;
    });
}

Task<Result<ConnectionSchema>> SqliteStore::put_schema(ConnectionKey key, ConnectionSchema schema,
                                                       std::uint64_t expected_version,
                                                       std::vector<Event> events) {
    return write<ConnectionSchema>(
        {key.organization().id().uuid},
        [this, key, schema = std::move(schema), expected_version,
         events = std::move(events)](Database& database) -> Result<ConnectionSchema> {
            if (!is_live(database, key)) return fail(connection_not_found(key.id()));
            if (version_of(database, key) != expected_version) return fail(version_moved());
            TRY(auto stored, put(database, key, schema, limits_.schemas_per_connection_max));
            finish_change(database, key, stored.updated_at, events);
            return stored;
        });
}

Task<Status> SqliteStore::delete_schema(ConnectionKey key, std::string urn, Timestamp now,
                                        std::vector<Event> events) {
    return write<void>(
        {key.organization().id().uuid},
        [key, urn = std::move(urn), now, events = std::move(events)](Database& database) -> Status {
            if (!is_live(database, key)) {
                return fail(connection_not_found(key.id()));
            }
            auto const known =
                database.integer(sql::find_schema, key.row(), directory::schema_key(urn));
            if (!known) return fail(directory::schema_not_found(urn));
            database.run(sql::delete_schema, *known);
            finish_change(database, key, now, events);
            return {};
        });
}

}  // namespace rollcall::storage::sqlite

// SCIM connections, their tokens and role assignments.
#include "directory/connection_options.hpp"
#include "storage/errors.hpp"
#include "storage/key_issuer.hpp"
#include "storage/sqlite/connection_rows.hpp"
#include "storage/sqlite/group_sql.hpp"
#include "storage/sqlite/member_rows.hpp"
#include "storage/sqlite/outbox.hpp"
#include "storage/sqlite/sqlite_store.hpp"
#include "storage/sqlite/tenant_sql.hpp"

namespace rollcall::storage::sqlite {

using directory::BearerToken;
using directory::Connection;
using directory::ConnectionOptions;
using directory::Event;
using directory::IdentityProvider;
using directory::RoleAssignment;

namespace {

std::vector<Uuid> scopes_of(ConnectionKey const& key) {
    return {key.organization().id().uuid};
}

IdentityProvider provider_of(Query const& row, int column) {
    // A provider this release does not know is one whose habits it does not know either.
    return directory::parse_identity_provider(row.bytes(column))
        .value_or(IdentityProvider::generic);
}

Connection connection_of(Query const& row, OrganizationId const& organization) {
    Connection connection{.id = {organization.environment, row.uuid(1)},
                          .organization = organization,
                          .display_name = row.text(2),
                          .identity_provider = provider_of(row, 3),
                          .token = {row.digest(4), row.text(5), row.timestamp(6)},
                          .next_token = std::nullopt,
                          .created_at = row.timestamp(10),
                          .updated_at = row.timestamp(11),
                          .options = directory::parse_options(row.bytes(12))};
    if (!row.is_null(7)) {
        connection.next_token = BearerToken{row.digest(7), row.text(8), row.timestamp(9)};
    }
    return connection;
}

ConnectionRecord record_of(Database& database, OrganizationKey const& organization,
                           Query const& row) {
    auto connection = connection_of(row, organization.id());
    auto const key = KeyIssuer::connection(organization, connection.id, row.integer(0));
    ConnectionRecord record{key, std::move(connection), {}};
    Query assignments(database, sql::list_role_assignments, key.row());
    while (assignments.step()) {
        record.role_assignments.push_back({.role_id = assignments.text(0),
                                           .group = {key.environment(), assignments.uuid(1)},
                                           .group_name = assignments.text(2)});
    }
    return record;
}

Result<ConnectionRecord> get_record(Database& database, ConnectionKey const& key) {
    Query row(database, sql::connection_by_key, key.row());
    if (!row.step()) return fail(connection_not_found(key.id()));
    return record_of(database, key.organization(), row);
}

std::optional<ConnectionRecord> find_active_record(Database& database,
                                                   OrganizationKey const& organization) {
    Query row(database, sql::active_connection, organization.row());
    if (!row.step()) return std::nullopt;
    return record_of(database, organization, row);
}

Status check_options(Database& database, ConnectionKey const& key,
                     std::optional<ConnectionOptions> const& expected) {
    if (!expected) return {};
    Query row(database, sql::connection_by_key, key.row());
    if (!row.step()) return fail(connection_not_found(key.id()));
    if (connection_of(row, key.organization().id()).options == *expected) return {};
    return fail(version_moved());
}

void write_options(Database& database, std::int64_t connection, ConnectionOptions const& options) {
    auto const text = directory::print_options(options);
    database.run(sql::set_connection_options, connection, text);
}

Result<std::vector<std::int64_t>> assigned_groups(Database& database, ConnectionKey const& key,
                                                  std::vector<RoleAssignment> const& assignments) {
    std::vector<std::int64_t> groups;
    for (auto const& assignment : assignments) {
        auto const group = database.integer(sql::group_key, key.row(), assignment.group.uuid);
        if (!group || assignment.group.environment != key.environment()) {
            return fail(assignment_group_missing(assignment.group));
        }
        groups.push_back(*group);
    }
    return groups;
}

}  // namespace

std::optional<Connection> find_active_connection(Database& database,
                                                 OrganizationKey const& organization) {
    Query row(database, sql::active_connection, organization.row());
    if (!row.step()) return std::nullopt;
    return connection_of(row, organization.id());
}

bool is_live(Database& database, ConnectionKey const& key) {
    return database.integer(sql::connection_is_live, key.row()).has_value();
}

Task<Result<ConnectionRecord>> SqliteStore::create_connection(OrganizationKey organization,
                                                              Connection connection,
                                                              std::vector<Event> events) {
    return write<ConnectionRecord>(
        {organization.id().uuid},
        [organization, connection = std::move(connection),
         events = std::move(events)](Database& database) -> Result<ConnectionRecord> {
            if (!database.integer(sql::organization_updated_at, organization.row())) {
                return fail(organization_not_found(organization.id()));
            }
            if (auto const active = active_connection_of(database, organization)) {
                return fail(active_connection_exists(active->id));
            }
            auto const& next = connection.next_token;
            database.run(sql::insert_connection, organization.row(), connection.id.uuid,
                         connection.display_name, to_string(connection.identity_provider),
                         connection.token.digest, connection.token.last_four,
                         connection.token.expires_at,
                         next ? std::optional(next->digest) : std::nullopt,
                         next ? std::optional(next->last_four) : std::nullopt,
                         next ? std::optional(next->expires_at) : std::nullopt,
                         connection.created_at, connection.updated_at);
            if (connection.options != ConnectionOptions{}) {
                write_options(database, database.last_key(), connection.options);
            }
            append_events(database, organization, events);
            return *find_active_record(database, organization);
        });
}

Task<Result<std::optional<ConnectionRecord>>> SqliteStore::find_active_connection(
    OrganizationKey organization) {
    co_return read<std::optional<ConnectionRecord>>(
        co_await this_coro::executor,
        [&](Database& database) { return find_active_record(database, organization); });
}

Task<Result<std::optional<ConnectionKey>>> SqliteStore::find_connection(
    OrganizationKey organization, ConnectionId id) {
    co_return read<std::optional<ConnectionKey>>(
        co_await this_coro::executor, [&](Database& database) -> std::optional<ConnectionKey> {
            if (id.environment != organization.id().environment) return std::nullopt;
            auto const row =
                database.integer(sql::connection_in_organization, id.uuid, organization.row());
            if (!row) return std::nullopt;
            return KeyIssuer::connection(organization, id, *row);
        });
}

Task<Result<std::optional<ConnectionRecord>>> SqliteStore::find_connection_for_operator(
    ConnectionId id) {
    using Found = std::optional<ConnectionRecord>;
    co_return read<Found>(co_await this_coro::executor, [&](Database& database) -> Result<Found> {
        Query row(database, sql::connection_of_any_project, id.uuid, id.environment);
        if (!row.step()) return std::nullopt;
        auto const project = KeyIssuer::project({id.environment, row.uuid(4)}, row.integer(3));
        auto const organization =
            KeyIssuer::organization(project, {id.environment, row.uuid(2)}, row.integer(1));
        return get_record(database, KeyIssuer::connection(organization, id, row.integer(0)));
    });
}

Task<Result<ConnectionRecord>> SqliteStore::update_connection(ConnectionKey key,
                                                              ConnectionChange change) {
    return write<ConnectionRecord>(
        scopes_of(key),
        [key, change = std::move(change)](Database& database) -> Result<ConnectionRecord> {
            if (!is_live(database, key)) return fail(connection_not_found(key.id()));
            CHECK(check_options(database, key, change.expected_options));
            if (change.role_assignments) {
                auto const& assignments = *change.role_assignments;
                TRY(auto const groups, assigned_groups(database, key, assignments));
                database.run(sql::delete_role_assignments, key.row());
                for (std::size_t i = 0; i < groups.size(); ++i) {
                    database.run(sql::insert_role_assignment, key.row(), groups[i],
                                 assignments[i].role_id);
                }
            }
            auto const provider =
                change.identity_provider
                    ? std::optional(directory::to_string(*change.identity_provider))
                    : std::nullopt;
            database.run(sql::update_connection, key.row(), change.display_name, provider,
                         change.now);
            if (change.options) write_options(database, key.row(), *change.options);
            append_events(database, key.organization(), change.events);
            return get_record(database, key);
        });
}

Task<Status> SqliteStore::delete_connection(ConnectionKey key, Timestamp now,
                                            std::vector<Event> events) {
    return write<void>(scopes_of(key),
                       [key, now, events = std::move(events)](Database& database) -> Status {
                           if (!is_live(database, key)) {
                               return fail(connection_not_found(key.id()));
                           }
                           database.run(sql::remove_connection, key.row(), now);
                           append_events(database, key.organization(), events);
                           return {};
                       });
}

Task<Result<ConnectionRecord>> SqliteStore::start_rotation(ConnectionKey key, BearerToken next,
                                                           Timestamp now,
                                                           std::vector<Event> events) {
    return write<ConnectionRecord>(scopes_of(key),
                                   [key, next, now, events = std::move(events)](
                                       Database& database) -> Result<ConnectionRecord> {
                                       if (!is_live(database, key))
                                           return fail(connection_not_found(key.id()));
                                       database.run(sql::start_rotation, key.row(), next.digest,
                                                    next.last_four, next.expires_at, now);
                                       append_events(database, key.organization(), events);
                                       return get_record(database, key);
                                   });
}

Task<Result<ConnectionRecord>> SqliteStore::end_rotation(ConnectionKey key, Rotation how,
                                                         Timestamp now, std::vector<Event> events) {
    return write<ConnectionRecord>(scopes_of(key),
                                   [key, how, now, events = std::move(events)](
                                       Database& database) -> Result<ConnectionRecord> {
                                       if (!is_live(database, key))
                                           return fail(connection_not_found(key.id()));
                                       auto const statement = how == Rotation::complete
                                                                  ? sql::complete_rotation
                                                                  : sql::cancel_rotation;
                                       if (database.run(statement, key.row(), now) == 0)
                                           return fail(not_rotating());
                                       append_events(database, key.organization(), events);
                                       return get_record(database, key);
                                   });
}

Task<Result<std::optional<AuthenticatedConnection>>> SqliteStore::authenticate_connection(
    ConnectionId id, Digest token, Timestamp now) {
    using Found = std::optional<AuthenticatedConnection>;
    co_return read<Found>(co_await this_coro::executor, [&](Database& database) -> Found {
        Query row(database, sql::connection_tokens, id.uuid, id.environment);
        if (!row.step()) return std::nullopt;
        auto const accepts = [&](int digest, int expires_at) {
            return equal_in_constant_time(row.digest(digest), token) &&
                   now < row.timestamp(expires_at);
        };
        bool const current = accepts(2, 3);
        bool const next = !row.is_null(4) && accepts(4, 5);
        if (!current && !next) return std::nullopt;
        auto const project = KeyIssuer::project({id.environment, row.uuid(9)}, row.integer(8));
        auto const organization =
            KeyIssuer::organization(project, {id.environment, row.uuid(7)}, row.integer(6));
        return AuthenticatedConnection{KeyIssuer::connection(organization, id, row.integer(0)),
                                       provider_of(row, 1), directory::parse_options(row.bytes(10)),
                                       row.is_null(11) ? 0 : row.count(11)};
    });
}

}  // namespace rollcall::storage::sqlite

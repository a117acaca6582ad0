// The memory store: SCIM connections, their tokens and role assignments.
#include "storage/errors.hpp"
#include "storage/key_issuer.hpp"
#include "storage/memory/memory_store.hpp"

#include <algorithm>
#include <tuple>

namespace rollcall::storage::memory {

using directory::BearerToken;
using directory::Connection;
using directory::Event;

ConnectionRow* MemoryStore::find_row(ConnectionKey const& key) {
    auto const found = state_.connections.find(key.row());
    if (found == state_.connections.end() || found->second.removed) return nullptr;
    return &found->second;
}

ConnectionRow* MemoryStore::find_active_row(Row organization) {
    for (auto& [row, connection] : state_.connections) {
        if (connection.organization == organization && !connection.removed) return &connection;
    }
    return nullptr;
}

ConnectionRow const* MemoryStore::find_active_row(ConnectionId const& id) const {
    for (auto const& [row, connection] : state_.connections) {
        if (!connection.removed && connection.connection.id == id) return &connection;
    }
    return nullptr;
}

ConnectionKey MemoryStore::key_of(ConnectionRow const& row) const {
    auto const& organization = state_.organizations.at(row.organization);
    auto const& project = state_.projects.at(organization.project);
    return KeyIssuer::connection(
        KeyIssuer::organization(KeyIssuer::project(project.project.id, project.row),
                                organization.organization.id, organization.row),
        row.connection.id, row.row);
}

ConnectionRecord MemoryStore::record_of(ConnectionKey const& key, ConnectionRow const& row) {
    ConnectionRecord record{key, row.connection, {}};
    std::vector<std::tuple<std::string, std::string, Row, directory::NamedRoleAssignment>> named;
    for (auto const& assignment : row.role_assignments) {
        auto const group = row.groups_by_id.find(assignment.group.uuid);
        if (group == row.groups_by_id.end()) continue;
        auto const& stored = state_.groups.at(group->second);
        named.emplace_back(stored.name_key, assignment.role_id, stored.row,
                           directory::NamedRoleAssignment{assignment.role_id, assignment.group,
                                                          stored.group.display_name});
    }
    std::ranges::sort(named, {}, [](auto const& entry) {
        return std::tuple(std::get<0>(entry), std::get<1>(entry), std::get<2>(entry));
    });
    for (auto& entry : named) record.role_assignments.push_back(std::get<3>(std::move(entry)));
    return record;
}

Task<Result<ConnectionRecord>> MemoryStore::create_connection(OrganizationKey organization,
                                                              Connection connection,
                                                              std::vector<Event> events) {
    std::lock_guard const lock(mutex_);
    CO_CHECK(check_open());
    if (!find_row(organization)) co_return fail(organization_not_found(organization.id()));
    if (auto const* active = find_active_row(organization.row())) {
        co_return fail(active_connection_exists(active->connection.id));
    }
    auto const row = state_.next_row();
    ConnectionRow stored{.row = row, .organization = organization.row(), .connection = connection};
    auto const& inserted = state_.connections.emplace(row, std::move(stored)).first->second;
    emit(organization.row(), std::move(events));
    generations_.raise(organization.id().uuid);
    co_return record_of(KeyIssuer::connection(organization, connection.id, row), inserted);
}

Task<Result<std::optional<ConnectionRecord>>> MemoryStore::find_active_connection(
    OrganizationKey organization) {
    std::lock_guard const lock(mutex_);
    CO_CHECK(check_open());
    auto const* row = find_active_row(organization.row());
    if (!row) co_return std::nullopt;
    co_return record_of(KeyIssuer::connection(organization, row->connection.id, row->row), *row);
}

Task<Result<std::optional<ConnectionKey>>> MemoryStore::find_connection(
    OrganizationKey organization, ConnectionId id) {
    std::lock_guard const lock(mutex_);
    CO_CHECK(check_open());
    auto const* row = find_active_row(organization.row());
    if (!row || row->connection.id != id) co_return std::nullopt;
    co_return KeyIssuer::connection(organization, id, row->row);
}

Task<Result<std::optional<ConnectionRecord>>> MemoryStore::find_connection_for_operator(
    ConnectionId id) {
    std::lock_guard const lock(mutex_);
    CO_CHECK(check_open());
    auto const* row = find_active_row(id);
    if (!row) co_return std::nullopt;
    co_return record_of(key_of(*row), *row);
}

Task<Result<ConnectionRecord>> MemoryStore::update_connection(ConnectionKey key,
                                                              ConnectionChange change) {
    std::lock_guard const lock(mutex_);
    CO_CHECK(check_open());
    auto* row = find_row(key);
    if (!row) co_return fail(connection_not_found(key.id()));
    if (change.expected_options && row->connection.options != *change.expected_options) {
        co_return fail(version_moved());
    }
    if (change.role_assignments) {
        for (auto const& assignment : *change.role_assignments) {
            if (!find_group_row(*row, assignment.group)) {
                co_return fail(assignment_group_missing(assignment.group));
            }
        }
        row->role_assignments = {change.role_assignments->begin(), change.role_assignments->end()};
    }
    if (change.display_name) row->connection.display_name = *change.display_name;
    if (change.identity_provider) row->connection.identity_provider = *change.identity_provider;
    if (change.options) row->connection.options = *change.options;
    row->connection.updated_at = change.now;
    emit(row->organization, std::move(change.events));
    generations_.raise(key.organization().id().uuid);
    co_return record_of(key, *row);
}

// Registrations stay behind as former ones, for linking.
void MemoryStore::remove_connection(ConnectionRow& connection) {
    connection.removed = true;
    connection.role_assignments.clear();
    connection.users.clear();
    connection.users_by_id.clear();
    connection.users_by_name.clear();
    connection.groups.clear();
    connection.groups_by_id.clear();
    connection.groups_by_name.clear();
    connection.request_notes.clear();
}

Task<Status> MemoryStore::delete_connection(ConnectionKey key, Timestamp /*now*/,
                                            std::vector<Event> events) {
    std::lock_guard const lock(mutex_);
    CO_CHECK(check_open());
    auto* row = find_row(key);
    if (!row) co_return fail(connection_not_found(key.id()));
    remove_connection(*row);
    emit(row->organization, std::move(events));
    generations_.raise(key.organization().id().uuid);
    co_return Status{};
}

Task<Result<ConnectionRecord>> MemoryStore::start_rotation(ConnectionKey key, BearerToken next,
                                                           Timestamp now,
                                                           std::vector<Event> events) {
    std::lock_guard const lock(mutex_);
    CO_CHECK(check_open());
    auto* row = find_row(key);
    if (!row) co_return fail(connection_not_found(key.id()));
    row->connection.next_token = std::move(next);
    row->connection.updated_at = now;
    emit(row->organization, std::move(events));
    generations_.raise(key.organization().id().uuid);
    co_return record_of(key, *row);
}

Task<Result<ConnectionRecord>> MemoryStore::end_rotation(ConnectionKey key, Rotation how,
                                                         Timestamp now, std::vector<Event> events) {
    std::lock_guard const lock(mutex_);
    CO_CHECK(check_open());
    auto* row = find_row(key);
    if (!row) co_return fail(connection_not_found(key.id()));
    auto& connection = row->connection;
    if (!connection.next_token) co_return fail(not_rotating());
    if (how == Rotation::complete) connection.token = *connection.next_token;
    connection.next_token.reset();
    connection.updated_at = now;
    emit(row->organization, std::move(events));
    generations_.raise(key.organization().id().uuid);
    co_return record_of(key, *row);
}

Task<Result<std::optional<AuthenticatedConnection>>> MemoryStore::authenticate_connection(
    ConnectionId id, Digest token, Timestamp now) {
    std::lock_guard const lock(mutex_);
    CO_CHECK(check_open());
    auto const* row = find_active_row(id);
    if (!row) co_return std::nullopt;
    auto const& connection = row->connection;
    auto const accepts = [&](BearerToken const& known) {
        return equal_in_constant_time(known.digest, token) && now < known.expires_at;
    };
    bool const current = accepts(connection.token);
    bool const next = connection.next_token && accepts(*connection.next_token);
    if (!current && !next) co_return std::nullopt;
    co_return AuthenticatedConnection{key_of(*row), connection.identity_provider,
                                      connection.options, row->schemas.version};
}

}  // namespace rollcall::storage::memory

// Organizations.
#include "storage/errors.hpp"
#include "storage/key_issuer.hpp"
#include "storage/settings.hpp"
#include "storage/sqlite/codec.hpp"
#include "storage/sqlite/organization_rows.hpp"
#include "storage/sqlite/outbox.hpp"
#include "storage/sqlite/sqlite_store.hpp"
#include "storage/sqlite/tenant_sql.hpp"

#include <boost/json/object.hpp>

namespace rollcall::storage::sqlite {

using directory::Event;
using directory::Organization;

namespace {

std::vector<Uuid> scopes_of(ProjectKey const& project, Uuid const& organization) {
    return {project.id().uuid, organization};
}

// Calls make(row) for the organization that `reference` names: as an id, a slug, an external id.
template <class T, class Make>
std::optional<T> find_by_reference(Database& database, ProjectKey const& project,
                                   std::string const& reference, Make make) {
    auto const id = parse_id<OrganizationId>(reference);
    if (id && id->environment == project.environment()) {
        Query row(database, sql::organization_by_id, project.row(), id->uuid);
        if (row.step()) return make(row);
    }
    for (auto const statement : {sql::organization_by_slug, sql::organization_by_external_id}) {
        Query row(database, statement, project.row(), reference);
        if (row.step()) return make(row);
    }
    return std::nullopt;
}

OrganizationRecord get_record(Database& database, ProjectKey const& project, Uuid const& uuid) {
    Query row(database, sql::organization_by_id, project.row(), uuid);
    row.step();
    return record_of(database, project, row);
}

// A reference is tried as a slug and as an external id: what is either of another is taken.
bool is_taken(Database& database, ProjectKey const& project, std::string const& reference,
              std::int64_t self) {
    for (auto const statement : {sql::holder_of_slug, sql::holder_of_external_id}) {
        auto const holder = database.integer(statement, project.row(), reference);
        if (holder && *holder != self) return true;
    }
    return false;
}

Status check_unique(Database& database, ProjectKey const& project, Organization const& organization,
                    std::int64_t self) {
    if (is_taken(database, project, organization.slug, self)) {
        return fail(slug_in_use(organization.slug));
    }
    auto const& external_id = organization.external_id;
    if (external_id && is_taken(database, project, *external_id, self)) {
        return fail(organization_external_id_in_use(*external_id));
    }
    return {};
}

}  // namespace

Task<Result<OrganizationRecord>> SqliteStore::create_organization(ProjectKey project,
                                                                  Organization organization,
                                                                  std::vector<Event> events) {
    auto scopes = scopes_of(project, organization.id.uuid);
    return write<OrganizationRecord>(
        std::move(scopes),
        [project, organization = std::move(organization),
         events = std::move(events)](Database& database) -> Result<OrganizationRecord> {
            CHECK(check_unique(database, project, organization, 0));
            database.run(sql::insert_organization, project.row(), organization.id.uuid,
                         organization.name, organization.slug, organization.logo_url,
                         organization.external_id, json_text(organization.trusted_metadata),
                         json_text(to_json(organization.settings)), organization.created_at,
                         organization.updated_at);
            auto const key = KeyIssuer::organization(project, organization.id, database.last_key());
            append_events(database, key, events);
            return get_record(database, project, organization.id.uuid);
        });
}

Task<Result<std::optional<OrganizationKey>>> SqliteStore::find_organization(ProjectKey project,
                                                                            std::string reference) {
    co_return read<std::optional<OrganizationKey>>(
        co_await this_coro::executor, [&](Database& database) {
            return find_by_reference<OrganizationKey>(
                database, project, reference, [&](Query const& row) {
                    return KeyIssuer::organization(project, {project.environment(), row.uuid(1)},
                                                   row.integer(0));
                });
        });
}

Task<Result<std::optional<OrganizationRecord>>> SqliteStore::find_organization_record(
    ProjectKey project, std::string reference) {
    co_return read<std::optional<OrganizationRecord>>(
        co_await this_coro::executor, [&](Database& database) {
            return find_by_reference<OrganizationRecord>(
                database, project, reference,
                [&](Query const& row) { return record_of(database, project, row); });
        });
}

Task<Result<OrganizationRecord>> SqliteStore::update_organization(OrganizationKey key,
                                                                  Organization organization,
                                                                  Timestamp expected_updated_at,
                                                                  std::vector<Event> events) {
    return write<OrganizationRecord>(
        scopes_of(key.project(), key.id().uuid),
        [key, organization = std::move(organization), expected_updated_at,
         events = std::move(events)](Database& database) -> Result<OrganizationRecord> {
            auto const updated_at = database.integer(sql::organization_updated_at, key.row());
            if (!updated_at) return fail(organization_not_found(key.id()));
            if (*updated_at != expected_updated_at.time_since_epoch().count()) {
                return fail(organization_changed(key.id()));
            }
            CHECK(check_unique(database, key.project(), organization, key.row()));
            database.run(sql::update_organization, key.row(), organization.name, organization.slug,
                         organization.logo_url, organization.external_id,
                         json_text(organization.trusted_metadata),
                         json_text(to_json(organization.settings)), organization.updated_at);
            append_events(database, key, events);
            return get_record(database, key.project(), key.id().uuid);
        });
}

Task<Status> SqliteStore::delete_organization(OrganizationKey key, Timestamp now,
                                              std::vector<Event> events) {
    return write<void>(scopes_of(key.project(), key.id().uuid),
                       [key, now, events = std::move(events)](Database& database) -> Status {
                           if (database.run(sql::remove_organization, key.row(), now) == 0) {
                               return fail(organization_not_found(key.id()));
                           }
                           database.run(sql::remove_active_connection, key.row(), now);
                           append_events(database, key, events);
                           return {};
                       });
}

}  // namespace rollcall::storage::sqlite

// Columns to fields.
#include "storage/sqlite/organization_rows.hpp"

#include "storage/key_issuer.hpp"
#include "storage/policies.hpp"
#include "storage/settings.hpp"
#include "storage/sqlite/codec.hpp"
#include "storage/sqlite/connection_rows.hpp"

namespace rollcall::storage::sqlite {
namespace {

directory::Organization organization_of(Query const& row, Environment environment) {
    return {.id = {environment, row.uuid(1)},
            .name = row.text(2),
            .slug = row.text(3),
            .logo_url = row.text(4),
            .external_id = row.optional_text(5),
            .trusted_metadata = json_object(row.bytes(6)),
            .settings = settings_from_json(json_object(row.bytes(7))),
            .created_at = row.timestamp(8),
            .updated_at = row.timestamp(9)};
}

}  // namespace

OrganizationRecord record_of(Database& database, ProjectKey const& project, Query const& row) {
    auto organization = organization_of(row, project.environment());
    auto const key = KeyIssuer::organization(project, organization.id, row.integer(0));
    OrganizationRecord record{key, std::move(organization), find_active_connection(database, key)};
    if (!row.is_null(10)) record.policy = organization_policy_from_json(json_object(row.bytes(10)));
    return record;
}

}  // namespace rollcall::storage::sqlite

// Statements about settings, projects, organizations, connections and the outbox.
#pragma once

#include "storage/sqlite/database.hpp"

#include <array>

namespace rollcall::storage::sqlite::sql {

inline constexpr Sql find_setting = "SELECT value FROM settings WHERE name = ?1";
inline constexpr Sql insert_setting = "INSERT OR IGNORE INTO settings VALUES (?1, ?2)";

inline constexpr Sql find_project_uuid = "SELECT key FROM projects WHERE uuid = ?1";
inline constexpr Sql find_project = "SELECT key FROM projects WHERE uuid = ?1 AND environment = ?2";
inline constexpr Sql insert_project =
    "INSERT INTO projects (uuid, environment, name, public_token, created_at) "
    "VALUES (?1, ?2, ?3, ?4, ?5)";
inline constexpr Sql list_projects =
    "SELECT uuid, environment, name, public_token, created_at FROM projects ORDER BY key";

inline constexpr Sql project_by_key =
    "SELECT uuid, environment, name, public_token, created_at FROM projects WHERE key = ?1";

inline constexpr Sql insert_secret =
    "INSERT INTO project_secrets (project, uuid, digest, last_four, created_at, revoked_at) "
    "VALUES (?1, ?2, ?3, ?4, ?5, ?6)";
inline constexpr Sql list_secrets =
    "SELECT uuid, digest, last_four, created_at, revoked_at FROM project_secrets "
    "WHERE project = ?1 ORDER BY key";
inline constexpr Sql find_secret =
    "SELECT key FROM project_secrets WHERE project = ?1 AND uuid = ?2";
inline constexpr Sql count_live_secrets =
    "SELECT count(*) FROM project_secrets WHERE project = ?1 AND revoked_at IS NULL";
inline constexpr Sql is_live_secret =
    "SELECT revoked_at IS NULL FROM project_secrets WHERE key = ?1";
inline constexpr Sql revoke_secret =
    "UPDATE project_secrets SET revoked_at = ifnull(revoked_at, ?2) WHERE key = ?1";
inline constexpr Sql live_secrets =
    "SELECT p.key, s.digest FROM projects p JOIN project_secrets s ON s.project = p.key "
    "WHERE p.uuid = ?1 AND p.environment = ?2 AND s.revoked_at IS NULL";

inline constexpr Sql organization_by_id =
    "SELECT key, uuid, name, slug, logo_url, external_id, trusted_metadata, settings, created_at, "
    "updated_at, "
    "(SELECT policy FROM organization_policies WHERE organization = organizations.key) "
    "FROM organizations WHERE project = ?1 AND uuid = ?2 AND removed = 0";
inline constexpr Sql organization_by_slug =
    "SELECT key, uuid, name, slug, logo_url, external_id, trusted_metadata, settings, created_at, "
    "updated_at, "
    "(SELECT policy FROM organization_policies WHERE organization = organizations.key) "
    "FROM organizations WHERE project = ?1 AND slug = ?2 AND removed = 0";
inline constexpr Sql organization_by_external_id =
    "SELECT key, uuid, name, slug, logo_url, external_id, trusted_metadata, settings, created_at, "
    "updated_at, "
    "(SELECT policy FROM organization_policies WHERE organization = organizations.key) "
    "FROM organizations WHERE project = ?1 AND external_id = ?2 AND removed = 0";
inline constexpr Sql organization_updated_at =
    "SELECT updated_at FROM organizations WHERE key = ?1 AND removed = 0";
inline constexpr Sql holder_of_slug =
    "SELECT key FROM organizations WHERE project = ?1 AND slug = ?2 AND removed = 0";
inline constexpr Sql holder_of_external_id =
    "SELECT key FROM organizations WHERE project = ?1 AND external_id = ?2 AND removed = 0";
inline constexpr Sql organizations_in_order =
    "SELECT key, uuid, name, slug, external_id, settings FROM organizations "
    "WHERE project = ?1 AND uuid > ?2 AND removed = 0 ORDER BY uuid";
inline constexpr Sql organization_to_examine =
    "SELECT key, uuid, name, slug, external_id, settings FROM organizations "
    "WHERE project = ?1 AND uuid = ?2 AND removed = 0";
inline constexpr Sql organization_by_key =
    "SELECT key, uuid, name, slug, logo_url, external_id, trusted_metadata, settings, created_at, "
    "updated_at, "
    "(SELECT policy FROM organization_policies WHERE organization = organizations.key) "
    "FROM organizations WHERE key = ?1 AND removed = 0";
inline constexpr Sql insert_organization =
    "INSERT INTO organizations (project, uuid, name, slug, logo_url, external_id, "
    "trusted_metadata, settings, created_at, updated_at) "
    "VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10)";
inline constexpr Sql update_organization =
    "UPDATE organizations SET name = ?2, slug = ?3, logo_url = ?4, external_id = ?5, "
    "trusted_metadata = ?6, settings = ?7, updated_at = ?8 WHERE key = ?1";
inline constexpr Sql remove_organization =
    "UPDATE organizations SET removed = 1, updated_at = ?2 WHERE key = ?1 AND removed = 0";
inline constexpr Sql remove_active_connection =
    "UPDATE connections SET state = 1, updated_at = ?2 WHERE organization = ?1 AND state = 0";

inline constexpr Sql find_policy = "SELECT policy FROM project_policies WHERE project = ?1";
inline constexpr Sql put_policy =
    "INSERT INTO project_policies (project, policy) VALUES (?1, ?2) "
    "ON CONFLICT (project) DO UPDATE SET policy = excluded.policy";
inline constexpr Sql find_organization_policy =
    "SELECT p.policy FROM organization_policies p JOIN organizations o ON o.key = p.organization "
    "WHERE p.organization = ?1 AND o.removed = 0";
inline constexpr Sql put_organization_policy =
    "INSERT INTO organization_policies (organization, policy) VALUES (?1, ?2) "
    "ON CONFLICT (organization) DO UPDATE SET policy = excluded.policy";
inline constexpr Sql delete_organization_policy =
    "DELETE FROM organization_policies WHERE organization = ?1";
// Microseconds: two changes within one tick of the clock must not look like one.
inline constexpr Sql touch_organization =
    "UPDATE organizations SET updated_at = max(?2, updated_at + 1) WHERE key = ?1 AND removed = 0";

inline constexpr Sql active_connection =
    "SELECT key, uuid, display_name, identity_provider, token, token_last_four, token_expires_at, "
    "next_token, next_token_last_four, next_token_expires_at, created_at, updated_at, "
    "(SELECT options FROM connection_options WHERE connection = connections.key) "
    "FROM connections WHERE organization = ?1 AND state = 0";
inline constexpr Sql connection_by_key =
    "SELECT key, uuid, display_name, identity_provider, token, token_last_four, token_expires_at, "
    "next_token, next_token_last_four, next_token_expires_at, created_at, updated_at, "
    "(SELECT options FROM connection_options WHERE connection = connections.key) "
    "FROM connections WHERE key = ?1 AND state = 0";
inline constexpr Sql connection_in_organization =
    "SELECT key FROM connections WHERE uuid = ?1 AND organization = ?2 AND state = 0";
inline constexpr Sql connection_of_any_project =
    "SELECT c.key, o.key, o.uuid, p.key, p.uuid FROM connections c "
    "JOIN organizations o ON o.key = c.organization JOIN projects p ON p.key = o.project "
    "WHERE c.uuid = ?1 AND c.state = 0 AND p.environment = ?2";
inline constexpr Sql connection_is_live = "SELECT 1 FROM connections WHERE key = ?1 AND state = 0";
inline constexpr Sql insert_connection =
    "INSERT INTO connections (organization, uuid, display_name, identity_provider, token, "
    "token_last_four, token_expires_at, next_token, next_token_last_four, next_token_expires_at, "
    "created_at, updated_at) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12)";
inline constexpr Sql update_connection =
    "UPDATE connections SET display_name = ifnull(?2, display_name), "
    "identity_provider = ifnull(?3, identity_provider), updated_at = ?4 WHERE key = ?1";
inline constexpr Sql set_connection_options =
    "INSERT INTO connection_options (connection, options) VALUES (?1, ?2) "
    "ON CONFLICT (connection) DO UPDATE SET options = excluded.options";
inline constexpr Sql delete_connection_options =
    "DELETE FROM connection_options WHERE connection = ?1";
inline constexpr Sql remove_connection =
    "UPDATE connections SET state = 1, updated_at = ?2 WHERE key = ?1";
inline constexpr Sql start_rotation =
    "UPDATE connections SET next_token = ?2, next_token_last_four = ?3, "
    "next_token_expires_at = ?4, updated_at = ?5 WHERE key = ?1";
inline constexpr Sql complete_rotation =
    "UPDATE connections SET token = next_token, token_last_four = next_token_last_four, "
    "token_expires_at = next_token_expires_at, next_token = NULL, next_token_last_four = NULL, "
    "next_token_expires_at = NULL, updated_at = ?2 WHERE key = ?1 AND next_token IS NOT NULL";
inline constexpr Sql cancel_rotation =
    "UPDATE connections SET next_token = NULL, next_token_last_four = NULL, "
    "next_token_expires_at = NULL, updated_at = ?2 WHERE key = ?1 AND next_token IS NOT NULL";
inline constexpr Sql connection_tokens =
    "SELECT c.key, c.identity_provider, c.token, c.token_expires_at, c.next_token, "
    "c.next_token_expires_at, o.key, o.uuid, p.key, p.uuid, "
    "(SELECT options FROM connection_options WHERE connection = c.key), "
    "(SELECT version FROM schema_versions WHERE connection = c.key) FROM connections c "
    "JOIN organizations o ON o.key = c.organization JOIN projects p ON p.key = o.project "
    "WHERE c.uuid = ?1 AND c.state = 0 AND p.environment = ?2";

inline constexpr Sql touch_connection = "UPDATE connections SET updated_at = ?2 WHERE key = ?1";

inline constexpr Sql list_schemas =
    "SELECT resource_kind, required, definition, created_at, updated_at FROM declared_schemas "
    "WHERE connection = ?1 ORDER BY key";
inline constexpr Sql find_schema =
    "SELECT key, created_at FROM declared_schemas WHERE connection = ?1 AND urn_key = ?2";
inline constexpr Sql count_schemas = "SELECT count(*) FROM declared_schemas WHERE connection = ?1";
inline constexpr Sql insert_schema =
    "INSERT INTO declared_schemas (connection, urn_key, resource_kind, required, definition, "
    "created_at, updated_at) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)";
inline constexpr Sql update_schema =
    "UPDATE declared_schemas SET resource_kind = ?2, required = ?3, definition = ?4, "
    "updated_at = ?5 WHERE key = ?1";
inline constexpr Sql delete_schema = "DELETE FROM declared_schemas WHERE key = ?1";
inline constexpr Sql delete_schemas = "DELETE FROM declared_schemas WHERE connection = ?1";
inline constexpr Sql schemas_version = "SELECT version FROM schema_versions WHERE connection = ?1";
inline constexpr Sql raise_schemas_version =
    "INSERT INTO schema_versions (connection, version) VALUES (?1, 1) "
    "ON CONFLICT (connection) DO UPDATE SET version = version + 1";
inline constexpr Sql delete_schemas_version = "DELETE FROM schema_versions WHERE connection = ?1";

inline constexpr Sql list_role_assignments =
    "SELECT r.role_id, g.uuid, g.display_name FROM role_assignments r "
    "JOIN groups g ON g.key = r.group_key WHERE r.connection = ?1 AND g.removed = 0 "
    "ORDER BY g.name_key, r.role_id, g.key";
inline constexpr Sql insert_role_assignment =
    "INSERT OR IGNORE INTO role_assignments (connection, group_key, role_id) VALUES (?1, ?2, ?3)";
inline constexpr Sql delete_role_assignments = "DELETE FROM role_assignments WHERE connection = ?1";
inline constexpr Sql delete_role_assignments_of_group =
    "DELETE FROM role_assignments WHERE connection = ?1 AND group_key = ?2";

inline constexpr Sql append_event =
    "INSERT INTO outbox (project, organization, uuid, source, object, action, object_id, "
    "related_id, label, occurred_at) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10)";
inline constexpr Sql list_events =
    "SELECT position, uuid, source, object, action, object_id, related_id, label, occurred_at "
    "FROM outbox WHERE organization = ?1 AND position > ?2 ORDER BY position LIMIT ?3";
inline constexpr Sql oldest_events =
    "SELECT position, occurred_at FROM outbox WHERE position > 0 ORDER BY position LIMIT ?1";
inline constexpr Sql forget_events = "DELETE FROM outbox WHERE position <= ?1";
inline constexpr Sql purge_events =
    "DELETE FROM outbox WHERE position IN (SELECT position FROM outbox WHERE organization = ?1 "
    "AND position < (SELECT max(position) FROM outbox) LIMIT ?2)";

/// For the test of query plans.
inline constexpr std::array tenant_statements{find_setting,
                                              insert_setting,
                                              find_project_uuid,
                                              find_project,
                                              project_by_key,
                                              insert_project,
                                              insert_secret,
                                              find_secret,
                                              count_live_secrets,
                                              is_live_secret,
                                              revoke_secret,
                                              live_secrets,
                                              organization_by_id,
                                              organization_by_slug,
                                              organization_by_external_id,
                                              organization_updated_at,
                                              holder_of_slug,
                                              holder_of_external_id,
                                              organizations_in_order,
                                              organization_to_examine,
                                              organization_by_key,
                                              insert_organization,
                                              update_organization,
                                              remove_organization,
                                              remove_active_connection,
                                              find_policy,
                                              put_policy,
                                              find_organization_policy,
                                              put_organization_policy,
                                              delete_organization_policy,
                                              touch_organization,
                                              active_connection,
                                              connection_by_key,
                                              connection_in_organization,
                                              connection_of_any_project,
                                              connection_is_live,
                                              insert_connection,
                                              update_connection,
                                              set_connection_options,
                                              delete_connection_options,
                                              remove_connection,
                                              start_rotation,
                                              complete_rotation,
                                              cancel_rotation,
                                              connection_tokens,
                                              touch_connection,
                                              find_schema,
                                              count_schemas,
                                              insert_schema,
                                              update_schema,
                                              delete_schema,
                                              delete_schemas,
                                              schemas_version,
                                              raise_schemas_version,
                                              delete_schemas_version,
                                              insert_role_assignment,
                                              delete_role_assignments,
                                              delete_role_assignments_of_group,
                                              append_event,
                                              list_events,
                                              oldest_events,
                                              forget_events,
                                              purge_events};

/// They list what a project or a connection has, to be shown whole, and sort that.
inline constexpr std::array sorting_tenant_statements{list_secrets, list_schemas,
                                                      list_role_assignments};

/// The operator asks for all projects there are.
inline constexpr std::array unindexed_tenant_statements{list_projects};

}  // namespace rollcall::storage::sqlite::sql

// Statements about groups, memberships, and the purging of what was removed.
#pragma once

#include "storage/sqlite/database.hpp"
#include "storage/sqlite/order_walk.hpp"

#include <array>

namespace rollcall::storage::sqlite::sql {

// Writing of groups.
inline constexpr Sql group_key =
    "SELECT key FROM groups WHERE connection = ?1 AND uuid = ?2 AND removed = 0";
inline constexpr Sql user_key =
    "SELECT key FROM users WHERE connection = ?1 AND uuid = ?2 AND removed = 0";
// Left to itself the planner walks all groups of the connection in order, here and below.
inline constexpr Sql holder_of_group_name =
    "SELECT uuid FROM groups INDEXED BY groups_by_name WHERE connection = ?1 AND name_key = ?2 "
    "AND removed = 0 ORDER BY key LIMIT 1";
inline constexpr Sql group_has_name = "SELECT 1 FROM groups WHERE key = ?1 AND name_key = ?2";
inline constexpr Sql insert_group =
    "INSERT INTO groups (connection, uuid, display_name, name_key, external_id, member_count, "
    "members_unset, nested, version, removed, created_at, last_modified) "
    "VALUES (?1, ?2, ?3, ?4, ?5, 0, 0, 0, 1, 0, ?6, ?6)";
inline constexpr Sql count_group =
    "UPDATE connections SET groups_count = groups_count + ?2 WHERE key = ?1";
inline constexpr Sql set_member_count = "UPDATE groups SET member_count = ?2 WHERE key = ?1";
inline constexpr Sql rename_group =
    "UPDATE groups SET display_name = ?2, name_key = ?3 WHERE key = ?1";
inline constexpr Sql set_group_external_id = "UPDATE groups SET external_id = ?2 WHERE key = ?1";
inline constexpr Sql set_group_extensions =
    "INSERT INTO group_extensions (group_key, extensions) VALUES (?1, ?2) "
    "ON CONFLICT (group_key) DO UPDATE SET extensions = excluded.extensions";
inline constexpr Sql delete_group_extensions = "DELETE FROM group_extensions WHERE group_key = ?1";
inline constexpr Sql touch_group =
    "UPDATE groups SET version = version + 1, last_modified = ?2, member_count = ?3, "
    "members_unset = ?4 WHERE key = ?1";
inline constexpr Sql remove_group = "UPDATE groups SET removed = 1 WHERE key = ?1";
inline constexpr Sql mark_nested = "UPDATE groups SET nested = 1 WHERE key = ?1 AND nested = 0";
/// A member was removed without looking at the rest of the group.
inline constexpr Sql member_left_group =
    "UPDATE groups SET version = version + 1, last_modified = ?2, member_count = member_count - 1 "
    "WHERE key = ?1";

// Memberships.
inline constexpr Sql last_position = "SELECT max(position) FROM memberships WHERE group_key = ?1";
inline constexpr Sql insert_membership =
    "INSERT INTO memberships (group_key, position, member_kind, member_key, display) "
    "VALUES (?1, ?2, ?3, ?4, ?5) ON CONFLICT (member_kind, member_key, group_key) DO NOTHING";
inline constexpr Sql delete_membership =
    "DELETE FROM memberships WHERE group_key = ?1 AND position = "
    "(SELECT position FROM memberships WHERE member_kind = ?2 AND member_key = ?3 "
    "AND group_key = ?1)";
inline constexpr Sql delete_membership_at =
    "DELETE FROM memberships WHERE group_key = ?1 AND position = ?2";
inline constexpr Sql set_display =
    "UPDATE memberships SET display = ?3 WHERE group_key = ?1 AND position = ?2";
inline constexpr Sql members_of_group =
    "SELECT position, member_kind, member_key, display, "
    "CASE member_kind WHEN 0 THEN (SELECT uuid FROM users WHERE key = member_key) "
    "ELSE (SELECT uuid FROM groups WHERE key = member_key) END "
    "FROM memberships WHERE group_key = ?1 ORDER BY position";
inline constexpr Sql memberships_of_user =
    "SELECT m.group_key, m.position, g.uuid, g.display_name, g.removed FROM memberships m "
    "CROSS JOIN groups g ON g.key = m.group_key "
    "WHERE m.member_kind = 0 AND m.member_key = ?1 ORDER BY m.group_key";
inline constexpr Sql memberships_of_group =
    "SELECT m.group_key, m.position, g.uuid, g.display_name, g.removed FROM memberships m "
    "CROSS JOIN groups g ON g.key = m.group_key "
    "WHERE m.member_kind = 1 AND m.member_key = ?1 ORDER BY m.group_key";

// Reading of groups.
inline constexpr Sql group_by_id =
    "SELECT key, uuid, display_name, external_id, member_count, members_unset, version, "
    "created_at, last_modified, "
    "(SELECT extensions FROM group_extensions WHERE group_key = groups.key) "
    "FROM groups WHERE connection = ?1 AND uuid = ?2 AND removed = 0 "
    "AND EXISTS (SELECT 1 FROM connections WHERE key = ?1 AND state = 0)";
inline constexpr Sql group_by_key =
    "SELECT key, uuid, display_name, external_id, member_count, members_unset, version, "
    "created_at, last_modified, "
    "(SELECT extensions FROM group_extensions WHERE group_key = groups.key) "
    "FROM groups WHERE key = ?1";
inline constexpr Sql group_keys_by_name =
    "SELECT key FROM groups INDEXED BY groups_by_name WHERE connection = ?1 AND name_key = ?2 "
    "AND removed = 0 ORDER BY key";
inline constexpr Sql group_keys_by_external_id =
    "SELECT key FROM groups INDEXED BY groups_by_external_id WHERE connection = ?1 "
    "AND external_id = ?2 AND removed = 0 ORDER BY key";
inline constexpr Sql group_keys_by_member =
    "SELECT m.group_key FROM memberships m CROSS JOIN groups g ON g.key = m.group_key "
    "WHERE m.member_kind = ?1 AND m.member_key = ?2 AND g.removed = 0 ORDER BY m.group_key";

inline constexpr Sql group_has_member =
    "SELECT 1 FROM memberships WHERE member_kind = ?1 AND member_key = ?2 AND group_key = ?3";

// Lists of groups (listing.hpp).
inline constexpr ListSql list_of_groups{
    .count = "SELECT groups_count FROM connections WHERE key = ?1 AND state = 0",
    .orders =
        {.creation = "SELECT key FROM groups WHERE connection = ?1 AND removed = 0 AND key > ?2 "
                     "ORDER BY key LIMIT ?3 OFFSET ?4",
         .name = {"SELECT key, name_key FROM groups WHERE connection = ?1 AND removed = 0 "
                  "AND name_key >= ?2 AND (name_key > ?2 OR key > ?3) "
                  "ORDER BY name_key, key LIMIT ?4 OFFSET ?5",
                  "SELECT key, name_key FROM groups WHERE connection = ?1 AND removed = 0 "
                  "AND name_key <= ?2 AND (name_key < ?2 OR key > ?3) "
                  "ORDER BY name_key DESC, key LIMIT ?4 OFFSET ?5"},
         .id = {"SELECT key, uuid FROM groups WHERE connection = ?1 AND removed = 0 AND uuid > ?2 "
                "ORDER BY uuid LIMIT ?4 OFFSET ?5",
                "SELECT key, uuid FROM groups WHERE connection = ?1 AND removed = 0 AND uuid < ?2 "
                "ORDER BY uuid DESC LIMIT ?4 OFFSET ?5"},
         .created = {"SELECT key, created_at FROM groups WHERE connection = ?1 AND removed = 0 "
                     "AND created_at >= ?2 AND (created_at > ?2 OR key > ?3) "
                     "ORDER BY created_at, key LIMIT ?4 OFFSET ?5",
                     "SELECT key, created_at FROM groups WHERE connection = ?1 AND removed = 0 "
                     "AND created_at <= ?2 AND (created_at < ?2 OR key > ?3) "
                     "ORDER BY created_at DESC, key LIMIT ?4 OFFSET ?5"},
         .last_modified =
             {"SELECT key, last_modified FROM groups WHERE connection = ?1 AND removed = 0 "
              "AND last_modified >= ?2 AND (last_modified > ?2 OR key > ?3) "
              "AND last_modified <= ?6 ORDER BY last_modified, key LIMIT ?4 OFFSET ?5",
              "SELECT key, last_modified FROM groups WHERE connection = ?1 AND removed = 0 "
              "AND last_modified <= ?2 AND (last_modified < ?2 OR key > ?3) "
              "AND last_modified >= ?6 ORDER BY last_modified DESC, key "
              "LIMIT ?4 OFFSET ?5"}},
    .changed_count =
        "SELECT count(*) FROM groups WHERE connection = ?1 AND removed = 0 "
        "AND last_modified >= ?2 AND last_modified < ?3",
    .changed_window =
        "SELECT key FROM groups INDEXED BY groups_by_modified WHERE connection = ?1 AND removed = "
        "0 "
        "AND last_modified >= ?2 AND last_modified < ?3 AND +key > ?4 ORDER BY +key LIMIT ?5 "
        "OFFSET ?6"};

inline constexpr Sql group_summaries =
    "SELECT uuid, display_name FROM groups WHERE connection = ?1 AND uuid > ?2 AND removed = 0 "
    "AND EXISTS (SELECT 1 FROM connections WHERE key = ?1 AND state = 0) ORDER BY uuid LIMIT ?3";

// Purging. Each deletes or changes at most the number of rows given last.
inline constexpr Sql any_removed_group = "SELECT key FROM groups WHERE removed = 1 LIMIT 1";
inline constexpr Sql purge_memberships =
    "DELETE FROM memberships WHERE group_key = ?1 AND position IN "
    "(SELECT position FROM memberships WHERE group_key = ?1 ORDER BY position LIMIT ?2)";
inline constexpr Sql purge_group = "DELETE FROM groups WHERE key = ?1";
inline constexpr Sql any_deleted_connection = "SELECT key FROM connections WHERE state = 1 LIMIT 1";
inline constexpr Sql remove_groups_of_connection =
    "UPDATE groups SET removed = 1 WHERE key IN "
    "(SELECT key FROM groups WHERE connection = ?1 AND removed = 0 ORDER BY key LIMIT ?2)";
inline constexpr Sql purge_emails_of_connection =
    "DELETE FROM user_emails WHERE (connection, value_key, type_key, user) IN "
    "(SELECT connection, value_key, type_key, user FROM user_emails WHERE connection = ?1 "
    "LIMIT ?2)";
inline constexpr Sql empty_users_of_connection =
    "UPDATE users SET removed = key, user_name_key = '', display_name_key = NULL, emails = x'', "
    "attributes = '' WHERE key IN (SELECT key FROM users WHERE connection = ?1 AND removed = 0 "
    "ORDER BY key "
    "LIMIT ?2)";
inline constexpr Sql connection_is_purged = "UPDATE connections SET state = 2 WHERE key = ?1";
inline constexpr Sql any_removed_organization =
    "SELECT key FROM organizations WHERE removed = 1 LIMIT 1";
inline constexpr Sql any_connection_of_organization =
    "SELECT key FROM connections WHERE organization = ?1 LIMIT 1";
inline constexpr Sql purge_users_of_connection =
    "DELETE FROM users WHERE key IN (SELECT key FROM users WHERE connection = ?1 LIMIT ?2)";
inline constexpr Sql purge_connection = "DELETE FROM connections WHERE key = ?1";
inline constexpr Sql purge_members_of_organization =
    "DELETE FROM members WHERE key IN (SELECT key FROM members WHERE organization = ?1 LIMIT ?2)";
inline constexpr Sql purge_retired_emails =
    "DELETE FROM retired_emails WHERE (organization, email_key, member) IN "
    "(SELECT organization, email_key, member FROM retired_emails WHERE organization = ?1 LIMIT ?2)";
inline constexpr Sql purge_member_details =
    "DELETE FROM member_details WHERE (organization, member) IN "
    "(SELECT organization, member FROM member_details WHERE organization = ?1 LIMIT ?2)";
inline constexpr Sql purge_member_roles =
    "DELETE FROM member_roles WHERE (organization, member, role_id) IN "
    "(SELECT organization, member, role_id FROM member_roles WHERE organization = ?1 LIMIT ?2)";
inline constexpr Sql purge_organization = "DELETE FROM organizations WHERE key = ?1";

/// For the test of query plans.
inline constexpr std::array group_statements{group_key,
                                             user_key,
                                             holder_of_group_name,
                                             group_has_name,
                                             insert_group,
                                             count_group,
                                             set_member_count,
                                             rename_group,
                                             set_group_external_id,
                                             set_group_extensions,
                                             delete_group_extensions,
                                             touch_group,
                                             remove_group,
                                             mark_nested,
                                             member_left_group,
                                             last_position,
                                             insert_membership,
                                             delete_membership,
                                             delete_membership_at,
                                             set_display,
                                             members_of_group,
                                             memberships_of_user,
                                             memberships_of_group,
                                             group_by_id,
                                             group_by_key,
                                             list_of_groups.count,
                                             group_keys_by_name,
                                             group_keys_by_external_id,
                                             group_keys_by_member,
                                             group_has_member,
                                             list_of_groups.changed_count,
                                             list_of_groups.orders.creation,
                                             list_of_groups.orders.name.ascending,
                                             list_of_groups.orders.id.ascending,
                                             list_of_groups.orders.id.descending,
                                             list_of_groups.orders.created.ascending,
                                             list_of_groups.orders.last_modified.ascending,
                                             group_summaries,
                                             purge_memberships,
                                             purge_group,
                                             remove_groups_of_connection,
                                             purge_emails_of_connection,
                                             empty_users_of_connection,
                                             connection_is_purged,
                                             any_connection_of_organization,
                                             purge_users_of_connection,
                                             purge_connection,
                                             purge_members_of_organization,
                                             purge_retired_emails,
                                             purge_member_details,
                                             purge_member_roles,
                                             purge_organization};

/// It gathers groups by the instant of their last change, and sorts those by creation.
inline constexpr std::array sorting_group_statements{list_of_groups.changed_window};

/// They walk an index backwards, and sort only rows of the same value.
inline constexpr std::array backward_group_statements{
    list_of_groups.orders.name.descending,

    list_of_groups.orders.created.descending, list_of_groups.orders.last_modified.descending};

/// They read a partial index from its start, which holds only what awaits purging.
inline constexpr std::array purging_group_statements{any_removed_group, any_deleted_connection,
                                                     any_removed_organization};

}  // namespace rollcall::storage::sqlite::sql

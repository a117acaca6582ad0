// Statements about members and users.
#pragma once

#include "storage/sqlite/database.hpp"
#include "storage/sqlite/order_walk.hpp"

#include <array>

namespace rollcall::storage::sqlite::sql {

// Members.
inline constexpr Sql holder_of_email =
    "SELECT uuid FROM members WHERE organization = ?1 AND email_key = ?2 AND deleted_key = 0";
inline constexpr Sql member_to_link =
    "SELECT key, version, email_key, "
    "EXISTS (SELECT 1 FROM users WHERE connection = ?3 AND uuid = ?2 AND removed = 0) "
    "FROM members WHERE organization = ?1 AND uuid = ?2";
inline constexpr Sql insert_member =
    "INSERT INTO members (organization, uuid, email_address, email_key, name, status, deleted_key, "
    "version, created_at, updated_at) VALUES (?1, ?2, ?3, ?4, ?5, ?6, 0, 1, ?7, ?7)";
inline constexpr Sql file_deleted_member =
    "UPDATE members SET email_key = ?2, deleted_key = key WHERE key = ?1";
inline constexpr Sql update_member =
    "UPDATE members SET email_address = ?2, email_key = ?3, name = ?4, status = ?5, "
    "deleted_key = CASE ?5 WHEN 3 THEN key ELSE 0 END, version = version + 1, updated_at = ?6 "
    "WHERE key = ?1";
inline constexpr Sql mark_member_deleted =
    "UPDATE members SET status = 3, deleted_key = key, version = version + 1, updated_at = ?2 "
    "WHERE key = ?1";
inline constexpr Sql retire_email =
    "INSERT OR IGNORE INTO retired_emails (organization, email_key, member) VALUES (?1, ?2, ?3)";

// Linking.
inline constexpr Sql member_of_user_name =
    "SELECT member FROM users WHERE connection = ?1 AND user_name_key = ?2 AND removed = 0";
inline constexpr Sql former_members_of_external_id =
    "SELECT u.member FROM connections c CROSS JOIN users u ON u.connection = c.key "
    "WHERE c.organization = ?1 AND u.external_id = ?2 AND (u.removed <> 0 OR c.state <> 0) "
    "GROUP BY u.member ORDER BY max(u.key) DESC LIMIT 16";
inline constexpr Sql members_of_email =
    "SELECT key FROM members WHERE organization = ?1 AND email_key = ?2 "
    "ORDER BY deleted_key LIMIT 16";
inline constexpr Sql members_of_retired_email =
    "SELECT member FROM retired_emails WHERE organization = ?1 AND email_key = ?2 "
    "ORDER BY member LIMIT 32";
inline constexpr Sql member_by_key =
    "SELECT uuid, status, email_key, version FROM members WHERE key = ?1";
// The live one of connection ?3, then a former one: with external id ?4 if there is one.
inline constexpr Sql registrations_of_member =
    "SELECT u.connection = ?3 AND u.removed = 0 AS live, u.external_id, u.user_name_key "
    "FROM connections c CROSS JOIN users u ON u.connection = c.key "
    "WHERE c.organization = ?1 AND u.uuid = ?2 "
    "ORDER BY live DESC, ifnull(u.external_id = ?4, 0) DESC, u.key DESC LIMIT 2";

// Writing of users.
inline constexpr Sql holder_of_user_name =
    "SELECT uuid FROM users WHERE connection = ?1 AND user_name_key = ?2 AND removed = 0";
inline constexpr Sql insert_user =
    "INSERT INTO users (connection, member, uuid, registration, user_name_key, external_id, "
    "display_name_key, emails, attributes, version, removed, created_at, last_modified) "
    "VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, 1, 0, ?10, ?10)";
inline constexpr Sql count_user =
    "UPDATE connections SET users_count = users_count + ?2 WHERE key = ?1";
inline constexpr Sql user_to_change =
    "SELECT u.key, u.version, u.member, u.emails, u.registration, u.created_at, m.email_key "
    "FROM users u JOIN members m ON m.key = u.member "
    "WHERE u.connection = ?1 AND u.uuid = ?2 AND u.removed = 0 "
    "AND EXISTS (SELECT 1 FROM connections WHERE key = ?1 AND state = 0)";
inline constexpr Sql update_user =
    "UPDATE users SET user_name_key = ?2, external_id = ?3, display_name_key = ?4, emails = ?5, "
    "attributes = ?6, version = version + 1, last_modified = ?7 WHERE key = ?1";
inline constexpr Sql remove_user =
    "UPDATE users SET removed = key, user_name_key = '', display_name_key = NULL, emails = x'', "
    "attributes = '' WHERE key = ?1";
// What another registration of the same member says as well.
inline constexpr Sql forget_former_user =
    "DELETE FROM users WHERE connection = ?1 AND uuid = ?2 AND removed > 0 AND external_id IS ?3";
inline constexpr Sql insert_user_email =
    "INSERT INTO user_emails (connection, value_key, type_key, user) VALUES (?1, ?2, ?3, ?4)";
inline constexpr Sql delete_user_email =
    "DELETE FROM user_emails WHERE connection = ?1 AND value_key = ?2 AND type_key = ?3 "
    "AND user = ?4";

// Reading of users.
inline constexpr Sql user_by_id =
    "SELECT key, uuid, registration, attributes, version, created_at, last_modified FROM users "
    "WHERE connection = ?1 AND uuid = ?2 AND removed = 0 "
    "AND EXISTS (SELECT 1 FROM connections WHERE key = ?1 AND state = 0)";
inline constexpr Sql user_by_key =
    "SELECT key, uuid, registration, attributes, version, created_at, last_modified FROM users "
    "WHERE key = ?1";
inline constexpr Sql user_keys_by_id =
    "SELECT key FROM users WHERE connection = ?1 AND uuid = ?2 AND removed = 0";
inline constexpr Sql user_keys_by_user_name =
    "SELECT key FROM users WHERE connection = ?1 AND user_name_key = ?2 AND removed = 0";
// The planner would rather walk all users of the connection in order.
inline constexpr Sql user_keys_by_external_id =
    "SELECT key FROM users INDEXED BY users_by_external_id WHERE connection = ?1 "
    "AND external_id = ?2 AND removed = 0 ORDER BY key";
inline constexpr Sql user_keys_by_email =
    "SELECT DISTINCT user FROM user_emails WHERE connection = ?1 AND value_key = ?2 ORDER BY user";
inline constexpr Sql user_keys_by_typed_email =
    "SELECT user FROM user_emails WHERE connection = ?1 AND value_key = ?2 AND type_key = ?3 "
    "ORDER BY user";
inline constexpr Sql user_keys_by_display_name =
    "SELECT key FROM users WHERE connection = ?1 AND display_name_key = ?2 AND removed = 0 "
    "ORDER BY key";
inline constexpr Sql member_keys_of_group =
    "SELECT member_kind, member_key FROM memberships WHERE group_key = ?1";

// Lists of users (listing.hpp).
inline constexpr ListSql list_of_users{
    .count = "SELECT users_count FROM connections WHERE key = ?1 AND state = 0",
    .orders =
        {.creation = "SELECT key FROM users WHERE connection = ?1 AND removed = 0 AND key > ?2 "
                     "ORDER BY key LIMIT ?3 OFFSET ?4",
         .name = {"SELECT key, user_name_key FROM users WHERE connection = ?1 AND removed = 0 "
                  "AND user_name_key > ?2 ORDER BY user_name_key LIMIT ?4 OFFSET ?5",
                  "SELECT key, user_name_key FROM users WHERE connection = ?1 AND removed = 0 "
                  "AND user_name_key < ?2 ORDER BY user_name_key DESC LIMIT ?4 OFFSET ?5"},
         .id = {"SELECT key, uuid FROM users WHERE connection = ?1 AND removed = 0 AND uuid > ?2 "
                "ORDER BY uuid LIMIT ?4 OFFSET ?5",
                "SELECT key, uuid FROM users WHERE connection = ?1 AND removed = 0 AND uuid < ?2 "
                "ORDER BY uuid DESC LIMIT ?4 OFFSET ?5"},
         .created = {"SELECT key, created_at FROM users WHERE connection = ?1 AND removed = 0 "
                     "AND created_at >= ?2 AND (created_at > ?2 OR key > ?3) "
                     "ORDER BY created_at, key LIMIT ?4 OFFSET ?5",
                     "SELECT key, created_at FROM users WHERE connection = ?1 AND removed = 0 "
                     "AND created_at <= ?2 AND (created_at < ?2 OR key > ?3) "
                     "ORDER BY created_at DESC, key LIMIT ?4 OFFSET ?5"},
         .last_modified =
             {"SELECT key, last_modified FROM users WHERE connection = ?1 AND removed = 0 "
              "AND last_modified >= ?2 AND (last_modified > ?2 OR key > ?3) "
              "AND last_modified <= ?6 ORDER BY last_modified, key LIMIT ?4 OFFSET ?5",
              "SELECT key, last_modified FROM users WHERE connection = ?1 AND removed = 0 "
              "AND last_modified <= ?2 AND (last_modified < ?2 OR key > ?3) "
              "AND last_modified >= ?6 ORDER BY last_modified DESC, key "
              "LIMIT ?4 OFFSET ?5"}},
    .changed_count =
        "SELECT count(*) FROM users WHERE connection = ?1 AND removed = 0 "
        "AND last_modified >= ?2 AND last_modified < ?3",
    .changed_window =
        "SELECT key FROM users INDEXED BY users_by_modified WHERE connection = ?1 AND removed = 0 "
        "AND last_modified >= ?2 AND last_modified < ?3 AND +key > ?4 ORDER BY +key LIMIT ?5 "
        "OFFSET ?6"};

inline constexpr Sql groups_of_user =
    "SELECT g.key, g.uuid, g.display_name, g.nested FROM memberships m "
    "CROSS JOIN groups g ON g.key = m.group_key "
    "WHERE m.member_kind = 0 AND m.member_key = ?1 AND g.removed = 0 ORDER BY m.group_key";
inline constexpr Sql parents_of_group =
    "SELECT m.group_key FROM memberships m CROSS JOIN groups g ON g.key = m.group_key "
    "WHERE m.member_kind = 1 AND m.member_key = ?1 AND g.removed = 0 ORDER BY m.group_key";
inline constexpr Sql group_name_by_key = "SELECT uuid, display_name FROM groups WHERE key = ?1";

/// For the test of query plans.
inline constexpr std::array user_statements{holder_of_email,
                                            member_to_link,
                                            insert_member,
                                            file_deleted_member,
                                            update_member,
                                            mark_member_deleted,
                                            retire_email,
                                            member_of_user_name,
                                            members_of_email,
                                            members_of_retired_email,
                                            member_by_key,
                                            holder_of_user_name,
                                            insert_user,
                                            count_user,
                                            user_to_change,
                                            update_user,
                                            remove_user,
                                            forget_former_user,
                                            insert_user_email,
                                            delete_user_email,
                                            user_by_id,
                                            user_by_key,
                                            list_of_users.count,
                                            user_keys_by_id,
                                            user_keys_by_user_name,
                                            user_keys_by_external_id,
                                            user_keys_by_typed_email,
                                            user_keys_by_display_name,
                                            list_of_users.changed_count,
                                            member_keys_of_group,
                                            list_of_users.orders.creation,
                                            list_of_users.orders.name.ascending,
                                            list_of_users.orders.name.descending,
                                            list_of_users.orders.id.ascending,
                                            list_of_users.orders.id.descending,
                                            list_of_users.orders.created.ascending,
                                            list_of_users.orders.last_modified.ascending,
                                            groups_of_user,
                                            parents_of_group,
                                            group_name_by_key};

/// They gather rows from several connections, types or instants, and sort those.
inline constexpr std::array sorting_user_statements{former_members_of_external_id,
                                                    registrations_of_member, user_keys_by_email,
                                                    list_of_users.changed_window};

/// They walk an index backwards, and sort only rows of the same instant.
inline constexpr std::array backward_user_statements{list_of_users.orders.created.descending,
                                                     list_of_users.orders.last_modified.descending};

}  // namespace rollcall::storage::sqlite::sql

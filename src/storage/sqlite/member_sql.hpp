// Statements about members as the developer sees and writes them. What providers write of members
// is in user_sql.hpp.
#pragma once

#include "storage/sqlite/database.hpp"

#include <array>

namespace rollcall::storage::sqlite::sql {

// Finding.
inline constexpr Sql member_key_by_id =
    "SELECT key FROM members WHERE organization = ?1 AND uuid = ?2";
inline constexpr Sql member_key_by_external_id =
    "SELECT member FROM member_details WHERE organization = ?1 AND external_id = ?2";
inline constexpr Sql member_key_by_email =
    "SELECT key FROM members WHERE organization = ?1 AND email_key = ?2 AND deleted_key = 0";
inline constexpr Sql organization_of_member =
    "SELECT o.key, o.uuid FROM organizations o "
    "CROSS JOIN members m ON m.organization = o.key AND m.uuid = ?2 "
    "WHERE o.project = ?1 AND o.removed = 0 LIMIT 1";
inline constexpr Sql active_connection_key =
    "SELECT key, uuid FROM connections WHERE organization = ?1 AND state = 0";

// Reading.
inline constexpr Sql member_row =
    "SELECT m.key, m.uuid, m.email_address, m.name, m.status, m.version, m.created_at, "
    "m.updated_at, d.external_id, d.trusted_metadata, d.untrusted_metadata, d.email_verified, "
    "d.breakglass, d.mfa_phone_number, d.mfa_phone_verified, d.mfa_enrolled, d.default_mfa_method "
    "FROM members m LEFT JOIN member_details d ON d.organization = m.organization "
    "AND d.member = m.key WHERE m.key = ?1";
inline constexpr Sql role_basis_row =
    "SELECT key, email_address, status FROM members WHERE organization = ?1 AND uuid = ?2";
inline constexpr Sql roles_of_member =
    "SELECT role_id FROM member_roles WHERE organization = ?1 AND member = ?2 ORDER BY role_id";
inline constexpr Sql retired_emails_of_member =
    "SELECT email_key FROM retired_emails WHERE organization = ?1 AND member = ?2 "
    "ORDER BY email_key";
inline constexpr Sql group_roles_of_user =
    "SELECT r.role_id, g.uuid FROM memberships m "
    "CROSS JOIN role_assignments r ON r.connection = ?1 AND r.group_key = m.group_key "
    "CROSS JOIN groups g ON g.key = m.group_key "
    "WHERE m.member_kind = 0 AND m.member_key = ?2 AND g.removed = 0";

inline constexpr Sql password_id_of_member = "SELECT uuid FROM member_passwords WHERE member = ?1";

// Searching. Both select the same columns.
inline constexpr Sql members_in_order =
    "SELECT m.key, m.uuid, m.status, m.email_key, d.external_id, d.breakglass, "
    "d.mfa_phone_number, EXISTS (SELECT 1 FROM member_passwords p WHERE p.member = m.key) "
    "FROM members m LEFT JOIN member_details d ON d.organization = m.organization "
    "AND d.member = m.key WHERE m.organization = ?1 AND m.uuid > ?2 ORDER BY m.uuid";
inline constexpr Sql member_to_examine =
    "SELECT m.key, m.uuid, m.status, m.email_key, d.external_id, d.breakglass, "
    "d.mfa_phone_number, EXISTS (SELECT 1 FROM member_passwords p WHERE p.member = m.key) "
    "FROM members m LEFT JOIN member_details d ON d.organization = m.organization "
    "AND d.member = m.key WHERE m.organization = ?1 AND m.uuid = ?2";
inline constexpr Sql member_by_external_id =
    "SELECT m.uuid FROM member_details d CROSS JOIN members m ON m.key = d.member "
    "WHERE d.organization = ?1 AND d.external_id = ?2";
inline constexpr Sql members_by_email =
    "SELECT uuid FROM members WHERE organization = ?1 AND email_key = ?2";
// Of members that are not deleted. An empty text is less than any address, which keeps these to the
// index by address.
inline constexpr Sql has_address =
    "SELECT 1 FROM members WHERE organization = ?1 AND email_key = ?2 AND deleted_key = 0";
inline constexpr Sql addresses =
    "SELECT email_key FROM members WHERE organization = ?1 AND email_key >= '' AND deleted_key = 0";
inline constexpr Sql count_members_with_address =
    "SELECT count(*) FROM members WHERE organization = ?1 AND email_key >= '' AND deleted_key = 0";
inline constexpr Sql count_members_without_address =
    "SELECT count(*) FROM members WHERE organization = ?1 AND email_key IS NULL "
    "AND deleted_key = 0";

// Writing.
inline constexpr Sql holder_of_address =
    "SELECT uuid, deleted_key FROM members WHERE organization = ?1 AND email_key = ?2 "
    "ORDER BY deleted_key LIMIT 1";
inline constexpr Sql holder_of_retired_address =
    "SELECT m.uuid FROM retired_emails r CROSS JOIN members m ON m.key = r.member "
    "WHERE r.organization = ?1 AND r.email_key = ?2 AND m.deleted_key = 0 AND m.uuid <> ?3 LIMIT 1";
inline constexpr Sql member_to_change =
    "SELECT key, version FROM members WHERE organization = ?1 AND uuid = ?2";
inline constexpr Sql set_member_details =
    "INSERT INTO member_details (organization, member, external_id, trusted_metadata, "
    "untrusted_metadata, email_verified, breakglass, mfa_phone_number, mfa_phone_verified, "
    "mfa_enrolled, default_mfa_method) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11) "
    "ON CONFLICT (organization, member) DO UPDATE SET external_id = excluded.external_id, "
    "trusted_metadata = excluded.trusted_metadata, "
    "untrusted_metadata = excluded.untrusted_metadata, email_verified = excluded.email_verified, "
    "breakglass = excluded.breakglass, mfa_phone_number = excluded.mfa_phone_number, "
    "mfa_phone_verified = excluded.mfa_phone_verified, mfa_enrolled = excluded.mfa_enrolled, "
    "default_mfa_method = excluded.default_mfa_method";
inline constexpr Sql delete_member_details =
    "DELETE FROM member_details WHERE organization = ?1 AND member = ?2";
inline constexpr Sql forget_email_verification =
    "UPDATE member_details SET email_verified = 0 WHERE organization = ?1 AND member = ?2";
inline constexpr Sql insert_member_role =
    "INSERT INTO member_roles (organization, member, role_id) VALUES (?1, ?2, ?3)";
inline constexpr Sql delete_member_roles =
    "DELETE FROM member_roles WHERE organization = ?1 AND member = ?2";
inline constexpr Sql delete_retired_emails =
    "DELETE FROM retired_emails WHERE organization = ?1 AND member = ?2";
inline constexpr Sql set_user_attributes =
    "UPDATE users SET attributes = ?3, version = version + 1, last_modified = ?4 "
    "WHERE connection = ?1 AND uuid = ?2 AND removed = 0";

/// For the test of query plans.
inline constexpr std::array member_statements{member_key_by_id,
                                              member_key_by_external_id,
                                              member_key_by_email,
                                              organization_of_member,
                                              active_connection_key,
                                              member_row,
                                              role_basis_row,
                                              roles_of_member,
                                              retired_emails_of_member,
                                              group_roles_of_user,
                                              password_id_of_member,
                                              members_in_order,
                                              member_to_examine,
                                              has_address,
                                              addresses,
                                              count_members_with_address,
                                              count_members_without_address,
                                              member_by_external_id,
                                              members_by_email,
                                              holder_of_address,
                                              holder_of_retired_address,
                                              member_to_change,
                                              set_member_details,
                                              delete_member_details,
                                              forget_email_verification,
                                              insert_member_role,
                                              delete_member_roles,
                                              delete_retired_emails,
                                              set_user_attributes};

}  // namespace rollcall::storage::sqlite::sql

// Statements about logging in.
#pragma once

#include "storage/sqlite/database.hpp"

#include <array>

namespace rollcall::storage::sqlite::sql {

// Sessions.
inline constexpr Sql live_member_key =
    "SELECT m.key FROM members m JOIN organizations o ON o.key = m.organization "
    "WHERE m.organization = ?1 AND m.uuid = ?2 AND m.status <> 3 AND o.removed = 0";
inline constexpr Sql insert_session =
    "INSERT INTO sessions (organization, member, uuid, token, factors, custom_claims, version, "
    "started_at, last_accessed_at, expires_at) VALUES (?1, ?2, ?3, ?4, ?5, ?6, 1, ?7, ?8, ?9)";
/// All but the ?2 that live longest.
inline constexpr Sql end_surplus_sessions =
    "DELETE FROM sessions WHERE key IN (SELECT key FROM sessions WHERE member = ?1 "
    "ORDER BY expires_at DESC, key DESC LIMIT -1 OFFSET ?2)";
inline constexpr Sql session_by_token =
    "SELECT s.uuid, m.uuid, s.factors, s.custom_claims, s.version, s.started_at, "
    "s.last_accessed_at, s.expires_at, o.uuid, o.key FROM sessions s "
    "CROSS JOIN organizations o ON o.key = s.organization "
    "CROSS JOIN members m ON m.key = s.member WHERE s.token = ?2 AND s.expires_at > ?3 "
    "AND o.project = ?1 AND o.removed = 0 AND m.status <> 3";
inline constexpr Sql session_by_id =
    "SELECT s.uuid, m.uuid, s.factors, s.custom_claims, s.version, s.started_at, "
    "s.last_accessed_at, s.expires_at, o.uuid, o.key FROM sessions s "
    "CROSS JOIN organizations o ON o.key = s.organization "
    "CROSS JOIN members m ON m.key = s.member WHERE s.uuid = ?2 AND s.expires_at > ?3 "
    "AND o.project = ?1 AND o.removed = 0 AND m.status <> 3";
inline constexpr Sql sessions_of_member =
    "SELECT s.uuid, ?2, s.factors, s.custom_claims, s.version, s.started_at, s.last_accessed_at, "
    "s.expires_at FROM sessions s WHERE s.member = ?1 AND s.expires_at > ?3 ORDER BY s.expires_at";
inline constexpr Sql session_to_change =
    "SELECT s.key, s.version, m.uuid FROM sessions s CROSS JOIN members m ON m.key = s.member "
    "WHERE s.uuid = ?2 AND s.organization = ?1 AND m.status <> 3 "
    "AND EXISTS (SELECT 1 FROM organizations WHERE key = ?1 AND removed = 0)";
inline constexpr Sql update_session =
    "UPDATE sessions SET factors = ?2, custom_claims = ?3, version = version + 1, "
    "last_accessed_at = ?4, expires_at = ?5 WHERE key = ?1";
inline constexpr Sql delete_session = "DELETE FROM sessions WHERE key = ?1";
inline constexpr Sql delete_sessions_of_member = "DELETE FROM sessions WHERE member = ?1";

// Signing keys and profiles: their uuids follow time.
inline constexpr Sql list_signing_keys =
    "SELECT uuid, sealed_private, modulus, exponent, created_at, retired_at FROM signing_keys "
    "WHERE project = ?1 ORDER BY uuid DESC";
inline constexpr Sql newest_signing_key =
    "SELECT key, uuid FROM signing_keys WHERE project = ?1 ORDER BY uuid DESC LIMIT 1";
inline constexpr Sql retire_signing_key = "UPDATE signing_keys SET retired_at = ?2 WHERE key = ?1";
inline constexpr Sql insert_signing_key =
    "INSERT INTO signing_keys (project, uuid, sealed_private, modulus, exponent, created_at) "
    "VALUES (?1, ?2, ?3, ?4, ?5, ?6)";

// Trusted-token profiles.
inline constexpr Sql list_token_profiles =
    "SELECT uuid, profile, created_at, updated_at FROM token_profiles WHERE project = ?1 "
    "ORDER BY uuid";
inline constexpr Sql token_profile_by_id =
    "SELECT uuid, profile, created_at, updated_at FROM token_profiles "
    "WHERE project = ?1 AND uuid = ?2";
inline constexpr Sql count_token_profiles =
    "SELECT count(*) FROM token_profiles WHERE project = ?1";
inline constexpr Sql insert_token_profile =
    "INSERT INTO token_profiles (project, uuid, profile, created_at, updated_at) "
    "VALUES (?1, ?2, ?3, ?4, ?5)";
inline constexpr Sql update_token_profile =
    "UPDATE token_profiles SET profile = ?3, updated_at = ?4 WHERE project = ?1 AND uuid = ?2";
inline constexpr Sql delete_token_profile =
    "DELETE FROM token_profiles WHERE project = ?1 AND uuid = ?2";
inline constexpr Sql insert_used_token =
    "INSERT OR IGNORE INTO used_tokens (project, profile, token_id, expires_at) "
    "VALUES (?1, ?2, ?3, ?4)";

// Passwords and impersonation.
inline constexpr Sql password_of_member =
    "SELECT p.uuid, p.hash, p.created_at FROM members m JOIN member_passwords p "
    "ON p.member = m.key WHERE m.organization = ?1 AND m.uuid = ?2 AND m.status <> 3 "
    "AND EXISTS (SELECT 1 FROM organizations WHERE key = ?1 AND removed = 0)";
inline constexpr Sql has_password = "SELECT 1 FROM member_passwords WHERE member = ?1";
inline constexpr Sql insert_password =
    "INSERT INTO member_passwords (member, organization, uuid, hash, created_at) "
    "VALUES (?1, ?2, ?3, ?4, ?5)";
/// A password belongs to the address it was set with (contract §4.4). ?2 is the next address.
inline constexpr Sql forget_password_of_other_address =
    "DELETE FROM member_passwords WHERE member = ?1 "
    "AND EXISTS (SELECT 1 FROM members WHERE key = ?1 AND ifnull(email_key, '') <> ?2)";
inline constexpr Sql insert_impersonation_token =
    "INSERT INTO impersonation_tokens (digest, organization, member, impersonator_id, "
    "impersonator_address, expires_at) VALUES (?1, ?2, ?3, ?4, ?5, ?6)";
inline constexpr Sql impersonation_token =
    "SELECT o.uuid, o.key, m.uuid, t.impersonator_id, t.impersonator_address, t.expires_at "
    "FROM impersonation_tokens t CROSS JOIN organizations o ON o.key = t.organization "
    "CROSS JOIN members m ON m.key = t.member WHERE t.digest = ?2 AND t.expires_at > ?3 "
    "AND o.project = ?1 AND o.removed = 0 AND m.status <> 3";
inline constexpr Sql delete_impersonation_token =
    "DELETE FROM impersonation_tokens WHERE digest = ?1";

// What expired, and what belonged to a deleted organization.
inline constexpr Sql forget_sessions =
    "DELETE FROM sessions WHERE key IN "
    "(SELECT key FROM sessions WHERE expires_at <= ?1 ORDER BY expires_at LIMIT ?2)";
inline constexpr Sql forget_impersonation_tokens =
    "DELETE FROM impersonation_tokens WHERE digest IN "
    "(SELECT digest FROM impersonation_tokens WHERE expires_at <= ?1 ORDER BY expires_at LIMIT ?2)";
inline constexpr Sql forget_used_tokens =
    "DELETE FROM used_tokens WHERE (project, profile, token_id) IN "
    "(SELECT project, profile, token_id FROM used_tokens WHERE expires_at <= ?1 "
    "ORDER BY expires_at LIMIT ?2)";
inline constexpr Sql forget_signing_keys = "DELETE FROM signing_keys WHERE retired_at <= ?1";
inline constexpr Sql purge_sessions =
    "DELETE FROM sessions WHERE key IN "
    "(SELECT key FROM sessions WHERE organization = ?1 LIMIT ?2)";
inline constexpr Sql purge_passwords =
    "DELETE FROM member_passwords WHERE member IN "
    "(SELECT member FROM member_passwords WHERE organization = ?1 LIMIT ?2)";
inline constexpr Sql purge_impersonation_tokens =
    "DELETE FROM impersonation_tokens WHERE digest IN "
    "(SELECT digest FROM impersonation_tokens WHERE organization = ?1 LIMIT ?2)";

/// For the test of query plans.
inline constexpr std::array session_statements{live_member_key,
                                               insert_session,
                                               end_surplus_sessions,
                                               session_by_token,
                                               session_by_id,
                                               sessions_of_member,
                                               session_to_change,
                                               update_session,
                                               delete_session,
                                               delete_sessions_of_member,
                                               list_signing_keys,
                                               newest_signing_key,
                                               retire_signing_key,
                                               insert_signing_key,
                                               list_token_profiles,
                                               token_profile_by_id,
                                               count_token_profiles,
                                               insert_token_profile,
                                               update_token_profile,
                                               delete_token_profile,
                                               insert_used_token,
                                               password_of_member,
                                               has_password,
                                               insert_password,
                                               forget_password_of_other_address,
                                               insert_impersonation_token,
                                               impersonation_token,
                                               delete_impersonation_token,
                                               forget_sessions,
                                               forget_impersonation_tokens,
                                               forget_used_tokens,
                                               purge_sessions,
                                               purge_passwords,
                                               purge_impersonation_tokens};

/// Its table has a few rows for each project, and it runs in the background.
inline constexpr std::array unindexed_session_statements{forget_signing_keys};

}  // namespace rollcall::storage::sqlite::sql

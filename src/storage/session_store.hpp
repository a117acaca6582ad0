// The part of the seam that is about logging in: sessions, the keys and profiles behind them, and
// what members log in with. The rules of storage/store.hpp hold here too.
#pragma once

#include "base/result.hpp"
#include "base/secret.hpp"
#include "directory/keys.hpp"
#include "directory/member_secret.hpp"
#include "directory/session.hpp"
#include "directory/signing_key.hpp"
#include "directory/token_profile.hpp"
#include "runtime/task.hpp"

#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace rollcall::storage {

using directory::OrganizationKey;
using directory::ProjectKey;

/// A live session with the key to its organization.
struct SessionRecord {
    OrganizationKey organization;
    directory::Session session;
};

class SessionStore {
public:
    virtual ~SessionStore() = default;

    // --- Sessions -----------------------------------------------------------------------------
    //
    // They are found only while they are live at `now`, and their member is not deleted. Changes
    // raise the generation of the member's uuid.

    /// Of a member who has Limits::sessions_per_member_max already, the session that expires first
    /// ends.
    /// @errors not_found (member; also a deleted one).
    virtual Task<Status> create_session(OrganizationKey key, directory::Session session,
                                        Digest token) = 0;
    /// By the digest of its token. One indexed read.
    virtual Task<Result<std::optional<SessionRecord>>> find_session(ProjectKey project,
                                                                    Digest token,
                                                                    Timestamp now) = 0;
    /// By its id. One indexed read.
    virtual Task<Result<std::optional<SessionRecord>>> find_session(ProjectKey project,
                                                                    SessionId id,
                                                                    Timestamp now) = 0;
    /// Replaces times, factors and claims if the version is still that of `session`, and moves it.
    /// @errors not_found, precondition_failed (changed meanwhile).
    virtual Task<Status> update_session(OrganizationKey key, directory::Session session) = 0;
    /// The member's, by end; at most Limits::sessions_per_member_max.
    virtual Task<Result<std::vector<directory::Session>>> list_sessions(OrganizationKey key,
                                                                        MemberId member,
                                                                        Timestamp now) = 0;
    /// @errors not_found.
    virtual Task<Status> revoke_session(OrganizationKey key, SessionId id) = 0;
    /// All of the member's. How many there were.
    virtual Task<Result<std::size_t>> revoke_sessions(OrganizationKey key, MemberId member) = 0;

    /// Removes what expired before `now`: sessions, impersonation tokens, remembered token ids,
    /// and signing keys retired before `keys_before`; at most about `rows_max`. True if there may
    /// be more. Nothing visible changes but the published keys.
    virtual Task<Result<bool>> forget_expired(Timestamp now, Timestamp keys_before,
                                              std::size_t rows_max) = 0;

    // --- Signing keys -------------------------------------------------------------------------

    /// Newest first, which their ids, ordered by time, tell; absent: no such project.
    virtual Task<Result<std::optional<std::vector<directory::SigningKey>>>> list_signing_keys(
        ProjectId project) = 0;
    /// Makes `key` the newest, if the newest is still `expected` (absent: there is none), and
    /// retires that one.
    /// @errors not_found (project), precondition_failed (another is newest).
    virtual Task<Status> add_signing_key(ProjectId project, directory::SigningKey key,
                                         std::optional<SigningKeyId> expected) = 0;

    // --- Trusted-token profiles ---------------------------------------------------------------

    /// By creation.
    virtual Task<Result<std::vector<directory::TokenProfile>>> list_token_profiles(
        ProjectKey project) = 0;
    virtual Task<Result<std::optional<directory::TokenProfile>>> find_token_profile(
        ProjectKey project, TokenProfileId id) = 0;
    /// @errors too_many (Limits::token_profiles_per_project_max).
    virtual Task<Status> create_token_profile(ProjectKey project,
                                              directory::TokenProfile profile) = 0;
    /// Replaces all but id and creation if `updated_at` is still `expected_updated_at`.
    /// @errors not_found, precondition_failed (changed meanwhile).
    virtual Task<Result<directory::TokenProfile>> update_token_profile(
        ProjectKey project, directory::TokenProfile profile, Timestamp expected_updated_at) = 0;
    /// @errors not_found.
    virtual Task<Status> delete_token_profile(ProjectKey project, TokenProfileId id) = 0;
    /// Remembers the id of a token until it expires. False if it is remembered already.
    virtual Task<Result<bool>> claim_token_id(ProjectKey project, TokenProfileId profile,
                                              Digest token_id, Timestamp expires_at) = 0;

    // --- Passwords and impersonation ----------------------------------------------------------

    /// Absent also for a deleted member. Members get one by Store::create_member and update_member.
    virtual Task<Result<std::optional<directory::MemberPassword>>> find_password(
        OrganizationKey key, MemberId member) = 0;
    /// @errors not_found (member; also a deleted one).
    virtual Task<Status> create_impersonation_token(OrganizationKey key,
                                                    directory::ImpersonationToken token) = 0;
    /// Uses the token up, with the key to its member's organization. Absent: unknown, used or
    /// expired.
    virtual Task<Result<std::optional<std::pair<OrganizationKey, directory::ImpersonationToken>>>>
    take_impersonation_token(ProjectKey project, Digest digest, Timestamp now) = 0;
};

}  // namespace rollcall::storage

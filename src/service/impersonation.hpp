// Support logs in as a member, with a token that the operator made (contract §5.9).
#pragma once

#include "base/clock.hpp"
#include "base/result.hpp"
#include "base/secret.hpp"
#include "directory/keys.hpp"
#include "runtime/task.hpp"
#include "service/members.hpp"
#include "service/sessions.hpp"

#include <cstddef>
#include <string>

namespace rollcall::storage {
class Store;
}

namespace rollcall::service {

/// Characters of a token, of the URL-safe base64 alphabet.
inline constexpr std::size_t impersonation_token_size = 44;

/// What the operator hands to whoever will log in.
struct IssuedImpersonation {
    Secret token;
    OrganizationId organization;
    MemberId member;
    Timestamp expires_at;
};

/// For the operator's commands: who has the database needs no credential. Thread-safe.
class ImpersonationTokens {
public:
    /// Both outlive this object.
    ImpersonationTokens(storage::Store& store, Clock const& clock) : store_(store), clock_(clock) {}

    /// A token for a member of whatever project, in the name of who has `operator_address`. Costs a
    /// look into each organization.
    /// @errors not_found (member_not_found; also a deleted one).
    Task<Result<IssuedImpersonation>> issue(MemberId member, std::string operator_address);

private:
    Task<Result<directory::OrganizationKey>> find_organization(MemberId member);

    storage::Store& store_;
    Clock const& clock_;
};

/// Thread-safe.
class Impersonation {
public:
    /// All outlive this object.
    Impersonation(storage::Store& store, Members& members, Sessions& sessions, Clock const& clock)
        : store_(store), members_(members), sessions_(sessions), clock_(clock) {}

    /// Uses the token up for a session of directory::session_duration_default, which nothing can
    /// make longer. Its factor says who impersonates.
    /// @errors unauthenticated (unable_to_auth_impersonation_token).
    Task<Result<Login>> authenticate(directory::ProjectKey project, Secret token);

private:
    storage::Store& store_;
    Members& members_;
    Sessions& sessions_;
    Clock const& clock_;
};

}  // namespace rollcall::service

// Use cases of sessions (contract §5), and the check of the session that a request carries (§1.3).
#pragma once

#include "base/clock.hpp"
#include "base/limits.hpp"
#include "base/result.hpp"
#include "base/secret.hpp"
#include "crypto/random.hpp"
#include "directory/keys.hpp"
#include "directory/policy.hpp"
#include "directory/session.hpp"
#include "directory/session_plan.hpp"
#include "runtime/task.hpp"
#include "runtime/workers.hpp"
#include "service/member_view.hpp"
#include "service/members.hpp"
#include "service/per_thread.hpp"
#include "service/policies.hpp"
#include "service/signing_keys.hpp"

#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace rollcall::storage {
class Store;
struct SessionRecord;
}  // namespace rollcall::storage

namespace rollcall::service {

/// Characters of a session token, of the URL-safe base64 alphabet (contract §1.9).
inline constexpr std::size_t session_token_size = 44;

/// What somebody shows for a session; has the right form.
struct SessionToken {
    Secret value;
};
struct SessionJwtText {
    Secret value;
    std::string_view field;  ///< what the request calls it; a constant
};
using SessionCredential = std::variant<SessionToken, SessionJwtText>;

/// @param field  what the request calls it.
[[nodiscard]] Error unreadable_session_jwt(std::string_view field);

/// A member whose live session came with a request: what the call may do is what this member may
/// do, as of now.
struct MemberPrincipal {
    directory::OrganizationKey organization;
    MemberId member;
    SessionId session;
    std::vector<std::string> roles;
    Policies::Ready policy;  ///< never null

    [[nodiscard]] bool may(std::string_view resource, std::string_view action) const {
        return policy->allows(roles, resource, action);
    }
};

/// A session with what is shown beside it.
struct SessionView {
    directory::Session session;
    std::vector<std::string> roles;  ///< in force now
    MemberView member;
};

/// What a login gets.
struct Login {
    SessionView view;
    std::optional<Secret> token;  ///< absent where only a JWT was shown
    Secret jwt;
};

/// The roles by which a check was passed.
struct Verdict {
    std::vector<std::string> granting_roles;
};

struct AuthorizationCheck {
    std::string organization_id;
    std::string resource_id;
    std::string action;
};

struct AuthenticatedSession {
    Login login;
    std::optional<Verdict> verdict;  ///< if a check was asked for
};

/// Which session is meant by a request to revoke one.
struct FoundSession {
    directory::OrganizationKey organization;
    MemberId member;
    SessionId session;
};

/// A session of another project is not found. Thread-safe.
class Sessions {
public:
    /// All outlive this object.
    Sessions(storage::Store& store, Policies& policies, Members& members, SigningKeys& keys,
             runtime::Workers& workers, Clock const& clock, crypto::IdSource& ids,
             Limits const& limits)
        : store_(store),
          policies_(policies),
          members_(members),
          keys_(keys),
          workers_(workers),
          clock_(clock),
          ids_(ids),
          limits_(limits) {}

    /// What would refuse a login whoever the member is, asked before anything is written: its
    /// wishes, and the session that is shown with it. Whose that is, if there is one.
    /// @errors those of begin, or of prove.
    Task<Result<std::optional<MemberId>>> foresee(
        directory::ProjectKey project, std::optional<SessionCredential> const& credential,
        directory::SessionWishes const& wishes);
    /// Begins a session of a member who just proved to be `member`.
    /// @errors those of directory::plan_session; not_found (member_not_found: gone meanwhile);
    ///         invalid_value (session_jwt_too_large).
    Task<Result<Login>> begin(directory::ProjectKey project, MemberView member,
                              std::vector<directory::AuthenticationFactor> factors,
                              directory::SessionWishes wishes);
    /// Adds a factor to a session that `member` has already.
    /// @errors those of directory::plan_session_access; not_found (session_not_found, also of
    ///         another member); invalid_value (session_jwt_too_large); unavailable (others kept
    ///         changing it).
    Task<Result<Login>> prove(directory::ProjectKey project, SessionCredential credential,
                              MemberView member, directory::AuthenticationFactor factor,
                              directory::SessionWishes wishes);
    /// A JWT may be past its end as long as its session lives.
    /// @errors as prove; forbidden (session_authorization_error,
    ///         session_authorization_tenancy_error): the check was not passed.
    Task<Result<AuthenticatedSession>> authenticate(directory::ProjectKey project,
                                                    SessionCredential credential,
                                                    directory::SessionWishes wishes,
                                                    std::optional<AuthorizationCheck> check);
    /// The live sessions of a member, by end.
    /// @errors as Members::get.
    Task<Result<std::vector<SessionView>>> list(directory::ProjectKey project,
                                                MemberReference reference);

    /// @errors not_found (session_not_found).
    Task<Result<FoundSession>> find(directory::ProjectKey project, SessionCredential credential);
    Task<Result<FoundSession>> find(directory::ProjectKey project, SessionId id);
    /// @errors not_found (session_not_found).
    Task<Status> revoke(FoundSession session);
    /// All of the member's; none is no error.
    /// @errors not_found (organization_not_found).
    Task<Status> revoke_all(directory::ProjectKey project, OrganizationId organization,
                            MemberId member);

    /// The member behind a session header. A JWT must not be past its end. What is found is kept
    /// for a second, and only while nothing about the member, the organization or the project
    /// changes.
    /// @errors not_found (session_not_found).
    Task<Result<std::shared_ptr<MemberPrincipal const>>> check(directory::ProjectKey project,
                                                               SessionCredential credential);

private:
    struct Kept {
        std::shared_ptr<MemberPrincipal const> principal;
        std::uint64_t project_generation = 0;
        std::uint64_t organization_generation = 0;
        std::uint64_t member_generation = 0;
        Timestamp checked_at;
        Timestamp ends_at;
    };
    using Digests = std::map<std::array<std::uint8_t, 32>, Kept>;

    /// What a credential says, once its signature is checked: which session, and until when.
    struct Claim {
        std::variant<Digest, SessionId> session;
        std::optional<Timestamp> ends_at;  ///< of a JWT
    };
    /// A session, and until when what was shown for it is good.
    struct Shown;

    Task<Result<Claim>> read(directory::ProjectKey project, SessionCredential const& credential);
    Task<Result<Shown>> find(directory::ProjectKey project, Claim claim);
    Task<Result<Shown>> find_shown(directory::ProjectKey project,
                                   SessionCredential const& credential);
    Task<Result<std::vector<std::string>>> roles_now(directory::ProjectKey project,
                                                     storage::SessionRecord const& record);
    Task<Result<SessionView>> view_of(directory::ProjectKey project, storage::SessionRecord record);
    Task<Result<Login>> access(directory::ProjectKey project, SessionCredential credential,
                               SessionView view, directory::SessionWishes wishes,
                               std::optional<directory::AuthenticationFactor> factor,
                               directory::OrganizationKey organization);
    Task<Result<Secret>> sign(directory::ProjectKey project, SessionView const& view);
    [[nodiscard]] bool is_current(Kept const& kept, Timestamp now) const;

    storage::Store& store_;
    Policies& policies_;
    Members& members_;
    SigningKeys& keys_;
    runtime::Workers& workers_;
    Clock const& clock_;
    crypto::IdSource& ids_;
    Limits const& limits_;
    PerThread<Digests> kept_;
};

}  // namespace rollcall::service

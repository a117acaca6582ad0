// From the Authorization header to a caller (contract §1.2).
#pragma once

#include "base/result.hpp"
#include "directory/keys.hpp"
#include "http/message.hpp"
#include "runtime/task.hpp"
#include "service/credentials.hpp"

#include <optional>

namespace rollcall::api::management {

/// Whose session narrows a call.
struct SessionMember {
    MemberId member;
    OrganizationId organization;
};

/// A backend that proved to act for a project. Made by authenticate() only; a handler that needs
/// one takes one.
class ManagementCaller {
public:
    [[nodiscard]] directory::ProjectKey const& project() const noexcept { return project_; }

    /// The member whose session narrows the call; null without one.
    [[nodiscard]] SessionMember const* member() const noexcept {
        return member_ ? &*member_ : nullptr;
    }

    /// Whether the call may do `action` on `resource`; always without a member session.
    /// @errors forbidden (session_authorization_error).
    [[nodiscard]] Status require(std::string_view resource, std::string_view action) const;

private:
    friend Task<Result<ManagementCaller>> authenticate(http::Request const& request,
                                                       service::ProjectCredentials& credentials);
    explicit ManagementCaller(directory::ProjectKey project) : project_(project) {}
    directory::ProjectKey project_;
    std::optional<SessionMember> member_;
};

/// @param request  outlives the call.
/// @errors unauthenticated (unauthorized_credentials); invalid_value
///         (invalid_authorization_header, invalid_project_id_authentication,
///         invalid_secret_authentication).
Task<Result<ManagementCaller>> authenticate(http::Request const& request,
                                            service::ProjectCredentials& credentials);

/// The environment that the credentials speak of, test when there is none to see. Proves nothing:
/// it only chooses the spelling of request ids.
[[nodiscard]] Environment guess_environment(http::Request const& request);

}  // namespace rollcall::api::management

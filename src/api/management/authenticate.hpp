// From the Authorization header to a caller (contract §1.2).
#pragma once

#include "base/result.hpp"
#include "directory/keys.hpp"
#include "http/message.hpp"
#include "runtime/task.hpp"
#include "service/credentials.hpp"
#include "service/sessions.hpp"

#include <memory>
#include <string_view>
#include <utility>

namespace rollcall::api::management {

/// A backend that proved to act for a project, and the member whose session narrows what it may do.
/// Made by authenticate() only; a handler that needs one takes one.
class ManagementCaller {
public:
    [[nodiscard]] directory::ProjectKey const& project() const noexcept { return project_; }
    /// Null without a session: the project's secret is all-powerful.
    [[nodiscard]] service::MemberPrincipal const* member() const noexcept { return member_.get(); }

    /// The same backend with less power.
    [[nodiscard]] ManagementCaller acting_for(
        std::shared_ptr<service::MemberPrincipal const> member) const {
        auto narrowed = *this;
        narrowed.member_ = std::move(member);
        return narrowed;
    }

    /// Whether the call may do `action` on `resource`; always without a member session.
    /// @errors forbidden (session_authorization_error).
    [[nodiscard]] Status require(std::string_view resource, std::string_view action) const;
    /// The same of an action on a member: `stytch.member` allows it on everybody of the
    /// organization, `stytch.self` on the member whose session it is.
    /// @errors forbidden (session_authorization_error).
    [[nodiscard]] Status require_on(MemberId const& subject, std::string_view action) const;
    /// Whether the call is made without a member session.
    /// @errors forbidden (session_authorization_error).
    [[nodiscard]] Status require_alone() const;
    /// Whether the call may touch the organization; only its members' sessions may.
    /// @errors forbidden (session_authorization_tenancy_error).
    [[nodiscard]] Status require_in(OrganizationId const& organization) const;

private:
    friend Task<Result<ManagementCaller>> authenticate(http::Request const& request,
                                                       service::ProjectCredentials& credentials);
    explicit ManagementCaller(directory::ProjectKey project) : project_(project) {}
    directory::ProjectKey project_;
    std::shared_ptr<service::MemberPrincipal const> member_;
};

/// What a request without an Authorization header is told.
[[nodiscard]] Error credentials_missing();

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

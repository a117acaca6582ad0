// From the Authorization header to a caller (contract §1.2).
#pragma once

#include "base/result.hpp"
#include "directory/keys.hpp"
#include "http/message.hpp"
#include "runtime/task.hpp"
#include "service/credentials.hpp"

namespace rollcall::api::management {

/// A backend that proved to act for a project. Made by authenticate() only; a handler that needs
/// one takes one.
class ManagementCaller {
public:
    [[nodiscard]] directory::ProjectKey const& project() const noexcept { return project_; }

    /// Whether the call may do `action` on `resource`; always without a member session.
    /// @errors forbidden (session_authorization_error).
    [[nodiscard]] Status require(std::string_view resource, std::string_view action) const;

private:
    friend Task<Result<ManagementCaller>> authenticate(http::Request const& request,
                                                       service::ProjectCredentials& credentials);
    explicit ManagementCaller(directory::ProjectKey project) : project_(project) {}
    directory::ProjectKey project_;
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

// What a member session may do to members (contract §4.4, §6.7).
#pragma once

#include "api/management/handlers.hpp"
#include "base/result.hpp"
#include "runtime/task.hpp"
#include "service/members.hpp"

#include <boost/json/object.hpp>

#include <string_view>

namespace rollcall::api::management {

/// Without a member session all of these succeed at once.
/// @errors forbidden (session_authorization_error, member_cannot_update_their_email_address);
///         unauthenticated (cannot_update_trusted_metadata).

/// Whether the fields of a creation may be set.
[[nodiscard]] Status permit_member_creation(Call const& call, boost::json::object const& body);

/// Whether the fields of an update may be changed; some are anybody's to change of themselves.
/// @errors also those of service::Members::get.
[[nodiscard]] Task<Result<void>> permit_member_update(Call const& call,
                                                      service::MemberReference reference,
                                                      boost::json::object const& body);

/// Whether `action` may be done to the member: by `stytch.member`, or by `stytch.self` to oneself.
/// @errors also those of service::Members::get.
[[nodiscard]] Task<Result<void>> permit_on_member(Call const& call,
                                                  service::MemberReference reference,
                                                  std::string_view action);

}  // namespace rollcall::api::management

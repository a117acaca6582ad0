// Changes of fields by a member session (contract §1.3, §6.7).
#pragma once

#include "api/management/handlers.hpp"
#include "directory/field_permission.hpp"
#include "service/permit.hpp"

namespace rollcall::api::management {

/// Asks the caller for the permissions; the first that is missing is the error. Without a member
/// session all is permitted.
/// @param call  outlives the function.
/// @errors of the function: forbidden (session_authorization_error); unauthenticated
///         (cannot_update_trusted_metadata).
[[nodiscard]] service::Permit permit_for(Call const& call);

/// The same for members. A permission on `stytch.self` is had by who has it on `stytch.member`, and
/// on oneself by who has it on `stytch.self`.
/// @errors of the function also: forbidden (member_cannot_update_their_email_address).
[[nodiscard]] service::PermitOnMember permit_on_member(Call const& call);

}  // namespace rollcall::api::management

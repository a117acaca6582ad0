// What decides whether somebody who proved to be a member may log in that way (contract §3.1,
// §5.9). Pure.
#pragma once

#include "base/result.hpp"
#include "directory/member.hpp"
#include "directory/organization.hpp"
#include "directory/session.hpp"

#include <span>

namespace rollcall::directory {

/// Whether `factors` are enough for the settings of the member's organization. A token of a trusted
/// issuer is: the issuer decides how its users log in. A password is not where the organization or
/// the member needs a second factor, which this server cannot ask for, and only a breakglass member
/// may use one where passwords are not among the allowed methods.
/// @errors forbidden (operation_restricted_by_organization_mfa_methods,
///         operation_restricted_by_organization_auth_methods).
[[nodiscard]] Status check_login(OrganizationSettings const& settings, Member const& member,
                                 std::span<AuthenticationFactor const> factors);

/// Whether who holds `session`, which is of `from`, is `to` as well, a member of another
/// organization. An address proves that only if both have verified it: a provider may give any
/// address to its users.
/// @errors forbidden (unauthorized_action).
[[nodiscard]] Status check_exchange(Session const& session, Member const& from, Member const& to);

}  // namespace rollcall::directory

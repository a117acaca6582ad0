// From an organization as stored to the organization as shown.
#pragma once

#include "directory/policy.hpp"
#include "service/organizations.hpp"
#include "storage/store.hpp"

namespace rollcall::service {

/// Roles by mail domain that name a role which is gone have no effect and are not shown; they are
/// again when the role is back (directory behaviour §4.1).
/// @param project  the policy of the organization's project.
[[nodiscard]] OrganizationView view_of(storage::OrganizationRecord record,
                                       directory::EffectivePolicy const& project);

}  // namespace rollcall::service

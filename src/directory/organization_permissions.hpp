// What a member session needs to change an organization (contract §3.3).
#pragma once

#include "directory/field_permission.hpp"
#include "directory/organization.hpp"

#include <vector>

namespace rollcall::directory {

/// One for each field of an organization that can be changed.
[[nodiscard]] std::vector<FieldPermission> organization_field_permissions();

/// Those of the fields in which the organizations differ. A field that is sent but stays what it is
/// needs none: SDKs send empty lists for what they were not given.
[[nodiscard]] std::vector<FieldPermission> permissions_to_change(Organization const& current,
                                                                 Organization const& next);

}  // namespace rollcall::directory

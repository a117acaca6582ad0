// What a provider pushed of a user, as typed SDKs read it (contract §4.1).
#pragma once

#include "directory/user.hpp"

#include <string>

namespace rollcall::api::management {

/// Appends scim_attributes: names in snake case, and every field; what is missing is "", false, []
/// or, for `name`, `enterprise_extension` and `manager`, null. `user` has its groups.
void scim_attributes_to_json(std::string& out, directory::User const& user);

}  // namespace rollcall::api::management

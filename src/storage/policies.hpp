// Policies of roles as the JSON documents that databases keep.
#pragma once

#include "directory/policy.hpp"

#include <boost/json/object.hpp>

namespace rollcall::storage {

[[nodiscard]] boost::json::object to_json(directory::ProjectPolicy const& policy);
[[nodiscard]] boost::json::object to_json(directory::OrganizationPolicy const& policy);

/// Read what to_json wrote. What is missing or of another type is left out.
[[nodiscard]] directory::ProjectPolicy project_policy_from_json(boost::json::object const& json);
[[nodiscard]] directory::OrganizationPolicy organization_policy_from_json(
    boost::json::object const& json);

}  // namespace rollcall::storage

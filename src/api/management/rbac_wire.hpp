// Policies of roles on the wire (contract §6.1, §6.5, §6.6; docs/rbac.md).
#pragma once

#include "base/result.hpp"
#include "directory/policy.hpp"

#include <boost/json/object.hpp>

#include <string>
#include <vector>

namespace rollcall::api::management {

void roles_to_json(std::string& out, std::vector<directory::Role> const& roles);
/// With an empty list of scopes, which the contract demands.
void policy_to_json(std::string& out, directory::Policy const& policy);

/// What a project adds: stytch_member and stytch_admin with their permissions, custom_roles,
/// custom_resources, custom_scopes.
void project_policy_to_json(std::string& out, directory::ProjectPolicy const& policy);

/// Reads what project_policy_to_json writes; what is left out is empty. Types are checked, rules
/// are not.
/// @errors invalid_value, naming the field with its place: invalid_request_value (a wrong type, or
///         a member that a policy does not have), invalid_rbac_scope (there are scopes).
[[nodiscard]] Result<directory::ProjectPolicy> project_policy_from_json(
    boost::json::object const& document);

/// @param document  {"roles": […]}.
/// @errors as project_policy_from_json; invalid_request_value also without `roles`.
[[nodiscard]] Result<directory::OrganizationPolicy> organization_policy_from_json(
    boost::json::object const& document);

}  // namespace rollcall::api::management

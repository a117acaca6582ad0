// Decides what policies may say (contract §6). Pure.
#pragma once

#include "base/limits.hpp"
#include "base/result.hpp"
#include "directory/policy.hpp"

#include <string_view>

namespace rollcall::directory {

/// Ids of custom resources and roles may not begin with it (contract §6.1).
inline constexpr std::string_view reserved_id_prefix = "stytch";

/// The policy that `wanted` asks for: what the default policy permits anyway is left out, and
/// cannot be taken away. Texts that a request did not give are empty here.
///
/// @errors invalid_value; the message names field and rule. Kinds: invalid_rbac_custom_resource,
///         invalid_rbac_custom_role, invalid_rbac_stytch_role_edit (a custom role called as a
///         default one), rbac_role_duplicate, rbac_resource_duplicate, rbac_action_duplicate,
///         rbac_role_id_too_long, rbac_resource_id_too_long, rbac_action_too_long,
///         rbac_description_too_long, rbac_resource_missing_actions,
///         rbac_role_missing_permissions, rbac_permission_missing_actions.
///         too_many, kind rbac_policy_too_large: over limits.policy_roles_max,
///         policy_resources_max, resource_actions_max or policy_text_bytes_max.
/// @source contract §6.1, §6.2, §6.5.
[[nodiscard]] Result<ProjectPolicy> plan_project_policy(ProjectPolicy wanted, Limits const& limits);

/// The roles that `wanted` asks for, of resources of `project` alone.
/// @errors as plan_project_policy; rbac_role_duplicate also for an id of a role of the project.
/// @source contract §6.6.
[[nodiscard]] Result<OrganizationPolicy> plan_organization_policy(OrganizationPolicy wanted,
                                                                  EffectivePolicy const& project,
                                                                  Limits const& limits);

/// Checks that `role_id` may be assigned by a rule or explicitly.
/// @param field  what to call the value in the message.
/// @errors invalid_value: cannot_assign_default_rbac_role_id, invalid_rbac_role_id.
/// @source contract §1.8.
[[nodiscard]] Status check_assignable_role(std::string_view role_id, std::string_view field,
                                           EffectivePolicy const& policy);

}  // namespace rollcall::directory

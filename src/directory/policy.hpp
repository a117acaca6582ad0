// Roles and what they permit (contract §6): what every project has, what projects and organizations
// add, and the one place that decides a permission.
#pragma once

#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace rollcall::directory {

/// Every member has it, without assignment (contract §6.2).
inline constexpr std::string_view member_role = "stytch_member";
inline constexpr std::string_view admin_role = "stytch_admin";

/// In a permission: all actions of the resource (contract §6.1).
inline constexpr std::string_view every_action = "*";

/// Some actions on one resource.
struct Permission {
    std::string resource_id;
    std::vector<std::string> actions;  ///< or every_action alone
    friend bool operator==(Permission const&, Permission const&) = default;
};

struct Role {
    std::string role_id;
    std::string description;
    std::vector<Permission> permissions;  ///< at most one for each resource
    friend bool operator==(Role const&, Role const&) = default;
};

struct Resource {
    std::string resource_id;
    std::string description;
    std::vector<std::string> actions;
    friend bool operator==(Resource const&, Resource const&) = default;
};

struct Policy {
    std::vector<Role> roles;
    std::vector<Resource> resources;
    friend bool operator==(Policy const&, Policy const&) = default;
};

/// What a project adds to the default policy. Valid if plan_project_policy made it.
struct ProjectPolicy {
    std::vector<Permission> member_permissions;  ///< of stytch_member, beyond its default ones
    std::vector<Permission> admin_permissions;   ///< of stytch_admin, likewise
    std::vector<Role> custom_roles;
    std::vector<Resource> custom_resources;
    friend bool operator==(ProjectPolicy const&, ProjectPolicy const&) = default;
};

/// The roles of one organization alone. Valid for the project's policy of the time if
/// plan_organization_policy made it.
struct OrganizationPolicy {
    std::vector<Role> roles;
    friend bool operator==(OrganizationPolicy const&, OrganizationPolicy const&) = default;
};

/// The roles and resources of a project that added nothing.
/// @source contract §6.2.
[[nodiscard]] Policy const& default_policy();

/// Everything that decides who may do what in an organization, or in a project as such. Immutable;
/// a copy shares the project's part.
class EffectivePolicy {
public:
    /// The default policy and what `project` adds.
    explicit EffectivePolicy(ProjectPolicy const& project);
    /// `project` with an organization's roles in the place of any it had. What the project's policy
    /// leaves no room for has no effect: a role whose id the project took since, a resource or an
    /// action that is gone. It counts again when the project's policy lets it.
    EffectivePolicy(EffectivePolicy const& project, OrganizationPolicy const& organization);

    /// Default and custom roles and resources, default ones first.
    [[nodiscard]] Policy const& project_policy() const noexcept;
    /// The organization's roles as far as they have effect.
    [[nodiscard]] std::vector<Role> const& organization_roles() const noexcept { return roles_; }

    [[nodiscard]] bool has_role(std::string_view role_id) const {
        return find_role(role_id) != nullptr;
    }
    /// Null if there is no such resource. O(log n).
    [[nodiscard]] Resource const* find_resource(std::string_view resource_id) const;

    /// True if one of `roles` permits `action` on `resource_id`. Roles that do not exist permit
    /// nothing. The one decision about any permission. O(permissions of `roles`).
    /// @source contract §6.1, §6.3: roles are additive.
    [[nodiscard]] bool allows(std::span<std::string const> roles, std::string_view resource_id,
                              std::string_view action) const;
    /// Those of `roles` that permit it, in their order.
    [[nodiscard]] std::vector<std::string> granting_roles(std::span<std::string const> roles,
                                                          std::string_view resource_id,
                                                          std::string_view action) const;

private:
    struct ProjectPart;
    [[nodiscard]] Role const* find_role(std::string_view role_id) const;

    std::shared_ptr<ProjectPart const> project_;
    std::vector<Role> roles_;
};

}  // namespace rollcall::directory

// Checks a policy from its resources to its roles, so that what a permission names is known.
#include "directory/policy_plan.hpp"

#include "base/text.hpp"
#include "directory/field_rules.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <set>
#include <span>
#include <string>

namespace rollcall::directory {
namespace {

Error too_large(std::string message) {
    return Error(ErrorCode::too_many, std::move(message)).with_kind("rbac_policy_too_large");
}

/// What is wrong with ids of one sort is told by these kinds.
struct IdKinds {
    std::string_view invalid;
    std::string_view too_long;
    std::string_view duplicate;
};
constexpr IdKinds role_kinds{"invalid_rbac_custom_role", "rbac_role_id_too_long",
                             "rbac_role_duplicate"};
constexpr IdKinds resource_kinds{"invalid_rbac_custom_resource", "rbac_resource_id_too_long",
                                 "rbac_resource_duplicate"};
constexpr IdKinds action_kinds{"invalid_rbac_custom_resource", "rbac_action_too_long",
                               "rbac_action_duplicate"};

/// Ids are compared byte by byte, so none may look like another.
Status check_id(std::string_view id, std::string_view field, IdKinds const& kinds) {
    if (id.empty() || trim(id) != id || has_control_character(id) || id.contains("\u200b")) {
        return fail(invalid_field(
            kinds.invalid, fmt::format("{} must be a text without space at its ends, control "
                                       "characters or invisible ones.",
                                       field)));
    }
    if (count_code_points(id) > Limits::rbac_id_characters_max) {
        return fail(
            invalid_field(kinds.too_long, fmt::format("{} must not have more than {} characters.",
                                                      field, Limits::rbac_id_characters_max)));
    }
    return {};
}

Status check_custom_id(std::string_view id, std::string_view field, IdKinds const& kinds) {
    CHECK(check_id(id, field, kinds));
    if (id.starts_with(reserved_id_prefix)) {
        return fail(invalid_field(
            kinds.invalid, fmt::format("{} must not begin with {}.", field, reserved_id_prefix)));
    }
    return {};
}

Status check_description(std::string_view description, std::string_view field,
                         std::string_view invalid_kind) {
    if (has_control_character(description)) {
        return fail(invalid_field(invalid_kind,
                                  fmt::format("{} must not contain control characters.", field)));
    }
    if (count_code_points(description) > Limits::rbac_description_characters_max) {
        return fail(invalid_field("rbac_description_too_long",
                                  fmt::format("{} must not have more than {} characters.", field,
                                              Limits::rbac_description_characters_max)));
    }
    return {};
}

/// Remembers ids and refuses one that comes again.
class Distinct {
public:
    explicit Distinct(IdKinds const& kinds) : kinds_(kinds) {}
    [[nodiscard]] Status add(std::string_view id, std::string_view field) {
        if (seen_.insert(id).second) return {};
        return fail(
            invalid_field(kinds_.duplicate, fmt::format("{} must not come twice: {}.", field, id)));
    }

private:
    IdKinds kinds_;
    std::set<std::string_view> seen_;
};

/// Adds up the texts of a policy.
class TextBytes {
public:
    explicit TextBytes(Limits const& limits) : max_(limits.policy_text_bytes_max) {}
    void add(std::string_view text) { sum_ += text.size(); }
    void add(std::span<std::string const> texts) {
        for (auto const& text : texts) add(text);
    }
    void add(std::span<Permission const> permissions) {
        for (auto const& permission : permissions) {
            add(permission.resource_id);
            add(permission.actions);
        }
    }
    void add(std::span<Role const> roles) {
        for (auto const& role : roles) {
            add(role.role_id);
            add(role.description);
            add(role.permissions);
        }
    }
    void add(std::span<Resource const> resources) {
        for (auto const& resource : resources) {
            add(resource.resource_id);
            add(resource.description);
            add(resource.actions);
        }
    }
    [[nodiscard]] Status check() const {
        if (sum_ <= max_) return {};
        return fail(too_large(fmt::format(
            "The ids, actions and descriptions of a policy must not exceed {} bytes.", max_)));
    }

private:
    std::size_t max_;
    std::size_t sum_ = 0;
};

Status check_count(std::size_t count, std::size_t max, std::string_view field) {
    if (count <= max) return {};
    return fail(too_large(fmt::format("{} must not have more than {} elements.", field, max)));
}

Status check_resource(Resource const& resource, std::string const& field, Limits const& limits) {
    CHECK(check_custom_id(resource.resource_id, field + ".resource_id", resource_kinds));
    CHECK(check_description(resource.description, field + ".description", resource_kinds.invalid));
    auto const actions = field + ".available_actions";
    if (resource.actions.empty()) {
        return fail(invalid_field("rbac_resource_missing_actions",
                                  fmt::format("{} must have at least one element.", actions)));
    }
    CHECK(check_count(resource.actions.size(), limits.resource_actions_max, actions));
    Distinct distinct(action_kinds);
    for (auto const& action : resource.actions) {
        CHECK(check_id(action, actions, action_kinds));
        if (action == every_action) {
            return fail(invalid_field(
                action_kinds.invalid,
                fmt::format("{} must not contain \"*\", which stands for all of them.", actions)));
        }
        CHECK(distinct.add(action, actions));
    }
    return {};
}

Status check_resources(std::vector<Resource> const& resources, Limits const& limits) {
    CHECK(check_count(resources.size(), limits.policy_resources_max, "custom_resources"));
    Distinct distinct(resource_kinds);
    for (std::size_t i = 0; i < resources.size(); ++i) {
        auto const field = fmt::format("custom_resources[{}]", i);
        CHECK(check_resource(resources[i], field, limits));
        CHECK(distinct.add(resources[i].resource_id, field + ".resource_id"));
    }
    return {};
}

Status check_actions(Permission const& permission, Resource const& resource,
                     std::string const& field) {
    if (permission.actions.empty()) {
        return fail(invalid_field("rbac_permission_missing_actions",
                                  fmt::format("{} must have at least one element.", field)));
    }
    Distinct distinct(action_kinds);
    for (auto const& action : permission.actions) {
        CHECK(distinct.add(action, field));
        if (action == every_action) {
            if (permission.actions.size() == 1) continue;
            return fail(invalid_field(role_kinds.invalid,
                                      fmt::format("{} must have \"*\" alone, if at all.", field)));
        }
        if (std::ranges::find(resource.actions, action) == resource.actions.end()) {
            return fail(invalid_field(role_kinds.invalid,
                                      fmt::format("{} must name actions of the resource {}.", field,
                                                  resource.resource_id)));
        }
    }
    return {};
}

/// @param known  a policy with all resources that may be named.
Status check_permissions(std::vector<Permission> const& permissions, EffectivePolicy const& known,
                         std::string const& field) {
    Distinct distinct(resource_kinds);
    for (std::size_t i = 0; i < permissions.size(); ++i) {
        auto const& permission = permissions[i];
        auto const element = fmt::format("{}[{}]", field, i);
        auto const* resource = known.find_resource(permission.resource_id);
        if (resource == nullptr) {
            return fail(invalid_field(
                role_kinds.invalid,
                fmt::format("{}.resource_id must name a resource of the project's policy.",
                            element)));
        }
        CHECK(distinct.add(permission.resource_id, element + ".resource_id"));
        CHECK(check_actions(permission, *resource, element + ".actions"));
    }
    return {};
}

Status check_role(Role const& role, std::string const& field, EffectivePolicy const& known) {
    if (role.role_id == member_role || role.role_id == admin_role) {
        return fail(invalid_field("invalid_rbac_stytch_role_edit",
                                  fmt::format("{}.role_id must not be that of a default role; its "
                                              "permissions are extended under its own name.",
                                              field)));
    }
    CHECK(check_custom_id(role.role_id, field + ".role_id", role_kinds));
    CHECK(check_description(role.description, field + ".description", role_kinds.invalid));
    if (role.permissions.empty()) {
        return fail(
            invalid_field("rbac_role_missing_permissions",
                          fmt::format("{}.permissions must have at least one element.", field)));
    }
    return check_permissions(role.permissions, known, field + ".permissions");
}

Status check_roles(std::vector<Role> const& roles, std::string_view field,
                   EffectivePolicy const& known, Limits const& limits) {
    CHECK(check_count(roles.size(), limits.policy_roles_max, field));
    Distinct distinct(role_kinds);
    for (std::size_t i = 0; i < roles.size(); ++i) {
        auto const element = fmt::format("{}[{}]", field, i);
        CHECK(check_role(roles[i], element, known));
        CHECK(distinct.add(roles[i].role_id, element + ".role_id"));
    }
    return {};
}

Status check_text_bytes(ProjectPolicy const& policy, Limits const& limits) {
    TextBytes bytes(limits);
    bytes.add(policy.member_permissions);
    bytes.add(policy.admin_permissions);
    bytes.add(policy.custom_roles);
    bytes.add(policy.custom_resources);
    return bytes.check();
}

void leave_out_defaults(std::vector<Permission>& permissions, std::string_view role_id) {
    auto const& roles = default_policy().roles;
    auto const& defaults = std::ranges::find(roles, role_id, &Role::role_id)->permissions;
    // A default permission is for all actions of its resource.
    std::erase_if(permissions, [&](Permission const& permission) {
        auto const& resource_id = permission.resource_id;
        return std::ranges::find(defaults, resource_id, &Permission::resource_id) != defaults.end();
    });
}

}  // namespace

Result<ProjectPolicy> plan_project_policy(ProjectPolicy wanted, Limits const& limits) {
    CHECK(check_text_bytes(wanted, limits));
    CHECK(check_resources(wanted.custom_resources, limits));
    EffectivePolicy const known(ProjectPolicy{.member_permissions = {},
                                              .admin_permissions = {},
                                              .custom_roles = {},
                                              .custom_resources = wanted.custom_resources});
    CHECK(check_roles(wanted.custom_roles, "custom_roles", known, limits));
    CHECK(check_permissions(wanted.member_permissions, known, "stytch_member.permissions"));
    CHECK(check_permissions(wanted.admin_permissions, known, "stytch_admin.permissions"));
    leave_out_defaults(wanted.member_permissions, member_role);
    leave_out_defaults(wanted.admin_permissions, admin_role);
    return wanted;
}

Result<OrganizationPolicy> plan_organization_policy(OrganizationPolicy wanted,
                                                    EffectivePolicy const& project,
                                                    Limits const& limits) {
    TextBytes bytes(limits);
    bytes.add(wanted.roles);
    CHECK(bytes.check());
    CHECK(check_roles(wanted.roles, "org_policy.roles", project, limits));
    EffectivePolicy const project_alone(project, {});
    for (auto const& role : wanted.roles) {
        if (!project_alone.has_role(role.role_id)) continue;
        return fail(
            invalid_field(role_kinds.duplicate,
                          fmt::format("org_policy.roles must not have the id of a role of the "
                                      "project: {}.",
                                      role.role_id)));
    }
    return wanted;
}

Status check_assignable_role(std::string_view role_id, std::string_view field,
                             EffectivePolicy const& policy) {
    if (role_id == member_role) {
        return fail(
            invalid_field("cannot_assign_default_rbac_role_id",
                          fmt::format("{} must not be stytch_member, which every member has "
                                      "without assignment.",
                                      field)));
    }
    if (policy.has_role(role_id)) return {};
    return fail(invalid_field(
        "invalid_rbac_role_id",
        fmt::format("{} must be a role of this project or of the organization.", field)));
}

}  // namespace rollcall::directory

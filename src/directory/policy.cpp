// Puts a policy together and looks permissions up in it.
#include "directory/policy.hpp"

#include <algorithm>
#include <iterator>
#include <map>

namespace rollcall::directory {
namespace {

bool contains(std::vector<std::string> const& texts, std::string_view text) {
    return std::ranges::find(texts, text) != texts.end();
}

bool permits(Role const& role, std::string_view resource_id, std::string_view action) {
    return std::ranges::any_of(role.permissions, [&](Permission const& permission) {
        return permission.resource_id == resource_id &&
               (contains(permission.actions, every_action) || contains(permission.actions, action));
    });
}

Policy with_additions(Policy policy, ProjectPolicy const& project) {
    for (auto& role : policy.roles) {
        auto const& extra =
            role.role_id == member_role ? project.member_permissions : project.admin_permissions;
        std::ranges::copy(extra, std::back_inserter(role.permissions));
    }
    std::ranges::copy(project.custom_roles, std::back_inserter(policy.roles));
    std::ranges::copy(project.custom_resources, std::back_inserter(policy.resources));
    return policy;
}

/// `role` without what `policy` does not know (any more).
Role as_far_as_known(Role const& role, EffectivePolicy const& policy) {
    Role known{role.role_id, role.description, {}};
    for (auto permission : role.permissions) {
        auto const* resource = policy.find_resource(permission.resource_id);
        if (resource == nullptr) continue;
        std::erase_if(permission.actions, [&](std::string const& action) {
            return action != every_action && !contains(resource->actions, action);
        });
        if (!permission.actions.empty()) known.permissions.push_back(std::move(permission));
    }
    return known;
}

}  // namespace

/// The maps look into `policy`.
struct EffectivePolicy::ProjectPart {
    explicit ProjectPart(ProjectPolicy const& project)
        : policy(with_additions(default_policy(), project)) {
        for (auto const& role : policy.roles) roles.emplace(role.role_id, &role);
        for (auto const& resource : policy.resources) {
            resources.emplace(resource.resource_id, &resource);
        }
    }
    ProjectPart(ProjectPart const&) = delete;
    ProjectPart& operator=(ProjectPart const&) = delete;

    Policy const policy;
    std::map<std::string_view, Role const*> roles;
    std::map<std::string_view, Resource const*> resources;
};

EffectivePolicy::EffectivePolicy(ProjectPolicy const& project)
    : project_(std::make_shared<ProjectPart const>(project)) {}

EffectivePolicy::EffectivePolicy(EffectivePolicy const& project,
                                 OrganizationPolicy const& organization)
    : project_(project.project_) {
    for (auto const& role : organization.roles) {
        if (!project_->roles.contains(role.role_id)) {
            roles_.push_back(as_far_as_known(role, project));
        }
    }
}

Policy const& EffectivePolicy::project_policy() const noexcept {
    return project_->policy;
}

Resource const* EffectivePolicy::find_resource(std::string_view resource_id) const {
    auto const found = project_->resources.find(resource_id);
    return found == project_->resources.end() ? nullptr : found->second;
}

Role const* EffectivePolicy::find_role(std::string_view role_id) const {
    auto const found = project_->roles.find(role_id);
    if (found != project_->roles.end()) return found->second;
    auto const own = std::ranges::find(roles_, role_id, &Role::role_id);
    return own == roles_.end() ? nullptr : &*own;
}

bool EffectivePolicy::allows(std::span<std::string const> roles, std::string_view resource_id,
                             std::string_view action) const {
    return std::ranges::any_of(roles, [&](std::string const& role_id) {
        auto const* role = find_role(role_id);
        return role != nullptr && permits(*role, resource_id, action);
    });
}

std::vector<std::string> EffectivePolicy::granting_roles(std::span<std::string const> roles,
                                                         std::string_view resource_id,
                                                         std::string_view action) const {
    std::vector<std::string> granting;
    for (auto const& role : roles) {
        if (allows({&role, 1}, resource_id, action)) granting.push_back(role);
    }
    return granting;
}

}  // namespace rollcall::directory

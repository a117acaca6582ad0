// Roles from three sources, merged by role.
#include "directory/member_roles.hpp"

#include "base/text.hpp"
#include "directory/organization_plan.hpp"

#include <algorithm>
#include <map>

namespace rollcall::directory {

std::string domain_of(std::string_view email_address) {
    auto const at = email_address.rfind('@');
    return at == std::string_view::npos ? std::string{} : ascii_lower(email_address.substr(at + 1));
}

std::vector<RoleGrant> offered_roles(RoleBasis const& basis,
                                     std::span<EmailRoleAssignment const> email_assignments) {
    std::vector<RoleGrant> roles{{std::string(member_role), {DirectAssignment{}}}};
    if (basis.status == MemberStatus::deleted) return roles;

    std::map<std::string, std::vector<RoleSource>, std::less<>> sources;
    for (auto const& role : basis.explicit_roles) sources[role].emplace_back(DirectAssignment{});
    if (auto const domain = domain_of(basis.email_address); !domain.empty()) {
        for (auto const& assignment : email_assignments) {
            if (assignment.domain == domain) {
                sources[assignment.role_id].emplace_back(EmailAssignment{domain});
            }
        }
    }
    for (auto const& role : basis.group_roles) {
        sources[role.role_id].emplace_back(GroupAssignment{role.connection, role.group});
    }
    for (auto& [role_id, from] : sources) {
        if (role_id == member_role) {
            std::ranges::move(from, std::back_inserter(roles.front().sources));
        } else {
            roles.push_back({role_id, std::move(from)});
        }
    }
    return roles;
}

std::vector<std::string> role_ids_of(std::span<RoleGrant const> roles) {
    std::vector<std::string> ids;
    ids.reserve(roles.size());
    for (auto const& role : roles) ids.push_back(role.role_id);
    return ids;
}

bool is_admin(std::span<RoleGrant const> roles) {
    return std::ranges::find(roles, admin_role, &RoleGrant::role_id) != roles.end();
}

}  // namespace rollcall::directory

// Which roles a member has, and from where (contract §6.3). Nothing of this is stored: roles follow
// from the member's rows, the organization's settings and the policy as they are now.
#pragma once

#include "base/result.hpp"
#include "directory/member.hpp"
#include "directory/organization.hpp"

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace rollcall::directory {

struct DirectAssignment {
    friend bool operator==(DirectAssignment const&, DirectAssignment const&) = default;
};
struct EmailAssignment {
    std::string domain;
    friend bool operator==(EmailAssignment const&, EmailAssignment const&) = default;
};
struct GroupAssignment {
    ConnectionId connection;
    GroupId group;
    friend bool operator==(GroupAssignment const&, GroupAssignment const&) = default;
};
using RoleSource = std::variant<DirectAssignment, EmailAssignment, GroupAssignment>;

/// A role with all its sources: the direct one, the e-mail domain, groups in order of their ids.
struct RoleGrant {
    std::string role_id;
    std::vector<RoleSource> sources;
    friend bool operator==(RoleGrant const&, RoleGrant const&) = default;
};

/// The domain of an address, lower case; empty if there is none.
[[nodiscard]] std::string domain_of(std::string_view email_address);

/// Every role that anything offers the member, whether or not a policy knows it: stytch_member
/// first, the others by their ids. A deleted member has stytch_member only.
[[nodiscard]] std::vector<RoleGrant> offered_roles(
    RoleBasis const& basis, std::span<EmailRoleAssignment const> email_assignments);

/// The roles the member has: those offered that the policy knows (directory behaviour §4.1).
template <class Policy>
[[nodiscard]] std::vector<RoleGrant> roles_of(
    RoleBasis const& basis, std::span<EmailRoleAssignment const> email_assignments,
    Policy const& policy) {
    auto roles = offered_roles(basis, email_assignments);
    std::erase_if(roles, [&](RoleGrant const& role) { return !policy.has_role(role.role_id); });
    return roles;
}

[[nodiscard]] std::vector<std::string> role_ids_of(std::span<RoleGrant const> roles);

/// True if stytch_admin is among them, from whatever source.
[[nodiscard]] bool is_admin(std::span<RoleGrant const> roles);

}  // namespace rollcall::directory

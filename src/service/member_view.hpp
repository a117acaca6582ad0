// A member as shown: with its roles, and the organization it is in.
#pragma once

#include "base/result.hpp"
#include "directory/keys.hpp"
#include "directory/member.hpp"
#include "directory/member_roles.hpp"
#include "directory/organization.hpp"
#include "directory/policy.hpp"
#include "service/organizations.hpp"

#include <string_view>
#include <vector>

namespace rollcall::service {

struct ShownMember {
    directory::MemberRecord record;
    std::vector<directory::RoleGrant> roles;
};

struct MemberView {
    ShownMember member;
    OrganizationView organization;
};

/// @param settings, policy  of the member's organization.
[[nodiscard]] ShownMember show(directory::MemberRecord record,
                               directory::OrganizationSettings const& settings,
                               directory::EffectivePolicy const& policy);

/// The id of one of a member's addresses, current or retired: the same for as long as the member
/// has it, however it is spelled.
[[nodiscard]] directory::EmailId email_id_of(MemberId const& member, std::string_view address);

}  // namespace rollcall::service

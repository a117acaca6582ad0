// Members of groups by the ids that providers know them by.
#pragma once

#include "directory/group.hpp"

#include <optional>
#include <string>
#include <string_view>

namespace rollcall::directory {

/// A SCIM id as a member: "member-<env>-<uuid>" is a user, "scim-group-<env>-<uuid>" a group.
/// nullopt for anything else, and for ids of the other environment: no such member can exist.
[[nodiscard]] std::optional<MemberRef> parse_member_ref(std::string_view text,
                                                        Environment environment) noexcept;

/// The SCIM id; the inverse of parse_member_ref.
[[nodiscard]] std::string print_member_ref(MemberRef const& member, Environment environment);

}  // namespace rollcall::directory

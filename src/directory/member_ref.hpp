// Members of groups by the ids that providers know them by.
#pragma once

#include "directory/group.hpp"

#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace rollcall::directory {

/// A SCIM id as a member: "member-<env>-<uuid>" is a user, "scim-group-<env>-<uuid>" a group.
/// nullopt for anything else, and for ids of the other environment: no such member can exist.
[[nodiscard]] std::optional<MemberRef> parse_member_ref(std::string_view text,
                                                        Environment environment) noexcept;

/// The SCIM id; the inverse of parse_member_ref.
[[nodiscard]] std::string print_member_ref(MemberRef const& member, Environment environment);

/// The first few of them, for a note or an error, with an ellipsis if there are more.
[[nodiscard]] std::string print_member_refs(std::span<MemberRef const> members,
                                            Environment environment);

/// "User" or "Group".
[[nodiscard]] std::string_view print_kind(MemberKind kind) noexcept;

}  // namespace rollcall::directory

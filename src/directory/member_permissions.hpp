// What a member session needs to create or change a member (contract §4.2, §4.4).
#pragma once

#include "directory/field_permission.hpp"
#include "directory/member.hpp"

#include <vector>

namespace rollcall::directory {

/// As the resource of a permission: `stytch.member` is enough for anybody of the organization,
/// `stytch.self` for the member whose session it is.
inline constexpr std::string_view of_members = "stytch.member";
inline constexpr std::string_view of_oneself = "stytch.self";

/// One for each field of a member that can be changed. The resource is `stytch.self` where either
/// is enough.
[[nodiscard]] std::vector<FieldPermission> member_field_permissions();

/// Those of the fields in which the members differ. A field that is sent but stays what it is needs
/// none: SDKs send empty lists for what they were not given.
[[nodiscard]] std::vector<FieldPermission> permissions_to_change(Member const& current,
                                                                 Member const& next);

/// What a creation of `member` needs beyond `create`.
[[nodiscard]] std::vector<FieldPermission> permissions_to_create(Member const& member);

}  // namespace rollcall::directory

// Events that only the store can make, because only it knows what a change really did (directory
// behaviour §9.1, sources `scim`).
#pragma once

#include "base/timestamp.hpp"
#include "crypto/random.hpp"
#include "directory/event.hpp"

#include <string_view>

namespace rollcall::storage {

/// scim.scim_group.<action>. Adding or removing a nested group is an `update` of its container.
[[nodiscard]] directory::Event group_event(crypto::IdSource& ids, directory::EventAction action,
                                           GroupId const& group, std::string_view display_name,
                                           Timestamp now);

/// scim.scim_member_group.<action>: a user entered or left a group, whose name is the label.
[[nodiscard]] directory::Event membership_event(crypto::IdSource& ids,
                                                directory::EventAction action,
                                                MemberId const& member, GroupId const& group,
                                                std::string_view group_name, Timestamp now);

}  // namespace rollcall::storage

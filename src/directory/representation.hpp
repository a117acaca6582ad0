// Users and groups as complete SCIM resources: what answers carry and filters see (RFC 7643 §3.1,
// §4). Pure.
#pragma once

#include "directory/group.hpp"
#include "directory/user.hpp"
#include "scim/schema.hpp"

#include <boost/json/object.hpp>
#include <boost/json/storage_ptr.hpp>

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace rollcall::directory {

/// Users that managers name, with their display names; as Store::resolve_users gives them.
using ResolvedUsers = std::vector<std::pair<MemberId, std::optional<std::string>>>;

/// The whole user: attributes, id, schemas, meta, `groups` as far as loaded, and the manager's
/// `$ref` and `displayName` if it is among `managers` (checklist E-03, S-16, U-20).
/// @param type  the connection's user type.
/// @param base  the connection's SCIM base URL, absolute, without trailing slash.
[[nodiscard]] boost::json::object user_representation(User const& user,
                                                      scim::ResourceType const& type,
                                                      std::string_view base,
                                                      ResolvedUsers const& managers,
                                                      boost::json::storage_ptr storage = {});

/// The whole group. `members` is an empty list for an empty group, unless the attribute was
/// removed as a whole; it is left out when `with_members` is false.
[[nodiscard]] boost::json::object group_representation(Group const& group,
                                                       scim::ResourceType const& type,
                                                       std::string_view base, bool with_members,
                                                       boost::json::storage_ptr storage = {});

/// The ids that the users' managers name, as far as they are ids of users at all; distinct.
[[nodiscard]] std::vector<MemberId> manager_ids(std::span<User const> users);

/// The entity tag of a version: W/"7" (checklist V-01).
[[nodiscard]] std::string entity_tag(std::uint64_t version);

/// `base` + "/Users/" + id.
[[nodiscard]] std::string user_location(std::string_view base, MemberId const& id);
[[nodiscard]] std::string group_location(std::string_view base, GroupId const& id);
/// The `$ref` of a member of a group. @param id  its SCIM id.
[[nodiscard]] std::string member_reference(std::string_view base, MemberKind kind,
                                           std::string_view id);

}  // namespace rollcall::directory

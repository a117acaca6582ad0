// What a pushed group means: creations, replacements, and PATCH as a delta (directory behaviour §4;
// checklist R, W, P). Pure.
#pragma once

#include "base/limits.hpp"
#include "base/result.hpp"
#include "directory/group.hpp"
#include "scim/patch.hpp"
#include "scim/profile.hpp"
#include "scim/resource.hpp"

#include <optional>
#include <string_view>

namespace rollcall::directory {

/// A group as POSTed. Members whose ids no member can have are left out with a note, or refused, as
/// the profile says.
/// @param body  of scim::read_resource for the connection's group type.
/// @errors invalid_value (members).
[[nodiscard]] Result<GroupCreation> plan_group_creation(scim::ResourceBody const& body,
                                                        GroupId const& id,
                                                        scim::Profile const& profile, Timestamp now,
                                                        scim::Notes& notes);

/// A group as PUT: the name, exactly the given members (W-13), and externalId unless left out
/// (W-04). Nothing is loaded.
/// @param stored  the group as it is, without members, if its type has something immutable; else
///                nullptr. Then the change holds only for that version of it.
/// @errors as plan_group_creation; mutability, invalid_value (of declared extensions, as
///         scim::replace_resource).
[[nodiscard]] Result<GroupChange> plan_group_replacement(
    scim::ResourceBody const& body, Group const* stored, scim::ResourceType const& type,
    Environment environment, scim::Profile const& profile, Timestamp now, scim::Notes& notes);

/// True if the plan needs the group, members aside: an operation speaks about extension data, or
/// removes attributes by their values (I-25).
[[nodiscard]] bool needs_attributes(scim::PatchRequest const& request,
                                    scim::ResourceType const& type);

/// A PATCH as a delta, made without looking at the group's members: operations in order, the last
/// word on each member wins. nullopt if an operation selects members by something else than their
/// ids; then plan_loaded_group_patch decides.
/// @param id      the group's own.
/// @param stored  the group, without members, if needs_attributes(); else nullptr. The change
///                holds only for that version of it.
/// @param type    the connection's group type, which the request was parsed for.
/// @errors as scim::apply_patch; too_many (members named); invalid_value (members, R-07).
[[nodiscard]] Result<std::optional<GroupChange>> plan_group_patch(
    scim::PatchRequest const& request, GroupId const& id, Group const* stored,
    scim::ResourceType const& type, scim::Profile const& profile, Limits const& limits,
    Timestamp now, scim::Notes& notes);

/// The same with the group at hand, members loaded. The change holds only for that version of it.
/// Cost: linear in the members.
/// @param base  the connection's SCIM base URL, absolute, without trailing slash: filters see the
///              `$ref` of a member as it is shown.
[[nodiscard]] Result<GroupChange> plan_loaded_group_patch(
    Group const& group, scim::PatchRequest const& request, scim::ResourceType const& type,
    std::string_view base, scim::Profile const& profile, Limits const& limits, Timestamp now,
    scim::Notes& notes);

}  // namespace rollcall::directory

// Splits a filter into the part an index answers and the rest (checklist F-38, F-44). Pure.
#pragma once

#include "base/id.hpp"
#include "directory/query.hpp"
#include "scim/filter.hpp"

#include <optional>

namespace rollcall::directory {

/// `index` narrows the candidates; `rest`, when set, must hold for each of them too. Both
/// together mean exactly the filter.
struct UserFilterPlan {
    UserIndex index;
    scim::FilterPtr rest;
    bool rest_needs_groups = false;
};

/// `has_member`, when set, must hold for each candidate too.
struct GroupFilterPlan {
    GroupIndex index;
    std::optional<MemberRef> has_member;
    scim::FilterPtr rest;
    bool rest_needs_members = false;
};

/// Plans a filter over users. Of several conjuncts the most selective one that has an index is
/// taken: id, userName, externalId, e-mail, displayName, then group; and without any of these all
/// comparisons with meta.lastModified, as one range. An id that nobody of this environment can
/// have, or a filter that cannot hold for this type (L-14), gives Nothing.
/// @param filter  parsed for the user type of the connection, not null.
[[nodiscard]] UserFilterPlan plan_user_filter(scim::FilterPtr const& filter,
                                              Environment environment);

/// The same for groups: id, displayName, externalId, member, then the last change. One member
/// beside another index becomes `has_member`, so that no members are loaded; a member may be in
/// many groups.
[[nodiscard]] GroupFilterPlan plan_group_filter(scim::FilterPtr const& filter,
                                                Environment environment);

/// True if the filter reads that core attribute anywhere.
[[nodiscard]] bool mentions(scim::Filter const& filter, std::string_view attribute);

}  // namespace rollcall::directory

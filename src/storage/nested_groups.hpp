// The groups of a user through nesting, and the users of a group (RFC 7643 §4.1.2 `groups.type`
// indirect; checklist R-04, F-39).
#pragma once

#include "base/sort_distinct.hpp"
#include "directory/group.hpp"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <set>
#include <vector>

namespace rollcall::storage {

/// Every group that contains one of `direct`, at any depth, without `direct` itself, ascending.
/// nullopt if together with `direct` they are more than `groups_max`. Terminates on cycles.
/// `parents_of(key)` yields the keys of the groups that have group `key` as a member, ascending.
template <class ParentsOf>
[[nodiscard]] std::optional<std::vector<std::int64_t>> indirect_groups(
    std::vector<std::int64_t> const& direct, std::size_t groups_max, ParentsOf parents_of) {
    std::set<std::int64_t> seen(direct.begin(), direct.end());
    std::vector<std::int64_t> queue = direct;
    std::set<std::int64_t> found;
    for (std::size_t next = 0; next < queue.size(); ++next) {
        for (auto const parent : parents_of(queue[next])) {
            if (!seen.insert(parent).second) continue;
            if (seen.size() > groups_max) return std::nullopt;
            found.insert(parent);
            queue.push_back(parent);
        }
    }
    return std::vector(found.begin(), found.end());
}

/// The users in `group` and in the groups in it, at any depth; ascending, distinct. nullopt when
/// that takes more than `members_max` memberships. Terminates on cycles. `for_each_member(key,
/// visit)` calls `visit(kind, member key)` for the members of group `key` while it returns true.
template <class ForEachMember>
[[nodiscard]] std::optional<std::vector<std::int64_t>> users_of_group(
    std::int64_t group, std::size_t members_max, ForEachMember for_each_member) {
    std::set<std::int64_t> seen{group};
    std::vector<std::int64_t> queue{group};
    std::vector<std::int64_t> users;
    std::size_t members = 0;
    for (std::size_t next = 0; next < queue.size(); ++next) {
        for_each_member(queue[next], [&](directory::MemberKind kind, std::int64_t member) {
            if (++members > members_max) return false;
            if (kind == directory::MemberKind::user) {
                users.push_back(member);
            } else if (seen.insert(member).second) {
                queue.push_back(member);
            }
            return true;
        });
        if (members > members_max) return std::nullopt;
    }
    sort_distinct(users);
    return users;
}

}  // namespace rollcall::storage

// The groups of a user through nesting (RFC 7643 §4.1.2 `groups.type` indirect; checklist R-04).
#pragma once

#include <cstddef>
#include <cstdint>
#include <set>
#include <vector>

namespace rollcall::storage {

/// Beyond this many groups of one user, direct ones included, further indirect ones are left out.
inline constexpr std::size_t groups_of_user_max = 10'000;

/// Every group that contains one of `direct`, at any depth, without `direct` itself, ascending.
/// Terminates on cycles. `parents_of(key)` yields the keys of the groups that have group `key` as a
/// member, ascending.
template <class ParentsOf>
[[nodiscard]] std::vector<std::int64_t> indirect_groups(std::vector<std::int64_t> const& direct,
                                                        ParentsOf parents_of) {
    std::set<std::int64_t> seen(direct.begin(), direct.end());
    std::vector<std::int64_t> queue = direct;
    std::set<std::int64_t> found;
    for (std::size_t next = 0; next < queue.size(); ++next) {
        for (auto const parent : parents_of(queue[next])) {
            if (seen.size() >= groups_of_user_max) return {found.begin(), found.end()};
            if (!seen.insert(parent).second) continue;
            found.insert(parent);
            queue.push_back(parent);
        }
    }
    return {found.begin(), found.end()};
}

}  // namespace rollcall::storage

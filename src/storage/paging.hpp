// The page of an ordered list; the same for every implementation.
#pragma once

#include "directory/query.hpp"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <vector>

namespace rollcall::storage {

/// Sorts the places of a whole list and keeps those of its page. True if others follow.
inline bool keep_page(std::vector<directory::Place>& places, directory::Window const& window,
                      bool descending) {
    auto const before = [&](auto const& a, auto const& b) { return precedes(a, b, descending); };
    std::ranges::sort(places, before);
    auto first = places.begin();
    if (window.after) {
        first = std::ranges::upper_bound(places, *window.after, before);
    } else {
        auto const skipped = std::max<std::size_t>(window.start_index, 1) - 1;
        first += static_cast<std::ptrdiff_t>(std::min(skipped, places.size()));
    }
    places.erase(places.begin(), first);
    bool const more = places.size() > window.count;
    if (more) places.resize(window.count);
    return more;
}

/// How many members one answer may examine, or return.
class MemberBudget {
public:
    explicit MemberBudget(std::uint64_t members_max) : left_(members_max) {}
    [[nodiscard]] bool spend(std::uint64_t members) noexcept {
        if (members > left_) return false;
        left_ -= members;
        return true;
    }
    [[nodiscard]] std::uint64_t left() const noexcept { return left_; }

private:
    std::uint64_t left_;
};

}  // namespace rollcall::storage

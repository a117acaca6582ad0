// The page of an ordered list; the same for every implementation.
#pragma once

#include "directory/query.hpp"

#include <algorithm>
#include <cstddef>
#include <string>
#include <variant>
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

/// The bytes of the text that a place holds.
[[nodiscard]] inline std::size_t text_bytes(directory::Place const& place) {
    auto const* text = std::get_if<std::string>(&place.key);
    return text != nullptr ? text->size() : 0;
}

}  // namespace rollcall::storage

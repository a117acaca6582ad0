// Where a page of a search ends: what its cursor holds (contract §1.11).
#pragma once

#include "base/error.hpp"
#include "base/id.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace rollcall::service {

struct SearchPosition {
    std::optional<Uuid> after{};           ///< none: from the first
    std::optional<std::uint64_t> total{};  ///< of the whole search, if it is known
};

[[nodiscard]] std::string pack(SearchPosition const& position);

/// nullopt for anything that pack() did not make.
[[nodiscard]] std::optional<SearchPosition> unpack_search_position(std::string_view bytes);

/// user_search_invalid_cursor: not a cursor of the same search.
[[nodiscard]] Error invalid_search_cursor();

}  // namespace rollcall::service

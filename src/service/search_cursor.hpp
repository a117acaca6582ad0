// What a cursor of a SCIM list holds (RFC 9865): where each type's walk stands, the page size, and
// when it was given out.
#pragma once

#include "base/timestamp.hpp"
#include "directory/query.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace rollcall::service {

struct SearchCursor {
    Timestamp issued_at{};
    std::uint32_t count = 0;  ///< resources on each page
    /// The last users and groups that were shown; none yet before the first.
    std::optional<directory::Place> users{};
    std::optional<directory::Place> groups{};
    /// How many there are of each in all, as the first page told it.
    std::uint64_t users_total = 0;
    std::uint64_t groups_total = 0;

    friend bool operator==(SearchCursor const&, SearchCursor const&) = default;
};

/// The bytes of a cursor, to be signed. Texts of places have at most 65,535 bytes.
[[nodiscard]] std::string pack(SearchCursor const& cursor);

/// nullopt for anything that pack() did not make.
[[nodiscard]] std::optional<SearchCursor> unpack_search_cursor(std::string_view bytes);

}  // namespace rollcall::service

// limit and cursor of a paged call (contract §1.11).
#pragma once

#include "base/limits.hpp"
#include "base/result.hpp"

#include <boost/json/object.hpp>

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

namespace rollcall::api::management {

struct PageQuery {
    std::optional<std::string> cursor;
    std::size_t limit = 0;  ///< 1 to limits.groups_page_max
};

/// Reads both from a query string. The first non-empty value of a name counts, other names are
/// ignored; limit 0 is the default, and decimals that are all zero are tolerated.
/// @errors invalid_value (user_search_invalid_limit).
[[nodiscard]] Result<PageQuery> read_page_query(std::string_view query, Limits const& limits);

/// The same from the body of a search.
/// @errors as read_page_query; invalid_value (invalid_request_value) if the cursor is no string.
[[nodiscard]] Result<PageQuery> read_page_body(boost::json::object const& body,
                                               Limits const& limits);

}  // namespace rollcall::api::management

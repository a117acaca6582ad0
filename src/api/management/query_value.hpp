// One parameter of a query string.
#pragma once

#include "base/result.hpp"

#include <string>
#include <string_view>

namespace rollcall::api::management {

/// The first value of `name` that is not empty, decoded; empty if there is none.
[[nodiscard]] std::string query_value(std::string_view query, std::string_view name);

/// The same, of a parameter that must be there and not empty.
/// @errors invalid_value (invalid_argument) naming the parameter.
[[nodiscard]] Result<std::string> required_query_value(std::string_view query,
                                                       std::string_view name);

}  // namespace rollcall::api::management

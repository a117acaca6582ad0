// The error of a filter that costs too much.
#include "scim/filter_cost.hpp"

#include <fmt/format.h>

namespace rollcall::scim {

Status FilterCost::check() const {
    if (!exceeded_) return {};
    return fail(
        {ErrorCode::too_many,
         fmt::format("filter: the tests of one request can look at {} bytes of text. Use fewer "
                     "tests, or in a search also compare userName or id with eq.",
                     bytes_max_)});
}

}  // namespace rollcall::scim

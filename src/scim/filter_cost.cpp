// The error of a filter that costs too much.
#include "scim/filter_cost.hpp"

#include <fmt/format.h>

namespace rollcall::scim {

Status FilterCost::check() const {
    if (!exceeded_) return {};
    return fail(
        {ErrorCode::too_many,
         fmt::format("filter: its tests would look at more than {} bytes of text. Use fewer "
                     "tests, or add a comparison with eq that has an index, as on userName.",
                     bytes_max_)});
}

}  // namespace rollcall::scim

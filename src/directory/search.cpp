// The size of a search.
#include "directory/search.hpp"

#include "base/limits.hpp"

#include <fmt/format.h>

namespace rollcall::directory {

Status check_search_size(std::size_t operands, std::size_t values) {
    if (operands <= Limits::search_operands_max && values <= Limits::search_values_max) return {};
    return fail(Error(ErrorCode::too_many,
                      fmt::format("query must not have more than {} operands and {} values in "
                                  "them.",
                                  Limits::search_operands_max, Limits::search_values_max))
                    .with_kind("user_search_maximum_filter_value_count_exceeded"));
}

}  // namespace rollcall::directory

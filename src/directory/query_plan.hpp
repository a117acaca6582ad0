// From a filter and an order, as a client wrote them, to what the store is asked. Pure.
#pragma once

#include "base/limits.hpp"
#include "base/result.hpp"
#include "directory/query.hpp"
#include "scim/profile.hpp"
#include "scim/schema.hpp"

#include <cstddef>
#include <optional>
#include <string>

namespace rollcall::directory {

/// Which resources are wanted, and how they are ordered (RFC 7644 §3.4.2.1, §3.4.2.3).
struct Criteria {
    std::optional<std::string> filter{};
    std::size_t filter_bytes_max = 0;
    std::string sort_by{};  ///< empty: by creation
    bool descending = false;
    std::string base{};  ///< SCIM base URL: filters and orders see `meta.location` and `$ref`s
};

/// The window is left to the caller. The rest of a filter fails with too_many once its tests have
/// looked at more than Limits::filter_tested_bytes_max, of all resources together.
/// @param type   outlives the query.
/// @param notes  gains the names of attributes that the type does not have (F-24, O-07).
/// @errors those of scim::parse_filter and of plan_user_order.
[[nodiscard]] Result<UserQuery> plan_user_query(Criteria const& criteria,
                                                scim::ResourceType const& type,
                                                Environment environment, Limits const& limits,
                                                scim::Notes& notes);

/// The same for groups.
[[nodiscard]] Result<GroupQuery> plan_group_query(Criteria const& criteria,
                                                  scim::ResourceType const& type,
                                                  Environment environment, Limits const& limits,
                                                  scim::Notes& notes);

}  // namespace rollcall::directory

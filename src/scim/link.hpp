// Attributes that point at another resource by id: `members`, `manager` (checklist I-16, I-29).
// Their `$ref` is made by the server and only read when `value` is missing.
#pragma once

#include "scim/schema.hpp"

#include <boost/json/value.hpp>

#include <optional>
#include <string>
#include <string_view>

namespace rollcall::scim {

/// What a reference like ".../Users/2819c223" or "../Groups/e9e30dba" points at.
struct LinkTarget {
    std::string id;                   ///< the last segment; "" when there is none
    std::optional<std::string> type;  ///< "User" or "Group" by the segment before
};

[[nodiscard]] LinkTarget link_target(std::string_view reference);

/// True for what the server makes of the target and does not store: `manager.$ref` and
/// `manager.displayName` (checklist E-03). Neither filters nor orders see it.
[[nodiscard]] bool comes_from_target(AttributeRef const& ref) noexcept;

/// A list of exactly one element stands for the element (checklist I-18).
[[nodiscard]] boost::json::value const& unwrap_single(boost::json::value const& value) noexcept;

}  // namespace rollcall::scim

// Sorting: what `sortBy` names, and the value of a resource to order by (RFC 7644 §3.4.2.3).
#pragma once

#include "base/result.hpp"
#include "scim/schema.hpp"

#include <boost/json/object.hpp>

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <variant>

namespace rollcall::scim {

/// A value to order by: a number, an instant in microseconds, a truth value as 0 or 1, or a text
/// that is folded where case does not matter. All values of one attribute are of one kind.
/// monostate: the resource has no value.
using SortKey = std::variant<std::monostate, std::int64_t, double, std::string>;

/// True if `a` comes before `b` in ascending order. Having no value comes last (checklist O-04).
/// Texts are compared by code point (O-05).
[[nodiscard]] bool precedes(SortKey const& a, SortKey const& b);

/// Resolves the operand of `sortBy`.
///
/// @return where the values are, with `value` filled in for `emails` and the like; nullopt when the
///         type has no such attribute or never shows it, so that nobody has a value (O-07).
/// @errors invalid_path: a complex attribute without a `value` (O-08), `manager.displayName` and
///         `manager.$ref`.
[[nodiscard]] Result<std::optional<AttributeRef>> parse_sort_by(std::string_view name,
                                                                ResourceType const& type);

/// The value of a canonical representation under a resolved `sortBy`; of a list, the value of its
/// primary element or else of the first (O-02, O-08).
/// @param text_bytes_max  longer texts are compared by this beginning only.
[[nodiscard]] SortKey sort_key(AttributeRef const& ref, boost::json::object const& resource,
                               std::size_t text_bytes_max);

}  // namespace rollcall::scim

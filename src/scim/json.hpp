// JSON text to values: what others send under the project's rules, what the project itself printed
// under none.
#pragma once

#include "base/limits.hpp"
#include "base/result.hpp"

#include <boost/json/value.hpp>

#include <optional>
#include <string_view>

namespace rollcall::scim {

/// How the keys of one object are told apart.
enum class Keys {
    exact,         ///< as in JSON and in JWTs (RFC 7519 §4)
    without_case,  ///< as SCIM compares attribute names (RFC 7643 §2.1; checklist G-04)
};

/// Parses JSON text under the project's rules: UTF-8 (a leading BOM is skipped), depth at most
/// limits.json_depth_max, no key twice in one object, no NUL or unpaired surrogate in strings
/// (K-13), no number beyond a double, nothing after the value. Numbers with a fraction or an
/// exponent become the nearest double. What comes out can be printed and read again.
///
/// @errors invalid_syntax (message names the position or the key), invalid_value (NUL, surrogate,
///         number; message names the nearest key or the position).
[[nodiscard]] Result<boost::json::value> parse_json(std::string_view text, Keys keys,
                                                    Limits const& limits);

/// The value of JSON text that is the project's own, or a mere literal: nothing but the grammar is
/// asked for, and that numbers are finite. Depth at most 255. Numbers come out as they were before
/// they were printed. nullopt if it is no JSON.
[[nodiscard]] std::optional<boost::json::value> parse_plain_json(std::string_view text);

}  // namespace rollcall::scim

// Simple values: what text means as a boolean or number, and one JSON value for one simple type
// (RFC 7643 §2.3; tolerances I-03, I-04, I-18, I-26).
#pragma once

#include "base/limits.hpp"
#include "base/result.hpp"
#include "scim/profile.hpp"
#include "scim/schema.hpp"

#include <boost/json/value.hpp>

#include <optional>
#include <string>
#include <string_view>

namespace rollcall::scim {

/// "true" and "false" in any case (checklist I-03).
[[nodiscard]] std::optional<bool> read_boolean_text(std::string_view text) noexcept;
/// A JSON number and nothing else.
[[nodiscard]] std::optional<boost::json::value> read_number_text(std::string_view text);
/// Base64 of either alphabet, line breaks and missing padding allowed (checklist G-11).
[[nodiscard]] bool is_base64(std::string_view text) noexcept;

/// An invalid_value error about an attribute: "<name>: <rule>".
[[nodiscard]] Error value_error(std::string_view attribute, std::string_view rule);

/// One value of a simple attribute, list wrapping already taken off; null when it means
/// "unassigned".
/// @errors invalid_value.
[[nodiscard]] Result<boost::json::value> read_scalar(boost::json::value const& value,
                                                     Attribute const& attribute,
                                                     Limits const& limits, Notes& notes);

/// What stands for a text of the attribute wherever it is compared (checklist G-22, G-23).
[[nodiscard]] std::string comparison_key(Attribute const& attribute, std::string_view text);

/// Equality of two canonical values of an attribute under its case rule (checklist G-22).
[[nodiscard]] bool equal_scalar(Attribute const& attribute, boost::json::value const& a,
                                boost::json::value const& b);

[[nodiscard]] inline std::string_view as_text(boost::json::string const& text) noexcept {
    return {text.data(), text.size()};
}

}  // namespace rollcall::scim

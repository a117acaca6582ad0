// Reads the fields of a request body under the contract's tolerance rules (§1.4).
//
// null is the same as absent everywhere; unknown fields are ignored.
#pragma once

#include "base/limits.hpp"
#include "base/result.hpp"

#include <boost/json/object.hpp>
#include <boost/json/value.hpp>

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace rollcall::api::management {

/// The body as an object; an empty body and [] are {}.
/// @errors invalid_syntax (bad_request), invalid_value: see scim::parse_json; invalid_value
///         (invalid_request_value) if it is no object.
[[nodiscard]] Result<boost::json::object> read_body(std::string_view body, Limits const& limits);

/// @errors invalid_value (invalid_request_value) naming the field, if it is no string.
[[nodiscard]] Result<std::optional<std::string>> read_text(boost::json::object const& body,
                                                           std::string_view field);

/// The same, of a field that must be there and not empty.
/// @errors also invalid_value (invalid_argument) naming the field.
[[nodiscard]] Result<std::string> read_required_text(boost::json::object const& body,
                                                     std::string_view field);

/// The same, of an element of the array `list`, whose malformedness has a kind of its own.
/// @errors invalid_value with `kind`, naming the array and the field.
[[nodiscard]] Result<std::optional<std::string>> read_element_text(
    boost::json::object const& element, std::string_view field, std::string_view list,
    std::string_view kind);

/// @errors invalid_value (invalid_request_value) naming the field, if it is neither true nor false.
[[nodiscard]] Result<std::optional<bool>> read_flag(boost::json::object const& body,
                                                    std::string_view field);

/// A number without a fraction, however it is written (contract §1.4).
/// @errors invalid_value (invalid_request_value) naming the field.
[[nodiscard]] Result<std::optional<std::int64_t>> read_integer(boost::json::object const& body,
                                                               std::string_view field);

/// @errors invalid_value (invalid_request_value) naming the field, if it is no array of strings.
[[nodiscard]] Result<std::optional<std::vector<std::string>>> read_texts(
    boost::json::object const& body, std::string_view field);

/// [] counts as {}.
/// @errors invalid_value with `kind`, naming the field, if it is no object.
[[nodiscard]] Result<std::optional<boost::json::object>> read_object(
    boost::json::object const& body, std::string_view field, std::string_view kind);

/// The elements, each an object; pointers live as long as `body`.
/// @errors invalid_value with `kind`, naming the field, if it is no array of objects.
[[nodiscard]] Result<std::optional<std::vector<boost::json::object const*>>> read_objects(
    boost::json::object const& body, std::string_view field, std::string_view kind);

}  // namespace rollcall::api::management

// Rules of fields that organizations and members both have (contract §1.5, §3.1, §4.1).
#pragma once

#include "base/error.hpp"
#include "base/result.hpp"

#include <boost/json/object.hpp>

#include <cstddef>
#include <string>
#include <string_view>

namespace rollcall::directory {

/// An invalid_value with the contract's kind.
[[nodiscard]] Error invalid_field(std::string_view kind, std::string message);

/// A name for people: at most `code_points_max` characters, none of them a control character or the
/// invisible U+200B. It may be empty.
/// @errors invalid_value: forbidden_character_zero_width_space, else `kind`; the message names
///         `field`.
[[nodiscard]] Status check_name(std::string_view name, std::string_view field,
                                std::string_view kind, std::size_t code_points_max);

/// 1 to 128 letters, digits, '.', '_', '-', '|'.
[[nodiscard]] bool is_external_id_text(std::string_view text) noexcept;

/// Puts each key of `given` into `target`; null removes it.
void merge_metadata(boost::json::object& target, boost::json::object const& given);

/// @errors invalid_value: metadata_too_many_keys, metadata_too_large; the message names `field`.
[[nodiscard]] Status check_metadata(boost::json::object const& metadata, std::string_view field);

}  // namespace rollcall::directory

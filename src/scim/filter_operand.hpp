// Whether a comparison value fits an attribute and an operator (RFC 7644 §3.4.2.2, Table 3).
#pragma once

#include "base/result.hpp"
#include "scim/filter.hpp"
#include "scim/filter_lexer.hpp"

#include <boost/json/value.hpp>

#include <optional>
#include <string_view>

namespace rollcall::scim {

[[nodiscard]] std::optional<Operator> find_operator(std::string_view word) noexcept;
[[nodiscard]] std::string_view to_string(Operator op) noexcept;

/// The operand in the form evaluation wants: text for strings, references and binaries, a boolean
/// for booleans whatever its spelling, a number for numbers, valid text for dates.
///
/// @param leaf  the compared attribute; nullptr for one the type does not define.
/// @errors invalid_filter.
/// @source checklist F-13, F-14, F-32, F-42, I-03, I-06.
[[nodiscard]] Result<boost::json::value> fit_operand(Attribute const* leaf, Operator op,
                                                     Operand operand);

}  // namespace rollcall::scim

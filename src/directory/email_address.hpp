// E-mail addresses that a developer gives (contract §4.2). Those of providers are not refused; see
// user_plan.hpp.
#pragma once

#include "base/result.hpp"

#include <string>
#include <string_view>

namespace rollcall::directory {

/// The address without white space around it. Its domain is a DNS name of two labels or more.
/// @errors invalid_value: invalid_email, invalid_email_domain,
///         forbidden_character_zero_width_space; the message names `field`.
[[nodiscard]] Result<std::string> read_email(std::string_view text, std::string_view field);

/// Whether the two are spelled alike, white space around them and case apart. Stricter than the
/// equality of keys that are unique (fold): that takes ß for ss, which for mail are different
/// letters and, in a domain, different owners.
[[nodiscard]] bool is_same_address(std::string_view a, std::string_view b);

}  // namespace rollcall::directory

// Syntax of addresses: what no mail system accepts is refused, the rest is for mail systems to say.
#include "directory/email_address.hpp"

#include "base/limits.hpp"
#include "base/text.hpp"
#include "directory/email_domain.hpp"
#include "directory/field_rules.hpp"

#include <fmt/format.h>

namespace rollcall::directory {

Result<std::string> read_email(std::string_view text, std::string_view field) {
    auto const address = trim(text);
    if (address.contains("\u200b")) {
        return fail(
            invalid_field("forbidden_character_zero_width_space",
                          fmt::format("{} must not contain a zero-width space (U+200B).", field)));
    }
    auto const at = address.find('@');
    auto const local = address.substr(0, at);
    auto const well_formed = at != std::string_view::npos && !local.empty() &&
                             at + 1 < address.size() &&
                             address.find('@', at + 1) == std::string_view::npos &&
                             address.find_first_of(" \t,;<>\"\\") == std::string_view::npos &&
                             !has_control_character(address);
    if (!well_formed || local.size() > Limits::email_local_bytes_max ||
        address.size() > Limits::email_bytes_max) {
        return fail(invalid_field(
            "invalid_email",
            fmt::format("{} must be an e-mail address of at most {} bytes, with at most {} before "
                        "the @.",
                        field, Limits::email_bytes_max, Limits::email_local_bytes_max)));
    }
    if (!normalize_domain(address.substr(at + 1))) {
        return fail(invalid_field("invalid_email_domain",
                                  fmt::format("{} must end in a domain name.", field)));
    }
    return std::string(address);
}

bool is_same_address(std::string_view a, std::string_view b) {
    return simple_lower(trim(a)) == simple_lower(trim(b));
}

}  // namespace rollcall::directory

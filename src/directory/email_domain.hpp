// Mail domains that an organization may claim as its own (contract §3.2).
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace rollcall::directory {

enum class DomainKind : std::uint8_t {
    organizational,
    common,      ///< a public mailbox provider: its users share nothing
    disposable,  ///< throw-away addresses
};

/// The domain in lower case, or nullopt unless it is a DNS name of at least two labels (RFC 1123
/// §2.1: letters, digits and inner hyphens, 63 characters a label, 253 in all). Names with other
/// letters are given in their "xn--" form.
[[nodiscard]] std::optional<std::string> normalize_domain(std::string_view text);

/// What kind of mail domain a normalized name is, by built-in lists.
[[nodiscard]] DomainKind classify_domain(std::string_view domain) noexcept;

}  // namespace rollcall::directory

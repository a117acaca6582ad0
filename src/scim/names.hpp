// Comparing attribute names and URNs: ASCII, case-insensitive, without allocating (RFC 7643 §2.1).
#pragma once

#include <cstddef>
#include <string_view>

namespace rollcall::scim {

[[nodiscard]] constexpr char lower(char c) noexcept {
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
}

/// True if the two names are one name (checklist G-02).
[[nodiscard]] constexpr bool same_name(std::string_view a, std::string_view b) noexcept {
    if (a.size() != b.size()) return false;
    for (std::size_t i = 0; i < a.size(); ++i) {
        if (a[i] != b[i] && lower(a[i]) != lower(b[i])) return false;
    }
    return true;
}

[[nodiscard]] constexpr bool starts_with_name(std::string_view text,
                                              std::string_view prefix) noexcept {
    return text.size() >= prefix.size() && same_name(text.substr(0, prefix.size()), prefix);
}

/// True for a key or name that is more than an attribute's name: dotted, URN-qualified or filtered.
[[nodiscard]] constexpr bool looks_like_path(std::string_view name) noexcept {
    return name.find_first_of(".:[") != std::string_view::npos;
}

}  // namespace rollcall::scim

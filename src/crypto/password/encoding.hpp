// What the texts of password hashes are made of: fields between '$', numbers, base64, hexadecimal;
// and what all kinds check in the same way.
#pragma once

#include "base/result.hpp"

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace rollcall::crypto::password {

inline constexpr std::size_t salt_bytes_max = 256;
inline constexpr std::size_t key_bytes_min = 16;
inline constexpr std::size_t key_bytes_max = 256;

/// An invalid_value error of a hash, under the contract's word for it.
[[nodiscard]] Error refused(std::string_view kind, std::string message);

/// What stands between the '$' of "$name$…"; no fields if `text` does not begin with one.
[[nodiscard]] std::vector<std::string_view> split_fields(std::string_view text);

/// Reads "m=65536,t=2,p=1": exactly these names, in this order, each with a decimal number of at
/// most ten digits.
template <std::size_t N>
[[nodiscard]] std::optional<std::array<std::int64_t, N>> parse_numbers(
    std::string_view text, std::array<std::string_view, N> const& names);

/// The number that `text` is: digits without a leading zero.
[[nodiscard]] std::optional<std::int64_t> parse_number(std::string_view text) noexcept;

/// Two hexadecimal digits, of either case, for each byte.
[[nodiscard]] std::optional<std::string> decode_hex(std::string_view text);

/// Compares in time that depends on the sizes only.
[[nodiscard]] bool equal_in_constant_time(std::string_view a, std::string_view b) noexcept;

template <std::size_t N>
std::optional<std::array<std::int64_t, N>> parse_numbers(
    std::string_view text, std::array<std::string_view, N> const& names) {
    std::array<std::int64_t, N> numbers{};
    for (std::size_t i = 0; i < N; ++i) {
        auto const comma = i + 1 < N ? text.find(',') : text.size();
        auto field = text.substr(0, comma);
        if (comma > text.size() || !field.starts_with(names[i])) return std::nullopt;
        field.remove_prefix(names[i].size());
        if (!field.starts_with('=')) return std::nullopt;
        auto const number = parse_number(field.substr(1));
        if (!number) return std::nullopt;
        numbers[i] = *number;
        text.remove_prefix(i + 1 < N ? comma + 1 : comma);
    }
    return numbers;
}

}  // namespace rollcall::crypto::password

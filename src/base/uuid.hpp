// RFC 9562 UUIDs as sixteen bytes: random (version 4) and time-ordered (version 7).
#pragma once

#include "base/timestamp.hpp"

#include <array>
#include <compare>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace rollcall {

/// A UUID in network byte order. Ordering is bytewise, so version 7 values sort by time.
struct Uuid {
    std::array<std::uint8_t, 16> bytes{};

    friend auto operator<=>(Uuid const&, Uuid const&) = default;
};

/// Characters of the canonical form, "xxxxxxxx-xxxx-xxxx-xxxx-xxxxxxxxxxxx".
inline constexpr std::size_t uuid_text_size = 36;

/// Builds a version 4 UUID from sixteen random bytes.
[[nodiscard]] Uuid make_uuid_v4(std::span<std::uint8_t const, 16> random) noexcept;

/// Builds a version 7 UUID (RFC 9562 §5.7): milliseconds of `now`, then `sequence` as the 12 bits
/// of rand_a so that ids of one millisecond keep their order, then eight random bytes.
[[nodiscard]] Uuid make_uuid_v7(Timestamp now, std::uint16_t sequence,
                                std::span<std::uint8_t const, 8> random) noexcept;

/// Reads the canonical lower-case form. Anything else, upper case included, is nullopt: ids are
/// compared exactly.
[[nodiscard]] std::optional<Uuid> parse_uuid(std::string_view text) noexcept;

/// Appends the canonical lower-case form to `out`.
void append_uuid(std::string& out, Uuid const& uuid);
[[nodiscard]] std::string to_string(Uuid const& uuid);

}  // namespace rollcall

template <>
struct std::hash<rollcall::Uuid> {
    std::size_t operator()(rollcall::Uuid const& uuid) const noexcept;
};

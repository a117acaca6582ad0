// Instants and their text forms. Time is always a parameter here; nothing reads a clock.
#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <string_view>

namespace rollcall {

/// An instant, UTC, microseconds.
using Timestamp = std::chrono::sys_time<std::chrono::microseconds>;

/// RFC 3339 with whole seconds, "2026-04-25T16:37:09Z" (management contract §1.6).
[[nodiscard]] std::string format_seconds(Timestamp instant);

/// RFC 3339 with milliseconds, "2026-04-25T16:37:09.123Z" (SCIM `meta`, RFC 7643 §2.3.5).
[[nodiscard]] std::string format_milliseconds(Timestamp instant);

/// Reads an xsd:dateTime: date and time required, any number of fraction digits (cut to
/// microseconds), "Z" or an offset; a missing offset is read as UTC. nullopt for anything else.
[[nodiscard]] std::optional<Timestamp> parse_timestamp(std::string_view text) noexcept;

}  // namespace rollcall

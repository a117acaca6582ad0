// The words for an attribute's characteristics (RFC 7643 §7).
#pragma once

#include "scim/schema.hpp"

#include <string_view>

namespace rollcall::scim {

[[nodiscard]] std::string_view to_string(Type type) noexcept;
[[nodiscard]] std::string_view to_string(Mutability mutability) noexcept;
[[nodiscard]] std::string_view to_string(Returned returned) noexcept;
[[nodiscard]] std::string_view to_string(Uniqueness uniqueness) noexcept;

/// Reads a word in any case; false, and nothing read, for a word that does not exist.
[[nodiscard]] bool read_word(std::string_view word, Type& type) noexcept;
[[nodiscard]] bool read_word(std::string_view word, Mutability& mutability) noexcept;
[[nodiscard]] bool read_word(std::string_view word, Returned& returned) noexcept;
[[nodiscard]] bool read_word(std::string_view word, Uniqueness& uniqueness) noexcept;

}  // namespace rollcall::scim

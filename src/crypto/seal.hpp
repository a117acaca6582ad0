// Authenticated encryption of what the database keeps secret: XChaCha20-Poly1305 of libsodium.
#pragma once

#include "base/secret.hpp"

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

namespace rollcall::crypto {

inline constexpr std::size_t seal_key_bytes = 32;
/// How much longer sealed bytes are: a nonce of 24 in front, a tag of 16 behind.
inline constexpr std::size_t seal_overhead_bytes = 24 + 16;

/// Encrypts `plain` under a nonce drawn for it, so that the same bytes never look the same.
///
/// @param key      seal_key_bytes bytes.
/// @param context  what the sealed bytes belong to, e.g. the id of their row; unseal() must be told
///                 the same. It is bound, not stored, and not secret.
[[nodiscard]] std::string seal(Secret const& key, std::string_view context, Secret const& plain);

/// What was sealed; nullopt for another key, another context, or bytes that were changed.
[[nodiscard]] std::optional<Secret> unseal(Secret const& key, std::string_view context,
                                           std::string_view sealed);

}  // namespace rollcall::crypto

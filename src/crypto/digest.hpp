// SHA-256 and HMAC-SHA-256 (FIPS 180-4, RFC 2104), from OpenSSL.
#pragma once

#include "base/secret.hpp"

#include <string_view>

namespace rollcall::crypto {

/// SHA-256 of `data`. Tokens and project secrets have at least 200 bits of entropy, so a plain
/// digest is what the database keeps of them. Thread-safe.
[[nodiscard]] Digest sha256(std::string_view data);

/// HMAC-SHA-256 of `data` under `key`. Thread-safe.
[[nodiscard]] Digest hmac_sha256(Secret const& key, std::string_view data);

}  // namespace rollcall::crypto

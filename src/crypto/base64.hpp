// Base64 in both alphabets of RFC 4648, from OpenSSL.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace rollcall::crypto {

/// The URL-safe form without padding (RFC 4648 §5).
[[nodiscard]] std::string encode_base64url(std::string_view bytes);

/// Reads exactly what encode_base64url writes: no padding, no white space, unused bits zero.
[[nodiscard]] std::optional<std::string> decode_base64url(std::string_view text);

/// The standard form (RFC 4648 §4) without padding, as password hashes have it.
[[nodiscard]] std::string encode_base64_unpadded(std::string_view bytes);

/// Reads the standard form (RFC 4648 §4); padding may be missing, white space may not be there.
[[nodiscard]] std::optional<std::string> decode_base64(std::string_view text);

}  // namespace rollcall::crypto

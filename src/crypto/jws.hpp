// Signed tokens in the compact form (RFC 7515 §7.1): sign, take apart, verify.
//
// What a token claims (iss, aud, exp, …) is not looked at here.
#pragma once

#include "crypto/public_key.hpp"
#include "crypto/rsa_key.hpp"

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

namespace rollcall::crypto {

inline constexpr std::size_t jws_bytes_max = 16 * 1024;  ///< of a token that is read

/// A token taken apart. Nothing in it can be believed before verify_jws said so.
struct CompactJws {
    std::string header;                 ///< JSON text of an object
    std::string payload;                ///< any bytes; of a JWT the JSON text of its claims
    std::string signature;              ///< bytes
    std::string algorithm;              ///< the header's `alg`, which may be one we do not accept
    std::optional<std::string> key_id;  ///< the header's `kid`
    std::string signed_text;            ///< what the signature is over: the first two parts as sent
};

/// Takes a token apart without verifying it.
///
/// @return nullopt if `token` is longer than jws_bytes_max, is not three parts of base64url without
///         padding, or has a header that is not a JSON object with a text `alg`, with `kid` a text
///         if there is one, and without `crit`: there is no extension that we understand.
/// @source RFC 7515 §5.2, §4.1.11.
[[nodiscard]] std::optional<CompactJws> parse_jws(std::string_view token);

/// True if `key` fits the token's algorithm, which must be RS256, PS256, ES256 or EdDSA, and made
/// its signature. The caller chooses the key; a key in the token's header is never used.
///
/// @source RFC 7518 §3.3-§3.5, RFC 8037 §3.1, RFC 8725 §3.1, §3.2.
[[nodiscard]] bool verify_jws(CompactJws const& token, PublicKey const& key);

/// Signs `payload` with RS256 under the header {"alg":"RS256","kid":key_id,"typ":"JWT"} (contract
/// §5.8). Costs about a millisecond of processor time.
///
/// @param key_id  UTF-8.
/// @return the compact form.
[[nodiscard]] std::string sign_jws(std::string_view payload, std::string_view key_id,
                                   RsaKey const& key);

}  // namespace rollcall::crypto

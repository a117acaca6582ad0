// Public keys that check signatures: RSA, EC P-256 and Ed25519, from PEM and from JWK (RFC 7517,
// RFC 7518 §6, RFC 8037).
#pragma once

#include "base/result.hpp"

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

/// OpenSSL's EVP_PKEY.
struct evp_pkey_st;

namespace rollcall::crypto {

/// The algorithms of JWS that are accepted (RFC 7518 §3.1, RFC 8037 §3.1). None of them is
/// symmetric.
enum class SignatureAlgorithm : std::uint8_t { rs256, ps256, es256, eddsa };

/// "RS256" and so on, as the header member `alg` spells it.
[[nodiscard]] std::optional<SignatureAlgorithm> parse_signature_algorithm(
    std::string_view name) noexcept;

inline constexpr int rsa_bits_min = 2048;
inline constexpr int rsa_bits_max = 8192;
inline constexpr std::size_t public_key_bytes_max = 16 * 1024;  ///< of one PEM or JWK text
inline constexpr std::size_t jwk_set_bytes_max = 256 * 1024;
inline constexpr std::size_t jwk_set_keys_max = 100;

/// A public key with what its JWK says about its use. A value: copies share the immutable key.
/// Thread-safe.
class PublicKey {
public:
    /// Takes a key that parse_pem or parse_jwk would accept, or the private half of one.
    explicit PublicKey(std::shared_ptr<evp_pkey_st> handle, std::optional<std::string> key_id = {},
                       std::optional<SignatureAlgorithm> only = {});

    /// The JWK's `kid`.
    [[nodiscard]] std::optional<std::string> const& key_id() const noexcept { return key_id_; }
    /// True if the key's type, and the JWK's `alg` if it had one, go with `algorithm`.
    [[nodiscard]] bool fits(SignatureAlgorithm algorithm) const noexcept;
    /// For the files of this layer.
    [[nodiscard]] evp_pkey_st* handle() const noexcept { return handle_.get(); }

private:
    std::shared_ptr<evp_pkey_st> handle_;
    std::optional<std::string> key_id_;
    std::optional<SignatureAlgorithm> only_;
};

/// Reads the first block of a PEM text: PUBLIC KEY (RFC 7468 §13) or CERTIFICATE, of which only the
/// key counts: neither its dates nor its issuer are looked at.
///
/// @errors invalid_value: not such a text, longer than public_key_bytes_max, or not a key of EC
///         P-256, of Ed25519, or of RSA with rsa_bits_min to rsa_bits_max bits.
[[nodiscard]] Result<PublicKey> parse_pem(std::string_view pem);

/// Reads one JSON Web Key.
///
/// @errors invalid_value, naming the member: as for parse_pem; a private or symmetric key; `use`,
///         `key_ops` or `alg` that rule out checking a signature with an accepted algorithm.
/// @source RFC 7517 §4; RFC 7518 §6.2.1, §6.3.1; RFC 8037 §2.
[[nodiscard]] Result<PublicKey> parse_jwk(std::string_view json);

/// Reads a JWK Set, at most jwk_set_bytes_max bytes and jwk_set_keys_max keys. Keys that parse_jwk
/// refuses are left out, since a set may hold keys for other uses (RFC 7517 §5).
///
/// @errors invalid_value: not a JWK Set, or too large.
[[nodiscard]] Result<std::vector<PublicKey>> parse_jwk_set(std::string_view json);

}  // namespace rollcall::crypto

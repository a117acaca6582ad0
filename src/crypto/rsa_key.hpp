// RSA keys that sign session tokens.
#pragma once

#include "base/secret.hpp"
#include "crypto/public_key.hpp"

namespace rollcall::crypto {

/// A private RSA key. A value: copies share the immutable key, which is wiped with the last of
/// them. Thread-safe.
class RsaKey {
public:
    /// A new key of 2048 bits with the exponent 65537. Takes about a tenth of a second of processor
    /// time, now and then much longer: not for an io thread.
    [[nodiscard]] static RsaKey generate();

    /// Reads what pkcs8() writes.
    ///
    /// @errors invalid_value: not a PKCS#8 RSA key of an accepted size, or more than that.
    [[nodiscard]] static Result<RsaKey> from_pkcs8(Secret const& der);

    /// The private key as unencrypted PKCS#8 in DER (RFC 5208 §5), about 1.2 KB.
    [[nodiscard]] Secret pkcs8() const;

    /// `n` and `e` of its JWK: big-endian, base64url without padding (RFC 7518 §6.3.1).
    [[nodiscard]] std::string modulus() const;
    [[nodiscard]] std::string exponent() const;

    /// The same key for checking its own RS256 signatures.
    [[nodiscard]] PublicKey public_key() const;
    /// For the files of this layer.
    [[nodiscard]] evp_pkey_st* handle() const noexcept { return handle_.get(); }

private:
    explicit RsaKey(std::shared_ptr<evp_pkey_st> handle) : handle_(std::move(handle)) {}

    std::shared_ptr<evp_pkey_st> handle_;
};

}  // namespace rollcall::crypto

// Which keys are strong enough to trust and cheap enough to use.
#pragma once

#include "crypto/openssl.hpp"

namespace rollcall::crypto {

/// True for RSA of rsa_bits_min to rsa_bits_max bits with an odd exponent of at most 64 bits, for
/// EC P-256 and for Ed25519.
[[nodiscard]] bool is_acceptable(EVP_PKEY* key);

}  // namespace rollcall::crypto

// The keys that sign a project's session JWTs (contract §5.6, §5.8).
#pragma once

#include "base/id.hpp"
#include "base/timestamp.hpp"

#include <optional>
#include <string>

namespace rollcall::directory {

/// An RSA key. The newest one of a project signs; older ones are published until nothing they
/// signed can be valid any more.
struct SigningKey {
    SigningKeyId id;             ///< the JWT's `kid`
    std::string sealed_private;  ///< encrypted, see service/signing_keys.hpp
    std::string modulus;         ///< `n`, base64url
    std::string exponent;        ///< `e`, base64url
    Timestamp created_at;
    std::optional<Timestamp> retired_at;  ///< when its successor was made
};

}  // namespace rollcall::directory

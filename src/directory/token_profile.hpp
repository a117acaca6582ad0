// Whose JWTs are trusted to say who a member is (contract §5.7).
#pragma once

#include "base/id.hpp"
#include "base/timestamp.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace rollcall::directory {

/// How the keys of a profile are written.
enum class PublicKeyType : std::uint8_t { jwk, pem };

/// The names of the claims that say what a session needs to know.
struct AttributeMapping {
    std::string email;
    std::string token_id;
    std::optional<std::string> organization_id;
    std::optional<std::string> external_member_id;
    std::optional<std::string> role_ids;

    friend bool operator==(AttributeMapping const&, AttributeMapping const&) = default;
};

/// A trusted-token profile of a project.
struct TokenProfile {
    TokenProfileId id;
    std::string name;
    std::string issuer;
    std::string audience;
    PublicKeyType key_type = PublicKeyType::pem;
    std::vector<std::string> keys;  ///< each one JWK as JSON text, or one PEM
    AttributeMapping mapping;
    bool can_jit_provision = false;
    bool single_use = false;  ///< a token is accepted once
    Timestamp created_at;
    Timestamp updated_at;

    friend bool operator==(TokenProfile const&, TokenProfile const&) = default;
};

}  // namespace rollcall::directory

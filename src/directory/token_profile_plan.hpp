// Decides what a trusted-token profile may say (docs/token-profiles.md). Pure: whether its keys are
// keys is for crypto to say.
#pragma once

#include "base/limits.hpp"
#include "base/result.hpp"
#include "directory/token_profile.hpp"

#include <boost/json/object.hpp>

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

namespace rollcall::directory {

/// Names of claims as sent; absent means "not given".
struct AttributeMappingFields {
    std::optional<std::string> email;
    std::optional<std::string> token_id;
    std::optional<std::string> organization_id;
    std::optional<std::string> external_member_id;
    std::optional<std::string> role_ids;
};

/// The fields of a create or an update as sent, not yet validated; absent means "not given".
struct TokenProfileFields {
    std::optional<std::string> name;
    std::optional<std::string> issuer;
    std::optional<std::string> audience;
    std::optional<std::string> public_key_type;
    std::optional<std::vector<std::string>> pem_files;
    std::optional<boost::json::object> jwks;  ///< RFC 7517 §5
    std::optional<AttributeMappingFields> attribute_mapping;
    std::optional<bool> can_jit_provision;
    std::optional<bool> single_use;
};

/// A new profile.
///
/// @errors invalid_value, kind invalid_trusted_token_profile: something is missing or breaks a rule
///         of its field; the message names both.
/// @source contract §5.7.
[[nodiscard]] Result<TokenProfile> plan_token_profile_creation(TokenProfileFields const& fields,
                                                               TokenProfileId id, Timestamp now,
                                                               Limits const& limits);

/// The profile after an update. What is not given stays; keys and the mapping are replaced whole.
/// If nothing changes, the result equals `current`; else `updated_at` has moved, even when the
/// clock has not.
///
/// @errors as plan_token_profile_creation; another public_key_type needs keys with it.
[[nodiscard]] Result<TokenProfile> plan_token_profile_update(TokenProfile const& current,
                                                             TokenProfileFields const& fields,
                                                             Timestamp now, Limits const& limits);

/// "pem_files[1]", "jwks.keys[0]": the place of a profile's key in a request.
[[nodiscard]] std::string key_field(PublicKeyType type, std::size_t index);

/// invalid_value, kind invalid_trusted_token_profile.
[[nodiscard]] Error invalid_token_profile(std::string message);

}  // namespace rollcall::directory

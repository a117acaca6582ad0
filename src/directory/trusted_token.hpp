// What a trusted JWT says about a member (contract §5.7). Pure.
#pragma once

#include "base/limits.hpp"
#include "base/result.hpp"
#include "base/timestamp.hpp"
#include "directory/token_profile.hpp"

#include <chrono>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace rollcall::directory {

/// How far clocks may differ.
inline constexpr std::chrono::seconds trusted_token_clock_skew{60};

/// The claims that the profile's mapping names.
struct TrustedToken {
    std::string email_address;
    std::string token_id;
    std::optional<std::string> organization;  ///< as written: id, slug or external id
    std::optional<std::string> external_member_id;
    std::optional<std::vector<std::string>> role_ids;
    Timestamp expires_at;
};

/// Reads the claims of a token whose signature is good, and checks issuer, audience and times.
/// @errors unauthenticated (invalid_trusted_auth_token); the message names the claim.
[[nodiscard]] Result<TrustedToken> read_trusted_token(std::string_view payload,
                                                      TokenProfile const& profile, Timestamp now,
                                                      Limits const& limits);

/// @param why  names the claim or the rule; never the token.
[[nodiscard]] Error invalid_trusted_token(std::string_view why);

}  // namespace rollcall::directory

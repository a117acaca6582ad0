// A member session: a member who proved to be somebody, for a while (contract §5.2).
#pragma once

#include "base/id.hpp"
#include "base/secret.hpp"
#include "base/timestamp.hpp"

#include <boost/json/object.hpp>

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace rollcall::directory {

/// How a member proved who they are. The contract knows more; these are the ones this server makes.
enum class FactorType : std::uint8_t { trusted_auth_token, password, impersonated };

/// "trusted_auth_token", "password", "impersonated".
[[nodiscard]] std::string_view to_string(FactorType type) noexcept;

/// One proof. `subject` and `address` are the token's id and nothing, the address's id and the
/// address, the impersonator's id and their address.
struct AuthenticationFactor {
    FactorType type = FactorType::trusted_auth_token;
    std::string subject;
    std::string address;
    Timestamp created_at;
    Timestamp last_authenticated_at;

    friend bool operator==(AuthenticationFactor const&, AuthenticationFactor const&) = default;
};

/// A session as stored. It is live until `expires_at`, unless it was revoked, or the member or the
/// organization was deleted: then nothing finds it any more. The roles in force are not part of it;
/// they are the member's at the time of asking (contract §6.4).
struct Session {
    SessionId id;
    MemberId member;
    Timestamp started_at;
    Timestamp last_accessed_at;
    Timestamp expires_at;
    std::vector<AuthenticationFactor> factors;
    boost::json::object custom_claims;
    std::uint64_t version = 1;  ///< moves with every change

    [[nodiscard]] bool is_impersonated() const noexcept;
};

}  // namespace rollcall::directory

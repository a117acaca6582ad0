// Decides what a session becomes, and what its JWT says (contract §5.2 to §5.8). Pure.
#pragma once

#include "base/limits.hpp"
#include "base/result.hpp"
#include "directory/session.hpp"

#include <boost/json/array.hpp>
#include <boost/json/object.hpp>

#include <chrono>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace rollcall::directory {

inline constexpr std::chrono::minutes session_duration_default{60};
inline constexpr std::chrono::minutes session_jwt_lifetime{5};

/// What a request asks of a session, as sent; absent means "not given".
struct SessionWishes {
    std::optional<std::int64_t> duration_minutes;
    std::optional<boost::json::object> custom_claims;  ///< merged by key, null deletes
};

/// A factor that was proved just now.
[[nodiscard]] AuthenticationFactor make_factor(FactorType type, std::string subject,
                                               std::string address, Timestamp now);

/// A new session with factors that were proved: as long as wished, else session_duration_default.
/// @errors invalid_value: invalid_session_duration_minutes, custom_claims_too_large,
///         stytch_claims_in_custom_claims.
[[nodiscard]] Result<Session> plan_session(SessionId id, MemberId member,
                                           std::vector<AuthenticationFactor> factors,
                                           SessionWishes const& wishes, Timestamp now,
                                           Limits const& limits);

/// `current`, accessed now. Without a wished duration its end stays.
/// @param proved  a factor that joins it; one of its kind and subject is renewed.
/// @errors as plan_session; invalid_value (session_not_mutable, of an impersonated one).
[[nodiscard]] Result<Session> plan_session_access(Session current, SessionWishes const& wishes,
                                                  std::optional<AuthenticationFactor> proved,
                                                  Timestamp now, Limits const& limits);

/// The factors as the API and the JWT show them.
[[nodiscard]] boost::json::array describe(std::span<AuthenticationFactor const> factors);

/// Whom a session JWT speaks about.
struct SessionJwtSubject {
    ProjectId project;
    OrganizationId organization;
    std::string organization_slug;
    std::span<std::string const> roles;
};

/// The claims of a JWT made at `now`, as JSON.
/// @source contract §5.8.
[[nodiscard]] std::string session_claims(Session const& session, SessionJwtSubject const& subject,
                                         Timestamp now);

/// What the server needs of a session JWT of its own, whose signature is good.
struct SessionJwt {
    SessionId session;
    Timestamp expires_at;
};

/// Absent if `payload` has not the form of session_claims() for that project.
[[nodiscard]] std::optional<SessionJwt> read_session_claims(std::string_view payload,
                                                            ProjectId const& project,
                                                            Limits const& limits);

[[nodiscard]] Error session_not_found();

}  // namespace rollcall::directory

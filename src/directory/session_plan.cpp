// Sessions: times, claims, factors.
#include "directory/session_plan.hpp"

#include "directory/field_rules.hpp"
#include "scim/json.hpp"

#include <boost/json/serialize.hpp>
#include <boost/json/value_from.hpp>
#include <fmt/format.h>

#include <algorithm>
#include <array>

namespace rollcall::directory {
namespace {

namespace json = boost::json;
using namespace std::chrono;

constexpr std::string_view reserved_prefix = "https://stytch.com/";
constexpr std::string_view session_claim = "https://stytch.com/session";
constexpr std::string_view organization_claim = "https://stytch.com/organization";
// Those of RFC 7519 §4.1, which the server itself sets.
constexpr std::array<std::string_view, 7> registered_claims{"iss", "sub", "aud", "exp",
                                                            "nbf", "iat", "jti"};

Result<minutes> read_duration(std::int64_t given) {
    if (given < Limits::session_duration_min.count() ||
        given > Limits::session_duration_max.count()) {
        return fail(invalid_field("invalid_session_duration_minutes",
                                  fmt::format("session_duration_minutes must be from {} to {}.",
                                              Limits::session_duration_min.count(),
                                              Limits::session_duration_max.count())));
    }
    return minutes(given);
}

Status merge_claims(json::object& claims, json::object const& given, Limits const& limits) {
    for (auto const& [name, value] : given) {
        if (std::string_view(name).starts_with(reserved_prefix)) {
            return fail(invalid_field(
                "stytch_claims_in_custom_claims",
                "session_custom_claims: names that begin with https://stytch.com/ are reserved."));
        }
        if (std::ranges::find(registered_claims, std::string_view(name)) != registered_claims.end())
            continue;
        if (value.is_null()) {
            claims.erase(name);
        } else {
            claims[name] = value;
        }
    }
    if (json::serialize(claims).size() > limits.custom_claims_bytes_max) {
        return fail(invalid_field("custom_claims_too_large",
                                  fmt::format("session_custom_claims may take at most {} bytes as "
                                              "JSON.",
                                              limits.custom_claims_bytes_max)));
    }
    return {};
}

Status apply(Session& session, SessionWishes const& wishes, Timestamp now, Limits const& limits) {
    if (wishes.duration_minutes) {
        TRY(auto const duration, read_duration(*wishes.duration_minutes));
        session.expires_at = now + duration;
    }
    if (wishes.custom_claims) {
        CHECK(merge_claims(session.custom_claims, *wishes.custom_claims, limits));
    }
    return {};
}

void prove(std::vector<AuthenticationFactor>& factors, AuthenticationFactor proved) {
    auto const known = std::ranges::find_if(factors, [&](AuthenticationFactor const& factor) {
        return factor.type == proved.type && factor.subject == proved.subject;
    });
    if (known != factors.end()) {
        known->last_authenticated_at = proved.last_authenticated_at;
        return;
    }
    if (factors.size() >= Limits::session_factors_max) {
        factors.erase(
            std::ranges::min_element(factors, {}, &AuthenticationFactor::last_authenticated_at));
    }
    factors.push_back(std::move(proved));
}

std::string_view delivery_method(FactorType type) {
    switch (type) {
        case FactorType::trusted_auth_token:
            return "trusted_token_exchange";
        case FactorType::password:
            return "knowledge";
        case FactorType::impersonated:
            return "impersonation";
    }
    return "";
}

// The name and the value of the member that is each kind's own.
std::pair<std::string_view, json::object> detail_of(AuthenticationFactor const& factor) {
    switch (factor.type) {
        case FactorType::trusted_auth_token:
            return {"trusted_auth_token_factor", {{"token_id", factor.subject}}};
        case FactorType::password:
            return {"email_factor",
                    {{"email_id", factor.subject}, {"email_address", factor.address}}};
        case FactorType::impersonated:
            return {"impersonated_factor",
                    {{"impersonator_id", factor.subject},
                     {"impersonator_email_address", factor.address}}};
    }
    return {};
}

std::int64_t seconds_of(Timestamp at) {
    return floor<seconds>(at).time_since_epoch().count();
}

std::string issuer_of(ProjectId const& project) {
    return "stytch.com/" + to_string(project);
}

bool is_text(json::object const& object, std::string_view name, std::string_view expected) {
    auto const* value = object.if_contains(name);
    return value != nullptr && value->is_string() && value->get_string() == expected;
}

}  // namespace

AuthenticationFactor make_factor(FactorType type, std::string subject, std::string address,
                                 Timestamp now) {
    return {.type = type,
            .subject = std::move(subject),
            .address = std::move(address),
            .created_at = now,
            .last_authenticated_at = now};
}

Result<Session> plan_session(SessionId id, MemberId member,
                             std::vector<AuthenticationFactor> factors, SessionWishes const& wishes,
                             Timestamp now, Limits const& limits) {
    Session session{.id = id,
                    .member = member,
                    .started_at = now,
                    .last_accessed_at = now,
                    .expires_at = now + session_duration_default,
                    .factors = std::move(factors),
                    .custom_claims = {}};
    CHECK(apply(session, wishes, now, limits));
    return session;
}

Result<Session> plan_session_access(Session current, SessionWishes const& wishes,
                                    std::optional<AuthenticationFactor> proved, Timestamp now,
                                    Limits const& limits) {
    if (current.is_impersonated() && wishes.duration_minutes) {
        return fail(invalid_field("session_not_mutable",
                                  "session_duration_minutes: an impersonated session cannot be "
                                  "extended."));
    }
    CHECK(apply(current, wishes, now, limits));
    if (proved) prove(current.factors, *std::move(proved));
    current.last_accessed_at = now;
    return current;
}

json::array describe(std::span<AuthenticationFactor const> factors) {
    json::array array;
    for (auto const& factor : factors) {
        auto const last = format_seconds(factor.last_authenticated_at);
        json::object object{{"type", to_string(factor.type)},
                            {"delivery_method", delivery_method(factor.type)},
                            {"last_authenticated_at", last},
                            {"created_at", format_seconds(factor.created_at)},
                            {"updated_at", last}};
        auto const [name, detail] = detail_of(factor);
        object[name] = detail;
        array.push_back(std::move(object));
    }
    return array;
}

std::string session_claims(Session const& session, SessionJwtSubject const& subject,
                           Timestamp now) {
    auto claims = session.custom_claims;
    claims["iss"] = issuer_of(subject.project);
    claims["aud"] = json::array{to_string(subject.project)};
    claims["sub"] = to_string(session.member);
    claims["iat"] = seconds_of(now);
    claims["nbf"] = seconds_of(now);
    claims["exp"] = seconds_of(now + session_jwt_lifetime);
    claims[session_claim] =
        json::object{{"id", to_string(session.id)},
                     {"started_at", format_seconds(session.started_at)},
                     {"last_accessed_at", format_seconds(session.last_accessed_at)},
                     {"expires_at", format_seconds(session.expires_at)},
                     {"attributes", {{"user_agent", ""}, {"ip_address", ""}}},
                     {"authentication_factors", describe(session.factors)},
                     {"roles", json::value_from(subject.roles)}};
    claims[organization_claim] = json::object{{"organization_id", to_string(subject.organization)},
                                              {"slug", subject.organization_slug}};
    return json::serialize(claims);
}

std::optional<SessionJwt> read_session_claims(std::string_view payload, ProjectId const& project,
                                              Limits const& limits) {
    auto const parsed = scim::parse_json(payload, scim::Keys::exact, limits);
    if (!parsed || !parsed->is_object()) return std::nullopt;
    auto const& claims = parsed->get_object();
    auto const* session = claims.if_contains(session_claim);
    auto const* expires = claims.if_contains("exp");
    if (!is_text(claims, "iss", issuer_of(project)) || session == nullptr ||
        !session->is_object() || expires == nullptr || !expires->is_int64()) {
        return std::nullopt;
    }
    auto const* id = session->get_object().if_contains("id");
    if (id == nullptr || !id->is_string()) return std::nullopt;
    auto const parsed_id = parse_id<SessionId>(id->get_string());
    if (!parsed_id) return std::nullopt;
    return SessionJwt{*parsed_id, Timestamp(seconds(expires->get_int64()))};
}

Error session_not_found() {
    return Error(ErrorCode::not_found, "The member session could not be found.")
        .with_kind("session_not_found");
}

}  // namespace rollcall::directory

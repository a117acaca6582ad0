// Claims of trusted tokens.
#include "directory/trusted_token.hpp"

#include "scim/json.hpp"

#include <boost/json/object.hpp>
#include <fmt/format.h>

#include <algorithm>
#include <cmath>

namespace rollcall::directory {
namespace {

namespace json = boost::json;

std::optional<std::string> text_of(json::object const& claims, std::string_view name) {
    auto const* value = claims.if_contains(name);
    if (value == nullptr || !value->is_string() || value->get_string().empty()) return std::nullopt;
    return std::string(value->get_string());
}

Result<std::string> required_text(json::object const& claims, std::string_view name) {
    auto text = text_of(claims, name);
    if (!text) return fail(invalid_trusted_token(fmt::format("the claim {} is missing", name)));
    return *std::move(text);
}

// NumericDate of RFC 7519 §2: seconds, with or without a fraction.
Result<std::optional<Timestamp>> time_of(json::object const& claims, std::string_view name) {
    auto const* value = claims.if_contains(name);
    if (value == nullptr) return std::nullopt;
    auto const bad = [&] {
        return fail(invalid_trusted_token(fmt::format("the claim {} is not a time", name)));
    };
    if (!value->is_number()) return bad();
    auto const seconds = value->to_number<double>();
    constexpr double seconds_max = 253'402'300'799;  // the end of the year 9999
    if (!std::isfinite(seconds) || seconds < 0 || seconds > seconds_max) return bad();
    return Timestamp(std::chrono::microseconds(static_cast<std::int64_t>(seconds * 1e6)));
}

bool names_audience(json::value const* claim, std::string_view audience) {
    auto const is_it = [&](json::value const& value) {
        return value.is_string() && value.get_string() == audience;
    };
    if (claim == nullptr) return false;
    if (!claim->is_array()) return is_it(*claim);
    return std::ranges::any_of(claim->get_array(), is_it);
}

Result<Timestamp> check_times(json::object const& claims, Timestamp now) {
    TRY(auto const expires_at, time_of(claims, "exp"));
    TRY(auto const not_before, time_of(claims, "nbf"));
    TRY(auto const issued_at, time_of(claims, "iat"));
    if (!expires_at) return fail(invalid_trusted_token("the claim exp is missing"));
    if (*expires_at + trusted_token_clock_skew <= now) {
        return fail(invalid_trusted_token("it has expired"));
    }
    if (*expires_at > now + Limits::trusted_token_lifetime_max + trusted_token_clock_skew) {
        return fail(invalid_trusted_token("exp is more than an hour ahead"));
    }
    auto const latest = now + trusted_token_clock_skew;
    if (not_before && *not_before > latest) return fail(invalid_trusted_token("nbf is ahead"));
    if (issued_at && *issued_at > latest) return fail(invalid_trusted_token("iat is ahead"));
    return *expires_at;
}

Result<std::optional<std::vector<std::string>>> roles_of(json::object const& claims,
                                                         std::optional<std::string> const& name) {
    auto const* value = name ? claims.if_contains(*name) : nullptr;
    if (value == nullptr) return std::nullopt;
    auto const bad = [&] {
        return fail(
            invalid_trusted_token(fmt::format("the claim {} is not an array of texts", *name)));
    };
    if (!value->is_array()) return bad();
    std::vector<std::string> roles;
    for (auto const& element : value->get_array()) {
        if (!element.is_string()) return bad();
        roles.emplace_back(element.get_string());
    }
    return roles;
}

}  // namespace

Error invalid_trusted_token(std::string_view why) {
    return Error(ErrorCode::unauthenticated, fmt::format("token: {}.", why))
        .with_kind("invalid_trusted_auth_token");
}

Result<TrustedToken> read_trusted_token(std::string_view payload, TokenProfile const& profile,
                                        Timestamp now, Limits const& limits) {
    auto const parsed = scim::parse_json(payload, scim::Keys::exact, limits);
    if (!parsed || !parsed->is_object()) {
        return fail(invalid_trusted_token("its claims are not a JSON object"));
    }
    auto const& claims = parsed->get_object();
    auto const& names = profile.mapping;
    if (text_of(claims, "iss") != profile.issuer) {
        return fail(invalid_trusted_token("iss is not the profile's issuer"));
    }
    if (!names_audience(claims.if_contains("aud"), profile.audience)) {
        return fail(invalid_trusted_token("aud does not name the profile's audience"));
    }
    TrustedToken token;
    TRY(token.expires_at, check_times(claims, now));
    TRY(token.email_address, required_text(claims, names.email));
    TRY(token.token_id, required_text(claims, names.token_id));
    if (token.token_id.size() > Limits::trusted_token_id_bytes_max) {
        return fail(
            invalid_trusted_token(fmt::format("the claim {} has more than {} bytes", names.token_id,
                                              Limits::trusted_token_id_bytes_max)));
    }
    TRY(token.role_ids, roles_of(claims, names.role_ids));
    if (names.organization_id) token.organization = text_of(claims, *names.organization_id);
    if (names.external_member_id) {
        token.external_member_id = text_of(claims, *names.external_member_id);
    }
    return token;
}

}  // namespace rollcall::directory

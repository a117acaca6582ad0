// The forms of session tokens and session JWTs.
#include "api/management/session_headers.hpp"

#include "base/text.hpp"
#include "crypto/base64.hpp"
#include "scim/resource.hpp"

#include <algorithm>

namespace rollcall::api::management {
namespace {

// Contract §1.9.
constexpr std::size_t token_size = 44;

Error invalid(std::string_view kind, std::string message) {
    return Error(ErrorCode::invalid_value, std::move(message)).with_kind(std::string(kind));
}

bool is_url_safe(std::string_view text) {
    return std::ranges::all_of(text, [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
               c == '-' || c == '_' || c == '=';
    });
}

bool is_encoded_object(std::string_view part, Limits const& limits) {
    auto const text = crypto::decode_base64url(part);
    if (!text) return false;
    auto const value = scim::parse_json(*text, limits);
    return value && value->is_object();
}

// Header, claims, signature (RFC 7515 §3.1). The signature is not looked at.
bool is_jwt(std::string_view text, Limits const& limits) {
    auto const first = text.find('.');
    if (first == std::string_view::npos) return false;
    auto const second = text.find('.', first + 1);
    if (second == std::string_view::npos) return false;
    auto const signature = text.substr(second + 1);
    return !signature.empty() && is_url_safe(signature) &&
           is_encoded_object(text.substr(0, first), limits) &&
           is_encoded_object(text.substr(first + 1, second - first - 1), limits);
}

Error session_not_found() {
    return Error(ErrorCode::not_found, "The member session could not be found.")
        .with_kind("session_not_found");
}

}  // namespace

Status check_session_headers(http::Request const& request, Limits const& limits) {
    auto const token = trim(request.header("X-Stytch-Member-Session"));
    auto const jwt = trim(request.header("X-Stytch-Member-SessionJWT"));
    if (token.empty() && jwt.empty()) return {};
    if (!token.empty() && !jwt.empty()) {
        return fail(invalid("too_many_session_arguments",
                            "Send X-Stytch-Member-Session or X-Stytch-Member-SessionJWT, not "
                            "both."));
    }
    if (!token.empty() && (token.size() != token_size || !is_url_safe(token))) {
        return fail(invalid("invalid_session_token",
                            "X-Stytch-Member-Session must be a session token: 44 characters of "
                            "URL-safe base64."));
    }
    if (!jwt.empty() && !is_jwt(jwt, limits)) {
        return fail(
            invalid("unable_to_parse_session_jwt", "X-Stytch-Member-SessionJWT must be a JWT."));
    }
    return fail(session_not_found());
}

}  // namespace rollcall::api::management

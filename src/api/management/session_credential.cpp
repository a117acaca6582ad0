// The forms of session tokens and session JWTs.
#include "api/management/session_credential.hpp"

#include "crypto/jws.hpp"
#include "directory/field_rules.hpp"
#include "scim/resource.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace rollcall::api::management {
namespace {

using directory::invalid_field;

bool is_token(std::string_view text) {
    return text.size() == service::session_token_size && std::ranges::all_of(text, [](char c) {
               return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
                      c == '-' || c == '_' || c == '=';
           });
}

// RFC 7519 §3: a JWS whose payload is an object. The signature is not looked at.
bool is_jwt(std::string_view text, Limits const& limits) {
    auto const jws = crypto::parse_jws(text);
    if (!jws || jws->signature.empty()) return false;
    auto const claims = scim::parse_json(jws->payload, limits);
    return claims && claims->is_object();
}

}  // namespace

Result<std::optional<service::SessionCredential>> read_session_credential(std::string_view token,
                                                                          std::string_view jwt,
                                                                          CredentialNames names,
                                                                          Limits const& limits) {
    if (token.empty() && jwt.empty()) return std::nullopt;
    if (!token.empty() && !jwt.empty()) {
        return fail(invalid_field("too_many_session_arguments",
                                  fmt::format("Send {} or {}, not both.", names.token, names.jwt)));
    }
    if (jwt.empty()) {
        if (!is_token(token)) {
            return fail(invalid_field(
                "invalid_session_token",
                fmt::format("{} must be a session token: {} characters of URL-safe base64.",
                            names.token, service::session_token_size)));
        }
        return service::SessionToken{Secret(std::string(token))};
    }
    if (!is_jwt(jwt, limits)) {
        return fail(invalid_field("unable_to_parse_session_jwt",
                                  fmt::format("{} must be a JWT.", names.jwt)));
    }
    return service::SessionJwtText{Secret(std::string(jwt))};
}

}  // namespace rollcall::api::management

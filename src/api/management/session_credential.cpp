// The forms of session tokens and session JWTs.
#include "api/management/session_credential.hpp"

#include "directory/field_rules.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace rollcall::api::management {
namespace {

using directory::invalid_field;

bool is_url_safe(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' ||
           c == '_' || c == '=';
}

bool is_token(std::string_view text) {
    return text.size() == service::session_token_size && std::ranges::all_of(text, is_url_safe);
}

// Header, claims and signature, none of them empty (RFC 7515 §3.1). What they hold is read where
// the session is looked for, unless it was a moment ago.
bool looks_like_jwt(std::string_view text) {
    auto const dots = std::ranges::count(text, '.');
    auto const is_legal = [](char c) { return is_url_safe(c) || c == '.'; };
    return dots == 2 && text.front() != '.' && text.back() != '.' && !text.contains("..") &&
           std::ranges::all_of(text, is_legal);
}

}  // namespace

Result<std::optional<service::SessionCredential>> read_session_credential(std::string_view token,
                                                                          std::string_view jwt,
                                                                          CredentialNames names) {
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
    if (!looks_like_jwt(jwt)) return fail(service::unreadable_session_jwt(names.jwt));
    return service::SessionJwtText{Secret(std::string(jwt)), names.jwt};
}

}  // namespace rollcall::api::management

// Session tokens and session JWTs as requests show them (contract §1.3, §5).
#pragma once

#include "base/result.hpp"
#include "service/sessions.hpp"

#include <optional>
#include <string_view>

namespace rollcall::api::management {

/// What a request calls the two, for messages; constants.
struct CredentialNames {
    std::string_view token;
    std::string_view jwt;
};

/// The one that is not empty; absent if both are. Only the outer form is looked at.
/// @errors invalid_value (too_many_session_arguments, invalid_session_token,
///         unable_to_parse_session_jwt).
[[nodiscard]] Result<std::optional<service::SessionCredential>> read_session_credential(
    std::string_view token, std::string_view jwt, CredentialNames names);

}  // namespace rollcall::api::management

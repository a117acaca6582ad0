// Sessions as JSON (contract §5).
#pragma once

#include "api/management/json.hpp"
#include "base/result.hpp"
#include "directory/session_plan.hpp"
#include "directory/signing_key.hpp"
#include "service/attestation.hpp"
#include "service/sessions.hpp"

#include <boost/json/object.hpp>

#include <optional>
#include <span>
#include <string>

namespace rollcall::api::management {

/// session_duration_minutes and session_custom_claims.
/// @errors invalid_value (invalid_request_value) naming the field.
[[nodiscard]] Result<directory::SessionWishes> session_wishes_from_json(
    boost::json::object const& body);

/// session_token or session_jwt; absent if neither is given.
/// @errors invalid_value (invalid_request_value, those of read_session_credential).
[[nodiscard]] Result<std::optional<service::SessionCredential>> session_credential_from_json(
    boost::json::object const& body);
/// The same; one must be given.
/// @errors also invalid_value (no_session_arguments).
[[nodiscard]] Result<service::SessionCredential> required_session_credential_from_json(
    boost::json::object const& body);

/// @errors invalid_value (invalid_request_value, invalid_argument for what is missing).
[[nodiscard]] Result<std::optional<service::AuthorizationCheck>> authorization_check_from_json(
    boost::json::object const& body);
[[nodiscard]] Result<service::AttestationRequest> attestation_from_json(
    boost::json::object const& body);

/// Appends the member session object.
void to_json(std::string& out, service::SessionView const& view);

/// Appends the members member_session, session_token, session_jwt, member and organization.
void append_login(JsonMembers& members, service::Login const& login);

/// Appends the array of JWKs.
void keys_to_json(std::string& out, std::span<directory::SigningKey const> keys);

}  // namespace rollcall::api::management

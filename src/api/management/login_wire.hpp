// Passwords, impersonation and the exchange of sessions as JSON (contract §5.9).
#pragma once

#include "api/management/json.hpp"
#include "base/result.hpp"
#include "service/passwords.hpp"
#include "service/session_exchange.hpp"
#include "service/sessions.hpp"

#include <boost/json/object.hpp>

#include <string>

namespace rollcall::api::management {

/// @errors invalid_value (invalid_request_value, metadata_invalid_format; invalid_argument for what
///         is missing) naming the field.
[[nodiscard]] Result<service::PasswordMigration> password_migration_from_json(
    boost::json::object const& body);
/// @errors the same; also those of session_credential_from_json.
[[nodiscard]] Result<service::PasswordLogin> password_login_from_json(
    boost::json::object const& body);

/// @errors the same.
[[nodiscard]] Result<service::ExchangeRequest> exchange_from_json(boost::json::object const& body);

/// Appends the members of an answer to a login that had no session before it: those of append_login
/// and what tells that nothing else is needed.
void append_complete_login(JsonMembers& members, service::Login const& login);

}  // namespace rollcall::api::management

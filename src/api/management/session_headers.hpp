// Member sessions on management calls (contract §1.3).
#pragma once

#include "base/limits.hpp"
#include "base/result.hpp"
#include "http/message.hpp"

namespace rollcall::api::management {

/// Checks the two session headers of a call that a member session would restrict. An empty value
/// counts as absent. This server issues no sessions, so whatever names one is refused: the call
/// must not run with the project's full power when less was asked for.
///
/// @errors not_found (session_not_found); invalid_value (invalid_session_token,
///         unable_to_parse_session_jwt, too_many_session_arguments).
[[nodiscard]] Status check_session_headers(http::Request const& request, Limits const& limits);

}  // namespace rollcall::api::management

// Member sessions on management calls (contract §1.3).
#pragma once

#include "base/result.hpp"
#include "http/message.hpp"
#include "service/sessions.hpp"

#include <optional>

namespace rollcall::api::management {

/// What the two session headers hold; absent if neither is there. An empty value counts as absent.
/// @errors invalid_value (too_many_session_arguments: one of them is there twice); those of
///         read_session_credential.
[[nodiscard]] Result<std::optional<service::SessionCredential>> read_session_headers(
    http::Request const& request);

}  // namespace rollcall::api::management

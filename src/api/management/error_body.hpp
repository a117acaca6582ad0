// The management API's error object (contract §1.7).
#pragma once

#include "api/management/error_kinds.hpp"
#include "base/error.hpp"
#include "base/id.hpp"
#include "http/message.hpp"

#include <chrono>
#include <string_view>

namespace rollcall::api::management {

/// A complete error response.
/// @param message      for the developer; names field and rule.
/// @param retry_after  told with 429 and 503.
[[nodiscard]] http::Response error_response(
    ErrorKind const& kind, std::string_view message, RequestId const& request_id,
    std::string_view public_url, std::chrono::seconds retry_after = std::chrono::seconds(1));

/// The same for an error of the layers below. Only what is public of it is used.
[[nodiscard]] http::Response error_response(PublicError const& error, RequestId const& request_id,
                                            std::string_view public_url);

}  // namespace rollcall::api::management

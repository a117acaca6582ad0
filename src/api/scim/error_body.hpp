// SCIM error messages (RFC 7644 §3.12).
#pragma once

#include "base/error.hpp"

#include <chrono>
#include <string>
#include <string_view>

namespace rollcall::api::scim_api {

/// Status and `scimType` of a failure; the type is empty where the RFC has none.
struct Problem {
    unsigned status = 500;
    std::string_view scim_type;
    std::chrono::seconds retry_after{1};  ///< told with 429 and 503
};

/// What each error code is on the SCIM wire (docs/http-status.md).
[[nodiscard]] Problem problem_of(ErrorCode code) noexcept;

/// The error message as JSON text.
[[nodiscard]] std::string error_body(Problem problem, std::string_view detail);

}  // namespace rollcall::api::scim_api

// GET /openapi.json: the description of this API for programs.
#pragma once

#include "api/management/handlers.hpp"

#include <string_view>

namespace rollcall::api::management {

/// An OpenAPI 3.1 document without `servers`; docs/openapi has its sources.
[[nodiscard]] std::string_view openapi_text() noexcept;

/// The document, with the public URL as its server.
Task<Result<Reply>> get_openapi(OpenCall const& call);

}  // namespace rollcall::api::management

// The API for the developer's backend, wire-compatible with Stytch's B2B API (contract §1 to §3.3).
#pragma once

#include "api/api.hpp"
#include "base/limits.hpp"

#include <memory>
#include <string>

namespace rollcall::service {
struct Services;
}

namespace rollcall::api {

/// @param services    outlive the API.
/// @param limits      outlives the API.
/// @param public_url  the origin that clients and providers use, without a slash at the end; goes
///                    into base_url and error_url. Outlives the API, is read anew for every answer,
///                    and may be filled in until the first request.
[[nodiscard]] std::unique_ptr<Api> make_management_api(service::Services& services,
                                                       Limits const& limits,
                                                       std::string const& public_url);
std::unique_ptr<Api> make_management_api(service::Services&, Limits const&, std::string&&) = delete;

}  // namespace rollcall::api

// The SCIM side: what identity providers talk to, under {public_url}/v1/b2b/scim/{connection_id}
// (RFC 7644).
#pragma once

#include "api/api.hpp"
#include "base/limits.hpp"

#include <memory>
#include <string>

namespace rollcall::service {
class ConnectionTokens;
class Groups;
class Searches;
class Users;
}  // namespace rollcall::service

namespace rollcall::api {

/// @param public_url  what `meta.location` and `Location` are built from; absolute.
/// The services outlive the API.
[[nodiscard]] std::unique_ptr<Api> make_scim_api(service::ConnectionTokens& tokens,
                                                 service::Users& users, service::Groups& groups,
                                                 service::Searches& searches,
                                                 std::string public_url, Limits const& limits);

}  // namespace rollcall::api

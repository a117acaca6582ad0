// SCIM connections on the wire (contract §2.1).
#pragma once

#include "base/result.hpp"
#include "directory/connection_plan.hpp"
#include "service/connections.hpp"

#include <boost/json/object.hpp>

#include <string>
#include <string_view>

namespace rollcall::api::management {

/// The fields of a create; role assignments are ignored, since no group can exist yet.
/// @errors invalid_value (invalid_request_value).
[[nodiscard]] Result<directory::ConnectionFields> connection_creation_from_json(
    boost::json::object const& body);

/// The fields of an update.
/// @errors invalid_value: invalid_request_value, invalid_rbac_role_assignment.
[[nodiscard]] Result<directory::ConnectionFields> connection_update_from_json(
    boost::json::object const& body);

/// The three forms of the object. `public_url` is the origin that base_url starts with.
void connection_to_json(std::string& out, service::ConnectionView const& view,
                        std::string_view public_url);
void connection_with_token_to_json(std::string& out, service::ConnectionWithToken const& created,
                                   std::string_view public_url);
void connection_with_next_token_to_json(std::string& out,
                                        service::ConnectionWithToken const& rotating,
                                        std::string_view public_url);

}  // namespace rollcall::api::management

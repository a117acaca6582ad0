// Organizations on the wire (contract §3.1, §3.2).
#pragma once

#include "base/result.hpp"
#include "directory/organization_plan.hpp"
#include "service/organizations.hpp"

#include <boost/json/object.hpp>

#include <string>

namespace rollcall::api::management {

/// The fields of a create. Those that only an update has are ignored.
/// @errors invalid_value: invalid_request_value, metadata_invalid_format,
///         invalid_oauth_allowed_tenants_format, invalid_rbac_role_assignment.
[[nodiscard]] Result<directory::OrganizationFields> organization_creation_from_json(
    boost::json::object const& body);

/// The fields of an update.
/// @errors as organization_creation_from_json.
[[nodiscard]] Result<directory::OrganizationFields> organization_update_from_json(
    boost::json::object const& body);

/// Appends the organization object with all its fields.
void to_json(std::string& out, service::OrganizationView const& view);

}  // namespace rollcall::api::management

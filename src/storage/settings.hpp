// Organization settings as the JSON document that databases keep.
#pragma once

#include "directory/organization.hpp"

#include <boost/json/object.hpp>

namespace rollcall::storage {

/// Keys are the member names of OrganizationSettings.
[[nodiscard]] boost::json::object to_json(directory::OrganizationSettings const& settings);

/// Reads what to_json wrote. A key that is missing or of another type leaves the default, so that
/// rows written before a setting existed stay readable.
[[nodiscard]] directory::OrganizationSettings settings_from_json(boost::json::object const& json);

}  // namespace rollcall::storage

// Declared schemas on the wire (docs/schemas.md).
#pragma once

#include "base/result.hpp"
#include "directory/connection_schema.hpp"
#include "directory/schema_plan.hpp"

#include <boost/json/object.hpp>

#include <string>

namespace rollcall::api::management {

/// @errors invalid_value (invalid_request_value) naming the field.
[[nodiscard]] Result<directory::SchemaFields> schema_fields_from_json(
    boost::json::object const& body);

void schema_to_json(std::string& out, directory::ConnectionSchema const& schema);

}  // namespace rollcall::api::management

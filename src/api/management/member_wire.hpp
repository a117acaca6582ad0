// Members as JSON (contract §4).
#pragma once

#include "base/result.hpp"
#include "directory/member_plan.hpp"
#include "service/member_view.hpp"

#include <boost/json/object.hpp>

#include <string>

namespace rollcall::api::management {

/// @errors invalid_value (invalid_request_value, metadata_invalid_format) naming the field.
[[nodiscard]] Result<directory::MemberFields> member_creation_from_json(
    boost::json::object const& body);
/// @errors the same.
[[nodiscard]] Result<directory::MemberFields> member_update_from_json(
    boost::json::object const& body);

/// Appends the member object of contract §4.1, every field of it.
void to_json(std::string& out, service::ShownMember const& member);

}  // namespace rollcall::api::management

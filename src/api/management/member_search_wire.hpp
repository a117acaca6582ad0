// The body and the answer of a search among members (contract §4.6).
#pragma once

#include "base/id.hpp"
#include "base/limits.hpp"
#include "base/result.hpp"
#include "service/member_searches.hpp"

#include <boost/json/object.hpp>

#include <string>

namespace rollcall::api::management {

/// @errors those of read_search with "member_search" and of its operands, of read_page_body,
///         directory::plan_member_search and its operands; invalid_value
///         (member_search_organization_ids_empty).
[[nodiscard]] Result<service::MemberSearchRequest> member_search_from_json(
    boost::json::object const& body, Environment environment, Limits const& limits);

/// Appends the members of the answer's object.
void to_json(std::string& out, service::MemberSearchPage const& page);

}  // namespace rollcall::api::management

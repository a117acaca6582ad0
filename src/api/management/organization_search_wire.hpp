// The body and the answer of a search among organizations (contract §3.5).
#pragma once

#include "base/id.hpp"
#include "base/limits.hpp"
#include "base/result.hpp"
#include "service/organization_searches.hpp"

#include <boost/json/object.hpp>

#include <string>

namespace rollcall::api::management {

/// @errors those of read_search with "organization_search" and of its operands, of read_page_body,
///         directory::plan_organization_search and plan_organization_ids.
[[nodiscard]] Result<service::OrganizationSearchRequest> organization_search_from_json(
    boost::json::object const& body, Environment environment, Limits const& limits);

/// Appends the members of the answer's object.
void to_json(std::string& out, service::OrganizationSearchPage const& page);

}  // namespace rollcall::api::management

// Pages of SCIM groups on the wire (contract §2.6).
#pragma once

#include "service/connections.hpp"

#include <string>

namespace rollcall::api::management {

/// The members "scim_groups" and "next_cursor" of the answer, without braces. The hot path of the
/// whole server: appends only.
[[nodiscard]] std::string groups_page_to_json(service::GroupsPage const& page);

}  // namespace rollcall::api::management

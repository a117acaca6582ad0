// What kind of member an id means, written into a PATCH before it is applied to a loaded group.
#pragma once

#include "base/id.hpp"
#include "base/limits.hpp"
#include "scim/patch.hpp"
#include "scim/profile.hpp"

namespace rollcall::directory {

/// The request with the `type` of every member it lists as its id has it, whatever the client said
/// (checklist R-05): a filter of a later operation sees it like that of a stored member. A list
/// that cannot be read stays as it is; applying it tells what is wrong.
/// @param type  the connection's group type, which the request was parsed for.
[[nodiscard]] scim::PatchRequest with_member_types(scim::PatchRequest request,
                                                   scim::ResourceType const& type,
                                                   Environment environment, Limits const& limits,
                                                   scim::Notes& notes);

}  // namespace rollcall::directory

// Turns `sortBy` and `sortOrder` into an order of users or groups (checklist O-01 to O-08). Pure.
#pragma once

#include "base/limits.hpp"
#include "base/result.hpp"
#include "directory/query.hpp"
#include "scim/profile.hpp"
#include "scim/schema.hpp"

#include <string>
#include <string_view>

namespace rollcall::directory {

/// What a client asks for. An empty `sort_by` is the order of creation.
struct OrderRequest {
    std::string_view sort_by;
    bool descending = false;
    std::string_view base;  ///< SCIM base URL: orders see `meta.location` and `$ref`s
};

struct UserOrderPlan {
    Order<User> order;
    bool needs_groups = false;
};

/// @param type  the connection's user type; outlives the order.
///
/// userName, id, meta.created and meta.lastModified have an index; every other attribute is
/// computed from the representation. An attribute that the type does not have orders nothing, so
/// creation decides, which is noted (O-07).
/// @errors invalid_path (a complex attribute without a value, O-08).
[[nodiscard]] Result<UserOrderPlan> plan_user_order(OrderRequest const& request,
                                                    scim::ResourceType const& type,
                                                    Limits const& limits, scim::Notes& notes);

struct GroupOrderPlan {
    Order<Group> order;
    bool needs_members = false;
};

/// The same for groups, with displayName in the place of userName.
[[nodiscard]] Result<GroupOrderPlan> plan_group_order(OrderRequest const& request,
                                                      scim::ResourceType const& type,
                                                      Limits const& limits, scim::Notes& notes);

}  // namespace rollcall::directory

// Filter plan and order plan in one query.
#include "directory/query_plan.hpp"

#include "directory/filter_plan.hpp"
#include "directory/order_plan.hpp"
#include "directory/representation.hpp"

#include <memory>
#include <utility>

namespace rollcall::directory {
namespace {

Result<scim::FilterPtr> parse_filter(Criteria const& criteria, scim::ResourceType const& type,
                                     Limits limits, scim::Notes& notes) {
    if (!criteria.filter) return nullptr;
    limits.filter_bytes_max = criteria.filter_bytes_max;
    TRY(auto filter, scim::parse_filter(*criteria.filter, type, limits));
    scim::note_unknown_names(filter, notes);
    return std::make_shared<scim::Filter const>(std::move(filter));
}

OrderRequest order_request(Criteria const& criteria) {
    return {criteria.sort_by, criteria.descending, criteria.base};
}

}  // namespace

Result<UserQuery> plan_user_query(Criteria const& criteria, scim::ResourceType const& type,
                                  Environment environment, Limits const& limits,
                                  scim::Notes& notes) {
    UserQuery query;
    TRY(auto order, plan_user_order(order_request(criteria), type, limits, notes));
    query.order = std::move(order.order);
    query.examines_groups = order.needs_groups;
    TRY(auto const filter, parse_filter(criteria, type, limits, notes));
    if (!filter) return query;
    auto plan = plan_user_filter(filter, environment);
    query.index = std::move(plan.index);
    if (plan.rest) {
        query.examines_groups = query.examines_groups || plan.rest_needs_groups;
        query.rest = [rest = std::move(plan.rest), &type, base = criteria.base,
                      cost = std::make_shared<scim::FilterCost>(limits)](User const& user) {
            return scim::matches(*rest, user_representation(user, type, base, {}), *cost);
        };
    }
    return query;
}

Result<GroupQuery> plan_group_query(Criteria const& criteria, scim::ResourceType const& type,
                                    Environment environment, Limits const& limits,
                                    scim::Notes& notes) {
    GroupQuery query;
    TRY(auto order, plan_group_order(order_request(criteria), type, limits, notes));
    query.order = std::move(order.order);
    query.examines_members = order.needs_members;
    TRY(auto const filter, parse_filter(criteria, type, limits, notes));
    if (!filter) return query;
    auto plan = plan_group_filter(filter, environment);
    query.index = std::move(plan.index);
    query.has_member = plan.has_member;
    if (plan.rest) {
        query.examines_members = query.examines_members || plan.rest_needs_members;
        query.rest = [rest = std::move(plan.rest), &type, base = criteria.base,
                      with_members = plan.rest_needs_members,
                      cost = std::make_shared<scim::FilterCost>(limits)](Group const& group) {
            return scim::matches(*rest, group_representation(group, type, base, with_members),
                                 *cost);
        };
    }
    return query;
}

}  // namespace rollcall::directory

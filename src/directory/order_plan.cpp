// Which index gives an order, and the keys of orders.
#include "directory/order_plan.hpp"

#include "base/text.hpp"
#include "directory/representation.hpp"
#include "scim/notes.hpp"

#include <utility>

namespace rollcall::directory {
namespace {

using scim::AttributeRef;
using scim::SortKey;

/// `name` is the attribute whose folded text the store indexes as the type's name.
OrderIndex index_of(AttributeRef const& ref, std::string_view name) {
    if (ref.extension != nullptr) return OrderIndex::computed;
    auto const& attribute = ref.attribute->name;
    if (attribute == name) return OrderIndex::name;
    if (attribute == "id") return OrderIndex::id;
    if (attribute != "meta") return OrderIndex::computed;
    if (ref.sub_attribute->name == "created") return OrderIndex::created;
    if (ref.sub_attribute->name == "lastModified") return OrderIndex::last_modified;
    return OrderIndex::computed;
}

SortKey uuid_key(Uuid const& uuid) {
    return std::string(uuid.bytes.begin(), uuid.bytes.end());
}

SortKey instant_key(Timestamp instant) {
    return std::int64_t{instant.time_since_epoch().count()};
}

SortKey name_key(Group const& group) {
    return fold(group.display_name);
}

SortKey name_key(User const& user) {
    auto const* name = user.attributes.if_contains("userName");
    if (name == nullptr || !name->is_string()) return {};
    return fold_user_name(name->get_string());
}

/// The key of an order that has an index: what the index holds, to the microsecond.
template <class Resource>
SortKey index_key(OrderIndex index, Resource const& resource) {
    switch (index) {
        case OrderIndex::name:
            return name_key(resource);
        case OrderIndex::id:
            return uuid_key(resource.id.uuid);
        case OrderIndex::created:
            return instant_key(resource.created_at);
        case OrderIndex::last_modified:
            return instant_key(resource.last_modified);
        case OrderIndex::creation:
        case OrderIndex::computed:
            break;
    }
    return {};
}

/// Where the values are; nullopt, and a note, if there are none.
Result<std::optional<AttributeRef>> resolve(OrderRequest const& request,
                                            scim::ResourceType const& type, scim::Notes& notes) {
    TRY(auto const ref, scim::parse_sort_by(request.sort_by, type));
    if (!ref)
        scim::add_note(notes, request.sort_by, "an unknown attribute in sortBy; nothing has it");
    return ref;
}

/// `represent(resource)` is asked for orders without an index only.
template <class Resource, class Represent>
Order<Resource> order_by(AttributeRef const& ref, OrderIndex index, bool descending,
                         std::size_t text_bytes_max, Represent represent) {
    if (index == OrderIndex::computed) {
        return {index, descending, [=](Resource const& resource) {
                    return scim::sort_key(ref, represent(resource), text_bytes_max);
                }};
    }
    return {index, descending,
            [=](Resource const& resource) { return index_key(index, resource); }};
}

}  // namespace

Result<UserOrderPlan> plan_user_order(OrderRequest const& request, scim::ResourceType const& type,
                                      Limits const& limits, scim::Notes& notes) {
    if (request.sort_by.empty()) return UserOrderPlan{};
    TRY(auto const ref, resolve(request, type, notes));
    if (!ref) return UserOrderPlan{};
    return UserOrderPlan{
        order_by<User>(*ref, index_of(*ref, "userName"), request.descending,
                       limits.sort_text_bytes_max,
                       [&type, base = std::string(request.base)](User const& user) {
                           return user_representation(user, type, base, {});
                       }),
        ref->attribute->name == "groups"};
}

Result<GroupOrderPlan> plan_group_order(OrderRequest const& request, scim::ResourceType const& type,
                                        Limits const& limits, scim::Notes& notes) {
    if (request.sort_by.empty()) return GroupOrderPlan{};
    TRY(auto const ref, resolve(request, type, notes));
    if (!ref) return GroupOrderPlan{};
    auto const needs_members = ref->attribute->name == "members";
    return GroupOrderPlan{
        order_by<Group>(
            *ref, index_of(*ref, "displayName"), request.descending, limits.sort_text_bytes_max,
            [&type, base = std::string(request.base), needs_members](Group const& group) {
                return group_representation(group, type, base, needs_members);
            }),
        needs_members};
}

}  // namespace rollcall::directory

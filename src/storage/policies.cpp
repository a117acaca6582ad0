// Codec of policies: one list of fields for each type, walked in both directions.
#include "storage/policies.hpp"

#include <boost/json/array.hpp>
#include <boost/json/value.hpp>

#include <string>
#include <string_view>
#include <type_traits>
#include <vector>

namespace rollcall::storage {
namespace {

namespace json = boost::json;
using directory::OrganizationPolicy;
using directory::Permission;
using directory::ProjectPolicy;
using directory::Resource;
using directory::Role;

// Calls visit(name, field) for every field of a value, which may be const.
template <class T, class Visit>
void for_each_field(T& value, Visit const& visit) {
    using Type = std::remove_const_t<T>;
    if constexpr (std::is_same_v<Type, Permission>) {
        visit("resource_id", value.resource_id);
        visit("actions", value.actions);
    } else if constexpr (std::is_same_v<Type, Role>) {
        visit("role_id", value.role_id);
        visit("description", value.description);
        visit("permissions", value.permissions);
    } else if constexpr (std::is_same_v<Type, Resource>) {
        visit("resource_id", value.resource_id);
        visit("description", value.description);
        visit("actions", value.actions);
    } else if constexpr (std::is_same_v<Type, ProjectPolicy>) {
        visit("member_permissions", value.member_permissions);
        visit("admin_permissions", value.admin_permissions);
        visit("custom_roles", value.custom_roles);
        visit("custom_resources", value.custom_resources);
    } else {
        static_assert(std::is_same_v<Type, OrganizationPolicy>);
        visit("roles", value.roles);
    }
}

template <class T>
json::object encode_fields(T const& value);

json::value encode(std::string const& text) {
    return json::string(text);
}

template <class T>
json::value encode(T const& value) {
    return encode_fields(value);
}

template <class T>
json::value encode(std::vector<T> const& values) {
    json::array array;
    for (auto const& value : values) array.push_back(encode(value));
    return array;
}

template <class T>
json::object encode_fields(T const& value) {
    json::object object;
    for_each_field(value, [&](std::string_view name, auto const& field) {
        object.emplace(name, encode(field));
    });
    return object;
}

template <class T>
void decode_fields(json::object const& object, T& value);

void decode(json::value const& json, std::string& text) {
    if (auto const* found = json.if_string()) text.assign(found->data(), found->size());
}

template <class T>
void decode(json::value const& json, T& value) {
    if (auto const* object = json.if_object()) decode_fields(*object, value);
}

template <class T>
void decode(json::value const& json, std::vector<T>& values) {
    auto const* array = json.if_array();
    if (!array) return;
    for (auto const& element : *array) decode(element, values.emplace_back());
}

template <class T>
void decode_fields(json::object const& object, T& value) {
    for_each_field(value, [&](std::string_view name, auto& field) {
        if (auto const* found = object.if_contains(name)) decode(*found, field);
    });
}

}  // namespace

json::object to_json(ProjectPolicy const& policy) {
    return encode_fields(policy);
}

json::object to_json(OrganizationPolicy const& policy) {
    return encode_fields(policy);
}

ProjectPolicy project_policy_from_json(json::object const& json) {
    ProjectPolicy policy;
    decode_fields(json, policy);
    return policy;
}

OrganizationPolicy organization_policy_from_json(json::object const& json) {
    OrganizationPolicy policy;
    decode_fields(json, policy);
    return policy;
}

}  // namespace rollcall::storage

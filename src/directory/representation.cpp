// Assembles representations. Cost: linear in the attributes, groups and members shown.
#include "directory/representation.hpp"

#include "base/sort_distinct.hpp"
#include "directory/member_ref.hpp"
#include "scim/resource.hpp"

#include <boost/json/array.hpp>
#include <fmt/format.h>

#include <algorithm>

namespace rollcall::directory {
namespace {

namespace json = boost::json;

/// Puts what the resource really holds into its `schemas`, which has its place already.
void fill_schemas(json::object& resource, scim::ResourceType const& type) {
    auto& list = resource.at("schemas").get_array();
    for (auto const urn : scim::schemas_of(resource, type)) list.emplace_back(urn);
}

json::object meta_object(std::string_view resource_type, std::string location,
                         std::uint64_t version, Timestamp created, Timestamp modified,
                         json::storage_ptr storage) {
    json::object meta(std::move(storage));
    meta.reserve(5);
    meta.emplace("resourceType", resource_type);
    meta.emplace("created", format_milliseconds(created));
    meta.emplace("lastModified", format_milliseconds(modified));
    meta.emplace("location", location);
    meta.emplace("version", entity_tag(version));
    return meta;
}

json::array groups_array(User const& user, std::string_view base, json::storage_ptr storage) {
    json::array groups(storage);
    groups.reserve(user.groups.size());
    for (auto const& group : user.groups) {
        json::object entry(storage);
        entry.reserve(4);
        entry.emplace("value", to_string(group.group));
        entry.emplace("$ref", group_location(base, group.group));
        entry.emplace("display", group.display_name);
        entry.emplace("type", group.direct ? "direct" : "indirect");
        groups.push_back(std::move(entry));
    }
    return groups;
}

json::array members_array(Group const& group, std::string_view base, json::storage_ptr storage) {
    json::array members(storage);
    members.reserve(group.members.size());
    for (auto const& member : group.members) {
        auto const id = print_member_ref(member.ref, group.id.environment);
        json::object entry(storage);
        entry.reserve(4);
        entry.emplace("value", id);
        entry.emplace("$ref", member_reference(base, member.ref.kind, id));
        if (member.display) entry.emplace("display", *member.display);
        entry.emplace("type", print_kind(member.ref.kind));
        members.push_back(std::move(entry));
    }
    return members;
}

template <class Object>
auto* find_manager(Object& attributes) {
    auto* extension = attributes.if_contains(scim::enterprise_user_urn);
    auto* fields = extension == nullptr ? nullptr : extension->if_object();
    auto* manager = fields == nullptr ? nullptr : fields->if_contains("manager");
    return manager == nullptr ? nullptr : manager->if_object();
}

std::optional<MemberId> manager_id(json::object const& manager) {
    auto const* value = manager.if_contains("value");
    if (value == nullptr || !value->is_string()) return std::nullopt;
    return parse_id<MemberId>(value->get_string());
}

void add_manager_details(json::object& resource, std::string_view base,
                         ResolvedUsers const& managers) {
    auto* manager = find_manager(resource);
    if (manager == nullptr) return;
    // What a client wrote there is not ours to repeat (E-02, E-03).
    manager->erase("$ref");
    auto const id = manager_id(*manager);
    if (!id) return;
    auto const known =
        std::ranges::find(managers, *id, &std::pair<MemberId, std::optional<std::string>>::first);
    if (known == managers.end()) return;
    manager->emplace("$ref", user_location(base, *id));
    if (known->second && !known->second->empty()) manager->emplace("displayName", *known->second);
}

}  // namespace

json::object user_representation(User const& user, scim::ResourceType const& type,
                                 std::string_view base, ResolvedUsers const& managers,
                                 json::storage_ptr storage) {
    json::object resource(storage);
    resource.reserve(user.attributes.size() + 4);
    resource.emplace("schemas", json::array(storage));
    resource.emplace("id", to_string(user.id));
    for (auto const& [name, value] : user.attributes) resource.emplace(name, value);
    scim::drop_unfitting(resource, type);
    fill_schemas(resource, type);
    add_manager_details(resource, base, managers);
    if (!user.groups.empty()) resource.emplace("groups", groups_array(user, base, storage));
    resource.emplace("meta", meta_object("User", user_location(base, user.id), user.version,
                                         user.created_at, user.last_modified, storage));
    return resource;
}

json::object group_representation(Group const& group, scim::ResourceType const& type,
                                  std::string_view base, bool with_members,
                                  json::storage_ptr storage) {
    json::object resource(storage);
    resource.reserve(group.extensions.size() + 6);
    resource.emplace("schemas", json::array(storage));
    resource.emplace("id", to_string(group.id));
    if (group.external_id) resource.emplace("externalId", *group.external_id);
    resource.emplace("displayName", group.display_name);
    if (with_members && !group.members_unset) {
        resource.emplace("members", members_array(group, base, storage));
    }
    for (auto const& [urn, value] : group.extensions) resource.emplace(urn, value);
    scim::drop_unfitting(resource, type);
    fill_schemas(resource, type);
    resource.emplace("meta", meta_object("Group", group_location(base, group.id), group.version,
                                         group.created_at, group.last_modified, storage));
    return resource;
}

std::vector<MemberId> manager_ids(std::span<User const> users) {
    std::vector<MemberId> ids;
    for (auto const& user : users) {
        auto const* manager = find_manager(user.attributes);
        auto const id = manager == nullptr ? std::nullopt : manager_id(*manager);
        if (id) ids.push_back(*id);
    }
    sort_distinct(ids);
    return ids;
}

std::string entity_tag(std::uint64_t version) {
    return fmt::format("W/\"{}\"", version);
}

std::string user_location(std::string_view base, MemberId const& id) {
    std::string location(base);
    location += "/Users/";
    append_id(location, id);
    return location;
}

std::string group_location(std::string_view base, GroupId const& id) {
    std::string location(base);
    location += "/Groups/";
    append_id(location, id);
    return location;
}

std::string member_reference(std::string_view base, MemberKind kind, std::string_view id) {
    return fmt::format("{}/{}s/{}", base, print_kind(kind), id);
}

}  // namespace rollcall::directory

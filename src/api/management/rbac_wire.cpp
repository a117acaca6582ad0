// Roles, permissions and resources, written and read.
#include "api/management/rbac_wire.hpp"

#include "api/management/body.hpp"
#include "api/management/json.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <string_view>

namespace rollcall::api::management {
namespace {

namespace json = boost::json;
using directory::Permission;
using directory::Resource;
using directory::Role;

constexpr std::string_view wrong_value = "invalid_request_value";

constexpr std::array<std::string_view, 5> policy_members{
    "stytch_member", "stytch_admin", "custom_roles", "custom_resources", "custom_scopes"};

Error invalid(std::string_view kind, std::string message) {
    return Error(ErrorCode::invalid_value, std::move(message)).with_kind(std::string(kind));
}

/// `error`, whose message begins with a field, about that field of `place`.
Error within(std::string_view place, Error const& error) {
    return invalid(error.kind(), fmt::format("{}.{}", place, error.message()));
}

void permission_to_json(std::string& out, Permission const& permission) {
    JsonObject object(out);
    object.text("resource_id", permission.resource_id);
    object.texts("actions", permission.actions);
    object.close();
}

void permissions_to_json(JsonObject& object, std::vector<Permission> const& permissions) {
    append_list(object.value("permissions"), permissions, permission_to_json);
}

void role_to_json(std::string& out, Role const& role) {
    JsonObject object(out);
    object.text("role_id", role.role_id);
    object.text("description", role.description);
    permissions_to_json(object, role.permissions);
    object.close();
}

void resource_to_json(std::string& out, Resource const& resource) {
    JsonObject object(out);
    object.text("resource_id", resource.resource_id);
    object.text("description", resource.description);
    object.texts("actions", resource.actions);
    object.close();
}

void custom_resource_to_json(std::string& out, Resource const& resource) {
    JsonObject object(out);
    object.text("resource_id", resource.resource_id);
    object.text("description", resource.description);
    object.texts("available_actions", resource.actions);
    object.close();
}

void default_role_to_json(std::string& out, std::vector<Permission> const& permissions) {
    JsonObject object(out);
    permissions_to_json(object, permissions);
    object.close();
}

/// Reads one text; absent is empty.
Status read_into(std::string& text, json::object const& object, std::string_view field) {
    TRY(auto given, read_text(object, field));
    text = std::move(given).value_or("");
    return {};
}

Status read_into(std::vector<std::string>& texts, json::object const& object,
                 std::string_view field) {
    TRY(auto given, read_texts(object, field));
    if (given) texts = *std::move(given);
    return {};
}

/// Calls read(element) for each object of a list and names its place in an error; absent is empty.
template <class T, class Read>
Status read_list(std::vector<T>& list, json::object const& object, std::string_view field,
                 Read const& read) {
    TRY(auto const elements, read_objects(object, field, wrong_value));
    if (!elements) return {};
    list.reserve(elements->size());
    for (auto const* element : *elements) {
        auto value = read(*element);
        if (!value) {
            return fail(within(fmt::format("{}[{}]", field, list.size()), value.error()));
        }
        list.push_back(*std::move(value));
    }
    return {};
}

Result<Permission> read_permission(json::object const& object) {
    Permission permission;
    CHECK(read_into(permission.resource_id, object, "resource_id"));
    CHECK(read_into(permission.actions, object, "actions"));
    return permission;
}

Result<Role> read_role(json::object const& object) {
    Role role;
    CHECK(read_into(role.role_id, object, "role_id"));
    CHECK(read_into(role.description, object, "description"));
    CHECK(read_list(role.permissions, object, "permissions", read_permission));
    return role;
}

Result<Resource> read_custom_resource(json::object const& object) {
    Resource resource;
    CHECK(read_into(resource.resource_id, object, "resource_id"));
    CHECK(read_into(resource.description, object, "description"));
    CHECK(read_into(resource.actions, object, "available_actions"));
    return resource;
}

Status read_default_role(std::vector<Permission>& permissions, json::object const& document,
                         std::string_view role_id) {
    TRY(auto const role, read_object(document, role_id, wrong_value));
    if (!role) return {};
    auto const status = read_list(permissions, *role, "permissions", read_permission);
    if (!status) return fail(within(role_id, status.error()));
    return {};
}

/// A misspelled member would empty what it was to fill.
Status check_members(json::object const& document) {
    for (auto const& member : document) {
        std::string_view const name(member.key().data(), member.key().size());
        if (std::ranges::find(policy_members, name) == policy_members.end()) {
            return fail(
                invalid(wrong_value,
                        fmt::format("policy may have stytch_member, stytch_admin, custom_roles, "
                                    "custom_resources and custom_scopes, not {}.",
                                    name.substr(0, 128))));
        }
    }
    return {};
}

}  // namespace

void roles_to_json(std::string& out, std::vector<Role> const& roles) {
    append_list(out, roles, role_to_json);
}

void policy_to_json(std::string& out, directory::Policy const& policy) {
    JsonObject object(out);
    roles_to_json(object.value("roles"), policy.roles);
    append_list(object.value("resources"), policy.resources, resource_to_json);
    object.value("scopes") += "[]";
    object.close();
}

void project_policy_to_json(std::string& out, directory::ProjectPolicy const& policy) {
    JsonObject object(out);
    default_role_to_json(object.value("stytch_member"), policy.member_permissions);
    default_role_to_json(object.value("stytch_admin"), policy.admin_permissions);
    roles_to_json(object.value("custom_roles"), policy.custom_roles);
    append_list(object.value("custom_resources"), policy.custom_resources, custom_resource_to_json);
    object.value("custom_scopes") += "[]";
    object.close();
}

Result<directory::ProjectPolicy> project_policy_from_json(json::object const& document) {
    CHECK(check_members(document));
    directory::ProjectPolicy policy;
    CHECK(read_default_role(policy.member_permissions, document, "stytch_member"));
    CHECK(read_default_role(policy.admin_permissions, document, "stytch_admin"));
    CHECK(read_list(policy.custom_roles, document, "custom_roles", read_role));
    CHECK(read_list(policy.custom_resources, document, "custom_resources", read_custom_resource));
    TRY(auto const scopes, read_objects(document, "custom_scopes", wrong_value));
    if (scopes && !scopes->empty()) {
        return fail(invalid("invalid_rbac_scope",
                            "custom_scopes must be empty: this server has no scopes."));
    }
    return policy;
}

Result<directory::OrganizationPolicy> organization_policy_from_json(json::object const& document) {
    auto const* roles = document.if_contains("roles");
    if (roles == nullptr || roles->is_null()) {
        return fail(invalid(wrong_value, "org_policy.roles is required."));
    }
    directory::OrganizationPolicy policy;
    auto const status = read_list(policy.roles, document, "roles", read_role);
    if (!status) return fail(within("org_policy", status.error()));
    return policy;
}

}  // namespace rollcall::api::management

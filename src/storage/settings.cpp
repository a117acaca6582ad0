// Codec of organization settings: one list of fields, walked in both directions.
#include "storage/settings.hpp"

#include <boost/json/array.hpp>
#include <boost/json/value.hpp>

namespace rollcall::storage {
namespace {

namespace json = boost::json;
using directory::EmailRoleAssignment;
using directory::OrganizationSettings;
using Strings = std::vector<std::string>;

// Calls visit(name, field) for every setting.
template <class Settings, class Visit>
void for_each_field(Settings& s, Visit const& visit) {
    visit("sso_jit_provisioning", s.sso_jit_provisioning);
    visit("sso_jit_provisioning_allowed_connections", s.sso_jit_provisioning_allowed_connections);
    visit("sso_default_connection_id", s.sso_default_connection_id);
    visit("email_allowed_domains", s.email_allowed_domains);
    visit("email_jit_provisioning", s.email_jit_provisioning);
    visit("email_invites", s.email_invites);
    visit("oauth_tenant_jit_provisioning", s.oauth_tenant_jit_provisioning);
    visit("allowed_oauth_tenants", s.allowed_oauth_tenants);
    visit("claimed_email_domains", s.claimed_email_domains);
    visit("auth_methods", s.auth_methods);
    visit("allowed_auth_methods", s.allowed_auth_methods);
    visit("mfa_policy", s.mfa_policy);
    visit("mfa_methods", s.mfa_methods);
    visit("allowed_mfa_methods", s.allowed_mfa_methods);
    visit("rbac_email_implicit_role_assignments", s.rbac_email_implicit_role_assignments);
    visit("first_party_connected_apps_allowed_type", s.first_party_connected_apps_allowed_type);
    visit("allowed_first_party_connected_apps", s.allowed_first_party_connected_apps);
    visit("third_party_connected_apps_allowed_type", s.third_party_connected_apps_allowed_type);
    visit("allowed_third_party_connected_apps", s.allowed_third_party_connected_apps);
}

json::value encode(std::string const& field) {
    return json::string(field);
}

json::value encode(std::optional<std::string> const& field) {
    return field ? encode(*field) : json::value(nullptr);
}

json::value encode(json::object const& field) {
    return field;
}

json::value encode(Strings const& field) {
    json::array array;
    for (auto const& text : field) array.emplace_back(text);
    return array;
}

json::value encode(std::vector<EmailRoleAssignment> const& field) {
    json::array array;
    for (auto const& assignment : field) {
        array.emplace_back(
            json::object{{"domain", assignment.domain}, {"role_id", assignment.role_id}});
    }
    return array;
}

void decode(json::value const& value, std::string& field) {
    if (auto const* text = value.if_string()) field.assign(text->data(), text->size());
}

void decode(json::value const& value, std::optional<std::string>& field) {
    if (value.is_string()) decode(value, field.emplace());
}

void decode(json::value const& value, json::object& field) {
    if (auto const* object = value.if_object()) field = *object;
}

void decode(json::value const& value, Strings& field) {
    auto const* array = value.if_array();
    if (!array) return;
    field.clear();
    for (auto const& element : *array) decode(element, field.emplace_back());
}

void decode(json::value const& value, std::vector<EmailRoleAssignment>& field) {
    auto const* array = value.if_array();
    if (!array) return;
    field.clear();
    for (auto const& element : *array) {
        auto const* object = element.if_object();
        if (!object) continue;
        auto& assignment = field.emplace_back();
        if (auto const* domain = object->if_contains("domain")) decode(*domain, assignment.domain);
        if (auto const* role = object->if_contains("role_id")) decode(*role, assignment.role_id);
    }
}

}  // namespace

json::object to_json(OrganizationSettings const& settings) {
    json::object object;
    for_each_field(settings, [&](std::string_view name, auto const& field) {
        object.emplace(name, encode(field));
    });
    return object;
}

OrganizationSettings settings_from_json(json::object const& object) {
    OrganizationSettings settings;
    for_each_field(settings, [&](std::string_view name, auto& field) {
        if (auto const* value = object.if_contains(name)) decode(*value, field);
    });
    return settings;
}

}  // namespace rollcall::storage

// The organization object, field by field in the contract's order.
#include "api/management/organization_wire.hpp"

#include "api/management/body.hpp"
#include "api/management/json.hpp"
#include "api/management/rbac_wire.hpp"

namespace rollcall::api::management {
namespace {

using directory::OrganizationFields;

constexpr std::string_view role_field = "rbac_email_implicit_role_assignments";
constexpr std::string_view bad_assignment = "invalid_rbac_role_assignment";

Result<std::optional<std::vector<directory::EmailRoleFields>>> read_email_roles(
    boost::json::object const& body) {
    TRY(auto const objects, read_objects(body, role_field, bad_assignment));
    if (!objects) return std::nullopt;
    std::vector<directory::EmailRoleFields> roles;
    roles.reserve(objects->size());
    for (auto const* object : *objects) {
        TRY(auto domain, read_element_text(*object, "domain", role_field, bad_assignment));
        TRY(auto role_id, read_element_text(*object, "role_id", role_field, bad_assignment));
        roles.push_back({std::move(domain), std::move(role_id)});
    }
    return roles;
}

Status read_login_settings(OrganizationFields& fields, boost::json::object const& body) {
    TRY(fields.sso_jit_provisioning, read_text(body, "sso_jit_provisioning"));
    TRY(fields.email_allowed_domains, read_texts(body, "email_allowed_domains"));
    TRY(fields.email_jit_provisioning, read_text(body, "email_jit_provisioning"));
    TRY(fields.email_invites, read_text(body, "email_invites"));
    TRY(fields.oauth_tenant_jit_provisioning, read_text(body, "oauth_tenant_jit_provisioning"));
    TRY(fields.allowed_oauth_tenants,
        read_object(body, "allowed_oauth_tenants", "invalid_oauth_allowed_tenants_format"));
    TRY(fields.claimed_email_domains, read_texts(body, "claimed_email_domains"));
    TRY(fields.auth_methods, read_text(body, "auth_methods"));
    TRY(fields.allowed_auth_methods, read_texts(body, "allowed_auth_methods"));
    TRY(fields.mfa_policy, read_text(body, "mfa_policy"));
    TRY(fields.mfa_methods, read_text(body, "mfa_methods"));
    TRY(fields.allowed_mfa_methods, read_texts(body, "allowed_mfa_methods"));
    return {};
}

Status read_connected_apps(OrganizationFields& fields, boost::json::object const& body) {
    TRY(fields.first_party_connected_apps_allowed_type,
        read_text(body, "first_party_connected_apps_allowed_type"));
    TRY(fields.allowed_first_party_connected_apps,
        read_texts(body, "allowed_first_party_connected_apps"));
    TRY(fields.third_party_connected_apps_allowed_type,
        read_text(body, "third_party_connected_apps_allowed_type"));
    TRY(fields.allowed_third_party_connected_apps,
        read_texts(body, "allowed_third_party_connected_apps"));
    return {};
}

void active_connection_to_json(std::string& out, directory::Connection const& connection) {
    JsonObject object(out);
    object.text("connection_id", to_string(connection.id));
    object.text("display_name", connection.display_name);
    object.text("bearer_token_last_four", connection.token.last_four);
    object.time("bearer_token_expires_at", connection.token.expires_at);
    object.close();
}

void email_role_to_json(std::string& out, directory::EmailRoleAssignment const& assignment) {
    JsonObject object(out);
    object.text("domain", assignment.domain);
    object.text("role_id", assignment.role_id);
    object.close();
}

void connections_to_json(JsonObject& object, service::OrganizationView const& view) {
    auto const& settings = view.organization.settings;
    object.value("sso_active_connections") += "[]";
    object.text_or_null("sso_default_connection_id", settings.sso_default_connection_id);
    if (view.active_connection) {
        active_connection_to_json(object.value("scim_active_connection"), *view.active_connection);
    } else {
        object.null("scim_active_connection");
    }
    // The older form, which live replies carry too.
    auto& list = object.value("scim_active_connections");
    list += '[';
    if (view.active_connection) active_connection_to_json(list, *view.active_connection);
    list += ']';
}

void settings_to_json(JsonObject& object, directory::OrganizationSettings const& settings) {
    object.text("sso_jit_provisioning", settings.sso_jit_provisioning);
    object.texts("sso_jit_provisioning_allowed_connections",
                 settings.sso_jit_provisioning_allowed_connections);
    object.texts("email_allowed_domains", settings.email_allowed_domains);
    object.text("email_jit_provisioning", settings.email_jit_provisioning);
    object.text("email_invites", settings.email_invites);
    object.text("oauth_tenant_jit_provisioning", settings.oauth_tenant_jit_provisioning);
    object.document("allowed_oauth_tenants", settings.allowed_oauth_tenants);
    object.texts("claimed_email_domains", settings.claimed_email_domains);
    object.text("auth_methods", settings.auth_methods);
    object.texts("allowed_auth_methods", settings.allowed_auth_methods);
    object.text("mfa_policy", settings.mfa_policy);
    object.text("mfa_methods", settings.mfa_methods);
    object.texts("allowed_mfa_methods", settings.allowed_mfa_methods);
    append_list(object.value(role_field), settings.rbac_email_implicit_role_assignments,
                email_role_to_json);
    object.text("first_party_connected_apps_allowed_type",
                settings.first_party_connected_apps_allowed_type);
    object.texts("allowed_first_party_connected_apps", settings.allowed_first_party_connected_apps);
    object.text("third_party_connected_apps_allowed_type",
                settings.third_party_connected_apps_allowed_type);
    object.texts("allowed_third_party_connected_apps", settings.allowed_third_party_connected_apps);
}

}  // namespace

Result<OrganizationFields> organization_creation_from_json(boost::json::object const& body) {
    OrganizationFields fields;
    TRY(fields.name, read_text(body, "organization_name"));
    TRY(fields.slug, read_text(body, "organization_slug"));
    TRY(fields.logo_url, read_text(body, "organization_logo_url"));
    TRY(fields.external_id, read_text(body, "organization_external_id"));
    TRY(fields.trusted_metadata, read_object(body, "trusted_metadata", "metadata_invalid_format"));
    CHECK(read_login_settings(fields, body));
    TRY(fields.rbac_email_implicit_role_assignments, read_email_roles(body));
    CHECK(read_connected_apps(fields, body));
    return fields;
}

Result<OrganizationFields> organization_update_from_json(boost::json::object const& body) {
    TRY(auto fields, organization_creation_from_json(body));
    TRY(fields.sso_default_connection_id, read_text(body, "sso_default_connection_id"));
    TRY(fields.sso_jit_provisioning_allowed_connections,
        read_texts(body, "sso_jit_provisioning_allowed_connections"));
    return fields;
}

void to_json(std::string& out, service::OrganizationView const& view) {
    auto const& organization = view.organization;
    JsonObject object(out);
    object.text("organization_id", to_string(organization.id));
    object.text("organization_name", organization.name);
    object.text("organization_slug", organization.slug);
    object.text("organization_logo_url", organization.logo_url);
    object.text_or_null("organization_external_id", organization.external_id);
    object.document("trusted_metadata", organization.trusted_metadata);
    object.time("created_at", organization.created_at);
    object.time("updated_at", organization.updated_at);
    connections_to_json(object, view);
    settings_to_json(object, organization.settings);
    roles_to_json(object.value("custom_roles"), view.custom_roles);
    object.close();
}

}  // namespace rollcall::api::management

// What a member session needs to change an organization (contract §3.3).
#include "directory/organization_permissions.hpp"

#include "directory/organization_plan.hpp"

#include <gtest/gtest.h>

#include <map>
#include <set>
#include <vector>

namespace rollcall::directory {
namespace {

using Fields = std::map<std::string, std::string>;  // field: action

Fields needed_for(Organization const& current, OrganizationFields const& fields) {
    EffectivePolicy const policy{ProjectPolicy{}};
    auto const next =
        plan_organization_update(current, fields, policy, Timestamp{}, Limits{}).value();
    Fields needed;
    for (auto const& permission : permissions_to_change(current, next)) {
        EXPECT_EQ(permission.resource, "stytch.organization");
        needed.emplace(permission.field, permission.action);
    }
    return needed;
}

OrganizationFields everything() {
    OrganizationFields fields;
    fields.name = "Acme";
    fields.slug = "acme";
    fields.logo_url = "https://acme.com/logo.png";
    fields.external_id = "crm|1";
    fields.trusted_metadata = {{"plan", "gold"}};
    fields.sso_jit_provisioning = "RESTRICTED";
    fields.sso_jit_provisioning_allowed_connections = {"saml-1"};
    fields.sso_default_connection_id = "saml-1";
    fields.email_allowed_domains = {"acme.com"};
    fields.email_jit_provisioning = "RESTRICTED";
    fields.email_invites = "RESTRICTED";
    fields.oauth_tenant_jit_provisioning = "RESTRICTED";
    fields.allowed_oauth_tenants = {{"slack", {"T1"}}};
    fields.claimed_email_domains = {"acme.org"};
    fields.auth_methods = "RESTRICTED";
    fields.allowed_auth_methods = {"sso"};
    fields.mfa_policy = "REQUIRED_FOR_ALL";
    fields.mfa_methods = "RESTRICTED";
    fields.allowed_mfa_methods = {"totp"};
    fields.rbac_email_implicit_role_assignments =
        std::vector{EmailRoleFields{"acme.com", "stytch_admin"}};
    fields.first_party_connected_apps_allowed_type = "RESTRICTED";
    fields.allowed_first_party_connected_apps = {"app-1"};
    fields.third_party_connected_apps_allowed_type = "RESTRICTED";
    fields.allowed_third_party_connected_apps = {"app-2"};
    return fields;
}

TEST(OrganizationPermissions, EachFieldHasItsAction) {
    Fields const expected{
        {"organization_name", "update.info.name"},
        {"organization_slug", "update.info.slug"},
        {"organization_logo_url", "update.info.logo-url"},
        {"organization_external_id", ""},
        {"trusted_metadata", ""},
        {"sso_default_connection_id", "update.settings.default-sso-connection"},
        {"sso_jit_provisioning", "update.settings.sso-jit-provisioning"},
        {"sso_jit_provisioning_allowed_connections", "update.settings.sso-jit-provisioning"},
        {"email_allowed_domains", "update.settings.allowed-domains"},
        {"email_jit_provisioning", "update.settings.email-jit-provisioning"},
        {"email_invites", "update.settings.email-invites"},
        {"auth_methods", "update.settings.allowed-auth-methods"},
        {"allowed_auth_methods", "update.settings.allowed-auth-methods"},
        {"mfa_policy", "update.settings.mfa-policy"},
        {"mfa_methods", "update.settings.allowed-mfa-methods"},
        {"allowed_mfa_methods", "update.settings.allowed-mfa-methods"},
        {"rbac_email_implicit_role_assignments", "update.settings.implicit-roles"},
        {"oauth_tenant_jit_provisioning", "update.settings.oauth-tenant-jit-provisioning"},
        {"allowed_oauth_tenants", "update.settings.allowed-oauth-tenants"},
        {"claimed_email_domains", ""},
        {"first_party_connected_apps_allowed_type", ""},
        {"allowed_first_party_connected_apps", ""},
        {"third_party_connected_apps_allowed_type", ""},
        {"allowed_third_party_connected_apps", ""}};
    EXPECT_EQ(needed_for({}, everything()), expected);
    EXPECT_EQ(organization_field_permissions().size(), expected.size());
}

// A role may be given the action, so it must exist to be given.
TEST(OrganizationPermissions, EveryActionIsOneOfTheResource) {
    std::set<std::string> actions;
    for (auto const& resource : default_policy().resources) {
        if (resource.resource_id != "stytch.organization") continue;
        actions.insert(resource.actions.begin(), resource.actions.end());
    }
    for (auto const& permission : organization_field_permissions()) {
        if (permission.action.empty()) continue;
        EXPECT_TRUE(actions.contains(std::string(permission.action))) << permission.action;
    }
}

TEST(OrganizationPermissions, WhatStaysAsItIsNeedsNone) {
    EffectivePolicy const policy{ProjectPolicy{}};
    auto const organization =
        plan_organization_update({}, everything(), policy, Timestamp{}, Limits{}).value();
    EXPECT_EQ(needed_for(organization, {}), Fields{});
    EXPECT_EQ(needed_for(organization, everything()), Fields{});
    OrganizationFields name_only;
    name_only.name = "New";
    EXPECT_EQ(needed_for(organization, name_only),
              (Fields{{"organization_name", "update.info.name"}}));
}

// Java sends empty lists and objects for what it was not given.
TEST(OrganizationPermissions, EmptyValuesNeedOneOnlyWhereTheyClear) {
    OrganizationFields fields;
    fields.name = "New";
    fields.trusted_metadata.emplace();
    fields.sso_jit_provisioning_allowed_connections.emplace();
    fields.email_allowed_domains.emplace();
    fields.claimed_email_domains.emplace();
    fields.allowed_auth_methods.emplace();
    fields.allowed_mfa_methods.emplace();
    fields.rbac_email_implicit_role_assignments.emplace();
    fields.allowed_oauth_tenants.emplace();
    fields.allowed_first_party_connected_apps.emplace();
    fields.allowed_third_party_connected_apps.emplace();
    Organization organization;
    organization.trusted_metadata = {{"plan", "gold"}};
    EXPECT_EQ(needed_for(organization, fields),
              (Fields{{"organization_name", "update.info.name"}}));
    organization.settings.email_allowed_domains = {"acme.com"};
    organization.settings.claimed_email_domains = {"acme.com"};
    EXPECT_EQ(needed_for(organization, fields),
              (Fields{{"organization_name", "update.info.name"},
                      {"email_allowed_domains", "update.settings.allowed-domains"},
                      {"claimed_email_domains", ""}}));
}

}  // namespace
}  // namespace rollcall::directory

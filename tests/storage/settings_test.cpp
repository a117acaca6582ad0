// The document in which organization settings are stored.
#include "storage/settings.hpp"

#include <gtest/gtest.h>

namespace rollcall::storage {
namespace {

using directory::OrganizationSettings;

OrganizationSettings everything_changed() {
    OrganizationSettings s;
    s.sso_jit_provisioning = "RESTRICTED";
    s.sso_jit_provisioning_allowed_connections = {"a", "b"};
    s.sso_default_connection_id = "saml";
    s.email_allowed_domains = {"example.com"};
    s.email_jit_provisioning = "RESTRICTED";
    s.email_invites = "NOT_ALLOWED";
    s.oauth_tenant_jit_provisioning = "RESTRICTED";
    s.allowed_oauth_tenants = {{"slack", {"T1", "T2"}}};
    s.claimed_email_domains = {"example.org"};
    s.auth_methods = "RESTRICTED";
    s.allowed_auth_methods = {"sso"};
    s.mfa_policy = "REQUIRED_FOR_ALL";
    s.mfa_methods = "RESTRICTED";
    s.allowed_mfa_methods = {"totp"};
    s.rbac_email_implicit_role_assignments = {{"example.com", "admin"}, {"example.org", "viewer"}};
    s.first_party_connected_apps_allowed_type = "RESTRICTED";
    s.allowed_first_party_connected_apps = {"app"};
    s.third_party_connected_apps_allowed_type = "NOT_ALLOWED";
    s.allowed_third_party_connected_apps = {"other"};
    return s;
}

TEST(Settings, come_back_as_they_were) {
    OrganizationSettings const defaults;
    EXPECT_EQ(settings_from_json(to_json(defaults)), defaults);
    auto const changed = everything_changed();
    EXPECT_EQ(settings_from_json(to_json(changed)), changed);
}

TEST(Settings, store_every_member) {
    auto const before = to_json(OrganizationSettings{});
    auto const after = to_json(everything_changed());
    EXPECT_EQ(before.size(), 19U);
    for (auto const& [name, value] : before) EXPECT_NE(after.at(name), value) << name;
}

TEST(Settings, keep_defaults_for_what_an_older_document_lacks) {
    boost::json::object const old{{"email_invites", "NOT_ALLOWED"}, {"mfa_policy", 7}};
    auto const read = settings_from_json(old);
    EXPECT_EQ(read.email_invites, "NOT_ALLOWED");
    EXPECT_EQ(read.mfa_policy, OrganizationSettings{}.mfa_policy);
}

}  // namespace
}  // namespace rollcall::storage

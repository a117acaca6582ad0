// Organizations: create, get, update, delete (contract §1.5, §3.1 to §3.3).
#include "unit/api/management_fixture.hpp"

namespace rollcall::tests {
namespace {

class ManagementOrganizations : public ManagementTest {
protected:
    std::string const root = "/v1/b2b/organizations";

    static std::string text(json::object const& object, std::string_view field) {
        return std::string(object.at(field).as_string());
    }
    std::string path_of(json::object const& organization) {
        return root + "/" + text(organization, "organization_id");
    }
    json::object update(json::object const& organization, std::string const& body) {
        auto const answer = send("PUT", path_of(organization), body);
        EXPECT_EQ(answer.response.status, 200) << answer.body();
        return answer.json().at("organization").as_object();
    }
};

TEST_F(ManagementOrganizations, DefaultsOfANewOne) {
    auto organization = create_organization();
    auto const id = text(organization, "organization_id");
    EXPECT_TRUE(parse_id<OrganizationId>(id));
    EXPECT_EQ(text(organization, "created_at"), text(organization, "updated_at"));
    EXPECT_EQ(text(organization, "created_at").size(), 20u);
    EXPECT_TRUE(text(organization, "created_at").ends_with("Z"));
    for (auto const field : {"organization_id", "created_at", "updated_at"}) {
        organization.erase(field);
    }
    auto const expected = json::parse(R"({
        "organization_name": "Acme Inc.", "organization_slug": "acme-inc",
        "organization_logo_url": "", "organization_external_id": null, "trusted_metadata": {},
        "sso_active_connections": [], "sso_default_connection_id": null,
        "scim_active_connection": null, "scim_active_connections": [],
        "sso_jit_provisioning": "ALL_ALLOWED", "sso_jit_provisioning_allowed_connections": [],
        "email_allowed_domains": [], "email_jit_provisioning": "NOT_ALLOWED",
        "email_invites": "ALL_ALLOWED", "oauth_tenant_jit_provisioning": "NOT_ALLOWED",
        "allowed_oauth_tenants": {}, "claimed_email_domains": [], "auth_methods": "ALL_ALLOWED",
        "allowed_auth_methods": [], "mfa_policy": "OPTIONAL", "mfa_methods": "ALL_ALLOWED",
        "allowed_mfa_methods": [], "rbac_email_implicit_role_assignments": [],
        "first_party_connected_apps_allowed_type": "ALL_ALLOWED",
        "allowed_first_party_connected_apps": [],
        "third_party_connected_apps_allowed_type": "ALL_ALLOWED",
        "allowed_third_party_connected_apps": [], "custom_roles": []})");
    EXPECT_EQ(json::value(organization), expected);
}

TEST_F(ManagementOrganizations, EveryFieldIsStoredAndReturned) {
    auto const body = json::parse(R"({
        "organization_name": "Ünïcode \"& Söhne\"", "organization_slug": "Uni.code_1~",
        "organization_logo_url": "https://example.com/l.png",
        "organization_external_id": "crm|42", "trusted_metadata": {"plan": {"seats": 3}},
        "sso_jit_provisioning": "RESTRICTED", "email_allowed_domains": ["acme.com"],
        "email_jit_provisioning": "RESTRICTED", "email_invites": "RESTRICTED",
        "oauth_tenant_jit_provisioning": "RESTRICTED",
        "allowed_oauth_tenants": {"slack": ["T1"], "hubspot": [], "github": ["a", "b"]},
        "claimed_email_domains": ["acme.org"], "auth_methods": "RESTRICTED",
        "allowed_auth_methods": ["sso", "password"], "mfa_policy": "REQUIRED_FOR_ALL",
        "mfa_methods": "RESTRICTED", "allowed_mfa_methods": ["totp"],
        "rbac_email_implicit_role_assignments": [{"domain": "acme.com", "role_id": "stytch_admin"}],
        "first_party_connected_apps_allowed_type": "RESTRICTED",
        "allowed_first_party_connected_apps": ["app-1"],
        "third_party_connected_apps_allowed_type": "NOT_ALLOWED",
        "allowed_third_party_connected_apps": ["app-2"]})");
    auto const created = send("POST", root, json::serialize(body)).json();
    auto const id = text(created.at("organization").as_object(), "organization_id");
    auto const read = send("GET", root + "/" + id).json();
    EXPECT_EQ(created.at("organization"), read.at("organization"));
    for (auto const& [field, value] : body.as_object()) {
        EXPECT_EQ(read.at("organization").at(field), value) << field;
    }
}

TEST_F(ManagementOrganizations, UpdateSetsWhatOnlyAnUpdateHas) {
    auto const organization = update(create_organization(),
                                     R"({"sso_default_connection_id":"saml-connection-1",
                   "sso_jit_provisioning_allowed_connections":["saml-connection-1"]})");
    EXPECT_EQ(text(organization, "sso_default_connection_id"), "saml-connection-1");
    EXPECT_EQ(organization.at("sso_jit_provisioning_allowed_connections").as_array().size(), 1u);
    auto const created = create_organization(
        R"(,"sso_default_connection_id":"x","sso_jit_provisioning_allowed_connections":["x"])");
    EXPECT_TRUE(created.at("sso_default_connection_id").is_null());
    EXPECT_TRUE(created.at("sso_jit_provisioning_allowed_connections").as_array().empty());
}

TEST_F(ManagementOrganizations, FoundByIdSlugAndExternalId) {
    auto const a = create_organization(R"(,"organization_slug":"a-slug",
        "organization_external_id":"ext|a")");
    auto const b = create_organization(R"(,"organization_slug":"b-slug")");
    for (auto const& reference : {text(a, "organization_id"), std::string("a-slug"),
                                  std::string("ext%7Ca"), std::string("ext|a")}) {
        auto const answer = send("GET", root + "/" + reference);
        ASSERT_EQ(answer.response.status, 200) << reference;
        EXPECT_EQ(answer.json().at("organization").at("organization_id"), a.at("organization_id"));
    }
    EXPECT_EQ(send("GET", root + "/b-slug").json().at("organization"), json::value(b));
}

TEST_F(ManagementOrganizations, DerivedSlugs) {
    auto const slug_of = [&](std::string const& name) {
        auto const answer =
            send("POST", root, json::serialize(json::object{{"organization_name", name}}));
        return text(answer.json().at("organization").as_object(), "organization_slug");
    };
    EXPECT_EQ(slug_of("  Big & Söhne, GmbH!! "), "big-s-hne-gmbh");
    EXPECT_EQ(slug_of("東京"), "organization");
    EXPECT_EQ(slug_of(std::string(128, 'x')), std::string(100, 'x'));
    EXPECT_EQ(slug_of("Same"), "same");
    auto const second = slug_of("Same");
    EXPECT_TRUE(second.starts_with("same-"));
    EXPECT_EQ(second.size(), 13u);
    // The form of an id would never be found as a slug.
    auto const id = to_string(OrganizationId{Environment::test, ids.random_uuid()});
    EXPECT_TRUE(slug_of(id).starts_with("organization-"));
    EXPECT_NE(slug_of(id), id);
}

TEST_F(ManagementOrganizations, EmailInvitesFollowsTheOtherSettings) {
    auto const invites = [&](std::string const& fields) {
        return text(create_organization(fields), "email_invites");
    };
    EXPECT_EQ(invites(""), "ALL_ALLOWED");
    // What Java's client sends for lists it was not given.
    EXPECT_EQ(invites(R"(,"email_allowed_domains":[],"allowed_auth_methods":[],
        "claimed_email_domains":[],"auth_methods":"","email_invites":null)"),
              "ALL_ALLOWED");
    EXPECT_EQ(invites(R"(,"mfa_policy":"OPTIONAL","claimed_email_domains":["acme.org"])"),
              "ALL_ALLOWED");
    EXPECT_EQ(invites(R"(,"email_allowed_domains":["acme.com"])"), "NOT_ALLOWED");
    EXPECT_EQ(invites(R"(,"sso_jit_provisioning":"ALL_ALLOWED")"), "NOT_ALLOWED");
    EXPECT_EQ(invites(R"(,"allowed_oauth_tenants":{"slack":["T1"]})"), "NOT_ALLOWED");
    EXPECT_EQ(invites(R"(,"auth_methods":"ALL_ALLOWED","email_invites":"RESTRICTED")"),
              "RESTRICTED");
}

TEST_F(ManagementOrganizations, AbsentNullAndEmptyOnUpdate) {
    auto const before = create_organization(R"(,"organization_logo_url":"https://a.example/l",
        "organization_external_id":"ext","email_allowed_domains":["acme.com"])");
    EXPECT_EQ(update(before, "{}"), before);
    EXPECT_EQ(update(before, R"({"organization_name":null,"email_allowed_domains":null,
        "trusted_metadata":null,"organization_logo_url":null})"),
              before);
    EXPECT_EQ(update(before, R"({"organization_name":"","organization_slug":"",
        "organization_external_id":"","mfa_policy":"","trusted_metadata":[]})"),
              before);
    auto const cleared =
        update(before, R"({"organization_logo_url":"","email_allowed_domains":[]})");
    EXPECT_EQ(text(cleared, "organization_logo_url"), "");
    EXPECT_TRUE(cleared.at("email_allowed_domains").as_array().empty());
}

// A reference may lead to one organization alone.
TEST_F(ManagementOrganizations, SlugsAndExternalIdsOfOthersAreTaken) {
    auto const first = create_organization(
        R"(,"organization_slug":"first","organization_external_id":"acme-corp")");
    auto const created = send("POST", root, R"({"organization_name":"Acme Corp"})");
    EXPECT_EQ(created.response.status, 200) << created.body();
    auto const second = created.json().at("organization").as_object();
    EXPECT_TRUE(text(second, "organization_slug").starts_with("acme-corp-"));
    EXPECT_EQ(send("GET", root + "/acme-corp").json().at("organization"), json::value(first));

    expect_error(send("PUT", path_of(second), R"({"organization_slug":"acme-corp"})"), 400,
                 "organization_slug_already_used", "organization_slug");
    expect_error(send("PUT", path_of(second), R"({"organization_external_id":"first"})"), 400,
                 "organization_external_id_already_used", "organization_external_id");
    expect_error(send("POST", root, R"({"organization_name":"A","organization_slug":"acme-corp"})"),
                 400, "organization_slug_already_used", "organization_slug");
}

TEST_F(ManagementOrganizations, MetadataIsMergedByKey) {
    auto organization =
        create_organization(R"(,"trusted_metadata":{"a":1,"b":{"x":1},"gone":null})");
    EXPECT_EQ(organization.at("trusted_metadata"), json::parse(R"({"a":1,"b":{"x":1}})"));
    organization = update(organization, R"({"trusted_metadata":{"a":null,"b":{"y":2},"c":[]}})");
    EXPECT_EQ(organization.at("trusted_metadata"), json::parse(R"({"b":{"y":2},"c":[]})"));
}

// Keys that differ in case are two, and what was read can be sent back.
TEST_F(ManagementOrganizations, MetadataKeysAreCaseSensitive) {
    auto organization = create_organization(R"(,"trusted_metadata":{"Plan":1})");
    organization = update(organization, R"({"trusted_metadata":{"plan":2}})");
    EXPECT_EQ(organization.at("trusted_metadata"), json::parse(R"({"Plan":1,"plan":2})"));
    update(organization, R"({"trusted_metadata":{"Plan":1,"plan":2}})");
    expect_error(send("PUT", path_of(organization), R"({"trusted_metadata":{"a":1,"a":2}})"), 400,
                 "bad_request", "\"a\"");
}

TEST_F(ManagementOrganizations, MetadataLimits) {
    auto const organization = create_organization();
    std::string keys;
    for (int i = 0; i < 20; ++i) keys += (i ? ",\"k" : "\"k") + std::to_string(i) + "\":1";
    update(organization, R"({"trusted_metadata":{)" + keys + "}}");
    expect_error(send("PUT", path_of(organization), R"({"trusted_metadata":{"one_more":1}})"), 400,
                 "metadata_too_many_keys", "trusted_metadata");
    EXPECT_EQ(send("PUT", path_of(organization), R"({"trusted_metadata":{"new":1,"k0":null}})")
                  .response.status,
              200);
    auto const fields = [](std::size_t size) {
        return R"(,"trusted_metadata":{"k":")" + std::string(size, 'x') + "\"}";
    };
    create_organization(fields(4096 - 8));
    expect_error(send("POST", root, R"({"organization_name":"A")" + fields(4096 - 7) + "}"), 400,
                 "metadata_too_large", "trusted_metadata");
    for (auto const bad : {"\"x\"", "[1]", "7"}) {
        expect_error(
            send("PUT", path_of(organization), R"({"trusted_metadata":)" + std::string(bad) + "}"),
            400, "metadata_invalid_format", "trusted_metadata");
    }
}

TEST_F(ManagementOrganizations, DomainsAreLowerCased) {
    auto const organization =
        create_organization(R"(,"email_allowed_domains":["ACME.Com"," sub.acme.com "])");
    EXPECT_EQ(organization.at("email_allowed_domains"),
              json::parse(R"(["acme.com","sub.acme.com"])"));
}

TEST_F(ManagementOrganizations, SlugAndExternalIdAreUnique) {
    auto const first = create_organization(
        R"(,"organization_slug":"taken","organization_external_id":"taken-too")");
    auto const second = create_organization();
    auto const slug = R"({"organization_name":"A","organization_slug":"taken"})";
    expect_error(send("POST", root, slug), 400, "organization_slug_already_used");
    expect_error(send("PUT", path_of(second), slug), 400, "organization_slug_already_used");
    auto const external = R"({"organization_name":"A","organization_external_id":"taken-too"})";
    expect_error(send("POST", root, external), 400, "organization_external_id_already_used");
    expect_error(send("PUT", path_of(second), external), 400,
                 "organization_external_id_already_used");
    // One's own are not taken.
    EXPECT_EQ(send("PUT", path_of(first), slug).response.status, 200);
    EXPECT_EQ(send("GET", path_of(second)).json().at("organization"), json::value(second));
}

TEST_F(ManagementOrganizations, DeleteFreesTheNames) {
    auto const connected = connect();
    auto const path = root + "/" + connected.organization;
    EXPECT_EQ(send("PUT", path, R"({"organization_slug":"free","organization_external_id":"e"})")
                  .response.status,
              200);
    auto const answer = send("DELETE", path);
    EXPECT_EQ(answer.response.status, 200);
    EXPECT_EQ(answer.json().at("organization_id").as_string(), connected.organization);
    EXPECT_EQ(answer.json().as_object().size(), 3u);
    expect_error(send("GET", path), 404, "organization_not_found");
    expect_error(send("GET", root + "/free"), 404, "organization_not_found");
    expect_error(send("DELETE", path), 404, "organization_not_found");
    expect_error(send("PUT", path, "{}"), 404, "organization_not_found");
    expect_error(send("GET", connected.path()), 404, "organization_not_found");
    EXPECT_FALSE(token_works(connected, connected.token));
    create_organization(R"(,"organization_slug":"free","organization_external_id":"e")");
}

TEST_F(ManagementOrganizations, ShowsItsActiveConnection) {
    auto const connected = connect(R"({"display_name":"Directory"})");
    auto const path = root + "/" + connected.organization;
    auto const organization = send("GET", path).json().at("organization").as_object();
    auto const& shown = organization.at("scim_active_connection").as_object();
    EXPECT_EQ(text(shown, "connection_id"), connected.connection);
    EXPECT_EQ(text(shown, "display_name"), "Directory");
    EXPECT_EQ(text(shown, "bearer_token_last_four"),
              connected.token.substr(connected.token.size() - 4));
    EXPECT_TRUE(text(shown, "bearer_token_expires_at").ends_with("Z"));
    EXPECT_EQ(shown.size(), 4u);
    EXPECT_EQ(organization.at("scim_active_connections").as_array().size(), 1u);
    send("DELETE", connected.path());
    EXPECT_TRUE(send("GET", path).json().at("organization").at("scim_active_connection").is_null());
}

TEST_F(ManagementOrganizations, Events) {
    auto const organization = create_organization();
    update(organization, R"({"organization_name":"B"})");
    update(organization, R"({"organization_name":"B"})");
    update(organization, R"({"organization_name":""})");
    EXPECT_EQ(
        event_names(text(organization, "organization_id")),
        (std::vector<std::string>{"direct.organization.create", "direct.organization.update"}));
}

TEST_F(ManagementOrganizations, UnchangedUpdateKeepsUpdatedAt) {
    auto const before = create_organization();
    clock.advance(std::chrono::seconds(90));
    EXPECT_EQ(update(before, R"({"organization_name":"Acme Inc.","mfa_policy":"OPTIONAL"})"),
              before);
    auto const after = update(before, R"({"organization_name":"Other"})");
    EXPECT_GT(text(after, "updated_at"), text(before, "updated_at"));
    EXPECT_EQ(text(after, "created_at"), text(before, "created_at"));
}

TEST_F(ManagementOrganizations, LiveProjectsWorkTheSame) {
    auto const live = create_backend(Environment::live);
    auto const organization = create_organization_as(live);
    EXPECT_TRUE(text(organization, "organization_id").starts_with("organization-live-"));
}

}  // namespace
}  // namespace rollcall::tests

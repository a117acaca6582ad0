// Updates with a member's session need the permission of each field that changes (contract §2.4,
// §3.3).
#include "unit/api/management_sessions_fixture.hpp"

namespace rollcall::tests {
namespace {

class FieldPermissions : public SessionsTest {
protected:
    Connected connected = connect();
    std::string organization = connected.organization;
    std::string path = "/v1/b2b/organizations/" + organization;

    /// A member whose only role of its own allows these.
    Session log_in_with(std::string const& name, std::string const& resource,
                        std::string const& actions) {
        auto const role = fmt::format(
            R"({{"role_id":"{}","description":"","permissions":[{{"resource_id":"{}","actions":{}}}]}})",
            name, resource, actions);
        roles_ += (roles_.empty() ? "" : ",") + role;
        auto const answer = send("PUT", "/v1/rollcall/rbac/policy",
                                 R"({"policy":{"custom_roles":[)" + roles_ + "]}}");
        EXPECT_EQ(answer.response.status, 200U) << answer.body();
        return log_in(organization, name + "@example.com", R"(,"roles":[")" + name + "\"]");
    }
    Answer update(Session const& session, std::string const& body) {
        return send("PUT", path, body, with_token(session));
    }
    Answer update_connection(Session const& session, std::string const& body) {
        return send("PUT", connected.path(), body, with_token(session));
    }
    Answer update_member(Session const& session, std::string const& member,
                         std::string const& body) {
        return send("PUT", path + "/members/" + member, body, with_token(session));
    }
    static void allow(Answer const& answer) {
        EXPECT_EQ(answer.response.status, 200U) << answer.body();
    }
    static void refuse(Answer const& answer, std::string const& words) {
        expect_error(answer, 403, "session_authorization_error", words);
    }

private:
    std::string roles_;
};

TEST_F(FieldPermissions, OfAnOrganizationAreCheckedOneByOne) {
    auto const editor = log_in_with("editor", "stytch.organization",
                                    R"(["update.info.name","update.settings.mfa-policy"])");
    allow(update(editor, R"({"organization_name":"New"})"));
    allow(update(editor, R"({"organization_name":"Newer","mfa_policy":"REQUIRED_FOR_ALL"})"));
    refuse(update(editor, R"({"organization_slug":"new"})"), "update.info.slug");
    refuse(update(editor, R"({"organization_name":"Newest","organization_slug":"new"})"),
           "update.info.slug");
    auto const now = send("GET", path).json().at("organization");
    EXPECT_EQ(now.at("organization_name").as_string(), "Newer");
    EXPECT_EQ(now.at("mfa_policy").as_string(), "REQUIRED_FOR_ALL");
    // The backend alone may do anything.
    allow(send("PUT", path, R"({"organization_slug":"new"})"));
}

TEST_F(FieldPermissions, AreNotNeededForWhatStaysAsItIs) {
    auto const editor = log_in_with("editor", "stytch.organization", R"(["update.info.name"])");
    allow(send("PUT", path, R"({"trusted_metadata":{"plan":"gold"}})"));
    // As Java sends it.
    allow(update(editor, R"({"organization_name":"New","organization_slug":"acme-inc",
        "trusted_metadata":{},"email_allowed_domains":[],"claimed_email_domains":[],
        "allowed_auth_methods":[],"allowed_mfa_methods":[],"allowed_oauth_tenants":{},
        "rbac_email_implicit_role_assignments":[],"sso_jit_provisioning_allowed_connections":[],
        "allowed_first_party_connected_apps":[],"allowed_third_party_connected_apps":[]})"));
    allow(send("PUT", path, R"({"email_allowed_domains":["acme.com"]})"));
    refuse(update(editor, R"({"email_allowed_domains":[]})"), "update.settings.allowed-domains");
}

// The answer shows what is there.
TEST_F(FieldPermissions, OneIsNeededToChangeNothing) {
    auto const plain = log_in(organization, "plain@example.com");
    auto const ada = log_in(organization, "ada@example.com");
    auto const editor = log_in_with("editor", "stytch.member", R"(["update.settings.roles"])");
    for (std::string const body : {"{}", R"({"preserve_existing_sessions":true})"}) {
        refuse(update_member(plain, ada.member, body), "stytch.member");
        allow(update_member(editor, ada.member, body));
    }
    allow(update_member(plain, plain.member, "{}"));
    allow(update_member(editor, ada.member, R"({"roles":[],"name":""})"));
    refuse(update(plain, "{}"), "stytch.organization");
    allow(update(log_in_with("namer", "stytch.organization", R"(["update.info.name"])"), "{}"));
}

TEST_F(FieldPermissions, DoNotReachWhatIsTheDevelopersOwn) {
    auto const root = log_in_admin(organization, "root@example.com");
    expect_error(update(root, R"({"trusted_metadata":{"plan":"gold"}})"), 401,
                 "cannot_update_trusted_metadata", "trusted_metadata");
    refuse(update(root, R"({"organization_external_id":"crm|1"})"), "organization_external_id");
    refuse(update(root, R"({"claimed_email_domains":["acme.com"]})"), "claimed_email_domains");
    for (std::string const party : {"first", "third"}) {
        auto const type = party + "_party_connected_apps_allowed_type";
        auto const list = "allowed_" + party + "_party_connected_apps";
        refuse(update(root, R"({")" + type + R"(":"RESTRICTED"})"), type);
        refuse(update(root, R"({")" + list + R"(":["app-1"]})"), list);
    }
    allow(update(root, R"({"organization_name":"New","organization_slug":"new",
        "email_allowed_domains":["acme.com"]})"));
}

TEST_F(FieldPermissions, OfAConnectionAreTwo) {
    auto const group = push_groups(connected, {"Staff"}).front();
    auto const assignments = R"("scim_group_implicit_role_assignments":[{"role_id":"stytch_admin",
        "group_id":")" + group +
                             R"("}])";
    auto const scim = log_in_with("scim", "stytch.scim", R"(["update"])");
    auto const roles =
        log_in_with("roles", "stytch.organization", R"(["update.settings.implicit-roles"])");
    allow(update_connection(scim, R"({"display_name":"New"})"));
    allow(update_connection(scim, "{}"));
    allow(update_connection(scim, R"({"display_name":"Newer",
        "scim_group_implicit_role_assignments":[]})"));
    refuse(update_connection(scim, "{" + assignments + "}"), "update.settings.implicit-roles");
    refuse(update_connection(roles, "{}"), "stytch.scim");
    refuse(update_connection(roles, R"({"display_name":"Newest",)" + assignments + "}"),
           "stytch.scim");
    allow(update_connection(roles, "{" + assignments + "}"));
    allow(update_connection(roles, "{" + assignments + "}"));
    refuse(update_connection(scim, R"({"scim_group_implicit_role_assignments":[]})"),
           "update.settings.implicit-roles");
    allow(update_connection(roles, R"({"scim_group_implicit_role_assignments":[]})"));
}

}  // namespace
}  // namespace rollcall::tests

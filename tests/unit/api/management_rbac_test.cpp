// Policies of roles (contract §6): what is shown, replaced and refused, and what follows for
// organizations and connections at once.
#include "unit/api/management_fixture.hpp"

namespace rollcall::tests {
namespace {

class ManagementRbac : public ManagementTest {
protected:
    static constexpr auto own_path = "/v1/rollcall/rbac/policy";

    static std::string role(std::string const& id, std::string const& resource = "document",
                            std::string const& action = "read") {
        return R"({"role_id":")" + id + R"(","description":"d","permissions":[{"resource_id":")" +
               resource + R"(","actions":[")" + action + R"("]}]})";
    }
    static std::string policy_body(std::string const& roles, std::string const& more = "") {
        return R"({"policy":{"custom_resources":[{"resource_id":"document","description":"",)"
               R"("available_actions":["read","write"]}],"custom_roles":[)" +
               roles + "]" + more + "}}";
    }
    static std::string organization_body(std::string const& roles) {
        return R"({"org_policy":{"roles":[)" + roles + "]}}";
    }
    void put_policy(std::string const& roles, std::string const& more = "") {
        auto const answer = send("PUT", own_path, policy_body(roles, more));
        ASSERT_EQ(answer.response.status, 200U) << answer.body();
    }
    json::value policy() { return send("GET", "/v1/b2b/rbac/policy").json().at("policy"); }
    json::value own_policy() { return send("GET", own_path).json().at("policy"); }

    static std::vector<std::string> role_ids(json::value const& roles) {
        std::vector<std::string> ids;
        for (auto const& role : roles.as_array()) {
            ids.emplace_back(role.at("role_id").as_string());
        }
        return ids;
    }
    std::string organization() {
        return std::string(create_organization().at("organization_id").as_string());
    }
    static std::string policy_path(std::string const& organization) {
        return "/v1/b2b/rbac/organizations/" + organization;
    }
};

using Ids = std::vector<std::string>;

TEST_F(ManagementRbac, ANewProjectHasTheDefaultPolicy) {
    auto const shown = policy();
    EXPECT_EQ(shown.as_object().size(), 3U);
    EXPECT_EQ(shown.at("scopes"), json::array{});
    EXPECT_EQ(role_ids(shown.at("roles")), (Ids{"stytch_member", "stytch_admin"}));
    EXPECT_EQ(shown.at("roles").at(0).at("permissions"),
              json::parse(R"([{"resource_id":"stytch.self","actions":["*"]}])"));
    EXPECT_EQ(shown.at("resources").as_array().size(), 6U);
    EXPECT_EQ(shown.at("resources").at(4).at("resource_id"), "stytch.scim");
    EXPECT_EQ(shown.at("resources").at(4).at("actions"),
              json::parse(R"(["create","get","update","delete"])"));
    EXPECT_EQ(own_policy(), json::parse(R"({"stytch_member":{"permissions":[]},
        "stytch_admin":{"permissions":[]},"custom_roles":[],"custom_resources":[],
        "custom_scopes":[]})"));
}

TEST_F(ManagementRbac, AProjectReplacesWhatItAdds) {
    auto const more = R"(,"stytch_member":{"permissions":[
        {"resource_id":"document","actions":["read"]},
        {"resource_id":"stytch.self","actions":["delete"]}]},
        "stytch_admin":{"permissions":[{"resource_id":"document","actions":["*"]}]},
        "custom_scopes":[])";
    auto const put = send("PUT", own_path, policy_body(role("reader"), more));
    EXPECT_EQ(put.json().at("policy"), own_policy());
    EXPECT_EQ(own_policy().at("custom_roles"), json::parse("[" + role("reader") + "]"));
    EXPECT_EQ(own_policy().at("stytch_member"),
              json::parse(R"({"permissions":[{"resource_id":"document","actions":["read"]}]})"));
    auto const shown = policy();
    EXPECT_EQ(role_ids(shown.at("roles")), (Ids{"stytch_member", "stytch_admin", "reader"}));
    EXPECT_EQ(shown.at("roles").at(0).at("permissions"),
              json::parse(R"([{"resource_id":"stytch.self","actions":["*"]},
                              {"resource_id":"document","actions":["read"]}])"));
    EXPECT_EQ(shown.at("resources").at(6),
              json::parse(R"({"resource_id":"document","description":"",
                              "actions":["read","write"]})"));
    // What was read can be sent back; what is left out is gone, default permissions are not.
    auto const again =
        send("PUT", own_path, json::serialize(json::object{{"policy", own_policy()}}));
    EXPECT_EQ(again.json().at("policy"), put.json().at("policy"));
    EXPECT_EQ(send("PUT", own_path, R"({"policy":{}})").response.status, 200U);
    EXPECT_EQ(role_ids(policy().at("roles")), (Ids{"stytch_member", "stytch_admin"}));
    EXPECT_EQ(policy().at("roles").at(1).at("permissions").as_array().size(), 5U);
}

TEST_F(ManagementRbac, RefusedPoliciesNamePlaceAndRuleAndChangeNothing) {
    put_policy(role("reader"));
    auto const before = own_policy();
    struct Case {
        std::string body;
        std::string type;
        std::string words;
    };
    std::string const long_id(129, 'x');
    std::vector<Case> const cases{
        {"", "invalid_request_value", "policy is required"},
        {R"({"policy":7})", "invalid_request_value", "policy must be an object"},
        {R"({"policy":{"custom_role":[]}})", "invalid_request_value", "not custom_role"},
        {R"({"policy":{"custom_roles":{}}})", "invalid_request_value", "custom_roles must be"},
        {R"({"policy":{"custom_roles":[{"role_id":7}]}})", "invalid_request_value",
         "custom_roles[0].role_id must be a string"},
        {R"({"policy":{"custom_roles":[{"permissions":[{"actions":"*"}]}]}})",
         "invalid_request_value", "custom_roles[0].permissions[0].actions must be an array"},
        {R"({"policy":{"stytch_admin":{"permissions":[7]}}})", "invalid_request_value",
         "stytch_admin.permissions must be an array of objects"},
        {R"({"policy":{"custom_scopes":[{"scope":"s"}]}})", "invalid_rbac_scope",
         "custom_scopes must be empty"},
        {policy_body(role("")), "invalid_rbac_custom_role", "custom_roles[0].role_id"},
        {policy_body(role("a", "folder")), "invalid_rbac_custom_role",
         "permissions[0].resource_id"},
        {policy_body(role("a", "document", "burn")), "invalid_rbac_custom_role", "actions"},
        {policy_body(role("stytch_admin")), "invalid_rbac_stytch_role_edit", "role_id"},
        {policy_body(role("a") + "," + role("a")), "rbac_role_duplicate",
         "custom_roles[1].role_id"},
        {policy_body(role(long_id)), "rbac_role_id_too_long", "role_id"},
        {R"({"policy":{"custom_resources":[{"resource_id":"stytch.x","available_actions":["a"]}]}})",
         "invalid_rbac_custom_resource", "custom_resources[0].resource_id"},
        {R"({"policy":{"custom_resources":[{"resource_id":"x"}]}})",
         "rbac_resource_missing_actions", "custom_resources[0].available_actions"},
        {R"({"policy":{"custom_resources":[{"resource_id":")" + long_id +
             R"(","available_actions":["a"]}]}})",
         "rbac_resource_id_too_long", "resource_id"},
        {R"({"policy":{"custom_resources":[{"resource_id":"x","available_actions":[")" + long_id +
             R"("]}]}})",
         "rbac_action_too_long", "available_actions"},
        {R"({"policy":{"custom_resources":[{"resource_id":"x","available_actions":["a","a"]}]}})",
         "rbac_action_duplicate", "available_actions"},
        {R"({"policy":{"custom_resources":[{"resource_id":"x","available_actions":["a"]},
             {"resource_id":"x","available_actions":["a"]}]}})",
         "rbac_resource_duplicate", "custom_resources[1].resource_id"},
        {R"({"policy":{"custom_roles":[{"role_id":"a"}]}})", "rbac_role_missing_permissions",
         "custom_roles[0].permissions"},
        {R"({"policy":{"stytch_member":{"permissions":[{"resource_id":"stytch.scim"}]}}})",
         "rbac_permission_missing_actions", "stytch_member.permissions[0].actions"},
        {R"({"policy":{"custom_resources":[{"resource_id":"x","available_actions":["a"],
             "description":")" +
             std::string(1001, 'd') + R"("}]}})",
         "rbac_description_too_long", "description"},
        {R"({"policy":{"custom_resources":[{"resource_id":"x","available_actions":["a"],
             "description":")" +
             std::string(limits.policy_text_bytes_max, 'd') + R"("}]}})",
         "rbac_policy_too_large", "131072 bytes"}};
    for (auto const& [body, type, words] : cases) {
        SCOPED_TRACE(body.substr(0, 200));
        expect_error(send("PUT", own_path, body), 400, type, words);
    }
    EXPECT_EQ(own_policy(), before);
}

TEST_F(ManagementRbac, AnOrganizationReplacesItsRoles) {
    put_policy(role("reader"));
    auto const id = organization();
    auto const empty = send("GET", policy_path(id));
    EXPECT_EQ(empty.json().at("org_policy"), json::parse(R"({"roles":[]})"));
    EXPECT_EQ(empty.context.organization, id);
    auto const body =
        organization_body(role("auditor") + "," + role("boss", "stytch.organization", "*"));
    auto const put = send("PUT", policy_path(id), body);
    EXPECT_EQ(put.response.status, 200U) << put.body();
    EXPECT_EQ(put.json().at("org_policy"), json::parse(body).at("org_policy"));
    EXPECT_EQ(send("GET", policy_path(id)).json().at("org_policy"), put.json().at("org_policy"));
    EXPECT_EQ(role_ids(policy().at("roles")).size(), 3U) << "other organizations do not see them";
    EXPECT_EQ(send("PUT", policy_path(id), organization_body("")).json().at("org_policy"),
              json::parse(R"({"roles":[]})"));
}

TEST_F(ManagementRbac, AnOrganizationShowsItsRoles) {
    put_policy("");
    auto const id = organization();
    auto const path = "/v1/b2b/organizations/" + id;
    auto const before = send("GET", path).json().at("organization");
    EXPECT_EQ(before.at("custom_roles"), json::array{});
    auto const events = event_names(id).size();
    clock.advance(std::chrono::seconds(5));
    send("PUT", policy_path("acme-inc"), organization_body(role("auditor")));
    auto const after = send("GET", path).json().at("organization");
    EXPECT_EQ(after.at("custom_roles"), json::parse("[" + role("auditor") + "]"));
    EXPECT_NE(after.at("updated_at"), before.at("updated_at"));
    EXPECT_EQ(event_names(id).size(), events + 1);
    EXPECT_EQ(event_names(id).back(), "direct.organization.update");
    EXPECT_EQ(send("PUT", path, R"({"organization_name":"Other"})")
                  .json()
                  .at("organization")
                  .at("custom_roles"),
              after.at("custom_roles"));
    send("PUT", policy_path(id), organization_body(role("auditor")));
    EXPECT_EQ(event_names(id).size(), events + 2) << "the same once more is no change";
}

TEST_F(ManagementRbac, RefusedRolesOfOrganizations) {
    put_policy(role("reader"));
    auto const path = policy_path(organization());
    ASSERT_EQ(send("PUT", path, organization_body(role("auditor"))).response.status, 200U);
    expect_error(send("PUT", path), 400, "invalid_request_value", "org_policy is required");
    expect_error(send("PUT", path, R"({"org_policy":{}})"), 400, "invalid_request_value",
                 "org_policy.roles is required");
    expect_error(send("PUT", path, R"({"org_policy":{"roles":[{"role_id":[]}]}})"), 400,
                 "invalid_request_value", "org_policy.roles[0].role_id must be a string");
    expect_error(send("PUT", path, organization_body(role("reader"))), 400, "rbac_role_duplicate",
                 "reader");
    expect_error(send("PUT", path, organization_body(role("a", "folder"))), 400,
                 "invalid_rbac_custom_role", "org_policy.roles[0].permissions[0].resource_id");
    expect_error(send("PUT", path, organization_body(role("stytch_member"))), 400,
                 "invalid_rbac_stytch_role_edit", "role_id");
    EXPECT_EQ(role_ids(send("GET", path).json().at("org_policy").at("roles")), Ids{"auditor"});
}

TEST_F(ManagementRbac, RolesAreOfOneProjectAndOneOrganization) {
    put_policy(role("reader"));
    auto const id = organization();
    send("PUT", policy_path(id), organization_body(role("auditor")));
    auto const other = create_backend(Environment::test);
    EXPECT_EQ(send_as(other, "GET", "/v1/b2b/rbac/policy")
                  .json()
                  .at("policy")
                  .at("roles")
                  .as_array()
                  .size(),
              2U);
    for (auto const* method : {"GET", "PUT"}) {
        auto const body = organization_body("");
        expect_error(send_as(other, method, policy_path(id), body), 404, "organization_not_found");
        expect_error(send_as(other, method, policy_path("acme-inc"), body), 404,
                     "organization_not_found");
        expect_error(send(method, policy_path("a b"), body), 400, "invalid_organization_id");
    }
    EXPECT_EQ(role_ids(send("GET", policy_path(id)).json().at("org_policy").at("roles")),
              Ids{"auditor"});
}

TEST_F(ManagementRbac, AssignmentsNameRolesThatExist) {
    auto const connected = connect();
    auto const group = push_groups(connected, {"Engineering"})[0];
    auto const assign = [&](std::string const& id) {
        return send("PUT", connected.path(),
                    R"({"scim_group_implicit_role_assignments":[{"role_id":")" + id +
                        R"(","group_id":")" + group + R"("}]})");
    };
    auto const by_domain = [&](std::string const& id) {
        return send("PUT", "/v1/b2b/organizations/" + connected.organization,
                    R"({"rbac_email_implicit_role_assignments":[{"domain":"acme.com","role_id":")" +
                        id + R"("}]})");
    };
    expect_error(assign("reader"), 400, "invalid_rbac_role_id", "role_id");
    expect_error(by_domain("reader"), 400, "invalid_rbac_role_id", "role_id");
    put_policy(role("reader"));
    send("PUT", policy_path(connected.organization), organization_body(role("auditor")));
    for (auto const* id : {"reader", "auditor", "stytch_admin"}) {
        EXPECT_EQ(assign(id).response.status, 200U) << id;
        EXPECT_EQ(by_domain(id).response.status, 200U) << id;
    }
    expect_error(assign("stytch_member"), 400, "cannot_assign_default_rbac_role_id", "role_id");
    auto const created = send("POST", "/v1/b2b/organizations",
                              R"({"organization_name":"New","rbac_email_implicit_role_assignments":
                                  [{"domain":"new.com","role_id":"auditor"}]})");
    expect_error(created, 400, "invalid_rbac_role_id", "role_id");
}

TEST_F(ManagementRbac, AssignmentsOfARoleThatIsGoneComeBackWithIt) {
    put_policy(role("reader"));
    auto const connected = connect();
    auto const group = push_groups(connected, {"Engineering"})[0];
    auto const organization_path = "/v1/b2b/organizations/" + connected.organization;
    send("PUT", connected.path(),
         R"({"scim_group_implicit_role_assignments":[)"
         R"({"role_id":"reader","group_id":")" +
             group + R"("}]})");
    send("PUT", organization_path,
         R"({"rbac_email_implicit_role_assignments":[{"domain":"acme.com","role_id":"reader"}]})");
    auto const shown = [&] {
        auto const connection =
            send("GET", "/v1/b2b/scim/" + connected.organization + "/connection").json();
        auto const organization = send("GET", organization_path).json();
        return std::pair(connection.at("connection")
                             .at("scim_group_implicit_role_assignments")
                             .as_array()
                             .size(),
                         organization.at("organization")
                             .at("rbac_email_implicit_role_assignments")
                             .as_array()
                             .size());
    };
    EXPECT_EQ(shown(), std::pair(1UL, 1UL));
    put_policy("");
    EXPECT_EQ(shown(), std::pair(0UL, 0UL));
    send("PUT", connected.path(), R"({"display_name":"Other"})");
    send("PUT", organization_path, R"({"organization_name":"Other"})");
    put_policy(role("reader"));
    EXPECT_EQ(shown(), std::pair(1UL, 1UL));
}

TEST_F(ManagementRbac, TheProjectTakesANameBackFromItsOrganizations) {
    put_policy("");
    auto const id = organization();
    send("PUT", policy_path(id), organization_body(role("auditor")));
    put_policy(role("auditor"));
    EXPECT_EQ(send("GET", policy_path(id)).json().at("org_policy").at("roles"), json::array{});
    put_policy("");
    EXPECT_EQ(role_ids(send("GET", policy_path(id)).json().at("org_policy").at("roles")),
              Ids{"auditor"});
}

}  // namespace
}  // namespace rollcall::tests

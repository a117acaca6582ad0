// SCIM connections: create, get, update, delete (contract §2.1 to §2.5).
#include "unit/api/management_fixture.hpp"

#include <algorithm>
#include <set>

namespace rollcall::tests {
namespace {

class ManagementConnections : public ManagementTest {
protected:
    static std::set<std::string> fields_of(json::value const& value) {
        std::set<std::string> names;
        for (auto const& [name, field] : value.as_object()) names.insert(name);
        return names;
    }
    json::value update(Connected const& connected, std::string const& body) {
        auto const answer = send("PUT", connected.path(), body);
        EXPECT_EQ(answer.response.status, 200) << answer.body();
        return answer.json().at("connection");
    }
    static std::string assignment(std::string const& role, std::string const& group) {
        return R"({"role_id":")" + role + R"(","group_id":")" + group + "\"}";
    }
    static std::string assignments(std::string const& list) {
        return R"({"scim_group_implicit_role_assignments":[)" + list + "]}";
    }
};

// K-04: 48 letters and digits are more than 128 bits.
TEST_F(ManagementConnections, CreateShowsTheTokenOnce) {
    auto const organization = std::string(create_organization().at("organization_id").as_string());
    auto const path = "/v1/b2b/scim/" + organization + "/connection";
    auto const answer =
        send("POST", path, R"({"display_name":"Okta of Acme","identity_provider":"okta"})");
    ASSERT_EQ(answer.response.status, 200) << answer.body();
    auto const connection = answer.json().at("connection");
    EXPECT_EQ(fields_of(connection),
              (std::set<std::string>{"organization_id", "connection_id", "status", "display_name",
                                     "identity_provider", "base_url", "bearer_token",
                                     "bearer_token_last_four", "bearer_token_expires_at",
                                     "scim_group_implicit_role_assignments"}));
    auto const id = std::string(connection.at("connection_id").as_string());
    EXPECT_TRUE(parse_id<ConnectionId>(id));
    EXPECT_EQ(connection.at("status").as_string(), "active");
    EXPECT_EQ(connection.at("display_name").as_string(), "Okta of Acme");
    EXPECT_EQ(connection.at("identity_provider").as_string(), "okta");
    EXPECT_EQ(connection.at("base_url").as_string(), public_url + "/v1/b2b/scim/" + id);
    EXPECT_EQ(connection.at("scim_group_implicit_role_assignments").as_array().size(), 0u);
    auto const token = std::string(connection.at("bearer_token").as_string());
    EXPECT_EQ(token.size(), 48u);
    EXPECT_TRUE(std::ranges::all_of(token, [](unsigned char c) { return std::isalnum(c); }));
    EXPECT_EQ(connection.at("bearer_token_last_four").as_string(), token.substr(44));
    // Five years from the clock's start.
    EXPECT_TRUE(connection.at("bearer_token_expires_at").as_string().starts_with("2030-12-31T"));
    EXPECT_TRUE(token_works({organization, id, token}, token));

    EXPECT_EQ(send("GET", path).body().find(token), std::string::npos);
    EXPECT_EQ(send("GET", "/v1/b2b/organizations/" + organization).body().find(token),
              std::string::npos);
}

TEST_F(ManagementConnections, GetHasEveryField) {
    auto const connected = connect();
    auto const path = "/v1/b2b/scim/" + connected.organization + "/connection";
    auto connection = send("GET", path).json().at("connection").as_object();
    EXPECT_TRUE(connection.at("bearer_token_expires_at").is_string());
    connection.erase("bearer_token_expires_at");
    EXPECT_EQ(json::value(connection),
              (json::value{{"organization_id", connected.organization},
                           {"connection_id", connected.connection},
                           {"status", "active"},
                           {"display_name", ""},
                           {"identity_provider", "generic"},
                           {"base_url", public_url + "/v1/b2b/scim/" + connected.connection},
                           {"bearer_token_last_four", connected.token.substr(44)},
                           {"next_bearer_token_last_four", ""},
                           {"next_bearer_token_expires_at", nullptr},
                           {"scim_group_implicit_role_assignments", json::array{}}}));
}

TEST_F(ManagementConnections, AllProvidersAreAccepted) {
    for (std::string const provider :
         {"generic", "okta", "microsoft-entra", "cyberark", "jumpcloud", "onelogin", "pingfederate",
          "rippling", "classlink", "duo", "google-workspace", "keycloak", "miniorange",
          "salesforce", "shibboleth"}) {
        auto const connected = connect(R"({"identity_provider":")" + provider + "\"}");
        auto const path = "/v1/b2b/scim/" + connected.organization + "/connection";
        auto const connection = send("GET", path).json().at("connection");
        EXPECT_EQ(connection.at("identity_provider").as_string(), provider);
        EXPECT_EQ(connection.at("base_url").as_string().ends_with("?aadOptscim062020"),
                  provider == "microsoft-entra");
    }
}

TEST_F(ManagementConnections, OneActivePerOrganization) {
    auto const connected = connect();
    auto const path = "/v1/b2b/scim/" + connected.organization + "/connection";
    expect_error(send("POST", path, "{}"), 400, "active_scim_connection_exists");
    EXPECT_EQ(send("DELETE", connected.path()).response.status, 200);
    auto const second = connect_to(backend, connected.organization);
    EXPECT_NE(second.connection, connected.connection);
}

TEST_F(ManagementConnections, NoneYet) {
    auto const organization = std::string(create_organization().at("organization_id").as_string());
    expect_error(send("GET", "/v1/b2b/scim/" + organization + "/connection"), 404,
                 "no_active_scim_connection");
}

TEST_F(ManagementConnections, UpdateNameAndProvider) {
    auto const connected = connect(R"({"display_name":"A"})");
    auto connection = update(connected, R"({"display_name":"B"})");
    EXPECT_EQ(connection.at("display_name").as_string(), "B");
    connection = update(connected, R"({"identity_provider":"microsoft-entra"})");
    EXPECT_EQ(connection.at("display_name").as_string(), "B");
    EXPECT_EQ(connection.at("base_url").as_string(),
              public_url + "/v1/b2b/scim/" + connected.connection + "?aadOptscim062020");
    // Absent, null, and empty where empty cannot be.
    EXPECT_EQ(update(connected, R"({"display_name":null,"identity_provider":""})"), connection);
    EXPECT_EQ(update(connected, R"({"display_name":""})").at("display_name").as_string(), "");
    EXPECT_TRUE(token_works(connected, connected.token));
}

TEST_F(ManagementConnections, RoleAssignments) {
    auto const connected = connect();
    auto const groups = push_groups(connected, {"Engineering", "Sales"});
    auto connection = update(connected, assignments(assignment("stytch_admin", groups[0])));
    EXPECT_EQ(connection.at("scim_group_implicit_role_assignments"),
              (json::value{{{"role_id", "stytch_admin"},
                            {"group_id", groups[0]},
                            {"group_name", "Engineering"}}}));
    // Both, one of them twice, with the extra key that models carry.
    connection = update(connected, assignments(assignment("stytch_admin", groups[0]) + "," +
                                               assignment("stytch_admin", groups[1]) + "," +
                                               R"({"role_id":"stytch_admin","group_id":")" +
                                               groups[0] + R"(","group_name":"x"})"));
    EXPECT_EQ(connection.at("scim_group_implicit_role_assignments").as_array().size(), 2u);
    // Untouched by an update of something else.
    connection = update(connected, R"({"display_name":"Other"})");
    EXPECT_EQ(connection.at("scim_group_implicit_role_assignments").as_array().size(), 2u);
    connection = update(connected, assignments(""));
    EXPECT_EQ(connection.at("scim_group_implicit_role_assignments").as_array().size(), 0u);
}

TEST_F(ManagementConnections, RefusedRoleAssignmentsChangeNothing) {
    auto const connected = connect(R"({"display_name":"Before"})");
    auto const group = push_groups(connected, {"Engineering"})[0];
    auto const good = assignment("stytch_admin", group);
    auto const unknown = to_string(GroupId{Environment::test, ids.random_uuid()});
    auto const live = to_string(GroupId{Environment::live, ids.random_uuid()});
    std::string many = good;
    for (int i = 0; i < 1000; ++i) many += "," + good;
    std::vector<std::pair<std::string, std::string>> const bad{
        {R"({"role_id":"stytch_admin"})", "scim_group_role_assignment_does_not_contain_group_id"},
        {R"({"role_id":"stytch_admin","group_id":""})",
         "scim_group_role_assignment_does_not_contain_group_id"},
        {assignment("stytch_admin", unknown), "scim_group_role_assignment_group_does_not_exist"},
        {assignment("stytch_admin", "Engineering"),
         "scim_group_role_assignment_group_does_not_exist"},
        {good + "," + assignment("stytch_admin", unknown),
         "scim_group_role_assignment_group_does_not_exist"},
        {assignment("stytch_admin", live), "live_id_used_in_test_environment"},
        {assignment("stytch_member", group), "cannot_assign_default_rbac_role_id"},
        {assignment("editor", group), "invalid_rbac_role_id"},
        {R"({"group_id":")" + group + "\"}", "invalid_rbac_role_assignment"},
        {R"({"role_id":7,"group_id":")" + group + "\"}", "invalid_rbac_role_assignment"},
        {R"({"role_id":"stytch_admin","group_id":{}})", "invalid_rbac_role_assignment"},
        {"7", "invalid_rbac_role_assignment"},
        {"null", "invalid_rbac_role_assignment"},
        {many, "invalid_rbac_role_assignment"}};
    for (auto const& [list, type] : bad) {
        SCOPED_TRACE(list.substr(0, 200));
        auto const body = R"({"display_name":"After",)" + assignments(list).substr(1);
        expect_error(send("PUT", connected.path(), body), 400, type);
    }
    expect_error(send("PUT", connected.path(),
                      R"({"scim_group_implicit_role_assignments":{"role_id":"stytch_admin"}})"),
                 400, "invalid_rbac_role_assignment");
    auto const path = "/v1/b2b/scim/" + connected.organization + "/connection";
    auto const connection = send("GET", path).json().at("connection");
    EXPECT_EQ(connection.at("display_name").as_string(), "Before");
    EXPECT_TRUE(connection.at("scim_group_implicit_role_assignments").as_array().empty());
}

TEST_F(ManagementConnections, BadNamesAndProviders) {
    auto const connected = connect();
    auto const organization = std::string(create_organization().at("organization_id").as_string());
    std::vector<std::pair<std::string, std::string>> const bad{
        {R"({"identity_provider":"Okta"})", "invalid_scim_idp"},
        {R"({"identity_provider":"azure"})", "invalid_scim_idp"},
        {R"({"display_name":")" + std::string(129, 'x') + "\"}", "invalid_display_name"},
        {R"({"display_name":"a\nb"})", "invalid_display_name"},
        {R"({"display_name":"a\u0085b"})", "invalid_display_name"},
        {R"({"display_name":"a\u200bb"})", "forbidden_character_zero_width_space"}};
    for (auto const& [body, type] : bad) {
        SCOPED_TRACE(body.substr(0, 60));
        expect_error(send("POST", "/v1/b2b/scim/" + organization + "/connection", body), 400, type);
        expect_error(send("PUT", connected.path(), body), 400, type);
    }
    EXPECT_EQ(send("PUT", connected.path(),
                   json::serialize(json::object{{"display_name", std::string(128, 'x')}}))
                  .response.status,
              200);
    std::string umlauts;
    for (int i = 0; i < 128; ++i) umlauts += "ü";
    EXPECT_EQ(
        send("PUT", connected.path(), json::serialize(json::object{{"display_name", umlauts}}))
            .response.status,
        200);
}

TEST_F(ManagementConnections, Delete) {
    auto const connected = connect();
    push_groups(connected, {"Engineering"});
    auto const started = send("POST", connected.path() + "/rotate/start").json();
    auto const next = std::string(started.at("connection").at("next_bearer_token").as_string());
    auto const answer = send("DELETE", connected.path(), "{}");
    EXPECT_EQ(answer.response.status, 200);
    EXPECT_EQ(answer.json().at("connection_id").as_string(), connected.connection);
    EXPECT_EQ(answer.json().as_object().size(), 3u);
    EXPECT_FALSE(token_works(connected, connected.token));
    EXPECT_FALSE(token_works(connected, next));
    for (auto const& [method, path] : std::vector<std::pair<std::string, std::string>>{
             {"DELETE", connected.path()},
             {"GET", connected.path()},
             {"PUT", connected.path()},
             {"POST", connected.path() + "/rotate/start"},
             {"GET", "/v1/b2b/scim/" + connected.organization + "/connection"}}) {
        expect_error(send(method, path), 404, "no_active_scim_connection");
    }
    auto const second = connect_to(backend, connected.organization);
    EXPECT_TRUE(send("GET", second.path()).json().at("scim_groups").as_array().empty());
}

TEST_F(ManagementConnections, UnknownOrganizations) {
    auto const stranger = to_string(OrganizationId{Environment::test, ids.random_uuid()});
    auto const live = to_string(OrganizationId{Environment::live, ids.random_uuid()});
    auto const connection = to_string(ConnectionId{Environment::test, ids.random_uuid()});
    std::vector<std::pair<std::string, std::string>> const endpoints{
        {"POST", ""},
        {"GET", ""},
        {"PUT", "/" + connection},
        {"DELETE", "/" + connection},
        {"GET", "/" + connection},
        {"POST", "/" + connection + "/rotate/start"},
        {"POST", "/" + connection + "/rotate/complete"},
        {"POST", "/" + connection + "/rotate/cancel"}};
    for (auto const& [method, rest] : endpoints) {
        SCOPED_TRACE(method + rest);
        auto const with = [&](std::string const& organization) {
            return send(method, "/v1/b2b/scim/" + organization + "/connection" + rest, "{}");
        };
        expect_error(with(stranger), 404, "organization_not_found");
        expect_error(with("no-such-slug"), 404, "organization_not_found");
        expect_error(with("a%20b"), 400, "invalid_organization_id");
        expect_error(with("a%2Fb"), 400, "invalid_organization_id");
        expect_error(with("a%00"), 400, "invalid_organization_id");
        expect_error(with(std::string(129, 'a')), 400, "invalid_organization_id");
        expect_error(with("%ff"), 400, "invalid_organization_id");
        expect_error(with(live), 400, "live_id_used_in_test_environment");
    }
}

TEST_F(ManagementConnections, UnknownConnections) {
    auto const connected = connect();
    auto const stranger = to_string(ConnectionId{Environment::test, ids.random_uuid()});
    auto const live = to_string(ConnectionId{Environment::live, ids.random_uuid()});
    auto const root = "/v1/b2b/scim/" + connected.organization + "/connection/";
    for (auto const& [method, rest] :
         std::vector<std::pair<std::string, std::string>>{{"PUT", ""},
                                                          {"DELETE", ""},
                                                          {"GET", ""},
                                                          {"POST", "/rotate/start"},
                                                          {"POST", "/rotate/complete"},
                                                          {"POST", "/rotate/cancel"}}) {
        SCOPED_TRACE(method + rest);
        expect_error(send(method, root + stranger + rest), 404, "no_active_scim_connection");
        expect_error(send(method, root + "nonsense" + rest), 404, "no_active_scim_connection");
        expect_error(send(method, root + connected.organization + rest), 404,
                     "no_active_scim_connection");
        expect_error(send(method, root + live + rest), 400, "live_id_used_in_test_environment");
    }
    auto const live_backend = create_backend(Environment::live);
    auto const there = connect_as(live_backend);
    expect_error(send_as(live_backend, "GET",
                         "/v1/b2b/scim/" + there.organization + "/connection/" + stranger),
                 400, "test_id_used_in_live_environment");
    expect_error(send_as(live_backend, "GET", "/v1/b2b/organizations/" + connected.organization),
                 400, "test_id_used_in_live_environment");
}

TEST_F(ManagementConnections, Events) {
    auto const connected = connect();
    send("PUT", connected.path(), R"({"display_name":"B"})");
    send("PUT", connected.path(), R"({"display_name":"B"})");
    send("POST", connected.path() + "/rotate/start");
    send("POST", connected.path() + "/rotate/complete");
    send("POST", connected.path() + "/rotate/complete");
    send("DELETE", connected.path());
    EXPECT_EQ(event_names(connected.organization),
              (std::vector<std::string>{
                  "direct.organization.create", "direct.scim_connection.create",
                  "direct.scim_connection.update", "direct.scim_connection.update",
                  "direct.scim_connection.update", "direct.scim_connection.delete"}));
}

TEST_F(ManagementConnections, LogKnowsWhomItWasAbout) {
    auto const connected = connect();
    auto const answer = send("GET", connected.path());
    EXPECT_EQ(answer.context.route,
              "GET /v1/b2b/scim/{organization_id}/connection/{connection_id}");
    EXPECT_EQ(answer.context.organization, connected.organization);
    EXPECT_EQ(answer.context.connection, connected.connection);
    EXPECT_EQ(send("GET", connected.path()).context.organization, connected.organization);
}

}  // namespace
}  // namespace rollcall::tests

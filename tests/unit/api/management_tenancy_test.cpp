// Nothing of one project or organization is seen or touched through another.
#include "unit/api/management_fixture.hpp"

namespace rollcall::tests {
namespace {

class ManagementTenancy : public ManagementTest {
protected:
    Backend const stranger = create_backend(Environment::test);
    Connected const mine = connect(R"({"display_name":"Mine"})");
    Connected const theirs = connect_as(stranger);
};

std::vector<std::pair<std::string, std::string>> connection_endpoints() {
    return {{"PUT", ""},
            {"DELETE", ""},
            {"GET", ""},
            {"POST", "/rotate/start"},
            {"POST", "/rotate/complete"},
            {"POST", "/rotate/cancel"}};
}

std::vector<std::pair<std::string, std::string>> own_endpoints() {
    return {{"GET", "/options"}, {"PUT", "/options"}, {"GET", "/requests"}};
}

TEST_F(ManagementTenancy, OtherProjectsSeeNoOrganization) {
    auto const organization = "/v1/b2b/organizations/" + mine.organization;
    for (auto const& [method, path] : std::vector<std::pair<std::string, std::string>>{
             {"GET", organization},
             {"PUT", organization},
             {"DELETE", organization},
             {"GET", "/v1/b2b/scim/" + mine.organization + "/connection"},
             {"POST", "/v1/b2b/scim/" + mine.organization + "/connection"}}) {
        SCOPED_TRACE(method + " " + path);
        expect_error(send_as(stranger, method, path, R"({"organization_name":"Stolen"})"), 404,
                     "organization_not_found");
    }
    for (auto const& [method, rest] : connection_endpoints()) {
        expect_error(send_as(stranger, method, mine.path() + rest), 404, "organization_not_found");
    }
    for (auto const& [method, rest] : own_endpoints()) {
        expect_error(send_as(stranger, method, mine.own_path() + rest), 404,
                     "organization_not_found");
    }
    EXPECT_EQ(send("GET", organization).json().at("organization").at("organization_name"),
              "Acme Inc.");
    EXPECT_TRUE(token_works(mine, mine.token));
}

TEST_F(ManagementTenancy, OtherOrganizationsConnectionsAreNotFound) {
    auto const second = connect(R"({"display_name":"Second"})");
    // One's own organization with a connection of another, of the same or of another project.
    for (auto const& foreign : {second.connection, theirs.connection}) {
        for (auto const& [method, rest] : connection_endpoints()) {
            SCOPED_TRACE(method + rest);
            expect_error(
                send(method, "/v1/b2b/scim/" + mine.organization + "/connection/" + foreign + rest,
                     R"({"display_name":"Stolen"})"),
                404, "no_active_scim_connection");
        }
        for (auto const& [method, rest] : own_endpoints()) {
            SCOPED_TRACE(method + rest);
            Connected const mixed{mine.organization, foreign, {}};
            expect_error(send(method, mixed.own_path() + rest), 404, "no_active_scim_connection");
        }
    }
    EXPECT_TRUE(token_works(second, second.token));
    EXPECT_TRUE(token_works(theirs, theirs.token));
    EXPECT_EQ(send("GET", "/v1/b2b/scim/" + second.organization + "/connection")
                  .json()
                  .at("connection")
                  .at("display_name"),
              "Second");
}

TEST_F(ManagementTenancy, NamesAreFreeInEveryProject) {
    auto const fields = R"(,"organization_slug":"same","organization_external_id":"same-id")";
    auto const a = create_organization(fields);
    auto const b = create_organization_as(stranger, fields);
    EXPECT_NE(a.at("organization_id"), b.at("organization_id"));
    auto const read = [&](Backend const& who) {
        return send_as(who, "GET", "/v1/b2b/organizations/same").json().at("organization");
    };
    EXPECT_EQ(read(backend), json::value(a));
    EXPECT_EQ(read(stranger), json::value(b));
}

TEST_F(ManagementTenancy, GroupsOfOtherConnectionsCannotBeAssigned) {
    auto const second = connect();
    auto const group = push_groups(second, {"Engineering"})[0];
    expect_error(send("PUT", mine.path(),
                      R"({"scim_group_implicit_role_assignments":[{"role_id":"stytch_admin",
                          "group_id":")" +
                          group + "\"}]}"),
                 400, "scim_group_role_assignment_group_does_not_exist");
}

TEST_F(ManagementTenancy, GroupsOfOthersAreNotListed) {
    auto const second = connect();
    push_groups(second, {"Engineering"});
    EXPECT_TRUE(send("GET", mine.path()).json().at("scim_groups").as_array().empty());
}

}  // namespace
}  // namespace rollcall::tests

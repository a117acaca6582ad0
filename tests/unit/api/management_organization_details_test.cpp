// The small calls about an organization, and about the project (contract §3.4, §8).
#include "unit/api/management_members_fixture.hpp"

namespace rollcall::tests {
namespace {

class ManagementOrganizationDetails : public MembersTest {
protected:
    std::string const path = "/v1/b2b/organizations/" + organization;
    std::string const unknown = "/v1/b2b/organizations/unknown";

    std::int64_t member_count(std::string const& reference) {
        auto const answer = send("GET", "/v1/b2b/organizations/" + reference + "/metrics");
        EXPECT_EQ(answer.response.status, 200U) << answer.body();
        EXPECT_EQ(answer.context.organization, organization);
        return answer.json().at("member_count").as_int64();
    }
};

TEST_F(ManagementOrganizationDetails, MetricsCountMembersThatAreNotDeleted) {
    EXPECT_EQ(member_count(organization), 0);
    create("ada");
    create("bob", R"(,"create_member_as_pending":true)");
    send("DELETE", path_of(create("gone")));
    EXPECT_EQ(member_count(organization), 2);
    EXPECT_EQ(member_count("acme-inc"), 2);
    expect_error(send("GET", unknown + "/metrics"), 404, "organization_not_found");
}

TEST_F(ManagementOrganizationDetails, TheExternalIdCanBeTakenAway) {
    send("PUT", path, R"({"organization_external_id":"crm|1"})");
    clock.advance(std::chrono::seconds(1));
    auto const answer = send("DELETE", "/v1/b2b/organizations/crm%7C1/external_id");
    ASSERT_EQ(answer.response.status, 200U) << answer.body();
    auto const shown = answer.json().at("organization");
    EXPECT_TRUE(shown.at("organization_external_id").is_null());
    EXPECT_NE(shown.at("updated_at"), shown.at("created_at"));
    EXPECT_EQ(send("GET", path).json().at("organization"), shown);
    expect_error(send("GET", "/v1/b2b/organizations/crm%7C1"), 404, "organization_not_found");
    EXPECT_EQ(event_names(organization).back(), "direct.organization.update");
    // It is free for another one.
    create_organization(R"(,"organization_slug":"two","organization_external_id":"crm|1")");

    auto const events = event_names(organization).size();
    EXPECT_EQ(send("DELETE", path + "/external_id").json().at("organization"), shown);
    EXPECT_EQ(event_names(organization).size(), events);
    expect_error(send("DELETE", unknown + "/external_id"), 404, "organization_not_found");
}

TEST_F(ManagementOrganizationDetails, ThereAreNoConnectedApps) {
    auto const answer = send("GET", path + "/connected_apps");
    EXPECT_EQ(answer.json().at("connected_apps"), json::array());
    EXPECT_EQ(answer.context.organization, organization);
    expect_error(send("GET", unknown + "/connected_apps"), 404, "organization_not_found");
}

TEST_F(ManagementOrganizationDetails, AnotherProjectFindsNone) {
    auto const other = create_backend(Environment::test);
    for (auto const& [method, suffix] : std::vector<std::pair<std::string, std::string>>{
             {"GET", "/metrics"}, {"DELETE", "/external_id"}, {"GET", "/connected_apps"}}) {
        expect_error(send_as(other, method, path + suffix), 404, "organization_not_found");
    }
}

TEST_F(ManagementOrganizationDetails, WhoAmITellsTheProject) {
    auto const body = send("GET", "/v1/debug/whoami").json();
    EXPECT_EQ(body.at("project_id").as_string(), to_string(backend.project));
    EXPECT_EQ(body.at("name").as_string(), "Project");
}

}  // namespace
}  // namespace rollcall::tests

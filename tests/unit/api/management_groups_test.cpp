// GET the groups of a connection (contract §1.11, §2.6), first read and kept pages alike.
#include "unit/api/management_fixture.hpp"

namespace rollcall::tests {
namespace {

class ManagementGroups : public ManagementTest {
protected:
    std::vector<std::string> push(std::size_t count) {
        std::vector<std::string> names;
        for (std::size_t i = 0; i < count; ++i) names.push_back("Group " + std::to_string(i));
        return push_groups(connected, names);
    }
    Answer page(std::string const& query = "") { return send("GET", connected.path() + query); }

    // The ids of all pages, each asked for twice so that kept bytes are compared with fresh ones.
    std::vector<std::string> read_all(std::string const& limit) {
        std::vector<std::string> found;
        std::string cursor;
        for (int pages = 0; pages < 100; ++pages) {
            auto const query = "?limit=" + limit + (cursor.empty() ? "" : "&cursor=" + cursor);
            auto const body = page(query).json();
            auto const again = page(query).json();
            EXPECT_EQ(body.at("scim_groups"), again.at("scim_groups"));
            EXPECT_EQ(body.at("next_cursor"), again.at("next_cursor"));
            for (auto const& group : body.at("scim_groups").as_array()) {
                found.emplace_back(group.at("group_id").as_string());
            }
            if (body.at("next_cursor").is_null()) return found;
            cursor = std::string(body.at("next_cursor").as_string());
        }
        ADD_FAILURE() << "the pages do not end";
        return found;
    }

    void expect_bad_cursor(std::string const& cursor, std::string const& path) {
        expect_error(send("GET", path + "?cursor=" + cursor), 400, "user_search_invalid_cursor",
                     "cursor");
    }

    Connected connected = connect();
};

TEST_F(ManagementGroups, EmptyConnection) {
    auto const body = page().json();
    EXPECT_TRUE(body.at("scim_groups").as_array().empty());
    EXPECT_TRUE(body.at("next_cursor").is_null());
    EXPECT_EQ(body.as_object().size(), 4u);
}

TEST_F(ManagementGroups, Fields) {
    auto const group = push_groups(connected, {"R&D \"core\" \\ \n \u00e9\U0001F600"})[0];
    EXPECT_EQ(page().json().at("scim_groups"),
              (json::value{{{"group_id", group},
                            {"group_name", "R&D \"core\" \\ \n \u00e9\U0001F600"},
                            {"organization_id", connected.organization},
                            {"connection_id", connected.connection}}}));
}

TEST_F(ManagementGroups, PagesCoverEverythingOnceInOrder) {
    auto const pushed = push(45);
    EXPECT_EQ(read_all("20"), pushed);
    EXPECT_EQ(read_all("45"), pushed);
    EXPECT_EQ(read_all("1"), pushed);
    EXPECT_EQ(read_all("1000"), pushed);
    EXPECT_EQ(page("?limit=20").json().at("scim_groups").as_array().size(), 20u);
}

TEST_F(ManagementGroups, DefaultAndLimitSpellings) {
    push(limits.groups_page_default + 1);
    auto const size = [&](std::string const& query) {
        return page(query).json().at("scim_groups").as_array().size();
    };
    for (auto const query : {"", "?limit=0", "?limit=", "?limit=100", "?limit=100.0", "?limit=0.0",
                             "?cursor=&limit=0", "?l%69mit=1%30%30", "?limit=&limit=100"}) {
        EXPECT_EQ(size(query), limits.groups_page_default) << query;
    }
    EXPECT_EQ(size("?limit=1.00"), 1u);
    EXPECT_EQ(size("?limit=007"), 7u);
    EXPECT_EQ(size("?limit=" + std::to_string(limits.groups_page_max)),
              limits.groups_page_default + 1);
    EXPECT_EQ(size("?x=1&limit=3&limit=4"), 3u);
}

TEST_F(ManagementGroups, BadLimits) {
    expect_error(page("?limit=" + std::to_string(limits.groups_page_max + 1)), 400,
                 "user_search_invalid_limit", "from 0 to 1000");
    for (auto const limit : {"-1", "1.5", "abc", "1e2", "+1", "%2B1", "100.", ".5", "1,000", "0x10",
                             "99999999999999999999999", "1%00", "NaN", "%ff"}) {
        SCOPED_TRACE(limit);
        expect_error(page("?limit=" + std::string(limit)), 400, "user_search_invalid_limit",
                     "limit");
    }
}

TEST_F(ManagementGroups, CursorsAreOpaqueAndUrlSafe) {
    push(3);
    auto const cursor = std::string(page("?limit=1").json().at("next_cursor").as_string());
    EXPECT_EQ(cursor.find_first_not_of(
                  "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"),
              std::string::npos);
}

TEST_F(ManagementGroups, EveryAlteredCursorIsRefused) {
    push(3);
    auto const cursor = std::string(page("?limit=1").json().at("next_cursor").as_string());
    for (std::size_t i = 0; i < cursor.size(); ++i) {
        auto altered = cursor;
        altered[i] = altered[i] == 'A' ? 'B' : 'A';
        expect_bad_cursor(altered, connected.path());
        expect_bad_cursor(cursor.substr(0, i == 0 ? 1 : i), connected.path());
    }
    for (auto const bad : {"x", "AAAA", "%00", "%ff%fe", "eyJrIjoiMSJ9.9f2c", "....", "null"}) {
        expect_bad_cursor(bad, connected.path());
    }
    expect_bad_cursor(cursor + "A", connected.path());
    expect_bad_cursor(cursor + "%3D", connected.path());
    expect_bad_cursor(std::string(10000, 'A'), connected.path());
    EXPECT_EQ(page("?cursor=" + cursor).response.status, 200);
}

TEST_F(ManagementGroups, CursorsOfOtherConnectionsAreRefused) {
    push(3);
    auto const cursor = std::string(page("?limit=1").json().at("next_cursor").as_string());
    auto const other = connect();
    push_groups(other, {"a", "b"});
    expect_bad_cursor(cursor, other.path());
    // Nor do those of a connection's predecessor work.
    send("DELETE", connected.path());
    auto const successor = connect_to(backend, connected.organization);
    expect_bad_cursor(cursor, successor.path());
}

TEST_F(ManagementGroups, ChangesBetweenPagesNeitherRepeatNorSkip) {
    auto const pushed = push(6);
    auto const first = page("?limit=2").json();
    auto const cursor = std::string(first.at("next_cursor").as_string());
    // The last of the first page goes, one of the next goes, a new one comes.
    auto const key = connection_key(connected);
    for (auto const index : {1u, 2u}) {
        expect_value(
            run_task(store->delete_group(key, *parse_id<GroupId>(pushed[index]), {}, clock.now())));
    }
    auto const late = push_groups(connected, {"late"})[0];
    std::vector<std::string> rest;
    for (auto const& group : page("?cursor=" + cursor).json().at("scim_groups").as_array()) {
        rest.emplace_back(group.at("group_id").as_string());
    }
    EXPECT_EQ(rest, (std::vector<std::string>{pushed[3], pushed[4], pushed[5], late}));
}

TEST_F(ManagementGroups, PushedGroupsAreVisibleAtOnce) {
    EXPECT_EQ(page().json().at("scim_groups").as_array().size(), 0u);
    auto const group = push_groups(connected, {"First"})[0];
    EXPECT_EQ(page().json().at("scim_groups").as_array().size(), 1u);

    directory::GroupChange change;
    change.display_name = "Renamed";
    change.name_key = "renamed";
    change.now = clock.now();
    expect_value(run_task(
        store->apply_group_change(connection_key(connected), *parse_id<GroupId>(group), change)));
    EXPECT_EQ(page().json().at("scim_groups").at(0).at("group_name").as_string(), "Renamed");
    expect_value(run_task(store->delete_group(connection_key(connected), *parse_id<GroupId>(group),
                                              {}, clock.now())));
    EXPECT_EQ(page().json().at("scim_groups").as_array().size(), 0u);
}

TEST_F(ManagementGroups, KeptPagesFollowASlugToItsNewOwner) {
    auto const other = connect();
    push_groups(other, {"Of the other"});
    auto const rename = [&](Connected const& which, std::string const& slug) {
        send("PUT", "/v1/b2b/organizations/" + which.organization,
             R"({"organization_slug":")" + slug + "\"}");
    };
    rename(connected, "moving");
    auto const path = [](Connected const& which) {
        return "/v1/b2b/scim/moving/connection/" + which.connection;
    };
    EXPECT_EQ(send("GET", path(connected)).response.status, 200);
    EXPECT_EQ(send("GET", path(connected)).response.status, 200);
    rename(connected, "moved");
    expect_error(send("GET", path(connected)), 404, "organization_not_found");
    rename(other, "moving");
    expect_error(send("GET", path(connected)), 404, "no_active_scim_connection");
    EXPECT_EQ(send("GET", path(other)).json().at("scim_groups").as_array().size(), 1u);
}

TEST_F(ManagementGroups, KeptPagesYieldToANewSlugOfThatName) {
    // A kept page found by external id must not hide an organization that has it as its slug since.
    send("PUT", "/v1/b2b/organizations/" + connected.organization,
         R"({"organization_external_id":"name"})");
    auto const path = "/v1/b2b/scim/name/connection/" + connected.connection;
    EXPECT_EQ(send("GET", path).response.status, 200);
    send("PUT", "/v1/b2b/organizations/" + connected.organization,
         R"({"organization_external_id":"another"})");
    create_organization(R"(,"organization_slug":"name")");
    expect_error(send("GET", path), 404, "no_active_scim_connection");
}

TEST_F(ManagementGroups, KeptPagesAreNotServedToOtherProjects) {
    push(2);
    EXPECT_EQ(page().response.status, 200);
    auto const stranger = create_backend(Environment::test);
    expect_error(send_as(stranger, "GET", connected.path()), 404, "organization_not_found");
}

TEST_F(ManagementGroups, KeptPagesEndWithTheConnection) {
    push(2);
    EXPECT_EQ(page().response.status, 200);
    send("DELETE", connected.path());
    expect_error(page(), 404, "no_active_scim_connection");
}

TEST_F(ManagementGroups, RevokedSecretsReadNoKeptPage) {
    EXPECT_EQ(page().response.status, 200);
    expect_value(run_task(projects.revoke_secret(backend.project, backend.secret_id)));
    expect_error(page(), 401, "unauthorized_credentials");
}

}  // namespace
}  // namespace rollcall::tests

// Searching among members (contract §1.11, §3.5, §4.6).
#include "unit/api/management_members_fixture.hpp"

#include <boost/json/value_from.hpp>
#include <gmock/gmock.h>

namespace rollcall::tests {
namespace {

using Lines = std::vector<std::string>;

class ManagementMemberSearch : public MembersTest {
protected:
    std::string const root = "/v1/b2b/organizations/members/search";

    /// `fields` begin with a comma.
    Answer search(std::string const& fields = "") { return search_in({organization}, fields); }
    Answer search_in(std::vector<std::string> const& organizations, std::string const& fields) {
        auto const ids = json::serialize(json::value_from(organizations));
        return send("POST", root, R"({"organization_ids":)" + ids + fields + "}");
    }
    Answer filter(std::string const& operands, std::string const& how = "AND") {
        return search(R"(,"query":{"operator":")" + how + R"(","operands":[)" + operands + "]}");
    }
    static std::string operand(std::string const& name, std::string const& value) {
        return R"({"filter_name":")" + name + R"(","filter_value":)" + value + "}";
    }
    static Lines names(Answer const& answer) {
        Lines names;
        EXPECT_EQ(answer.response.status, 200U) << answer.body();
        for (auto const& member : answer.json().at("members").as_array()) {
            auto address = std::string(member.at("email_address").as_string());
            names.push_back(address.substr(0, address.find('@')));
        }
        return names;
    }
    static std::int64_t total(Answer const& answer) {
        return answer.json().at("results_metadata").at("total").as_int64();
    }
    static std::string next_cursor(Answer const& answer) {
        auto const body = answer.json();
        auto const& cursor = body.at("results_metadata").at("next_cursor");
        return cursor.is_null() ? "" : std::string(cursor.as_string());
    }
};

TEST_F(ManagementMemberSearch, WithoutQueryFindsAllThatAreNotDeleted) {
    auto const zoe = create("zoe");
    create("ada");
    send("DELETE", path_of(create("gone")));
    auto const answer = search();
    EXPECT_EQ(names(answer), (Lines{"zoe", "ada"}));
    EXPECT_EQ(answer.json().at("members").at(0), json::value(zoe));
    EXPECT_EQ(answer.json().at("results_metadata"),
              json::parse(R"({"total":2,"next_cursor":null})"));
    auto const organizations = answer.json().at("organizations").as_object();
    ASSERT_EQ(organizations.size(), 1U);
    EXPECT_EQ(organizations.at(organization),
              send("GET", "/v1/b2b/organizations/" + organization).json().at("organization"));
    for (auto const* query : {R"(,"query":null)", R"(,"query":{})", R"(,"query":[])",
                              R"(,"query":{"operator":"AND","operands":[]})",
                              R"(,"query":{"operator":"OR","operands":[]})",
                              R"(,"query":{"operator":"AND"})", R"(,"cursor":"","limit":0)"}) {
        EXPECT_EQ(names(search(query)), (Lines{"zoe", "ada"})) << query;
    }
}

TEST_F(ManagementMemberSearch, NobodyIsAnEmptyPage) {
    auto const answer = search();
    EXPECT_EQ(answer.json().at("members"), json::array());
    EXPECT_EQ(answer.json().at("organizations"), json::object());
    EXPECT_EQ(total(answer), 0);
}

TEST_F(ManagementMemberSearch, HasAllOperands) {
    set_policy({"editor"});
    auto const ada = create("ada", R"(,"external_id":"ext-1","is_breakglass":true,
        "mfa_phone_number":"+14155550100","roles":["editor"])");
    auto const bob = create("bob", R"(,"create_member_as_pending":true)");
    auto const found = [&](std::string const& name, std::string const& value) {
        return names(filter(operand(name, value)));
    };
    auto const id_of = [&](json::object const& member) {
        return "[\"" + text(member, "member_id") + "\"]";
    };
    EXPECT_EQ(found("member_ids", id_of(bob)), Lines{"bob"});
    EXPECT_EQ(found("member_ids", R"(["ext-1","ext-2"])"), Lines{"ada"});
    EXPECT_EQ(found("member_emails", R"([" BOB@example.com"])"), Lines{"bob"});
    EXPECT_EQ(found("member_email_fuzzy", R"("DA@EX")"), Lines{"ada"});
    EXPECT_EQ(found("member_is_breakglass", "true"), Lines{"ada"});
    EXPECT_EQ(found("member_is_breakglass", "false"), Lines{"bob"});
    EXPECT_EQ(found("statuses", R"(["pending","invited"])"), Lines{"bob"});
    EXPECT_EQ(found("member_mfa_phone_numbers", R"(["+14155550100"])"), Lines{"ada"});
    EXPECT_EQ(found("member_phone_numbers", R"(["+14155550100"])"), Lines{"ada"});
    EXPECT_EQ(found("member_mfa_phone_number_fuzzy", R"("5550")"), Lines{"ada"});
    EXPECT_EQ(found("member_phone_number_fuzzy", R"("5550")"), Lines{"ada"});
    EXPECT_EQ(found("member_password_exists", "false"), (Lines{"ada", "bob"}));
    EXPECT_EQ(found("member_password_exists", "true"), Lines{});
    EXPECT_EQ(found("member_roles", R"(["editor"])"), Lines{"ada"});
    EXPECT_EQ(found("member_roles", R"(["stytch_member"])"), (Lines{"ada", "bob"}));
    EXPECT_EQ(found("member_emails", "[]"), Lines{});

    auto const both = operand("member_is_breakglass", "true") + "," +
                      operand("member_emails", R"(["bob@example.com"])");
    EXPECT_EQ(names(filter(both)), Lines{});
    EXPECT_EQ(names(filter(both, "OR")), (Lines{"ada", "bob"}));

    send("DELETE", path_of(ada));
    EXPECT_EQ(found("member_ids", id_of(ada)), Lines{});
    EXPECT_EQ(found("statuses", R"(["deleted"])"), Lines{"ada"});
    EXPECT_EQ(found("member_roles", R"(["editor"])"), Lines{});
}

TEST_F(ManagementMemberSearch, FindsImplicitRoles) {
    send("PUT", "/v1/b2b/organizations/" + organization,
         R"({"rbac_email_implicit_role_assignments":[{"domain":"example.com",
             "role_id":"stytch_admin"}]})");
    create("ada");
    update(create("bob"), R"({"email_address":"bob@other.com"})");
    EXPECT_EQ(names(filter(operand("member_roles", R"(["stytch_admin"])"))), Lines{"ada"});
}

TEST_F(ManagementMemberSearch, PagesThroughSeveralOrganizations) {
    auto const second = std::string(
        create_organization(R"(,"organization_slug":"second")").at("organization_id").as_string());
    auto const empty = std::string(create_organization().at("organization_id").as_string());
    for (auto const* name : {"a", "b", "c"}) create(name);
    for (auto const* name : {"d", "e"}) create_in(second, name);
    // By slug, twice, in the order given.
    std::vector<std::string> const ids{"second", empty, organization, second};
    Lines all;
    std::string cursor;
    int pages = 0;
    do {
        auto const answer = search_in(ids, R"(,"limit":2,"cursor":")" + cursor + "\"");
        for (auto const& name : names(answer)) all.push_back(name);
        EXPECT_EQ(total(answer), 5);
        cursor = next_cursor(answer);
        ++pages;
    } while (!cursor.empty() && pages < 10);
    EXPECT_EQ(all, (Lines{"d", "e", "a", "b", "c"}));
    EXPECT_EQ(pages, 3);
    auto const page = search_in(ids, R"(,"limit":3)");
    EXPECT_EQ(names(page), (Lines{"d", "e", "a"}));
    EXPECT_EQ(page.json().at("organizations").as_object().size(), 2U);
}

TEST_F(ManagementMemberSearch, EndsWithItsLastFullPage) {
    auto const second = std::string(create_organization().at("organization_id").as_string());
    for (auto const* name : {"a", "b"}) create(name);
    EXPECT_EQ(next_cursor(search(R"(,"limit":2)")), "");
    EXPECT_EQ(next_cursor(search_in({organization, second}, R"(,"limit":2)")), "");
    create_in(second, "c");
    auto const cursor = next_cursor(search_in({organization, second}, R"(,"limit":2)"));
    EXPECT_EQ(names(search_in({organization, second}, R"(,"cursor":")" + cursor + "\"")),
              Lines{"c"});
}

TEST_F(ManagementMemberSearch, CursorsBelongToTheirSearch) {
    for (auto const* name : {"a", "b", "c"}) create(name);
    auto const second = std::string(create_organization().at("organization_id").as_string());
    auto const cursor = next_cursor(search(R"(,"limit":1)"));
    auto const with = [&](std::string const& text) { return R"(,"cursor":")" + text + "\""; };
    EXPECT_EQ(names(search(with(cursor))), (Lines{"b", "c"}));
    EXPECT_EQ(names(search(R"(,"limit":1)" + with(cursor))), Lines{"b"});
    for (auto const& answer :
         {search(with("x")), search(with(cursor + "A")), search(with(std::string(9000, 'A'))),
          search_in({organization, second}, with(cursor)), search_in({second}, with(cursor)),
          search(R"(,"query":{"operator":"AND","operands":[{"filter_name":"member_is_breakglass",
                    "filter_value":false}]})" +
                 with(cursor))}) {
        expect_error(answer, 400, "user_search_invalid_cursor", "cursor");
    }
    auto const other = create_backend(Environment::test);
    expect_error(send_as(other, "POST", root,
                         R"({"organization_ids":[")" + organization + "\"]" + with(cursor) + "}"),
                 404, "organization_not_found");
}

TEST_F(ManagementMemberSearch, BadInput) {
    create("ada");
    for (auto const* limit : {"-1", "1001", "1.5", "1e300", "\"10\"", "true"}) {
        expect_error(search(std::string(",\"limit\":") + limit), 400, "user_search_invalid_limit",
                     "limit");
    }
    EXPECT_EQ(names(search(R"(,"limit":100.0)")), Lines{"ada"});
    expect_error(search(R"(,"cursor":5)"), 400, "invalid_request_value", "cursor");
    for (auto const* body : {"{}", R"({"organization_ids":[]})", R"({"organization_ids":null})"}) {
        expect_error(send("POST", root, body), 400, "member_search_organization_ids_empty",
                     "organization_ids");
    }
    expect_error(send("POST", root, R"({"organization_ids":"x"})"), 400, "invalid_request_value",
                 "organization_ids");
    expect_error(search_in({organization, "nowhere"}, ""), 404, "organization_not_found");
    expect_error(search_in({"a b"}, ""), 400, "invalid_organization_id", "organization_ids");
    std::vector<std::string> many_ids(limits.search_organizations_max, organization);
    EXPECT_EQ(names(search_in(many_ids, "")), Lines{"ada"});
    many_ids.push_back(organization);
    expect_error(search_in(many_ids, ""), 400, "invalid_argument", "organization_ids");

    expect_error(search(R"(,"query":"x")"), 400, "invalid_request_value", "query");
    expect_error(search(R"(,"query":{"operator":"AND","operands":{}})"), 400,
                 "invalid_request_value", "operands");
    for (auto const* how : {"XOR", "and", ""}) {
        expect_error(filter(operand("statuses", R"(["active"])"), how), 400,
                     "user_search_invalid_operator", "operator");
    }
    expect_error(filter(R"({"filter_value":[]})"), 400, "member_search_missing_filter_name");
    expect_error(filter(R"({"filter_name":1,"filter_value":[]})"), 400,
                 "member_search_filter_name_must_be_string");
    expect_error(filter(R"({"filter_name":"statuses"})"), 400, "member_search_missing_filter_value",
                 "statuses");
    expect_error(filter(operand("shoe_size", "[]")), 400,
                 "member_search_filter_name_not_recognized", "shoe_size");
    expect_error(filter(operand("member_emails", R"("ada@example.com")")), 400,
                 "member_search_expected_array_of_strings", "member_emails");
    expect_error(filter(operand("member_roles", "[1]")), 400,
                 "member_search_expected_array_of_strings", "member_roles");
    expect_error(filter(operand("member_is_breakglass", R"("true")")), 400,
                 "member_search_expected_boolean", "member_is_breakglass");
    expect_error(filter(operand("member_email_fuzzy", "[]")), 400, "member_search_expected_string",
                 "member_email_fuzzy");
    std::string const shortest(Limits::search_characters_min, 'd');
    EXPECT_EQ(names(filter(operand("member_email_fuzzy", '"' + shortest + '"'))), Lines{});
    expect_error(filter(operand("member_email_fuzzy", R"("äö")")), 400,
                 "member_search_member_email_fuzzy_too_short", "3");
    expect_error(filter(operand("member_phone_number_fuzzy", R"("+1")")), 400,
                 "member_search_member_mfa_phone_number_fuzzy_too_short", "3");
    expect_error(filter(operand("statuses", R"(["gone"])")), 400, "search_invalid_status_filter",
                 "statuses");
    expect_error(filter(operand("member_ids", R"(["ext","member-test-)"
                                              R"(0190f5a0-0000-7000-8000-000000000000"])")),
                 400, "member_search_cannot_mix_internal_and_external_member_ids", "member_ids");
    expect_error(
        filter(operand("member_ids", R"(["member-live-0190f5a0-0000-7000-8000-000000000000"])")),
        400, "live_id_used_in_test_environment");
    std::string many = "[\"a\"";
    for (int i = 0; i < 1000; ++i) many += ",\"a\"";
    expect_error(filter(operand("member_emails", many + "]")), 400,
                 "user_search_maximum_filter_value_count_exceeded", "1000");
}

class BoundedMemberSearch : public ManagementMemberSearch {
protected:
    BoundedMemberSearch() { limits.members_examined_max = 4; }

    void expect_whole(Answer const& answer, Lines const& found) {
        EXPECT_EQ(names(answer), found);
        EXPECT_EQ(total(answer), static_cast<std::int64_t>(found.size()));
        EXPECT_EQ(next_cursor(answer), "");
    }
};

TEST_F(BoundedMemberSearch, LooksAtAsManyMembersAsTheLimitSays) {
    for (int i = 0; i < 4; ++i) create("member" + std::to_string(i));
    auto const query = operand("member_email_fuzzy", R"("member3")");
    expect_whole(filter(query), Lines{"member3"});
    create("member4");
    auto const page = filter(query);
    EXPECT_EQ(names(page), Lines{"member3"});
    EXPECT_EQ(total(page), -1);
    EXPECT_NE(next_cursor(page), "");
}

TEST_F(BoundedMemberSearch, LooksAtFewerForTheirRoles) {
    limits.members_examined_max = 100;
    limits.members_roles_examined_max = 4;
    for (int i = 0; i < 4; ++i) create("member" + std::to_string(i));
    std::string const query = R"(,"query":{"operator":"AND","operands":[
        {"filter_name":"member_roles","filter_value":["stytch_member"]}]})";
    Lines const four{"member0", "member1", "member2", "member3"};
    expect_whole(search(query), four);
    create("member4");
    auto const page = search(query);
    EXPECT_EQ(names(page), four);
    EXPECT_EQ(total(page), -1);
    EXPECT_EQ(names(search(query + R"(,"cursor":")" + next_cursor(page) + "\"")), Lines{"member4"});
}

TEST_F(BoundedMemberSearch, LooksAtSoManyMembersAndGoesOnWithTheCursor) {
    for (int i = 0; i < 10; ++i) create("member" + std::to_string(i));
    std::string const query = R"(,"query":{"operator":"AND","operands":[
        {"filter_name":"member_email_fuzzy","filter_value":"member9"}]})";
    auto const first = search(query);
    EXPECT_EQ(names(first), Lines{});
    EXPECT_EQ(total(first), -1);
    auto const second = search(query + R"(,"cursor":")" + next_cursor(first) + "\"");
    EXPECT_EQ(names(second), Lines{});
    auto const third = search(query + R"(,"cursor":")" + next_cursor(second) + "\"");
    EXPECT_EQ(names(third), Lines{"member9"});
    EXPECT_EQ(next_cursor(third), "");
    EXPECT_EQ(total(third), -1);
    // What indexes answer is not cut.
    EXPECT_EQ(names(filter(operand("member_emails", R"(["member9@example.com"])"))),
              Lines{"member9"});
}

}  // namespace
}  // namespace rollcall::tests

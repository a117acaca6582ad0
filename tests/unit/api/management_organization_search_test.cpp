// Searching among organizations (contract §1.11, §3.5).
#include "unit/api/management_members_fixture.hpp"

namespace rollcall::tests {
namespace {

using Lines = std::vector<std::string>;

class ManagementOrganizationSearch : public ManagementTest {
protected:
    std::string const root = "/v1/b2b/organizations";

    std::string create(std::string const& slug, std::string const& fields = "") {
        auto const organization =
            create_organization(R"(,"organization_slug":")" + slug + "\"" + fields);
        return std::string(organization.at("organization_id").as_string());
    }
    void add_member(std::string const& organization, std::string const& address) {
        auto const answer = send("POST", root + "/" + organization + "/members",
                                 R"({"email_address":")" + address + R"("})");
        EXPECT_EQ(answer.response.status, 200U) << answer.body();
    }
    Answer search(std::string const& body = "{}") { return send("POST", root + "/search", body); }
    Answer filter(std::string const& operands, std::string const& how = "AND") {
        return search(R"({"query":{"operator":")" + how + R"(","operands":[)" + operands + "]}}");
    }
    static std::string operand(std::string const& name, std::string const& value) {
        return R"({"filter_name":")" + name + R"(","filter_value":)" + value + "}";
    }
    static Lines slugs(Answer const& answer) {
        Lines slugs;
        EXPECT_EQ(answer.response.status, 200U) << answer.body();
        for (auto const& organization : answer.json().at("organizations").as_array()) {
            slugs.emplace_back(organization.at("organization_slug").as_string());
        }
        return slugs;
    }
    Lines found(std::string const& name, std::string const& value) {
        return slugs(filter(operand(name, value)));
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

TEST_F(ManagementOrganizationSearch, WithoutQueryFindsAll) {
    EXPECT_EQ(slugs(search()), Lines{});
    EXPECT_EQ(total(search()), 0);
    create("zoo");
    auto const air = create("air");
    send("DELETE", root + "/" + create("gone"));
    create_organization_as(create_backend(Environment::test));
    auto const answer = search();
    EXPECT_EQ(slugs(answer), (Lines{"zoo", "air"}));
    EXPECT_EQ(answer.json().at("organizations").at(1),
              send("GET", root + "/" + air).json().at("organization"));
    EXPECT_EQ(answer.json().at("results_metadata"),
              json::parse(R"({"total":2,"next_cursor":null})"));
    for (auto const* body :
         {"", R"({"query":null})", R"({"query":{}})",
          R"({"query":{"operator":"AND","operands":[]}})",
          R"({"query":{"operator":"OR","operands":[]}})", R"({"cursor":"","limit":0})"}) {
        EXPECT_EQ(slugs(search(body)), (Lines{"zoo", "air"})) << body;
    }
}

TEST_F(ManagementOrganizationSearch, HasAllOperands) {
    auto const red = create("red-one", R"(,"organization_external_id":"crm|red",
        "email_allowed_domains":["red.com"])");
    auto const blue = create("blue", R"(,"claimed_email_domains":["blue.com"])");
    send("PUT", root + "/" + blue, R"({"organization_name":"Blue Büro"})");
    add_member(red, "ada@example.com");
    add_member(blue, "bob@example.com");
    EXPECT_EQ(found("organization_ids", "[\"" + blue + "\"]"), Lines{"blue"});
    EXPECT_EQ(found("organization_ids", R"(["crm|red","crm|black"])"), Lines{"red-one"});
    EXPECT_EQ(found("organization_slugs", R"(["blue","black"])"), Lines{"blue"});
    EXPECT_EQ(found("organization_name_fuzzy", R"("E BÜR")"), Lines{"blue"});
    EXPECT_EQ(found("organization_slug_fuzzy", R"("D-ON")"), Lines{"red-one"});
    EXPECT_EQ(found("member_emails", R"([" ADA@example.com"])"), Lines{"red-one"});
    EXPECT_EQ(found("member_email_fuzzy", R"("OB@EX")"), Lines{"blue"});
    EXPECT_EQ(found("member_email_fuzzy", R"("example")"), (Lines{"red-one", "blue"}));
    EXPECT_EQ(found("allowed_domains", R"(["Red.com","blue.com"])"), Lines{"red-one"});
    EXPECT_EQ(found("allowed_domain_fuzzy", R"("ED.C")"), Lines{"red-one"});
    EXPECT_EQ(found("claimed_email_domains", R"(["blue.com","red.com"])"), Lines{"blue"});
    EXPECT_EQ(found("has_active_sso_connection", "false"), (Lines{"red-one", "blue"}));
    EXPECT_EQ(found("has_active_sso_connection", "true"), Lines{});
    EXPECT_EQ(found("sso_connection_id", R"("saml-connection-1")"), Lines{});
    EXPECT_EQ(found("organization_slugs", "[]"), Lines{});

    auto const both = operand("organization_slugs", R"(["blue"])") + "," +
                      operand("member_emails", R"(["ada@example.com"])");
    EXPECT_EQ(slugs(filter(both)), Lines{});
    EXPECT_EQ(slugs(filter(both, "OR")), (Lines{"red-one", "blue"}));
}

TEST_F(ManagementOrganizationSearch, GoesPageByPage) {
    for (auto const* slug : {"s1", "s2", "s3", "s4", "s5"}) {
        create(slug);
        clock.advance(std::chrono::milliseconds(1));
    }
    auto const first = search(R"({"limit":2})");
    EXPECT_EQ(slugs(first), (Lines{"s1", "s2"}));
    EXPECT_EQ(total(first), 5);
    auto const second = search(R"({"limit":2,"cursor":")" + next_cursor(first) + R"("})");
    EXPECT_EQ(slugs(second), (Lines{"s3", "s4"}));
    EXPECT_EQ(total(second), 5);
    auto const third = search(R"({"limit":2,"cursor":")" + next_cursor(second) + R"("})");
    EXPECT_EQ(slugs(third), Lines{"s5"});
    EXPECT_EQ(total(third), 5);
    EXPECT_EQ(next_cursor(third), "");
}

TEST_F(ManagementOrganizationSearch, ItsCursorsFitNothingElse) {
    create("s1");
    create("s2");
    auto const cursor = R"("cursor":")" + next_cursor(search(R"({"limit":1})")) + "\"";
    EXPECT_EQ(search("{" + cursor + "}").response.status, 200U);
    auto const refuse = [&](Answer const& answer) {
        expect_error(answer, 400, "user_search_invalid_cursor", "cursor");
    };
    refuse(search("{" + cursor + R"(,"query":{"operator":"AND","operands":[)" +
                  operand("has_active_sso_connection", "false") + "]}}"));
    refuse(search(R"({"cursor":"AAAA"})"));
    refuse(
        send_as(create_backend(Environment::test), "POST", root + "/search", "{" + cursor + "}"));
    refuse(send("POST", root + "/members/search", R"({"organization_ids":["s1"],)" + cursor + "}"));
}

class ManagementOrganizationSearchBounds : public ManagementOrganizationSearch {
protected:
    ManagementOrganizationSearchBounds() {
        limits.organizations_examined_max = 3;
        limits.addresses_examined_max = 2;
    }
};

TEST_F(ManagementOrganizationSearchBounds, APageMayBeShortAndTheTotalUnknown) {
    for (auto const* slug : {"aaa-1", "aaa-2", "aaa-3", "bbb-4"}) {
        create(slug);
        clock.advance(std::chrono::milliseconds(1));
    }
    auto const query = R"("query":{"operator":"AND","operands":[)" +
                       operand("organization_slug_fuzzy", R"("bbb")") + "]}";
    auto const first = search("{" + query + "}");
    EXPECT_EQ(slugs(first), Lines{});
    EXPECT_EQ(total(first), -1);
    auto const second = search("{" + query + R"(,"cursor":")" + next_cursor(first) + R"("})");
    EXPECT_EQ(slugs(second), Lines{"bbb-4"});
    EXPECT_EQ(total(second), -1);
    EXPECT_EQ(next_cursor(second), "");
}

TEST_F(ManagementOrganizationSearchBounds, APageWithinThemIsWhole) {
    auto const expect_whole = [&](std::string const& operand, Lines const& found) {
        auto const page = filter(operand);
        EXPECT_EQ(slugs(page), found);
        EXPECT_EQ(total(page), static_cast<std::int64_t>(found.size()));
        EXPECT_EQ(next_cursor(page), "");
    };
    for (auto const* slug : {"aaa-1", "aaa-2", "aaa-3"}) {
        add_member(create(slug), std::string(slug) + "@example.com");
        clock.advance(std::chrono::milliseconds(1));
    }
    expect_whole(operand("organization_slug_fuzzy", R"("aaa")"), {"aaa-1", "aaa-2", "aaa-3"});
    limits.addresses_examined_max = 3;
    auto const by_address = operand("member_email_fuzzy", R"("aaa-3")");
    expect_whole(by_address, {"aaa-3"});
    limits.addresses_examined_max = 2;
    auto const short_page = filter(by_address);
    EXPECT_EQ(slugs(short_page), Lines{});
    EXPECT_EQ(total(short_page), -1);
}

TEST_F(ManagementOrganizationSearchBounds, AddressesCountToo) {
    for (auto const* slug : {"s1", "s2", "s3"}) {
        auto const id = create(slug);
        for (auto const* name : {"ada", "bob"}) {
            add_member(id, std::string(name) + "@" + slug + ".com");
        }
        clock.advance(std::chrono::milliseconds(1));
    }
    Lines all;
    std::string cursor;
    int pages = 0;
    do {
        auto const page = search(R"({"query":{"operator":"AND","operands":[)" +
                                 operand("member_email_fuzzy", R"("bob@s3")") + R"(]},"cursor":")" +
                                 cursor + R"("})");
        for (auto const& slug : slugs(page)) all.push_back(slug);
        cursor = next_cursor(page);
        ++pages;
    } while (!cursor.empty());
    EXPECT_EQ(all, Lines{"s3"});
    EXPECT_EQ(pages, 3);
}

TEST_F(ManagementOrganizationSearch, RefusesWhatItDoesNotUnderstand) {
    auto const refuse = [&](std::string const& operand, std::string const& type,
                            std::string const& words) {
        expect_error(filter(operand), 400, type, words);
    };
    refuse(R"({"filter_value":[]})", "organization_search_missing_filter_name", "filter_name");
    refuse(R"({"filter_name":7,"filter_value":[]})",
           "organization_search_filter_name_must_be_string", "filter_name");
    refuse(operand("statuses", "[]"), "organization_search_filter_name_not_recognized", "statuses");
    refuse(R"({"filter_name":"member_emails"})", "organization_search_missing_filter_value",
           "member_emails");
    for (auto const* name : {"organization_ids", "organization_slugs", "member_emails",
                             "allowed_domains", "claimed_email_domains"}) {
        refuse(operand(name, R"("text")"), "organization_search_expected_array_of_strings", name);
        refuse(operand(name, "[7]"), "organization_search_expected_array_of_strings", name);
    }
    for (auto const& [name, too_short] : std::vector<std::pair<std::string, std::string>>{
             {"organization_name_fuzzy", "organization_search_organization_name_fuzzy_too_short"},
             {"organization_slug_fuzzy", "organization_search_organization_slug_fuzzy_too_short"},
             {"member_email_fuzzy", "organization_search_member_email_fuzzy_too_short"},
             {"allowed_domain_fuzzy", "organization_search_allowed_domain_fuzzy_too_short"}}) {
        refuse(operand(name, "[]"), "organization_search_expected_string", name);
        refuse(operand(name, R"("éé")"), too_short, name);
    }
    refuse(operand("has_active_sso_connection", R"("true")"),
           "organization_search_expected_boolean", "has_active_sso_connection");
    refuse(operand("sso_connection_id", "true"), "organization_search_expected_string",
           "sso_connection_id");

    expect_error(filter(operand("has_active_sso_connection", "true"), "XOR"), 400,
                 "user_search_invalid_operator", "operator");
    expect_error(search(R"({"limit":1001})"), 400, "user_search_invalid_limit", "limit");
    expect_error(search(R"({"limit":-1})"), 400, "user_search_invalid_limit", "limit");
    expect_error(search(R"({"query":7})"), 400, "invalid_request_value", "query");
    expect_error(filter(operand("organization_ids",
                                R"(["organization-live-00000000-0000-4000-8000-000000000000"])")),
                 400, "live_id_used_in_test_environment");
    std::string many;
    for (int i = 0; i < 21; ++i) {
        many += (i ? "," : "") + operand("has_active_sso_connection", "true");
    }
    expect_error(filter(many), 400, "user_search_maximum_filter_value_count_exceeded", "operands");
}

}  // namespace
}  // namespace rollcall::tests

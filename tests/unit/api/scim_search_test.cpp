// POST /.search, on one type and on all, and lists of the root.
#include "unit/api/scim_list_support.hpp"

namespace rollcall::tests {
namespace {

class ScimSearch : public ScimListTest {
protected:
    ScimSearch() {
        ann = add_user("ann", R"(,"title":"chemist","displayName":"Zed")");
        bob = add_user("bob", R"(,"displayName":"mid")");
        sales = add_group("Sales", R"([{"value":")" + ann + R"("}])");
        ops = add_group("Ops");
    }
    /// A search of the root.
    std::string all(std::string const& parameters) {
        return search("/.search", "{" + parameters + "}");
    }

    std::string ann, bob, sales, ops;
};

// Q-01, Q-02, Q-03, Q-05
TEST_F(ScimSearch, AnswersLikeAList) {
    auto const* const message =
        R"({"schemas":["urn:ietf:params:scim:api:messages:2.0:SearchRequest"],)"
        R"("filter":"userName sw \"a\"","sortBy":"userName","sortOrder":"descending",)"
        R"("startIndex":1,"count":5,"attributes":["userName","meta"]})";
    auto const answer = send("POST", "/Users/.search", message);
    EXPECT_EQ(names(answer), "1: ann");
    EXPECT_EQ(answer.response.content_type, "application/scim+json");
    EXPECT_EQ(text_at(answer, "/Resources/0/id"), ann);
    EXPECT_EQ(text_at(answer, "/Resources/0/title"), "(none)");
    EXPECT_EQ(text_at(answer, "/Resources/0/meta/resourceType"), "User");
    EXPECT_EQ(text_at(answer, "/startIndex"), "1");
    EXPECT_EQ(search("/Users/.search", "{}"), "2: ann bob");
    EXPECT_EQ(search("/Groups/.search", R"({"sortBy":"displayName"})"), "2: Ops Sales");
    EXPECT_EQ(search("/Groups/.search", R"({"filter":"members eq \")" + ann + R"(\""})"),
              "1: Sales");
    EXPECT_EQ(answer.header("Location"), "");
}

// A-04: names may be a list, or one text.
TEST_F(ScimSearch, NamesOfAttributes) {
    auto const answer =
        send("POST", "/Users/.search", R"({"excludedAttributes":["title","displayName"]})");
    EXPECT_EQ(text_at(answer, "/Resources/0/title"), "(none)");
    EXPECT_EQ(text_at(answer, "/Resources/0/displayName"), "(none)");
    EXPECT_EQ(text_at(answer, "/Resources/0/userName"), "ann");
    auto const text = send("POST", "/Users/.search", R"({"attributes":"title, displayName"})");
    EXPECT_EQ(text_at(text, "/Resources/0/title"), "chemist");
    EXPECT_EQ(text_at(text, "/Resources/0/userName"), "(none)");
    EXPECT_EQ(search("/Users/.search", R"({"attributes":["a"],"excludedAttributes":["b"]})"),
              "invalidValue");
}

// Q-04, I-10, I-30
TEST_F(ScimSearch, ToleratesLooseMessages) {
    EXPECT_EQ(search("/Users/.search", R"({"COUNT":"1","StartIndex":"2"})"), "2: bob");
    EXPECT_EQ(search("/Users/.search", R"({"count":null,"filter":null,"foo":[1]})"), "2: ann bob");
    EXPECT_EQ(search("/Users/.search", R"({"startIndex":0,"count":-3})"), "2:");
    EXPECT_EQ(search("/Users/.search", R"({"schemas":[],"count":1000000})"), "2: ann bob");
    EXPECT_EQ(search("/Users/.search", R"({"schemas":"urn:scim:schemas:core:1.0"})"), "2: ann bob");
}

// Q-04, X-03
TEST_F(ScimSearch, RefusesBadMessages) {
    struct Case {
        std::string body;
        std::string_view scim_type;
        std::string_view words;
    };
    for (auto const& [body, scim_type, words] :
         std::vector<Case>{{"", "invalidSyntax", ""},
                           {"[]", "invalidSyntax", "SearchRequest"},
                           {R"({"schemas":["urn:ietf:params:scim:api:messages:2.0:PatchOp"]})",
                            "invalidSyntax", "schemas"},
                           {R"({"schemas":7})", "invalidSyntax", "schemas"},
                           {R"({"count":"ten"})", "invalidValue", "count"},
                           {R"({"count":1.5})", "invalidValue", "count"},
                           {R"({"startIndex":true})", "invalidValue", "startIndex"},
                           {R"({"filter":5})", "invalidValue", "filter"},
                           {R"({"filter":""})", "invalidFilter", ""},
                           {R"({"filter":"userName xx 1"})", "invalidFilter", ""},
                           {R"({"attributes":{}})", "invalidValue", "attributes"},
                           {R"({"attributes":[1]})", "invalidValue", "attributes"},
                           {R"({"sortBy":["a"]})", "invalidValue", "sortBy"},
                           {R"({"sortBy":"title","sortOrder":"up"})", "invalidValue", "sortOrder"},
                           {R"({"cursor":1})", "invalidValue", "cursor"},
                           {R"({"count":1,"Count":2})", "invalidSyntax", ""}}) {
        SCOPED_TRACE(body);
        expect_error(send("POST", "/Users/.search", body), 400, scim_type, words);
        expect_error(send("POST", "/.search", body), 400, scim_type, words);
    }
    EXPECT_EQ(send("GET", "/.search").response.status, 405U);
    EXPECT_EQ(send("GET", "/Users/.search").header("Allow"), "POST, OPTIONS");
    EXPECT_EQ(send("POST", "/Schemas/.search", "{}").response.status, 404U);
}

// Q-06
TEST_F(ScimSearch, SaysEverythingInItsBody) {
    EXPECT_EQ(search("/Users/.search?count=abc&filter=x&filter=y&startIndex=2", "{}"),
              "2: ann bob");
}

// F-43
TEST_F(ScimSearch, MayHaveALongerFilter) {
    auto const filter = [](std::size_t size) {
        auto const around = std::string_view(R"(userName eq "")").size();
        return R"({"filter":"userName eq \")" + std::string(size - around, 'a') + R"(\""})";
    };
    auto const most = Limits{}.search_filter_bytes_max;
    EXPECT_EQ(search("/Users/.search", filter(most)), "0:");
    EXPECT_EQ(search("/Users/.search", filter(most + 1)), "tooMany");
    EXPECT_EQ(list("/Users?filter=userName%20eq%20%22" + std::string(9000, 'a') + "%22"),
              "tooMany");
}

// L-14, L-15, Q-07
TEST_F(ScimSearch, TheRootHasUsersThenGroups) {
    EXPECT_EQ(list("/"), "4: ann bob Sales Ops");
    EXPECT_EQ(list(""), "4: ann bob Sales Ops");
    EXPECT_EQ(all(""), "4: ann bob Sales Ops");
    EXPECT_EQ(all(R"("startIndex":2,"count":2)"), "4: bob Sales");
    EXPECT_EQ(all(R"("startIndex":3,"count":9)"), "4: Sales Ops");
    EXPECT_EQ(all(R"("startIndex":4)"), "4: Ops");
    EXPECT_EQ(all(R"("startIndex":5)"), "4:");
    EXPECT_EQ(all(R"("count":0)"), "4:");
    auto const answer = send("GET", "/?filter=id%20pr");
    EXPECT_EQ(text_at(answer, "/Resources/0/meta/resourceType"), "User");
    EXPECT_EQ(text_at(answer, "/Resources/3/meta/resourceType"), "Group");
    EXPECT_EQ(text_at(answer, "/Resources/2/members/0/value"), ann);
}

// L-14, F-23, F-24
TEST_F(ScimSearch, WhatATypeLacksHasNoValue) {
    EXPECT_EQ(all(R"("filter":"userName pr")"), "2: ann bob");
    EXPECT_EQ(all(R"-("filter":"not (userName pr)")-"), "2: Sales Ops");
    EXPECT_EQ(all(R"("filter":"meta.resourceType eq \"Group\"")"), "2: Sales Ops");
    EXPECT_EQ(all(R"("filter":"meta.resourceType eq \"User\" and title pr")"), "1: ann");
    EXPECT_EQ(all(R"("filter":"displayName eq \"ops\" or displayName eq \"MID\"")"), "2: bob Ops");
    EXPECT_EQ(all(R"("filter":"id eq \")" + sales + R"(\"")"), "1: Sales");
    EXPECT_EQ(all(R"("filter":"members.value eq \")" + ann + R"(\" or title pr")"), "2: ann Sales");
    EXPECT_EQ(all(R"("filter":"active gt true")"), "invalidFilter");
}

// O-02, O-04, F-45
TEST_F(ScimSearch, TheRootIsOrderedAcrossTypes) {
    EXPECT_EQ(all(R"("sortBy":"displayName")"), "4: bob Ops Sales ann");
    EXPECT_EQ(all(R"("sortBy":"displayName","sortOrder":"descending")"), "4: ann Sales Ops bob");
    EXPECT_EQ(all(R"("sortBy":"displayName","startIndex":2,"count":2)"), "4: Ops Sales");
    EXPECT_EQ(all(R"("sortBy":"displayName","startIndex":4,"count":2)"), "4: ann");
    EXPECT_EQ(all(R"("sortBy":"userName","sortOrder":"descending")"), "4: Sales Ops bob ann");
    EXPECT_EQ(all(R"("sortBy":"meta.created","sortOrder":"descending","count":3)"),
              "4: Ops Sales bob");
    auto const last_row = Limits{}.scan_rows_max;
    auto const reach = [&](std::size_t row) {
        return all(R"("sortBy":"id","count":10,"startIndex":)" + std::to_string(row - 9));
    };
    EXPECT_EQ(reach(last_row), "4:");
    EXPECT_EQ(reach(last_row + 1), "tooMany");
    EXPECT_EQ(walk("/?sortBy=displayName&count=1"), " bob | Ops | Sales | ann");
    EXPECT_EQ(walk("/?sortBy=displayName&sortOrder=descending&count=3"), " ann Sales Ops | bob");
}

// C-11, Q-07
TEST_F(ScimSearch, SeesWhatWasJustCreated) {
    add_user("new");
    EXPECT_EQ(all(R"("filter":"userName eq \"new\"")"), "1: new");
}

// T-04, K-06
TEST_F(ScimSearch, SeesOneConnectionOnly) {
    auto const other = side.connect(directory::IdentityProvider::generic);
    EXPECT_EQ(names(side.send(other, "POST", "/.search", "{}")), "0:");
    EXPECT_EQ(names(side.send(other, "GET", "/")), "0:");
}

// A-11
TEST_F(ScimSearch, ProjectsEachType) {
    auto const answer = send("GET", "/?attributes=userName,members&count=3");
    EXPECT_EQ(text_at(answer, "/Resources/0/userName"), "ann");
    EXPECT_EQ(text_at(answer, "/Resources/0/title"), "(none)");
    EXPECT_EQ(text_at(answer, "/Resources/2/members/0/value"), ann);
    EXPECT_EQ(text_at(answer, "/Resources/2/displayName"), "(none)");
}

}  // namespace
}  // namespace rollcall::tests

// Lists: windows, filters through and beyond the index.
#include "unit/api/scim_support.hpp"

namespace rollcall::tests {
namespace {

class ScimQuery : public ScimTest {
protected:
    explicit ScimQuery(Limits const& limits = {}) : ScimTest(limits) {
        for (auto const* name : {"ann", "bob", "cleo", "dov", "eva"}) {
            ids.push_back(
                add_user(std::string(name) + "@x.test", R"(,"title":")" + std::string(1, *name) +
                                                            R"(","emails":[{"value":")" + name +
                                                            R"(@x.test","type":"work"}])"));
        }
    }

    /// "total startIndex itemsPerPage: names' first letters"
    std::string list(std::string const& query) {
        auto const answer = send("GET", "/Users?" + query);
        if (answer.response.status != 200) return text_at(answer, "/scimType");
        auto const document = answer.json();
        EXPECT_EQ(document.at("schemas").as_array().at(0),
                  "urn:ietf:params:scim:api:messages:2.0:ListResponse");
        std::string result = boost::json::serialize(document.at("totalResults")) + " " +
                             boost::json::serialize(document.at("startIndex")) + " " +
                             boost::json::serialize(document.at("itemsPerPage")) + ": ";
        for (auto const& user : document.at("Resources").as_array()) {
            result += text(user, "userName").substr(0, 1);
        }
        EXPECT_EQ(answer.header("ETag"), "");
        return result;
    }

    std::vector<std::string> ids;
};

TEST_F(ScimQuery, Windows) {
    EXPECT_EQ(list(""), "5 1 5: abcde");
    EXPECT_EQ(list("startIndex=2&count=2"), "5 2 2: bc");
    EXPECT_EQ(list("startIndex=5&count=2"), "5 5 1: e");
    EXPECT_EQ(list("startIndex=6"), "5 6 0: ");
    EXPECT_EQ(list("startIndex=99999999999999999999999&count=1"), "5 9007199254740992 0: ");
    EXPECT_EQ(list("startIndex=0&count=1"), "5 1 1: a");
    EXPECT_EQ(list("startIndex=-7&count=1"), "5 1 1: a");
    EXPECT_EQ(list("count=0"), "5 1 0: ");
    EXPECT_EQ(list("count=-1"), "5 1 0: ");
    EXPECT_EQ(list("count=99999999999999999999"), "5 1 5: abcde");
    EXPECT_EQ(list("count=&startIndex="), "5 1 5: abcde");
    EXPECT_EQ(list("COUNT=1&StartIndex=3&aadOptscim062020"), "5 3 1: c");
    for (auto const* bad : {"count=abc", "count=1.5", "startIndex=1x", "count=1e3", "count=-"}) {
        EXPECT_EQ(list(bad), "invalidValue") << bad;
    }
}

TEST_F(ScimQuery, APageWithoutCountHasTheDefaultSize) {
    auto const page_size = Limits{}.scim_page_default;
    while (ids.size() <= page_size) ids.push_back(add_user("user" + std::to_string(ids.size())));
    for (auto const* path : {"/Users", "/Users?cursor"}) {
        auto const answer = send("GET", path);
        EXPECT_EQ(text_at(answer, "/itemsPerPage"), std::to_string(page_size)) << path;
        EXPECT_EQ(text_at(answer, "/totalResults"), std::to_string(page_size + 1)) << path;
    }
}

TEST_F(ScimQuery, FiltersWithAnIndex) {
    EXPECT_EQ(list("filter=userName+eq+%22BOB@x.test%22"), "1 1 1: b");
    EXPECT_EQ(list("filter=id%20eq%20%22" + ids[2] + "%22"), "1 1 1: c");
    EXPECT_EQ(list("filter=id%20eq%20%22nobody%22"), "0 1 0: ");
    EXPECT_EQ(list("filter=emails%20eq%20%22dov@x.test%22"), "1 1 1: d");
    EXPECT_EQ(list("filter=emails[type%20eq%20%22work%22].value%20eq%20%22dov@x.test%22"),
              "1 1 1: d");
    EXPECT_EQ(list("filter=emails[type%20eq%20%22home%22].value%20eq%20%22dov@x.test%22"),
              "0 1 0: ");
}

TEST_F(ScimQuery, FiltersBeyondTheIndex) {
    EXPECT_EQ(list("filter=title%20eq%20%22B%22%20or%20title%20eq%20%22d%22"), "2 1 2: bd");
    EXPECT_EQ(list("filter=title+gt+%22a%22&startIndex=2&count=2"), "4 2 2: cd");
    EXPECT_EQ(list("filter=userName+eq+%22ann@x.test%22+and+title+eq+%22z%22"), "0 1 0: ");
    EXPECT_EQ(list("filter=meta.location+co+%22" + ids[4] + "%22"), "1 1 1: e");
    EXPECT_EQ(list("filter=shoeSize+pr"), "0 1 0: ");
}

// F-39, F-44
TEST_F(ScimQuery, FiltersOnGroupsAndChanges) {
    auto const group = add_group("G", R"([{"value":")" + ids[1] + R"("}])");
    EXPECT_EQ(list("filter=groups.value+eq+%22" + group + "%22"), "1 1 1: b");
    EXPECT_EQ(list("filter=groups.value+eq+%22" + group + "%22&excludedAttributes=groups"),
              "1 1 1: b");
    EXPECT_EQ(list("filter=groups[value+eq+%22" + group + "%22+and+type+eq+%22direct%22]"),
              "1 1 1: b");
    auto const changed = get("/Users/" + ids[2], "/meta/lastModified");
    EXPECT_EQ(list("filter=meta.lastModified+gt+%22" + changed + "%22"), "2 1 2: de");
    EXPECT_EQ(list("filter=meta.lastModified+ge+%22" + changed + "%22"), "3 1 3: cde");
    EXPECT_EQ(list("filter=meta.lastModified+eq+%22" + changed + "%22"), "1 1 1: c");
    EXPECT_EQ(list("filter=meta.lastModified+lt+%22" + changed + "%22+and+title+eq+%22a%22"),
              "1 1 1: a");
    EXPECT_EQ(list("filter=meta.lastModified+gt+%22" + changed +
                   "%22&sortBy=meta.lastModified&sortOrder=descending"),
              "2 1 2: ed");
    EXPECT_EQ(list("filter=displayName+eq+%22x%22"), "0 1 0: ");
}

TEST_F(ScimQuery, BadFiltersAreRefused) {
    for (auto const* bad :
         {"filter=", "filter=%20", "filter=userName", "filter=userName%20eq", "filter=a%20xx%20b",
          "filter=(userName%20pr", "filter=userName%20pr%20and", "filter=password%20pr",
          "filter=active%20gt%20true", "filter=name%20eq%20%22x%22",
          "filter=userName%20pr&Filter=id%20pr"}) {
        EXPECT_EQ(list(bad), "invalidFilter") << bad;
    }
    EXPECT_EQ(list("filter=title%20eq%20%22%FF%22"), "invalidValue");
    EXPECT_EQ(list("filter=" + std::string(9000, 'a') + "%20pr"), "tooMany");
    std::string deep;
    for (int i = 0; i < 1000; ++i) deep += '(';
    auto const answer = list("filter=" + deep);
    EXPECT_TRUE(answer == "tooMany" || answer == "invalidFilter") << answer;
}

TEST_F(ScimQuery, GroupFilters) {
    auto const sales = add_group("Sales", R"([{"value":")" + ids[0] + R"("}])");
    add_group("Support", R"([{"value":")" + ids[0] + R"("},{"value":")" + ids[1] + R"("}])");
    auto const count = [&](std::string const& filter) {
        return get("/Groups?filter=" + filter, "/totalResults");
    };
    EXPECT_EQ(count("displayName%20eq%20%22SALES%22"), "1");
    EXPECT_EQ(count("displayName%20sw%20%22s%22"), "2");
    EXPECT_EQ(count("members%20eq%20%22" + ids[0] + "%22"), "2");
    EXPECT_EQ(count("members.value%20eq%20%22" + ids[1] + "%22"), "1");
    EXPECT_EQ(count("members%5Bvalue%20eq%20%22" + ids[1] + "%22%5D"), "1");
    EXPECT_EQ(count("id%20eq%20%22" + sales + "%22%20and%20members%20eq%20%22" + ids[1] + "%22"),
              "0");
    EXPECT_EQ(count("id%20eq%20%22" + sales + "%22%20and%20members%20eq%20%22" + ids[0] + "%22"),
              "1");
    EXPECT_EQ(count("not%20(members[value%20eq%20%22" + ids[1] + "%22])"), "1");
}

Limits short_scans() {
    Limits limits;
    limits.scan_rows_max = 3;
    return limits;
}

class ScimShortScans : public ScimQuery {
protected:
    ScimShortScans() : ScimQuery(short_scans()) {}
};

// L-13: an ordinary list is never too many.
TEST_F(ScimShortScans, AFilterWithoutIndexIsBounded) {
    EXPECT_EQ(list("filter=title%20eq%20%22a%22"), "tooMany");
    EXPECT_EQ(list("filter=userName%20eq%20%22ann@x.test%22%20and%20title%20eq%20%22a%22"),
              "1 1 1: a");
    EXPECT_EQ(list("filter=shoeSize%20pr"), "0 1 0: ") << "provably empty, not searched";
    EXPECT_EQ(list(""), "5 1 5: abcde");
}

// F-38, F-44: how many groups a user is in does not matter for one of them.
TEST_F(ScimShortScans, OneGroupIsAskedForAMemberOfMany) {
    std::vector<std::string> groups;
    for (auto const* name : {"g1", "g2", "g3", "g4"}) {
        groups.push_back(add_group(name, R"([{"value":")" + ids[0] + R"("}])"));
    }
    auto const count = [&](std::string const& filter) {
        return get("/Groups?excludedAttributes=members&filter=" + filter, "/totalResults");
    };
    auto const with = [](std::string const& id) {
        return "%20and%20members%20eq%20%22" + id + "%22";
    };
    for (auto const& group :
         {"id%20eq%20%22" + groups[3] + "%22", std::string("displayName%20eq%20%22G2%22")}) {
        EXPECT_EQ(count(group + with(ids[0])), "1") << group;
        EXPECT_EQ(count(group + with(ids[1])), "0") << group;
    }
}

Limits low_costs() {
    Limits limits;
    limits.filter_tested_bytes_max = 900;
    limits.response_members_max = 6;
    limits.projection_names_max = 3;
    return limits;
}

class ScimCosts : public ScimQuery {
protected:
    ScimCosts() : ScimQuery(low_costs()) {}

    static constexpr std::string_view few = "title%20co%20%22z%22";
    /// Two tests of each of five users, then three.
    std::string const more = std::string(few) + "%20or%20" + std::string(few);
    std::string const too_many = more + "%20or%20" + std::string(few);
};

// K-11
TEST_F(ScimCosts, WhatAFilterLooksAtIsBounded) {
    EXPECT_EQ(list("filter=" + more), "0 1 0: ");
    EXPECT_EQ(list("filter=" + too_many), "tooMany");
    expect_error(send("GET", "/Users?filter=" + too_many), 400, "tooMany", "filter: ");
    EXPECT_EQ(list("filter=userName%20eq%20%22ann@x.test%22%20and%20(" + too_many + ")"), "0 1 0: ")
        << "with an index there is less to look at";
    add_group("Sales");
    EXPECT_EQ(send("GET", "/Groups?filter=" + too_many).response.status, 200U) << "provably empty";
}

// K-11
TEST_F(ScimCosts, AFilterOnOneResourceIsBounded) {
    std::string filter = "title%20co%20%22a%22";
    EXPECT_EQ(send("GET", "/Users/" + ids[0] + "?filter=" + filter).response.status, 200U);
    for (int i = 0; i < 20; ++i) filter += "%20and%20title%20co%20%22a%22";
    expect_error(send("GET", "/Users/" + ids[0] + "?filter=" + filter), 400, "tooMany", "filter: ");
    filter = "displayName%20co%20%22S%22";
    auto const path = "/Groups/" + add_group("Sales") + "?filter=";
    EXPECT_EQ(send("GET", path + filter).response.status, 200U);
    for (int i = 0; i < 20; ++i) filter += "%20and%20displayName%20co%20%22S%22";
    expect_error(send("GET", path + filter), 400, "tooMany", "filter: ");
}

// K-11
TEST_F(ScimCosts, NamesOfAttributesAreBounded) {
    for (auto const* path : {"/Users", "/Groups", "/"}) {
        for (auto const* parameter : {"?attributes=", "?excludedAttributes="}) {
            auto const query = path + std::string(parameter);
            EXPECT_EQ(send("GET", query + "id,title,meta").response.status, 200U);
            expect_error(send("GET", query + "id,title,meta,x"), 400, "tooMany", "attributes");
        }
    }
    auto const search = [&](std::string const& names) {
        return send("POST", "/.search", R"({"excludedAttributes":[)" + names + "]}");
    };
    EXPECT_EQ(search(R"("title","title","title")").response.status, 200U);
    expect_error(search(R"("title","title","title","title")"), 400, "tooMany", "attributes");
}

// K-11, U-20
TEST_F(ScimCosts, GroupsOnAPageOfUsersAreBounded) {
    std::string members;
    for (auto const& id : ids)
        members += (members.empty() ? "" : ",") + (R"({"value":")" + id + "\"}");
    add_group("Sales", "[" + members + "]");
    EXPECT_EQ(list(""), "5 1 5: abcde");
    add_group("Support", "[" + members + "]");
    expect_error(send("GET", "/Users"), 400, "tooMany", "excludedAttributes=groups");
    expect_error(send("GET", "/Users?cursor"), 400, "tooMany", "excludedAttributes=groups");
    EXPECT_EQ(list("excludedAttributes=groups"), "5 1 5: abcde");
    EXPECT_EQ(list("count=3"), "5 1 3: abc");
    EXPECT_EQ(list("filter=title%20eq%20%22a%22&attributes=userName"), "1 1 1: a")
        << "a filter that does not mention them does not read them";
    expect_error(send("GET", "/Users?filter=groups.display%20co%20%22z%22"), 400, "tooMany",
                 "examined");
}

// K-11, U-20
TEST_F(ScimCosts, GroupsOfOneUserAreBoundedAndDoNotKeepItFromBeingChanged) {
    auto const path = "/Users/" + ids[0];
    auto const join = [&](std::string const& name) {
        add_group(name, R"([{"value":")" + ids[0] + R"("}])");
    };
    for (auto const* name : {"a", "b", "c", "d", "e", "f"}) join(name);
    EXPECT_EQ(send("GET", path).json().at("groups").as_array().size(), 6U);
    join("g");
    expect_error(send("GET", path), 400, "tooMany", "excludedAttributes=groups");
    EXPECT_EQ(send("GET", path + "?excludedAttributes=groups").response.status, 200U);

    auto answer = patch(path, R"([{"op":"replace","path":"active","value":false}])");
    EXPECT_EQ(answer.response.status, 200U);
    EXPECT_EQ(answer.json().at("active"), false);
    EXPECT_FALSE(answer.json().as_object().contains("groups"));
    std::vector<std::string> const notes{
        "groups: left out of the answer, which would hold too many"};
    EXPECT_EQ(answer.context.notes, notes);
    answer = send("PUT", path, R"({"userName":"ann@x.test","title":"b"})");
    EXPECT_EQ(answer.response.status, 200U);
    EXPECT_EQ(text_at(answer, "/title"), "b");
    EXPECT_FALSE(answer.json().as_object().contains("groups"));
    EXPECT_EQ(answer.context.notes, notes);
}

// A change that shows the user shows its groups, though the write does not read them.
TEST_F(ScimQuery, AChangedUserIsShownWithItsGroups) {
    add_group("Sales", R"([{"value":")" + ids[0] + R"("}])");
    auto const answer =
        patch("/Users/" + ids[0], R"([{"op":"replace","path":"title","value":"new"}])");
    EXPECT_EQ(text_at(answer, "/title"), "new");
    EXPECT_EQ(text_at(answer, "/groups/0/display"), "Sales");
}

}  // namespace
}  // namespace rollcall::tests

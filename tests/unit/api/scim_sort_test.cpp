// sortBy and sortOrder in the query string.
#include "unit/api/scim_list_support.hpp"

namespace rollcall::tests {
namespace {

class ScimSort : public ScimListTest {
protected:
    explicit ScimSort(Limits const& limits = {}) : ScimListTest(limits) {
        add_user("cleo", R"(,"title":"Zoologist","emails":[{"value":"z@x"},)"
                         R"({"value":"a@x","primary":true}])");
        add_user("Ann", R"(,"title":"chemist","emails":[{"value":"c@x"}])");
        add_user("bob", R"(,"name":{"familyName":"Young"},"active":false)");
    }
};

// O-02, O-03, O-05
TEST_F(ScimSort, OrdersByAnyAttribute) {
    EXPECT_EQ(list("/Users?sortBy=userName"), "3: Ann bob cleo");
    EXPECT_EQ(list("/Users?sortBy=userName&sortOrder=ascending"), "3: Ann bob cleo");
    EXPECT_EQ(list("/Users?sortby=USERNAME&sortorder=DESCENDING"), "3: cleo bob Ann");
    EXPECT_EQ(list("/Users?sortBy=emails"), "3: cleo Ann bob");
    EXPECT_EQ(list("/Users?sortBy=emails&sortOrder=descending"), "3: bob Ann cleo");
    EXPECT_EQ(list("/Users?sortBy=emails.value"), "3: cleo Ann bob");
    EXPECT_EQ(list("/Users?sortBy=active"), "3: bob cleo Ann");
    EXPECT_EQ(list("/Users?sortBy=active&sortOrder=descending"), "3: cleo Ann bob");
    EXPECT_EQ(list("/Users?sortBy=meta.created&sortOrder=descending"), "3: bob Ann cleo");
    EXPECT_EQ(list("/Users?sortBy="), "3: cleo Ann bob");
}

// O-04
TEST_F(ScimSort, NoValueIsLastAscendingAndFirstDescending) {
    EXPECT_EQ(list("/Users?sortBy=title"), "3: Ann cleo bob");
    EXPECT_EQ(list("/Users?sortBy=title&sortOrder=descending"), "3: bob cleo Ann");
    EXPECT_EQ(list("/Users?sortBy=name.familyName"), "3: bob cleo Ann") << "ties by creation, O-06";
}

// O-03, O-07, O-08
TEST_F(ScimSort, WhatCannotBeOrderedBy) {
    EXPECT_EQ(list("/Users?sortBy=title&sortOrder=sideways"), "invalidValue");
    EXPECT_EQ(list("/Users?sortOrder=sideways"), "3: cleo Ann bob") << "no sortBy: ignored";
    EXPECT_EQ(list("/Users?sortBy=shoeSize&sortOrder=descending"), "3: cleo Ann bob");
    EXPECT_EQ(list("/Users?sortBy=password"), "3: cleo Ann bob");
    EXPECT_EQ(list("/Users?sortBy=name"), "invalidPath");
    expect_error(send("GET", "/Users?sortBy=name"), 400, "invalidPath", "sortBy: name");
}

// F-45
TEST_F(ScimSort, ComposesWithTheOtherParameters) {
    EXPECT_EQ(list("/Users?sortBy=userName&startIndex=2&count=1"), "3: bob");
    EXPECT_EQ(list("/Users?sortBy=userName&sortOrder=descending&filter=title%20pr&count=1"),
              "2: cleo");
    auto const answer =
        send("GET", "/Users?sortBy=title&attributes=userName&filter=title%20pr&startIndex=2");
    EXPECT_EQ(names(answer), "2: cleo");
    EXPECT_EQ(text_at(answer, "/startIndex"), "2");
    EXPECT_EQ(text_at(answer, "/Resources/0/title"), "(none)");
}

TEST_F(ScimSort, GroupsToo) {
    add_group("sales");
    add_group("Support");
    add_group("ops");
    EXPECT_EQ(list("/Groups?sortBy=displayName"), "3: ops sales Support");
    EXPECT_EQ(list("/Groups?sortBy=displayName&sortOrder=descending&count=2"), "3: Support sales");
    EXPECT_EQ(list("/Groups?sortBy=members&excludedAttributes=members"), "3: sales Support ops");
}

// O-01
TEST_F(ScimSort, IsAnnounced) {
    EXPECT_EQ(get("/ServiceProviderConfig", "/sort/supported"), "true");
}

Limits two_rows() {
    Limits limits;
    limits.scan_rows_max = 2;
    return limits;
}

class ScimShortSorts : public ScimSort {
protected:
    ScimShortSorts() : ScimSort(two_rows()) {}
};

TEST_F(ScimShortSorts, AnOrderWithoutIndexIsBounded) {
    expect_error(send("GET", "/Users?sortBy=title"), 400, "tooMany", "sort by userName");
    EXPECT_EQ(list("/Users?sortBy=userName"), "3: Ann bob cleo");
    EXPECT_EQ(list("/Users?sortBy=title&filter=displayName%20eq%20%22x%22"), "0:");
    auto const bob = get("/Users?filter=userName%20eq%20%22bob%22", "/Resources/0/id");
    EXPECT_EQ(send("DELETE", "/Users/" + bob).response.status, 204U);
    EXPECT_EQ(list("/Users?sortBy=title"), "2: Ann cleo");
}

}  // namespace
}  // namespace rollcall::tests

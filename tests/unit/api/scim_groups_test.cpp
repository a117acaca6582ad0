// /Groups: create, read, replace, patch in every form, nesting, and the events that follow.
#include "unit/api/scim_support.hpp"

namespace rollcall::tests {
namespace {

using Events = std::vector<std::string>;

class ScimGroups : public ScimTest {
protected:
    explicit ScimGroups(Limits const& limits = {}) : ScimTest(limits) {
        for (auto const* name : {"ann@x.test", "bob@x.test", "cleo@x.test"}) {
            users.push_back(add_user(name));
        }
        group = add_group("Sales");
        path = "/Groups/" + group;
    }

    [[nodiscard]] std::string element(std::size_t user) const {
        return R"({"value":")" + users.at(user) + R"("})";
    }

    /// The members' positions in `users`, in the order they are shown: "0 2".
    std::string members(std::string const& of = "") {
        auto const document = send("GET", of.empty() ? path : of).json();
        auto const* list = document.as_object().if_contains("members");
        if (list == nullptr) return "(none)";
        std::string text;
        for (auto const& member : list->as_array()) {
            auto const value = ScimTest::text(member, "value");
            auto const known = std::ranges::find(users, value);
            text += known == users.end() ? value : std::to_string(known - users.begin());
            text += ' ';
        }
        if (!text.empty()) text.pop_back();
        return text;
    }

    Answer change(std::string const& operations) {
        auto answer = patch(path, operations);
        EXPECT_EQ(answer.response.status, 200U) << answer.body();
        return answer;
    }

    Events new_events() {
        auto const all = side.event_names(okta);
        Events fresh(all.begin() + static_cast<std::ptrdiff_t>(seen_), all.end());
        seen_ = all.size();
        return fresh;
    }

    std::vector<std::string> users;
    std::string group;
    std::string path;

private:
    std::size_t seen_ = 0;
};

// C-01, R-10
TEST_F(ScimGroups, CreateAnswersWithTheWholeGroup) {
    (void)new_events();
    auto const answer = send("POST", "/Groups",
                             R"({"displayName":"Team","externalId":"t","members":[)" + element(1) +
                                 "," + element(0) + "]}");
    ASSERT_EQ(answer.response.status, 201U) << answer.body();
    auto const id = text_at(answer, "/id");
    EXPECT_TRUE(id.starts_with("scim-group-test-"));
    EXPECT_EQ(answer.header("Location"), okta.base + "/Groups/" + id);
    EXPECT_EQ(answer.header("ETag"), "W/\"1\"");
    EXPECT_EQ(send("GET", "/Groups/" + id).json(), answer.json());
    EXPECT_EQ(members("/Groups/" + id), "1 0");
    EXPECT_EQ(text_at(answer, "/members/0/$ref"), okta.base + "/Users/" + users[1]);
    EXPECT_EQ(new_events(), (Events{"scim.scim_group.create", "scim.scim_member_group.create",
                                    "scim.scim_member_group.create"}));
}

// P-53, R-02, W-10, W-11
TEST_F(ScimGroups, ANameIsUniqueWithoutCase) {
    expect_error(send("POST", "/Groups", R"({"displayName":"SALES"})"), 409, "uniqueness", group);
    auto const other = add_group("Other");
    expect_error(
        patch("/Groups/" + other, R"([{"op":"replace","path":"displayName","value":"sales"}])"),
        409, "uniqueness", group);
    expect_error(send("PUT", "/Groups/" + other, R"({"displayName":"sales"})"), 409, "uniqueness");
    EXPECT_EQ(get("/Groups/" + other, "/displayName"), "Other");
    EXPECT_EQ(text_at(change(R"([{"op":"replace","path":"displayName","value":"sales"}])"),
                      "/displayName"),
              "sales");
}

// R-05, U-21
TEST_F(ScimGroups, MembersComeAndGoAndComeBackAsWritten) {
    (void)new_events();
    change(R"([{"op":"add","path":"members","value":[{"value":")" + users[0] +
           R"(","display":"Ann"},)" + element(1) + "]}]");
    EXPECT_EQ(members(), "0 1");
    EXPECT_EQ(get(path, "/members/0/display"), "Ann");
    EXPECT_EQ(get(path, "/members/1/display"), "(none)");
    EXPECT_EQ(get("/Users/" + users[0], "/groups/0/display"), "Sales");
    EXPECT_EQ(new_events(),
              (Events{"scim.scim_member_group.create", "scim.scim_member_group.create"}));
    change(R"([{"op":"remove","path":"members[value eq \")" + users[0] + R"(\"]"},)" +
           R"({"op":"add","path":"members","value":[)" + element(2) + "]}]");
    EXPECT_EQ(members(), "1 2");
    EXPECT_EQ(new_events(),
              (Events{"scim.scim_member_group.delete", "scim.scim_member_group.create"}));
}

// R-06, S-15, P-24, P-37, P-44
TEST_F(ScimGroups, RepeatsAreHarmless) {
    auto const add = R"([{"op":"add","path":"members","value":[)" + element(0) + "]}]";
    change(add);
    auto const before = send("GET", path).body();
    (void)new_events();
    change(add);
    change(R"([{"op":"remove","path":"members","value":[)" + element(1) + "]}]");
    change(R"([{"op":"replace","value":{"id":")" + group + R"(","displayName":"Sales"}}])");
    change(R"([{"op":"replace","path":"members","value":[)" + element(0) + "]}]");
    EXPECT_EQ(send("GET", path).body(), before);
    EXPECT_EQ(new_events(), Events{});
}

// R-07
TEST_F(ScimGroups, UnknownMembersAreSkippedAndNoted) {
    auto const ghost = "member-test-01890000-0000-7000-8000-000000000001";
    auto const answer =
        change(R"([{"op":"add","path":"members","value":[{"value":")" + std::string(ghost) +
               R"("},{"value":"nobody"},)" + element(0) + "]}]");
    EXPECT_EQ(members(), "0");
    ASSERT_EQ(answer.context.notes.size(), 2U);
    EXPECT_NE(answer.context.notes[1].find(ghost), std::string::npos);
    auto const created = send("POST", "/Groups",
                              R"({"displayName":"T","members":[{"value":")" + std::string(ghost) +
                                  R"("},)" + element(1) + "]}");
    EXPECT_EQ(members("/Groups/" + text_at(created, "/id")), "1");
    EXPECT_EQ(created.json().at("members").as_array().size(), 1U);
    EXPECT_EQ(created.context.notes.size(), 1U);
}

// K-06, T-04
TEST_F(ScimGroups, AnotherTenantsUserCannotBecomeAMember) {
    auto const other = side.connect(directory::IdentityProvider::okta);
    auto const stranger = ScimTest::text(
        side.send(other, "POST", "/Users", R"({"userName":"s@x.test"})").json(), "id");
    change(R"([{"op":"add","path":"members","value":[{"value":")" + stranger + R"("}]}])");
    EXPECT_EQ(members(), "");
    for (auto const* method : {"GET", "PUT", "PATCH", "DELETE"}) {
        expect_error(
            side.send(other, method, path,
                      R"({"displayName":"x","Operations":[{"op":"remove","path":"members"}]})"),
            404, "");
    }
}

// R-09
TEST_F(ScimGroups, RemovingTheWholeAttributeHidesItUntilItIsWritten) {
    change(R"([{"op":"add","path":"members","value":[)" + element(0) + "]}]");
    change(R"([{"op":"remove","path":"members"}])");
    EXPECT_EQ(members(), "(none)");
    change(R"([{"op":"replace","path":"members","value":[]}])");
    EXPECT_EQ(members(), "");
}

TEST_F(ScimGroups, PatchesThatSelectOtherwiseWorkToo) {
    auto const inner = add_group("Inner");
    change(R"([{"op":"add","path":"members","value":[)" + element(0) + R"(,{"value":")" + inner +
           R"("}]}])");
    EXPECT_EQ(get(path, "/members/1/type"), "Group");
    change(R"([{"op":"remove","path":"members[type eq \"User\"]"}])");
    EXPECT_EQ(members(), inner);
}

// R-11, W-02, W-03, W-04, W-07, W-09, W-13
TEST_F(ScimGroups, PutMeansExactlyThis) {
    change(R"([{"op":"add","path":"externalId","value":"e"},
               {"op":"add","path":"members","value":[)" +
           element(0) + "," + element(1) + "]}]");
    auto const answer =
        send("PUT", path,
             R"({"displayName":"Sales","members":[)" + element(2) + "," + element(1) + "]}");
    EXPECT_EQ(answer.response.status, 200U);
    EXPECT_EQ(answer.json(), send("GET", path).json());
    EXPECT_EQ(members(), "1 2") << "who stays keeps the place";
    EXPECT_EQ(get(path, "/externalId"), "e");
    EXPECT_EQ(text_at(send("PUT", path, R"({"displayName":"Sales"})"), "/members"), "[]");
    expect_error(send("PUT", "/Groups/scim-group-test-01890000-0000-7000-8000-000000000001",
                      R"({"displayName":"New"})"),
                 404, "");
}

// R-04, U-21
TEST_F(ScimGroups, NestedGroupsShowAsIndirect) {
    auto const inner = add_group("Inner", "[" + element(0) + "]");
    change(R"([{"op":"add","path":"members","value":[{"value":")" + inner + R"("}]}])");
    patch("/Groups/" + inner,
          R"([{"op":"add","path":"members","value":[{"value":")" + group + R"("}]}])");
    auto const groups = send("GET", "/Users/" + users[0]).json().at("groups").as_array();
    ASSERT_EQ(groups.size(), 2U) << "a cycle ends";
    EXPECT_EQ(ScimTest::text(groups[0], "type"), "direct");
    EXPECT_EQ(ScimTest::text(groups[1], "type"), "indirect");
}

// A-03, A-06, P-50
TEST_F(ScimGroups, MembersAreLeftOutOnRequest) {
    change(R"([{"op":"add","path":"members","value":[)" + element(0) + "]}]");
    EXPECT_EQ(members(path + "?excludedAttributes=members"), "(none)");
    EXPECT_EQ(get("/Groups?excludedAttributes=members", "/Resources/0/members"), "(none)");
    EXPECT_EQ(get(path + "?attributes=members.value", "/members/0/type"), "(none)");
    EXPECT_EQ(get(path + "?attributes=members.value", "/members/0/value"), users[0]);
    auto const patched = patch(path + "?excludedAttributes=members",
                               R"([{"op":"add","path":"members","value":[)" + element(1) + "]}]");
    EXPECT_EQ(patched.response.status, 200U);
    EXPECT_EQ(text_at(patched, "/members"), "(none)");
    EXPECT_EQ(members(), "0 1");
}

// D-03, D-08
TEST_F(ScimGroups, DeleteLeavesTheMembers) {
    change(R"([{"op":"add","path":"members","value":[)" + element(0) + "]}]");
    EXPECT_EQ(send("DELETE", path).response.status, 204U);
    expect_error(send("DELETE", path), 404, "");
    EXPECT_EQ(get("/Users/" + users[0], "/active"), "true");
    EXPECT_EQ(get("/Users/" + users[0], "/groups"), "(none)");
    EXPECT_NE(add_group("Sales"), group);
}

// A-12, P-50, P-51, H-12
TEST_F(ScimGroups, EntraGetsNoBodyUnlessItAsks) {
    auto const entra = side.connect(directory::IdentityProvider::microsoft_entra);
    auto const id =
        ScimTest::text(side.send(entra, "POST", "/Groups", R"({"displayName":"G"})").json(), "id");
    auto const body = R"({"Operations":[{"op":"Replace","path":"displayName","value":"H"}]})";
    auto const answer = side.send(entra, "PATCH", "/Groups/" + id, body);
    EXPECT_EQ(answer.response.status, 204U);
    EXPECT_EQ(answer.body(), "");
    EXPECT_EQ(answer.header("ETag"), "W/\"2\"");
    EXPECT_EQ(side.send(entra, "PATCH", "/Groups/" + id + "?attributes=id", body).response.status,
              200U);
}

Limits few_echoed() {
    Limits limits;
    limits.echoed_members_max = 1;
    limits.response_members_max = 2;
    return limits;
}

class ScimLargeGroups : public ScimGroups {
protected:
    ScimLargeGroups() : ScimGroups(few_echoed()) {}
};

// P-50, A-13
TEST_F(ScimLargeGroups, ALargeGroupIsNotEchoed) {
    auto const add = [&](std::size_t user) {
        return patch(path, R"([{"op":"add","path":"members","value":[)" + element(user) + "]}]");
    };
    EXPECT_EQ(add(0).response.status, 200U);
    EXPECT_EQ(add(1).response.status, 204U);
    EXPECT_EQ(members(), "0 1");
    EXPECT_EQ(add(2).response.status, 204U);
    expect_error(send("GET", path), 400, "tooMany");
    expect_error(send("GET", "/Groups"), 400, "tooMany");
    for (auto const& target :
         {path + "?excludedAttributes=members", std::string("/Groups?excludedAttributes=members"),
          std::string("/?excludedAttributes=members,groups")}) {
        EXPECT_EQ(send("GET", target).response.status, 200U) << target;
    }
}

// The write is done, whatever cannot be shown.
// P-50, A-12, W-09
TEST_F(ScimLargeGroups, WhatIsTooLargeToShowIsLeftOutOfAWholeAnswer) {
    auto const all = "[" + element(0) + "," + element(1) + "," + element(2) + "]";
    patch(path, R"([{"op":"add","path":"members","value":)" + all + "}]");
    std::vector<std::string> const notes{
        "members: left out of the answer, which would hold more than 2 of them, or 33554432 bytes"};

    auto answer =
        patch(path + "?attributes=members", R"([{"op":"add","path":"externalId","value":"e"}])");
    EXPECT_EQ(answer.response.status, 200U);
    EXPECT_EQ(text_at(answer, "/id"), group);
    EXPECT_EQ(text_at(answer, "/members"), "(none)");
    EXPECT_EQ(answer.context.notes, notes);
    EXPECT_EQ(get(path + "?excludedAttributes=members", "/externalId"), "e");

    answer = send("PUT", path, R"({"displayName":"Whole","members":)" + all + "}");
    EXPECT_EQ(answer.response.status, 200U);
    EXPECT_EQ(text_at(answer, "/displayName"), "Whole");
    EXPECT_EQ(text_at(answer, "/members"), "(none)");
    EXPECT_NE(answer.header("ETag"), "");
    EXPECT_NE(answer.header("Location"), "");
    EXPECT_EQ(answer.context.notes, notes);
}

}  // namespace
}  // namespace rollcall::tests

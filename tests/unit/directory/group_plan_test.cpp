// Group bodies and patches as deltas: "-" means left out of the change.
#include "directory/group_plan.hpp"

#include "directory/member_delta.hpp"
#include "directory/member_notes.hpp"
#include "directory/member_ref.hpp"
#include "scim/resource_types.hpp"

#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>
#include <gtest/gtest.h>

#include <stdexcept>

namespace rollcall::directory {
namespace {

std::string user(int number) {
    return "member-test-01890000-0000-7000-8000-00000000000" + std::to_string(number);
}

GroupId own_id() {
    return *parse_id<GroupId>("scim-group-test-01890000-0000-7000-8000-0000000000aa");
}

/// "1" for user(1), with its display in parentheses.
std::string print(GroupMember const& member) {
    auto text = print_member_ref(member.ref, Environment::test);
    text.erase(0, text.size() - 1);
    return member.display ? text + "(" + *member.display + ")" : text;
}

/// A change as one line: what it clears, "+" who comes, "-" who leaves, name, external id.
std::string print(GroupChange const& change) {
    std::string text;
    if (change.unset_members) text += "unset ";
    if (change.clear_members) text += "clear ";
    for (auto const& member : change.add) text += "+" + print(member) + " ";
    for (auto const& member : change.remove) text += "-" + print(GroupMember{member, {}}) + " ";
    if (change.display_name) text += "name=" + *change.display_name + " ";
    if (change.external_id) text += "externalId=" + change.external_id->value_or("none") + " ";
    if (change.expected_version) text += "@" + std::to_string(*change.expected_version) + " ";
    if (!text.empty()) text.pop_back();
    return text;
}

constexpr std::string_view base = "https://rollcall.test/v1/b2b/scim/c";

class GroupPatchPlan : public testing::Test {
protected:
    scim::PatchRequest parse(std::string const& operations) {
        auto const body = boost::json::parse(
            R"({"schemas":["urn:ietf:params:scim:api:messages:2.0:PatchOp"],"Operations":)" +
            operations + "}");
        auto request = scim::parse_patch(body, scim::group_type(), limits, notes);
        if (!request) throw std::runtime_error(request.error().message());
        return std::move(*request);
    }

    std::string plan(std::string const& operations) {
        auto const change = plan_group_patch(parse(operations), own_id(), nullptr,
                                             scim::group_type(), profile, limits, {}, notes);
        if (!change) return std::string(to_string(change.error().code()));
        return *change ? print(**change) : "needs the group";
    }

    /// The same for a group that has users 1 and 2.
    std::string plan_loaded(std::string const& operations) {
        Group group;
        group.id = own_id();
        group.display_name = "Sales";
        group.version = 7;
        for (int const number : {1, 2}) {
            group.members.push_back(
                {*parse_member_ref(user(number), Environment::test), std::nullopt});
        }
        auto const change = plan_loaded_group_patch(group, parse(operations), scim::group_type(),
                                                    base, profile, limits, {}, notes);
        return change ? print(*change) : std::string(to_string(change.error().code()));
    }

    static std::string op(std::string const& name, std::string const& value) {
        return R"({"op":")" + name + R"(","path":"members","value":)" + value + "}";
    }
    static std::string element(int number) { return R"({"value":")" + user(number) + R"("})"; }

    Limits limits;
    scim::Profile profile;
    scim::Notes notes;
};

TEST_F(GroupPatchPlan, AddsAreADelta) {
    EXPECT_EQ(plan("[" + op("add", "[" + element(1) + "," + element(2) + "]") + "]"), "+1 +2");
    EXPECT_EQ(plan(R"([{"op":"Add","path":"members","value":[{"$ref":null,"value":")" + user(1) +
                   R"(","display":"Ann"}]}])"),
              "+1(Ann)");
    EXPECT_EQ(plan(R"([{"op":"add","value":{"members":[)" + element(3) + "]}}]"), "+3");
}

TEST_F(GroupPatchPlan, EveryFormOfRemovalNamesItsMembers) {
    auto const filter = R"(members[value eq \")" + user(1) + R"(\"])";
    EXPECT_EQ(plan(R"([{"op":"remove","path":")" + filter + R"("}])"), "-1");
    EXPECT_EQ(plan(R"([{"op":"remove","path":"members[value eq \")" + user(1) +
                   R"(\" or value eq \")" + user(2) + R"(\"]"}])"),
              "-1 -2");
    EXPECT_EQ(plan("[" + op("remove", "[" + element(1) + "]") + "]"), "-1");
    EXPECT_EQ(plan("[" + op("remove", element(1)) + "]"), "-1");
    EXPECT_EQ(plan("[" + op("remove", "[\"" + user(1) + "\"]") + "]"), "-1");
    EXPECT_EQ(plan("[" + op("remove", "\"" + user(1) + "\"") + "]"), "-1");
    EXPECT_EQ(plan(R"([{"op":"remove","value":{"members":[)" + element(1) + "]}}]"), "-1");
}

TEST_F(GroupPatchPlan, AnEmptyListRemovesNobodyAndNoListEverybody) {
    EXPECT_EQ(plan("[" + op("remove", "[]") + "]"), "");
    EXPECT_EQ(plan(R"([{"op":"remove","path":"members"}])"), "unset clear");
    EXPECT_EQ(plan("[" + op("remove", "null") + "]"), "unset clear");
}

TEST_F(GroupPatchPlan, ReplaceMeansExactlyThese) {
    EXPECT_EQ(plan("[" + op("replace", "[" + element(1) + "]") + "]"), "clear +1");
    EXPECT_EQ(plan("[" + op("replace", "[]") + "]"), "clear");
    EXPECT_EQ(plan(R"([{"op":"replace","value":{"displayName":"New","members":[]}}])"),
              "clear name=New");
}

// P-06: who leaves and comes back, comes back as added
TEST_F(GroupPatchPlan, TheLastWordOnEachMemberWins) {
    EXPECT_EQ(plan("[" + op("add", element(1)) + "," + op("remove", element(1)) + "]"), "-1");
    EXPECT_EQ(plan("[" + op("remove", element(1)) + "," + op("add", element(1)) + "]"), "+1 -1");
    EXPECT_EQ(plan("[" + op("remove", element(1)) + "," + op("add", element(1)) + "," +
                   op("remove", element(1)) + "]"),
              "-1");
    EXPECT_EQ(plan("[" + op("add", element(1)) + "," + op("replace", element(2)) + "," +
                   op("remove", element(2)) + "]"),
              "clear");
    EXPECT_EQ(plan("[" + op("replace", element(2)) + "," + op("add", element(1)) + "]"),
              "clear +2 +1");
    EXPECT_EQ(plan(R"([{"op":"remove","path":"members"},)" + op("add", element(1)) + "]"),
              "clear +1");
    EXPECT_EQ(plan("[" + op("add", "[" + element(1) + "," + element(2) + "]") + "," +
                   op("remove", element(1)) + "," + op("add", element(1)) + "]"),
              "+2 +1 -1");
    EXPECT_EQ(plan("[" + op("replace", element(1)) + "," + op("remove", element(1)) + "," +
                   op("add", element(1)) + "]"),
              "clear +1");
}

TEST_F(GroupPatchPlan, OtherAttributesFollowTheirOwnRules) {
    EXPECT_EQ(plan(R"([{"op":"Replace","path":"displayName","value":"New"}])"), "name=New");
    EXPECT_EQ(plan(R"([{"op":"replace","value":{"id":")" + to_string(own_id()) +
                   R"(","displayName":"New"}}])"),
              "name=New");
    EXPECT_EQ(plan(R"([{"op":"add","path":"externalId","value":"x"}])"), "externalId=x");
    EXPECT_EQ(plan(R"([{"op":"remove","path":"externalId"}])"), "externalId=none");
    EXPECT_EQ(plan(R"([{"op":"replace","path":"shoeSize","value":"44"}])"), "");
    EXPECT_FALSE(notes.empty());
}

TEST_F(GroupPatchPlan, WhatMustNotBeWrittenIsRefused) {
    EXPECT_EQ(plan(R"([{"op":"remove","path":"displayName"}])"), "mutability");
    EXPECT_EQ(plan(R"([{"op":"replace","value":{"id":"other"}}])"), "mutability");
    EXPECT_EQ(plan(R"([{"op":"replace","path":"id","value":"other"}])"), "mutability");
    EXPECT_EQ(plan("[" + op("add", "[{\"value\":{}}]") + "]"), "invalid_value");
}

// P-30, P-49: only the stored member tells whether another value is meant.
TEST_F(GroupPatchPlan, PartsOfAMemberNeedTheGroupAndStayAsTheyAre) {
    auto const write = [](std::string const& part, std::string const& value) {
        return R"([{"op":"add","path":"members[value eq \")" + user(1) + R"(\"].)" + part +
               R"(","value":")" + value + R"("}])";
    };
    EXPECT_EQ(plan(write("type", "User")), "needs the group");
    EXPECT_EQ(plan_loaded(write("type", "User")), "@7");
    EXPECT_EQ(plan_loaded(write("value", user(1))), "@7");
    EXPECT_EQ(plan_loaded(write("type", "Group")), "mutability");
    EXPECT_EQ(plan_loaded(write("value", user(9))), "mutability");
}

TEST_F(GroupPatchPlan, ADisplayAloneIsIgnoredWithANote) {
    EXPECT_EQ(plan(R"([{"op":"replace","path":"members[value eq \"a\"].display","value":"b"}])"),
              "");
    EXPECT_EQ(notes.size(), 1U);
}

TEST_F(GroupPatchPlan, IdsThatNobodyCanHaveAreSkippedWithANote) {
    EXPECT_EQ(plan("[" + op("add", R"([{"value":"ghost"},)" + element(1) + "]") + "]"), "+1");
    ASSERT_EQ(notes.size(), 1U);
    EXPECT_EQ(notes[0].find("ghost"), std::string::npos) << "notes hold no values";
}

TEST_F(GroupPatchPlan, TooManyMembersAreRefused) {
    limits.group_members_max = 2;
    auto const two = op("add", "[" + element(1) + "," + element(2) + "]");
    EXPECT_EQ(plan("[" + two + "]"), "+1 +2");
    EXPECT_EQ(plan("[" + two + "," + op("remove", element(3)) + "]"), "too_many");
}

TEST_F(GroupPatchPlan, OtherSelectionsNeedTheGroup) {
    auto const by_type = R"([{"op":"remove","path":"members[type eq \"User\"]"}])";
    EXPECT_EQ(plan(by_type), "needs the group");
    EXPECT_EQ(plan_loaded(by_type), "-1 -2 @7");
    auto const not_one = R"([{"op":"remove","path":"members[value ne \")" + user(1) + R"(\"]"}])";
    EXPECT_EQ(plan(not_one), "needs the group");
    EXPECT_EQ(plan_loaded(not_one), "-2 @7");
}

// P-06
TEST_F(GroupPatchPlan, AMemberThatIsAddedAgainWithAnotherDisplayCameBack) {
    auto const shown = R"({"value":")" + user(1) + R"(","display":"Ann"})";
    EXPECT_EQ(plan_loaded(R"([{"op":"remove","path":"members[type eq \"User\"]"},)" +
                          op("add", "[" + element(2) + "," + shown + "]") + "]"),
              "+1(Ann) -1 @7");
}

// P-06, R-05
TEST_F(GroupPatchPlan, AFilterSeesTheTypeOfMembersThatTheSameRequestAdds) {
    auto const claimed = R"({"value":")" + user(4) + R"(","type":"Group"})";
    std::string const users = R"({"op":"remove","path":"members[type eq \"User\"]"})";
    EXPECT_EQ(plan_loaded("[" + op("add", element(3)) + "," + users + "]"), "-1 -2 @7");
    EXPECT_EQ(plan_loaded("[" + op("add", claimed) + "," + users + "]"), "-1 -2 @7");
    EXPECT_EQ(
        plan_loaded(R"([{"op":"add","value":{"members":[)" + element(3) + "]}}," + users + "]"),
        "-1 -2 @7");
    EXPECT_EQ(plan_loaded("[" + users + "," + op("add", element(3)) + "]"), "+3 -1 -2 @7");
}

TEST_F(GroupPatchPlan, AttributesUnderTheSchemasUrnNeedTheGroup) {
    auto const nested = R"([{"op":"add","value":{"urn:ietf:params:scim:schemas:core:2.0:Group":)"
                        R"({"members":[)" +
                        element(3) + "]}}}]";
    EXPECT_EQ(plan(nested), "needs the group");
    EXPECT_EQ(plan_loaded(nested), "+3 @7");
}

TEST_F(GroupPatchPlan, ALoadedPlanSaysOnlyWhatDiffers) {
    EXPECT_EQ(plan_loaded("[" + op("add", element(1)) + "]"), "@7");
    EXPECT_EQ(plan_loaded("[" + op("replace", "[" + element(2) + "," + element(3) + "]") + "]"),
              "+3 -1 @7");
    EXPECT_EQ(plan_loaded(R"([{"op":"replace","path":"displayName","value":"Sales"}])"), "@7");
}

scim::ResourceBody body(std::string const& text) {
    scim::Notes notes;
    auto read = scim::read_resource(boost::json::parse(text), scim::group_type(), {}, {}, notes);
    if (!read) throw std::runtime_error(read.error().message());
    return std::move(*read);
}

TEST(GroupCreationPlan, TakesNameExternalIdAndMembers) {
    scim::Notes notes;
    auto const creation = *plan_group_creation(
        body(R"({"displayName":"SALES","externalId":"s","members":[{"value":")" + user(1) +
             R"(","display":"Ann"},{"value":"ghost"}]})"),
        own_id(), {}, {}, notes);
    EXPECT_EQ(creation.id, own_id());
    EXPECT_EQ(creation.display_name, "SALES");
    EXPECT_EQ(creation.name_key, "sales");
    EXPECT_EQ(creation.external_id, "s");
    ASSERT_EQ(creation.members.size(), 1U);
    EXPECT_EQ(print(creation.members[0]), "1(Ann)");
    EXPECT_EQ(notes.size(), 1U);
}

TEST(GroupReplacementPlan, KeepsExternalIdOnlyWhenLeftOut) {
    scim::Notes notes;
    auto const plan = [&](std::string const& text) {
        return print(*plan_group_replacement(body(text), nullptr, scim::group_type(),
                                             Environment::test, {}, {}, notes));
    };
    EXPECT_EQ(plan(R"({"displayName":"A"})"), "clear name=A");
    EXPECT_EQ(plan(R"({"displayName":"A","externalId":null})"), "clear name=A externalId=none");
    EXPECT_EQ(
        plan(R"({"displayName":"A","externalId":"x","members":[{"value":")" + user(1) + R"("}]})"),
        "clear +1 name=A externalId=x");
}

// R-07, strict: what cannot be a member fails the plan; the store looks for the others.
TEST(GroupCreationPlan, RefusesImpossibleMembersWhereTheProfileSays) {
    scim::Notes notes;
    scim::Profile profile;
    profile.refuses_unknown_members = true;
    auto const ghost = R"({"displayName":"A","members":[{"value":"ghost"}]})";
    for (auto const& error :
         {plan_group_creation(body(ghost), own_id(), profile, {}, notes).error(),
          plan_group_replacement(body(ghost), nullptr, scim::group_type(), Environment::test,
                                 profile, {}, notes)
              .error()}) {
        EXPECT_EQ(error.code(), ErrorCode::invalid_value);
        EXPECT_NE(error.message().find("members"), std::string::npos) << error.message();
    }
    auto const known = R"({"displayName":"A","members":[{"value":")" + user(1) + "\"}]}";
    auto const creation = plan_group_creation(body(known), own_id(), profile, {}, notes);
    ASSERT_TRUE(creation);
    EXPECT_TRUE(creation->rules.known_members_only);
    EXPECT_TRUE(creation->rules.unique_name);
}

// R-02, R-07: the profile's rules travel with every kind of change.
TEST(GroupPlans, CarryTheRulesOfTheProfile) {
    scim::Notes notes;
    scim::Profile profile;
    profile.unique_group_names = false;
    profile.refuses_unknown_members = true;
    auto const request = *scim::parse_patch(
        boost::json::parse(R"({"Operations":[{"op":"replace","path":"displayName","value":"B"}]})"),
        scim::group_type(), {}, notes);
    auto const delta =
        plan_group_patch(request, own_id(), nullptr, scim::group_type(), profile, {}, {}, notes);
    auto const loaded =
        plan_loaded_group_patch(Group{}, request, scim::group_type(), base, profile, {}, {}, notes);
    auto const replaced =
        plan_group_replacement(body(R"({"displayName":"B"})"), nullptr, scim::group_type(),
                               Environment::test, profile, {}, notes);
    ASSERT_TRUE(delta && *delta && loaded && replaced);
    for (auto const& rules : {(*delta)->rules, loaded->rules, replaced->rules}) {
        EXPECT_FALSE(rules.unique_name);
        EXPECT_TRUE(rules.known_members_only);
    }
}

// P-36, R-07: nobody to remove is nothing to refuse.
TEST(GroupPlans, RemoveWhoCannotBeAMember) {
    scim::Notes notes;
    scim::Profile profile;
    profile.refuses_unknown_members = true;
    auto const request = *scim::parse_patch(
        boost::json::parse(
            R"({"Operations":[{"op":"remove","path":"members","value":[{"value":"ghost"}]}]})"),
        scim::group_type(), {}, notes);
    auto const plan =
        plan_group_patch(request, own_id(), nullptr, scim::group_type(), profile, {}, {}, notes);
    ASSERT_TRUE(plan && *plan);
    EXPECT_FALSE((*plan)->touches_members());
    EXPECT_EQ(notes, scim::Notes{"members: nobody was removed for 1 value(s) that are not ids of "
                                 "users or groups"});
}

// R-07, K-10: a UUID is an id, whatever else was sent may be somebody's name.
TEST(GroupPlans, IdsOfOtherDirectoriesAreNamed) {
    ImpossibleMembers members;
    for (auto const* value : {"ann@x.test", "01890000-0000-7000-8000-0000000000AB", "", "jdoe",
                              "member-live-01890000-0000-7000-8000-0000000000aa",
                              "ann@x.test-01890000-0000-7000-8000-0000000000aa"}) {
        members.add(value);
    }
    scim::Notes notes;
    EXPECT_TRUE(members.skip({}, notes).has_value());
    EXPECT_EQ(notes, scim::Notes{"members: skipped 6 value(s) that are not ids of users or groups: "
                                 "01890000-0000-7000-8000-0000000000AB, "
                                 "member-live-01890000-0000-7000-8000-0000000000aa"});
    scim::Profile strict;
    strict.refuses_unknown_members = true;
    EXPECT_FALSE(members.skip(strict, notes).has_value());
}

class GroupExtensionPlan : public testing::Test {
protected:
    static scim::DeclaredSchema team() {
        scim::Schema schema{"urn:acme:team", "Team", "", {}};
        schema.attributes.emplace_back().name = "colour";
        return {scim::ResourceKind::group, false, std::move(schema)};
    }
    scim::PatchRequest parse(std::string const& operations) {
        return *scim::parse_patch(boost::json::parse(R"({"Operations":)" + operations + "}"),
                                  type(), {}, notes);
    }
    [[nodiscard]] scim::ResourceType const& type() const { return types.group(); }

    scim::ResourceTypes const types{{team()}};
    scim::Notes notes;
};

TEST_F(GroupExtensionPlan, KnowsWhichPatchesNeedTheGroup) {
    auto const concerns = [&](std::string const& operation) {
        return needs_attributes(parse("[" + operation + "]"), type());
    };
    EXPECT_TRUE(concerns(R"({"op":"add","path":"urn:acme:team:colour","value":"red"})"));
    EXPECT_TRUE(concerns(R"({"op":"add","path":"colour","value":"red"})"));
    EXPECT_TRUE(concerns(R"({"op":"add","value":{"urn:acme:team":{"colour":"red"}}})"));
    EXPECT_TRUE(concerns(R"({"op":"remove","path":"schemas","value":["urn:acme:team"]})"));
    EXPECT_FALSE(concerns(R"({"op":"replace","path":"displayName","value":"B"})"));
    EXPECT_FALSE(concerns(R"({"op":"add","path":"members","value":[]})"));
    // I-25: what is removed by value is compared
    EXPECT_TRUE(concerns(R"({"op":"remove","value":{"externalId":"E"}})"));
    EXPECT_TRUE(concerns(
        R"({"op":"remove","value":{"urn:ietf:params:scim:schemas:core:2.0:Group:externalId":"E"}})"));
    EXPECT_FALSE(concerns(R"({"op":"remove","path":"externalId"})"));
    EXPECT_FALSE(concerns(R"({"op":"remove","value":{"members":[{"value":"U"}]}})"));
    auto const plain = parse(R"([{"op":"remove","path":"schemas","value":["x"]}])");
    EXPECT_FALSE(needs_attributes(plain, scim::group_type())) << "nothing is declared";
}

TEST_F(GroupExtensionPlan, IsADeltaOfTheGroupWithoutItsMembers) {
    Group stored;
    stored.version = 7;
    stored.display_name = "Team";
    stored.extensions["urn:acme:team"] = boost::json::object{{"colour", "red"}, {"gone", 1}};
    auto const plan = [&](std::string const& operation) {
        auto const change = plan_group_patch(parse("[" + operation + "]"), own_id(), &stored,
                                             type(), {}, {}, {}, notes);
        EXPECT_EQ((*change)->expected_version, 7U);
        return (*change)->extensions ? boost::json::serialize(*(*change)->extensions) : "-";
    };
    EXPECT_EQ(plan(R"({"op":"replace","path":"colour","value":"blue"})"),
              R"({"urn:acme:team":{"colour":"blue"}})");
    EXPECT_EQ(plan(R"({"op":"replace","path":"colour","value":"red"})"), "-");
    EXPECT_EQ(plan(R"({"op":"remove","path":"urn:acme:team"})"), "{}");
}

TEST(UnknownMembers, AreNamedUpToAFew) {
    scim::Notes notes;
    note_unknown_members({}, Environment::test, notes);
    EXPECT_TRUE(notes.empty());
    std::vector<MemberRef> const unknown(9, *parse_member_ref(user(1), Environment::test));
    note_unknown_members(unknown, Environment::test, notes);
    ASSERT_EQ(notes.size(), 1U);
    EXPECT_NE(notes[0].find("9"), std::string::npos);
    EXPECT_NE(notes[0].find(user(1)), std::string::npos);
    EXPECT_LT(notes[0].size(), 500U);
}

}  // namespace
}  // namespace rollcall::directory

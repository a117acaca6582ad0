// Which index answers a filter and what remains; as `index | rest`.
#include "directory/filter_plan.hpp"

#include "directory/member_ref.hpp"

#include <gtest/gtest.h>

#include <memory>

namespace rollcall::directory {
namespace {

constexpr std::string_view user_id = "member-test-01890000-0000-7000-8000-000000000001";
constexpr std::string_view group_id = "scim-group-test-01890000-0000-7000-8000-000000000002";

template <class... F>
struct Overloaded : F... {
    using F::operator()...;
};

std::string text(std::monostate) {
    return "all";
}
std::string text(Nothing) {
    return "nothing";
}
std::string text(ById const& index) {
    return "id " + to_string(index.id).substr(35);
}
std::string text(ByUserName const& index) {
    return "userName " + index.key;
}
std::string text(ByExternalId const& index) {
    return "externalId " + index.value;
}
std::string text(ByDisplayName const& index) {
    return "displayName " + index.key;
}
std::string text(ByEmail const& index) {
    return "email " + index.value_key + (index.type_key ? " " + *index.type_key : "");
}
std::string text(ByMember const& index) {
    return "member " + to_string(index.member.id).substr(35);
}

std::string text(ByGroup const& index) {
    return "group " + to_string(index.group).substr(35);
}
std::string text(Timestamp at) {
    if (at == Timestamp::min() || at == Timestamp::max()) return "";
    return std::to_string(at.time_since_epoch().count());
}
std::string text(ByLastModified const& index) {
    return "changed " + text(index.from) + ".." + text(index.until);
}

template <class Index>
std::string print_plan(Index const& index, scim::FilterPtr const& rest) {
    auto result = std::visit([](auto const& alternative) { return text(alternative); }, index);
    if (rest) result += " | " + scim::print(*rest);
    return result;
}

scim::FilterPtr parse(std::string_view filter, scim::ResourceType const& type) {
    auto parsed = scim::parse_filter(filter, type, Limits{});
    if (!parsed) throw std::runtime_error(parsed.error().message());
    return std::make_shared<scim::Filter const>(std::move(*parsed));
}

std::string users(std::string const& filter) {
    auto const plan = plan_user_filter(parse(filter, scim::user_type()), Environment::test);
    return print_plan(plan.index, plan.rest) + (plan.rest_needs_groups ? " +groups" : "");
}

std::string groups(std::string const& filter) {
    auto const plan = plan_group_filter(parse(filter, scim::group_type()), Environment::test);
    auto const member = plan.has_member ? " with " + text(ByMember{*plan.has_member}) : "";
    return print_plan(plan.index, plan.rest) + member +
           (plan.rest_needs_members ? " +members" : "");
}

std::string eq(std::string_view attribute, std::string_view operand) {
    return std::string(attribute) + " eq \"" + std::string(operand) + "\"";
}

TEST(UserFilterPlan, SingleComparisonsWithAnIndex) {
    EXPECT_EQ(users(eq("id", user_id)), "id 1");
    EXPECT_EQ(users(R"(userName eq "Ann@X.test")"), "userName ann@x.test");
    EXPECT_EQ(users(R"(USERNAME EQ "Ann")"), "userName ann");
    EXPECT_EQ(users("userName eq \"\uff21nn\""), "userName ann");
    EXPECT_EQ(users(R"(externalId eq "Ab")"), "externalId Ab");
    EXPECT_EQ(users(R"(emails eq "A@x.test")"), "email a@x.test");
    EXPECT_EQ(users(R"(emails.value eq "A@x.test")"), "email a@x.test");
}

// F-39, F-44
TEST(UserFilterPlan, DisplayNamesAndGroupsHaveAnIndex) {
    EXPECT_EQ(users(R"(displayName eq "Ann B")"), "displayName ann b");
    EXPECT_EQ(users(eq("groups.value", group_id)), "group 2");
    EXPECT_EQ(users(eq("groups", group_id)), "group 2");
    EXPECT_EQ(users("groups[" + eq("value", group_id) + "]"), "group 2");
    auto const direct = users("groups[" + eq("value", group_id) + R"( and type eq "direct"])");
    EXPECT_TRUE(direct.starts_with("group 2 | groups[")) << direct;
    EXPECT_TRUE(direct.ends_with(" +groups")) << direct;
    EXPECT_TRUE(users(R"(title pr and not (groups pr))").ends_with(" +groups"));
    EXPECT_FALSE(users(R"(title pr)").ends_with(" +groups"));
    EXPECT_EQ(users(eq("groups", user_id)), "nothing");
    EXPECT_EQ(users(R"(groups eq "scim-group-live-01890000-0000-7000-8000-000000000002")"),
              "nothing");
}

// Shown are milliseconds, kept are microseconds.
TEST(UserFilterPlan, TheLastChangeIsARange) {
    auto const changed = [](std::string const& comparison) {
        return users("meta.lastModified " + comparison);
    };
    EXPECT_EQ(changed(R"(gt "1970-01-01T00:00:01Z")"), "changed 1001000..");
    EXPECT_EQ(changed(R"(ge "1970-01-01T00:00:01Z")"), "changed 1000000..");
    EXPECT_EQ(changed(R"(lt "1970-01-01T00:00:01Z")"), "changed ..1000000");
    EXPECT_EQ(changed(R"(le "1970-01-01T00:00:01Z")"), "changed ..1001000");
    EXPECT_EQ(changed(R"(eq "1970-01-01T00:00:01Z")"), "changed 1000000..1001000");
    EXPECT_EQ(changed(R"(gt "1970-01-01T00:00:01.0005Z")"), "changed 1001000..");
    EXPECT_EQ(changed(R"(ge "1970-01-01T00:00:01.0005Z")"), "changed 1001000..");
    EXPECT_EQ(changed(R"(lt "1970-01-01T00:00:01.0005Z")"), "changed ..1001000");
    EXPECT_EQ(changed(R"(le "1970-01-01T00:00:01.0005Z")"), "changed ..1001000");
    EXPECT_EQ(changed(R"(eq "1970-01-01T00:00:01.0005Z")"), "nothing");
    EXPECT_TRUE(changed(R"(ne "1970-01-01T00:00:01Z")").starts_with("all | "));
    EXPECT_TRUE(changed(R"(sw "1970")").starts_with("all | "));
}

TEST(UserFilterPlan, RangesOfTheLastChangeAreTakenTogether) {
    std::string const from = R"(meta.lastModified ge "1970-01-01T00:00:01Z")";
    std::string const until = R"(meta.lastModified lt "1970-01-01T00:00:02Z")";
    EXPECT_EQ(users(from + " and " + until), "changed 1000000..2000000");
    EXPECT_EQ(users(from + R"( and meta.lastModified lt "1970-01-01T00:00:01Z")"), "nothing");
    EXPECT_EQ(users(from + " and active eq true and " + until),
              "changed 1000000..2000000 | active eq true");
    EXPECT_TRUE(users(from + R"( and userName eq "a")").starts_with("userName a | meta"));
    EXPECT_TRUE(users(from + " or " + until).starts_with("all | "));
    EXPECT_EQ(groups(from), "changed 1000000..");
}

// L-14
TEST(FilterPlan, TheResourceTypeIsAFact) {
    EXPECT_EQ(users(R"(meta.resourceType eq "user")"), "nothing");
    EXPECT_EQ(users(R"(meta.resourceType eq "User")"), "all");
    EXPECT_EQ(users(R"(meta.resourceType eq "Group")"), "nothing");
    EXPECT_EQ(groups(R"(meta.resourceType eq "Group")"), "all");
    EXPECT_EQ(groups(R"(meta.resourceType ne "Group")"), "nothing");
    EXPECT_EQ(groups(R"(meta.resourceType eq "User" or displayName eq "a")").substr(0, 6),
              "all | ");
    EXPECT_EQ(users(R"(not (meta.resourceType eq "Group") and userName eq "a")"), "userName a");
    EXPECT_EQ(groups(R"(userName eq "a")"), "nothing");
}

TEST(UserFilterPlan, ElementsOfEmails) {
    EXPECT_EQ(users(R"(emails[type eq "Work"].value eq "A@x.test")"), "email a@x.test work");
    EXPECT_EQ(users(R"(emails[type eq "work" and value eq "A@x.test"])"), "email a@x.test work");
    EXPECT_EQ(users(R"(emails[value eq "a@x.test"])"), "email a@x.test");
}

TEST(UserFilterPlan, ABracketWithMoreInItStaysInTheRest) {
    auto const plan = users(R"(emails[value eq "a@x.test" and primary eq true])");
    EXPECT_TRUE(plan.starts_with("email a@x.test | emails[")) << plan;
}

TEST(UserFilterPlan, WithoutAnIndexAllAreCandidates) {
    EXPECT_TRUE(users(R"(userName sw "a")").starts_with("all | "));
    EXPECT_TRUE(users(R"(userName ne "a")").starts_with("all | "));
    EXPECT_TRUE(users(R"(not (userName eq "a"))").starts_with("all | "));
    EXPECT_TRUE(users(R"(userName eq "a" or id eq "b")").starts_with("all | "));
    EXPECT_TRUE(users(R"(emails[type eq "work"])").starts_with("all | "));
    EXPECT_TRUE(users("externalId eq null").starts_with("all | "));
}

TEST(UserFilterPlan, TheMostSelectiveConjunctIsTaken) {
    EXPECT_EQ(users(R"(active eq true and userName eq "a")"), "userName a | active eq true");
    auto const plan = users(R"(emails eq "e" and (externalId eq "x" and userName eq "a"))");
    EXPECT_TRUE(plan.starts_with("userName a | ")) << plan;
    EXPECT_NE(plan.find("emails"), std::string::npos);
    EXPECT_NE(plan.find("externalId"), std::string::npos);
    EXPECT_EQ(plan.find("userName eq"), std::string::npos);
    EXPECT_TRUE(users(eq("id", user_id) + R"( and urn:ietf:params:scim:schemas:extension:)"
                                          R"(enterprise:2.0:User:manager eq "m")")
                    .starts_with("id 1 | "));
}

TEST(UserFilterPlan, WhatCannotHoldNeedsNoSearch) {
    EXPECT_EQ(users(R"(id eq "42")"), "nothing");
    EXPECT_EQ(users(eq("id", group_id)), "nothing");
    EXPECT_EQ(users(R"(id eq "member-live-01890000-0000-7000-8000-000000000001")"), "nothing");
    EXPECT_EQ(users(R"(active eq true and id eq "42")"), "nothing");
    EXPECT_EQ(users(R"(shoeSize eq "44")"), "nothing");
    EXPECT_EQ(users(R"(shoeSize pr or hatSize co "x")"), "nothing");
    EXPECT_EQ(users(R"(shoes[size eq "44"])"), "nothing");
}

TEST(UserFilterPlan, WhatAlwaysHoldsIsNoRestriction) {
    EXPECT_EQ(users(R"(shoeSize ne "44")"), "all");
    EXPECT_EQ(users("shoeSize eq null"), "all");
    EXPECT_EQ(users("not (shoeSize pr)"), "all");
    EXPECT_EQ(users(R"(not (shoeSize pr) and userName eq "a")"), "userName a");
}

TEST(GroupFilterPlan, SingleComparisonsWithAnIndex) {
    EXPECT_EQ(groups(eq("id", group_id)), "id 2");
    EXPECT_EQ(groups(R"(displayName eq "Sales")"), "displayName sales");
    EXPECT_EQ(groups(R"(externalId eq "S")"), "externalId S");
    EXPECT_EQ(groups(eq("members", user_id)), "member 1");
    EXPECT_EQ(groups(eq("members.value", group_id)), "member 2");
    EXPECT_EQ(groups("members[" + eq("value", user_id) + "]"), "member 1");
    EXPECT_EQ(groups(R"(members eq "nobody")"), "nothing");
}

// F-38, F-44: the member may be in any number of groups, and is asked for without loading members.
TEST(GroupFilterPlan, AMemberBesideAnotherIndexIsATestOfItsOwn) {
    auto const is_member = eq("members", user_id);
    EXPECT_EQ(groups(eq("id", group_id) + " and " + is_member), "id 2 with member 1");
    EXPECT_EQ(groups(is_member + " and " + eq("id", group_id)), "id 2 with member 1");
    EXPECT_EQ(groups(is_member + R"( and displayName eq "a")"), "displayName a with member 1");
    EXPECT_EQ(groups(R"(externalId eq "a" and members[)" + eq("value", user_id) + "]"),
              "externalId a with member 1");
    EXPECT_EQ(groups(is_member + " and " + eq("members.value", group_id)),
              "member 1 with member 2");
    EXPECT_EQ(groups(eq("id", group_id) + R"( and members eq "nobody")"), "nothing");
}

TEST(GroupFilterPlan, OnlyOneMemberIsTestedWithoutLoading) {
    auto const both = eq("members", user_id) + " and " + eq("members.value", group_id);
    auto const plan = groups(R"(displayName eq "a" and )" + both);
    EXPECT_TRUE(plan.starts_with("displayName a | members.value eq ")) << plan;
    EXPECT_TRUE(plan.ends_with(" with member 1 +members")) << plan;
    auto const typed = "members[" + eq("value", user_id) + R"( and type eq "User"])";
    EXPECT_TRUE(groups(eq("id", group_id) + " and " + typed).starts_with("id 2 | members["));
}

TEST(GroupFilterPlan, ARestThatNeedsMembersSaysSo) {
    EXPECT_TRUE(groups(R"(members.display sw "a")").ends_with("+members"));
    EXPECT_TRUE(groups(R"(displayName eq "a" and not (members pr))").ends_with("+members"));
    EXPECT_TRUE(groups("members[" + eq("value", user_id) + R"( and type eq "User"])")
                    .ends_with("+members"));
}

TEST(MemberRefs, AreIdsOfUsersAndGroupsOfTheSameEnvironment) {
    auto const user = parse_member_ref(user_id, Environment::test);
    ASSERT_TRUE(user);
    EXPECT_EQ(user->kind, MemberKind::user);
    EXPECT_EQ(print_member_ref(*user, Environment::test), user_id);
    auto const group = parse_member_ref(group_id, Environment::test);
    ASSERT_TRUE(group);
    EXPECT_EQ(group->kind, MemberKind::group);
    EXPECT_EQ(print_member_ref(*group, Environment::test), group_id);
    EXPECT_FALSE(parse_member_ref(user_id, Environment::live));
    EXPECT_FALSE(parse_member_ref("", Environment::test));
    EXPECT_FALSE(parse_member_ref("someone", Environment::test));
}

}  // namespace
}  // namespace rollcall::directory

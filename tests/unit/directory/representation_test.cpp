// Users and groups as clients see them.
#include "directory/representation.hpp"

#include "directory/member_ref.hpp"

#include <boost/json/parse.hpp>
#include <gtest/gtest.h>

namespace rollcall::directory {
namespace {

constexpr std::string_view base = "https://h.test/v1/b2b/scim/c";
constexpr std::string_view user_text = "member-test-01890000-0000-7000-8000-000000000001";
constexpr std::string_view boss_text = "member-test-01890000-0000-7000-8000-000000000002";
constexpr std::string_view group_text = "scim-group-test-01890000-0000-7000-8000-000000000003";

boost::json::value json(std::string_view text) {
    return boost::json::parse(text);
}

User make_user(std::string_view attributes) {
    User user;
    user.id = *parse_id<MemberId>(user_text);
    user.attributes = json(attributes).as_object();
    user.version = 3;
    user.created_at = *parse_timestamp("2026-01-02T03:04:05.006Z");
    user.last_modified = *parse_timestamp("2026-01-02T03:04:06Z");
    return user;
}

TEST(UserRepresentation, HasIdSchemasAndAllOfMeta) {
    auto const shown = user_representation(make_user(R"({"userName":"a","active":true})"),
                                           scim::user_type(), base, {});
    EXPECT_EQ(shown, json(R"({
        "schemas":["urn:ietf:params:scim:schemas:core:2.0:User"],
        "id":"member-test-01890000-0000-7000-8000-000000000001",
        "userName":"a","active":true,
        "meta":{"resourceType":"User","created":"2026-01-02T03:04:05.006Z",
            "lastModified":"2026-01-02T03:04:06.000Z","version":"W/\"3\"",
            "location":"https://h.test/v1/b2b/scim/c/Users/member-test-01890000-0000-7000-8000-000000000001"}
        })"));
}

TEST(UserRepresentation, ListsGroups) {
    auto user = make_user(R"({"userName":"a"})");
    user.groups = {{*parse_id<GroupId>(group_text), "Sales", true},
                   {*parse_id<GroupId>(group_text), "All", false}};
    auto const shown = user_representation(user, scim::user_type(), base, {});
    EXPECT_EQ(shown.at("groups"), json(R"([
        {"value":"scim-group-test-01890000-0000-7000-8000-000000000003","display":"Sales","type":"direct",
         "$ref":"https://h.test/v1/b2b/scim/c/Groups/scim-group-test-01890000-0000-7000-8000-000000000003"},
        {"value":"scim-group-test-01890000-0000-7000-8000-000000000003","display":"All","type":"indirect",
         "$ref":"https://h.test/v1/b2b/scim/c/Groups/scim-group-test-01890000-0000-7000-8000-000000000003"}])"));
}

std::string managed_by(std::string_view manager) {
    return R"({"userName":"a","urn:ietf:params:scim:schemas:extension:enterprise:2.0:User":)"
           R"({"manager":{"value":")" +
           std::string(manager) + R"(","$ref":"../Users/old"}}})";
}

boost::json::value manager_of(boost::json::object const& shown) {
    return shown.at("urn:ietf:params:scim:schemas:extension:enterprise:2.0:User").at("manager");
}

TEST(UserRepresentation, ResolvesTheManagerOnlyIfKnown) {
    auto const user = make_user(managed_by(boss_text));
    auto const boss = *parse_id<MemberId>(boss_text);
    EXPECT_EQ(manager_of(user_representation(user, scim::user_type(), base, {})),
              json(R"({"value":")" + std::string(boss_text) + R"("})"));
    auto const shown =
        manager_of(user_representation(user, scim::user_type(), base, {{boss, "Bo Ss"}}));
    EXPECT_EQ(shown.at("displayName"), "Bo Ss");
    EXPECT_EQ(shown.at("$ref").as_string(), std::string(base) + "/Users/" + std::string(boss_text));
    auto const nameless =
        manager_of(user_representation(user, scim::user_type(), base, {{boss, std::nullopt}}));
    EXPECT_FALSE(nameless.as_object().contains("displayName"));
    EXPECT_TRUE(nameless.as_object().contains("$ref"));
}

TEST(UserRepresentation, CarriesTheExtensionsUrn) {
    auto const shown = user_representation(make_user(managed_by("x")), scim::user_type(), base, {});
    EXPECT_EQ(shown.at("schemas").as_array().size(), 2U);
}

TEST(ManagerIds, AreDistinctAndOnlyIdsOfUsers) {
    std::vector<User> const users{make_user(managed_by(boss_text)), make_user(managed_by("x")),
                                  make_user(R"({"userName":"a"})"),
                                  make_user(managed_by(boss_text))};
    EXPECT_EQ(manager_ids(users), std::vector{*parse_id<MemberId>(boss_text)});
}

Group make_group() {
    Group group;
    group.id = *parse_id<GroupId>(group_text);
    group.display_name = "Sales";
    group.created_at = group.last_modified = *parse_timestamp("2026-01-02T03:04:05Z");
    return group;
}

TEST(GroupRepresentation, ShowsMembersInOrder) {
    auto group = make_group();
    group.external_id = "s";
    group.members = {{*parse_member_ref(boss_text, Environment::test), "Bo"},
                     {*parse_member_ref(group_text, Environment::test), std::nullopt}};
    auto const shown = group_representation(group, scim::group_type(), base, true);
    EXPECT_EQ(shown.at("externalId"), "s");
    EXPECT_EQ(shown.at("displayName"), "Sales");
    EXPECT_EQ(shown.at("schemas"), json(R"(["urn:ietf:params:scim:schemas:core:2.0:Group"])"));
    EXPECT_EQ(shown.at("meta").as_object().size(), 5U);
    EXPECT_EQ(shown.at("members"), json(R"([
        {"value":"member-test-01890000-0000-7000-8000-000000000002","display":"Bo","type":"User",
         "$ref":"https://h.test/v1/b2b/scim/c/Users/member-test-01890000-0000-7000-8000-000000000002"},
        {"value":"scim-group-test-01890000-0000-7000-8000-000000000003","type":"Group",
         "$ref":"https://h.test/v1/b2b/scim/c/Groups/scim-group-test-01890000-0000-7000-8000-000000000003"}])"));
}

TEST(GroupRepresentation, AnEmptyGroupHasAnEmptyList) {
    auto group = make_group();
    EXPECT_EQ(group_representation(group, scim::group_type(), base, true).at("members"),
              json("[]"));
    EXPECT_FALSE(group_representation(group, scim::group_type(), base, false).contains("members"));
    group.members_unset = true;
    EXPECT_FALSE(group_representation(group, scim::group_type(), base, true).contains("members"));
}

}  // namespace
}  // namespace rollcall::directory

// What policies may say; each refusal names the field and the rule.
#include "directory/policy_plan.hpp"

#include "base/limits.hpp"

#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace rollcall::directory {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;

Resource resource(std::string id, std::vector<std::string> actions = {"read", "write"}) {
    return {std::move(id), "", std::move(actions)};
}

Role role(std::string id, std::vector<Permission> permissions = {{"document", {"read"}}}) {
    return {std::move(id), "", std::move(permissions)};
}

class PolicyPlan : public testing::Test {
protected:
    PolicyPlan() {
        limits.policy_roles_max = 3;
        limits.policy_resources_max = 2;
        limits.resource_actions_max = 4;
    }

    struct Refusal {
        std::string kind;
        std::string message;
    };
    Refusal refusal() {
        auto const planned = plan_project_policy(wanted, limits);
        if (planned) return {"planned", ""};
        return {planned.error().kind(), planned.error().message()};
    }
    void expect_refusal(std::string const& kind, std::string const& message) {
        EXPECT_EQ(refusal().kind, kind);
        EXPECT_THAT(refusal().message, HasSubstr(message));
    }

    Limits limits;
    ProjectPolicy wanted{.member_permissions = {},
                         .admin_permissions = {},
                         .custom_roles = {role("reader")},
                         .custom_resources = {resource("document")}};
};

TEST_F(PolicyPlan, AValidPolicyStaysAsItIs) {
    wanted.custom_roles.push_back(role("editor", {{"document", {"*"}}, {"stytch.sso", {"get"}}}));
    wanted.custom_roles.back().description = "Éditrice";
    wanted.member_permissions = {{"document", {"read"}}};
    wanted.admin_permissions = {{"stytch.self", {"delete"}}};
    EXPECT_EQ(plan_project_policy(wanted, limits).value(), wanted);
    EXPECT_EQ(plan_project_policy({}, limits).value(), ProjectPolicy{});
}

TEST_F(PolicyPlan, DefaultPermissionsAreNeitherTakenNorRepeated) {
    wanted.member_permissions = {{"stytch.self", {"delete"}}, {"document", {"read"}}};
    wanted.admin_permissions = {{"stytch.scim", {"*"}}};
    auto const planned = plan_project_policy(wanted, limits).value();
    EXPECT_THAT(planned.member_permissions, ElementsAre(Permission{"document", {"read"}}));
    EXPECT_TRUE(planned.admin_permissions.empty());
    EffectivePolicy const policy{planned};
    EXPECT_TRUE(policy.allows(std::vector<std::string>{"stytch_member"}, "stytch.self",
                              "update.info.name"));
}

TEST_F(PolicyPlan, IdsAreTextsOfSomeLength) {
    for (auto const* id : {"", " reader", "reader ", "rea\nder",
                           "rea\u200b"
                           "der"}) {
        wanted.custom_resources = {resource("document")};
        wanted.custom_roles = {role(id)};
        expect_refusal("invalid_rbac_custom_role", "custom_roles[0].role_id must be a text");
        wanted.custom_roles = {};
        wanted.custom_resources = {resource(id)};
        expect_refusal("invalid_rbac_custom_resource", "custom_resources[0].resource_id must be");
        wanted.custom_resources = {resource("document", {"read", id})};
        expect_refusal("invalid_rbac_custom_resource", "available_actions must be a text");
    }
}

TEST_F(PolicyPlan, IdsMayHaveAsManyCharactersAsTheLimitSays) {
    std::string longest;
    for (std::size_t i = 0; i < Limits::rbac_id_characters_max; ++i) longest += "é";
    wanted.custom_roles = {role(longest, {{longest, {longest}}})};
    wanted.custom_resources = {resource(longest, {longest})};
    EXPECT_EQ(refusal().kind, "planned");
    auto const longer = longest + "x";
    wanted.custom_roles = {role(longer, {{longest, {longest}}})};
    expect_refusal("rbac_role_id_too_long", "not have more than 128 characters");
    wanted.custom_roles = {};
    wanted.custom_resources = {resource(longer)};
    expect_refusal("rbac_resource_id_too_long", "not have more than 128 characters");
    wanted.custom_resources = {resource("document", {longer})};
    expect_refusal("rbac_action_too_long", "not have more than 128 characters");
}

TEST_F(PolicyPlan, DescriptionsHaveALimitToo) {
    wanted.custom_roles.front().description =
        std::string(Limits::rbac_description_characters_max, 'd');
    EXPECT_EQ(refusal().kind, "planned");
    wanted.custom_roles.front().description += 'd';
    expect_refusal("rbac_description_too_long", "custom_roles[0].description must not have more");
    wanted.custom_roles.front().description = "a\tb";
    expect_refusal("invalid_rbac_custom_role", "custom_roles[0].description must not contain");
    wanted.custom_resources.front().description =
        std::string(Limits::rbac_description_characters_max + 1, 'd');
    expect_refusal("rbac_description_too_long", "custom_resources[0].description");
}

TEST_F(PolicyPlan, TheNamesOfDefaultsAreReserved) {
    wanted.custom_resources = {resource("stytch.mine")};
    expect_refusal("invalid_rbac_custom_resource", "must not begin with stytch");
    wanted.custom_resources = {resource("document")};
    wanted.custom_roles = {role("stytch_mine")};
    expect_refusal("invalid_rbac_custom_role", "must not begin with stytch");
    for (auto const id : {member_role, admin_role}) {
        wanted.custom_roles = {role(std::string(id))};
        expect_refusal("invalid_rbac_stytch_role_edit", "must not be that of a default role");
    }
}

TEST_F(PolicyPlan, NothingComesTwice) {
    wanted.custom_roles = {role("a"), role("b"), role("a")};
    expect_refusal("rbac_role_duplicate", "custom_roles[2].role_id must not come twice: a");
    wanted.custom_roles = {role("a", {{"document", {"read"}}, {"document", {"write"}}})};
    expect_refusal("rbac_resource_duplicate", "permissions[1].resource_id must not come twice");
    wanted.custom_roles = {role("a", {{"document", {"read", "read"}}})};
    expect_refusal("rbac_action_duplicate", "custom_roles[0].permissions[0].actions must not");
    wanted.custom_roles = {};
    wanted.custom_resources = {resource("document"), resource("document")};
    expect_refusal("rbac_resource_duplicate", "custom_resources[1].resource_id must not come");
    wanted.custom_resources = {resource("document", {"read", "read"})};
    expect_refusal("rbac_action_duplicate", "custom_resources[0].available_actions must not");
}

TEST_F(PolicyPlan, NothingIsEmpty) {
    wanted.custom_roles = {role("a", {})};
    expect_refusal("rbac_role_missing_permissions", "custom_roles[0].permissions must have");
    wanted.custom_roles = {role("a", {{"document", {}}})};
    expect_refusal("rbac_permission_missing_actions", "permissions[0].actions must have");
    wanted.custom_roles = {};
    wanted.custom_resources = {resource("document", {})};
    expect_refusal("rbac_resource_missing_actions", "available_actions must have");
}

TEST_F(PolicyPlan, PermissionsNameWhatThereIs) {
    wanted.custom_roles = {role("a", {{"folder", {"read"}}})};
    expect_refusal("invalid_rbac_custom_role", "permissions[0].resource_id must name a resource");
    wanted.custom_roles = {role("a", {{"document", {"read", "burn"}}})};
    expect_refusal("invalid_rbac_custom_role", "must name actions of the resource document");
    wanted.custom_roles = {role("a", {{"stytch.scim", {"burn"}}})};
    expect_refusal("invalid_rbac_custom_role", "must name actions of the resource stytch.scim");
    wanted.custom_roles = {role("a", {{"document", {"*", "read"}}})};
    expect_refusal("invalid_rbac_custom_role", "must have \"*\" alone");
    wanted.custom_roles = {};
    wanted.member_permissions = {{"folder", {"read"}}};
    expect_refusal("invalid_rbac_custom_role", "stytch_member.permissions[0].resource_id");
    wanted.member_permissions = {};
    wanted.admin_permissions = {{"document", {"burn"}}};
    expect_refusal("invalid_rbac_custom_role", "stytch_admin.permissions[0].actions must name");
    wanted.admin_permissions = {};
    wanted.custom_resources = {resource("document", {"read", "*"})};
    expect_refusal("invalid_rbac_custom_resource", "must not contain \"*\"");
}

TEST_F(PolicyPlan, CountsHaveLimits) {
    wanted.custom_roles = {role("a"), role("b"), role("c")};
    wanted.custom_resources = {resource("document", {"read", "b", "c", "d"}), resource("folder")};
    EXPECT_EQ(refusal().kind, "planned");
    wanted.custom_roles.push_back(role("d"));
    expect_refusal("rbac_policy_too_large", "custom_roles must not have more than 3 elements");
    wanted.custom_roles.pop_back();
    wanted.custom_resources.front().actions.emplace_back("e");
    expect_refusal("rbac_policy_too_large", "available_actions must not have more than 4");
    wanted.custom_resources.front().actions.pop_back();
    wanted.custom_resources.push_back(resource("shelf"));
    expect_refusal("rbac_policy_too_large", "custom_resources must not have more than 2");
}

TEST_F(PolicyPlan, TheTextsTogetherHaveALimit) {
    // document read write; reader document read
    limits.policy_text_bytes_max = 8 + 4 + 5 + 6 + 8 + 4;
    EXPECT_EQ(refusal().kind, "planned");
    wanted.custom_resources.front().description = "d";
    expect_refusal("rbac_policy_too_large", "must not exceed 35 bytes");
    wanted.custom_resources.front().description = "";
    wanted.member_permissions = {{"document", {"read"}}};
    expect_refusal("rbac_policy_too_large", "must not exceed 35 bytes");
}

class OrganizationPolicyPlan : public PolicyPlan {
protected:
    Refusal refusal(OrganizationPolicy const& own) {
        auto const planned = plan_organization_policy(own, project, limits);
        if (planned) return {"planned", ""};
        return {planned.error().kind(), planned.error().message()};
    }
    EffectivePolicy project{wanted};
};

TEST_F(OrganizationPolicyPlan, RolesAreOfResourcesOfTheProject) {
    OrganizationPolicy const own{
        {role("auditor", {{"document", {"*"}}, {"stytch.member", {"search"}}})}};
    EXPECT_EQ(plan_organization_policy(own, project, limits).value(), own);
    EXPECT_EQ(plan_organization_policy({}, project, limits).value(), OrganizationPolicy{});
    auto const unknown = refusal({{role("auditor", {{"folder", {"read"}}})}});
    EXPECT_EQ(unknown.kind, "invalid_rbac_custom_role");
    EXPECT_THAT(unknown.message, HasSubstr("org_policy.roles[0].permissions[0].resource_id"));
}

TEST_F(OrganizationPolicyPlan, RolesOfTheProjectKeepTheirNames) {
    auto const clash = refusal({{role("auditor"), role("reader")}});
    EXPECT_EQ(clash.kind, "rbac_role_duplicate");
    EXPECT_THAT(clash.message, HasSubstr("id of a role of the project: reader"));
    EXPECT_EQ(refusal({{role("auditor"), role("auditor")}}).kind, "rbac_role_duplicate");
    EXPECT_EQ(refusal({{role("stytch_admin")}}).kind, "invalid_rbac_stytch_role_edit");
    EffectivePolicy const organization{project, {{role("auditor")}}};
    EXPECT_TRUE(plan_organization_policy({{role("auditor")}}, organization, limits))
        << "its own roles are in nobody's way";
}

TEST_F(OrganizationPolicyPlan, HasTheLimitsOfAProject) {
    OrganizationPolicy own{{role("a"), role("b"), role("c")}};
    EXPECT_EQ(refusal(own).kind, "planned");
    own.roles.push_back(role("d"));
    EXPECT_EQ(refusal(own).kind, "rbac_policy_too_large");
    limits.policy_text_bytes_max = 1 + 8 + 4;
    EXPECT_EQ(refusal({{role("a")}}).kind, "planned");
    EXPECT_EQ(refusal({{role("ab")}}).kind, "rbac_policy_too_large");
}

TEST(AssignableRole, IsOneOfTheProjectOrTheOrganization) {
    ProjectPolicy added;
    added.custom_roles = {role("reader", {{"stytch.scim", {"get"}}})};
    EffectivePolicy const project{added};
    EffectivePolicy const policy{project, {{role("auditor", {{"stytch.scim", {"get"}}})}}};
    for (auto const* id : {"stytch_admin", "reader", "auditor"}) {
        EXPECT_TRUE(check_assignable_role(id, "role_id", policy)) << id;
    }
    auto const kind = [&](std::string_view id, EffectivePolicy const& with) {
        return check_assignable_role(id, "role_id", with).error().kind();
    };
    EXPECT_EQ(kind("auditor", project), "invalid_rbac_role_id");
    EXPECT_EQ(kind("nobody", policy), "invalid_rbac_role_id");
    EXPECT_EQ(kind("stytch_member", policy), "cannot_assign_default_rbac_role_id");
    EXPECT_THAT(check_assignable_role("nobody", "roles[2]", policy).error().message(),
                HasSubstr("roles[2] must be a role"));
}

}  // namespace
}  // namespace rollcall::directory

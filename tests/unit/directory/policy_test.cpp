// The default policy, and what follows from the parts of an effective one.
#include "directory/policy.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace rollcall::directory {
namespace {

using Texts = std::vector<std::string>;
using testing::ElementsAre;
using testing::IsEmpty;

ProjectPolicy documents() {
    ProjectPolicy project;
    project.custom_resources = {{"document", "", {"read", "write"}}};
    project.custom_roles = {{"reader", "", {{"document", {"read"}}}},
                            {"editor", "", {{"document", {"*"}}, {"stytch.scim", {"get"}}}}};
    project.member_permissions = {{"stytch.member", {"search"}}};
    project.admin_permissions = {{"document", {"read"}}};
    return project;
}

bool allows(EffectivePolicy const& policy, Texts const& roles, std::string_view resource,
            std::string_view action) {
    return policy.allows(roles, resource, action);
}

TEST(DefaultPolicy, HasTheResourcesAndRolesOfTheContract) {
    Texts resources;
    std::size_t actions = 0;
    for (auto const& resource : default_policy().resources) {
        resources.push_back(resource.resource_id);
        actions += resource.actions.size();
        EXPECT_FALSE(resource.description.empty()) << resource.resource_id;
    }
    EXPECT_THAT(resources, ElementsAre("stytch.organization", "stytch.member", "stytch.self",
                                       "stytch.sso", "stytch.scim", "stytch.custom-org-roles"));
    EXPECT_EQ(actions, 15U + 18U + 14U + 4U + 4U + 4U);
    ASSERT_EQ(default_policy().roles.size(), 2U);
    EXPECT_EQ(default_policy().roles[0].role_id, "stytch_member");
    EXPECT_THAT(default_policy().roles[0].permissions,
                ElementsAre(Permission{"stytch.self", {"*"}}));
    EXPECT_EQ(default_policy().roles[1].role_id, "stytch_admin");
}

TEST(DefaultPolicy, LetsMembersDoThingsToThemselvesAndAdministratorsToOthers) {
    EffectivePolicy const policy{ProjectPolicy{}};
    EXPECT_TRUE(allows(policy, {"stytch_member"}, "stytch.self", "update.info.name"));
    EXPECT_FALSE(allows(policy, {"stytch_member"}, "stytch.member", "search"));
    EXPECT_FALSE(allows(policy, {"stytch_member"}, "stytch.scim", "get"));
    for (auto const* resource : {"stytch.organization", "stytch.member", "stytch.sso",
                                 "stytch.scim", "stytch.custom-org-roles"}) {
        EXPECT_TRUE(allows(policy, {"stytch_admin"}, resource, "delete")) << resource;
    }
    EXPECT_FALSE(allows(policy, {"stytch_admin"}, "stytch.self", "delete"));
}

TEST(EffectivePolicyTest, AddsWhatTheProjectAdds) {
    EffectivePolicy const policy{documents()};
    EXPECT_EQ(policy.project_policy().roles.size(), 4U);
    EXPECT_EQ(policy.project_policy().resources.size(), 7U);
    EXPECT_TRUE(allows(policy, {"stytch_member"}, "stytch.self", "delete"));
    EXPECT_TRUE(allows(policy, {"stytch_member"}, "stytch.member", "search"));
    EXPECT_TRUE(allows(policy, {"stytch_admin"}, "document", "read"));
    EXPECT_FALSE(allows(policy, {"stytch_admin"}, "document", "write"));
    EXPECT_TRUE(allows(policy, {"editor"}, "document", "write"));
    EXPECT_TRUE(policy.has_role("reader"));
    EXPECT_FALSE(policy.has_role("Reader"));
    EXPECT_EQ(policy.find_resource("folder"), nullptr);
}

TEST(EffectivePolicyTest, RolesAreAdditiveAndUnknownOnesPermitNothing) {
    EffectivePolicy const policy{documents()};
    Texts const roles{"stytch_member", "reader", "gone", "editor"};
    EXPECT_TRUE(policy.allows(roles, "document", "read"));
    EXPECT_TRUE(policy.allows(roles, "stytch.scim", "get"));
    EXPECT_FALSE(policy.allows(roles, "stytch.scim", "update"));
    EXPECT_FALSE(allows(policy, {"gone"}, "document", "read"));
    EXPECT_FALSE(allows(policy, {}, "stytch.self", "delete"));
    EXPECT_THAT(policy.granting_roles(roles, "document", "read"), ElementsAre("reader", "editor"));
    EXPECT_THAT(policy.granting_roles(roles, "document", "write"), ElementsAre("editor"));
    EXPECT_THAT(policy.granting_roles(roles, "folder", "read"), IsEmpty());
}

TEST(EffectivePolicyTest, AnOrganizationsRolesHoldThereAlone) {
    EffectivePolicy const project{documents()};
    EffectivePolicy const organization{project, {{{"auditor", "", {{"document", {"read"}}}}}}};
    EXPECT_TRUE(allows(organization, {"auditor"}, "document", "read"));
    EXPECT_TRUE(allows(organization, {"editor"}, "document", "write"));
    EXPECT_FALSE(project.has_role("auditor"));
    EXPECT_EQ(&organization.project_policy(), &project.project_policy()) << "shared";
    EXPECT_THAT(EffectivePolicy(organization, {}).organization_roles(), IsEmpty());
}

TEST(EffectivePolicyTest, WhatTheProjectNoLongerLeavesRoomForHasNoEffect) {
    OrganizationPolicy const own{
        {{"editor", "shadowed", {{"stytch.scim", {"*"}}}},
         {"auditor",
          "",
          {{"folder", {"read"}}, {"document", {"read", "burn"}}, {"stytch.sso", {"paint"}}}}}};
    EffectivePolicy const policy{EffectivePolicy{documents()}, own};
    EXPECT_FALSE(allows(policy, {"editor"}, "stytch.scim", "delete"));
    EXPECT_FALSE(allows(policy, {"auditor"}, "folder", "read"));
    EXPECT_FALSE(allows(policy, {"auditor"}, "document", "burn"));
    EXPECT_TRUE(allows(policy, {"auditor"}, "document", "read"));
    ASSERT_EQ(policy.organization_roles().size(), 1U);
    EXPECT_THAT(policy.organization_roles().front().permissions,
                ElementsAre(Permission{"document", {"read"}}));

    auto later = documents();
    later.custom_roles.clear();
    later.custom_resources.push_back({"folder", "", {"read"}});
    EffectivePolicy const again{EffectivePolicy{later}, own};
    EXPECT_TRUE(allows(again, {"editor"}, "stytch.scim", "delete"));
    EXPECT_TRUE(allows(again, {"auditor"}, "folder", "read"));
}

}  // namespace
}  // namespace rollcall::directory

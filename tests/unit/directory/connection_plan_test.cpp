// Decisions about connections that need no server to be seen.
#include "directory/connection_plan.hpp"

#include "base/limits.hpp"

#include <gtest/gtest.h>

namespace rollcall::directory {
namespace {

class ConnectionPlan : public ::testing::Test {
protected:
    static GroupId group(std::uint8_t number) {
        GroupId id;
        id.uuid.bytes[15] = number;
        return id;
    }
    ConnectionUpdate plan(std::vector<RoleAssignmentFields> assignments) {
        ConnectionFields fields;
        fields.role_assignments = std::move(assignments);
        return *plan_connection_update(fields, Environment::test, policy, limits);
    }

    EffectivePolicy policy{ProjectPolicy{}};
    Limits limits;
};

TEST_F(ConnectionPlan, DuplicatePairsCollapse) {
    auto const update = plan({{"stytch_admin", to_string(group(2))},
                              {"stytch_admin", to_string(group(1))},
                              {"stytch_admin", to_string(group(2))}});
    EXPECT_EQ(*update.role_assignments, (std::vector<RoleAssignment>{{"stytch_admin", group(1)},
                                                                     {"stytch_admin", group(2)}}));
}

TEST_F(ConnectionPlan, TakesRoleAssignmentsAndNamesUpToTheLimit) {
    ConnectionFields fields;
    fields.role_assignments.emplace(Limits::role_assignments_max,
                                    RoleAssignmentFields{"stytch_admin", to_string(group(1))});
    EXPECT_TRUE(plan_connection_update(fields, Environment::test, policy, limits));
    fields.role_assignments->push_back(fields.role_assignments->front());
    auto refused = plan_connection_update(fields, Environment::test, policy, limits);
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().kind(), "invalid_rbac_role_assignment");

    fields = {};
    fields.display_name = std::string(limits.name_code_points_max, 'n');
    EXPECT_TRUE(plan_connection_update(fields, Environment::test, policy, limits));
    *fields.display_name += 'n';
    refused = plan_connection_update(fields, Environment::test, policy, limits);
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().kind(), "invalid_display_name");
}

TEST_F(ConnectionPlan, KeepsWhatChanges) {
    Connection connection{};
    connection.display_name = "A";
    std::vector<NamedRoleAssignment> const assigned{{"stytch_admin", group(2), "B"},
                                                    {"stytch_admin", group(1), "A"}};
    EXPECT_TRUE(ConnectionUpdate{}.changes_of(connection, assigned).empty());
    auto update =
        plan({{"stytch_admin", to_string(group(1))}, {"stytch_admin", to_string(group(2))}});
    update.display_name = "A";
    update.identity_provider = IdentityProvider::generic;
    EXPECT_TRUE(update.changes_of(connection, assigned).empty());
    update.identity_provider = IdentityProvider::okta;
    auto const changes = update.changes_of(connection, assigned);
    EXPECT_EQ(changes.identity_provider, IdentityProvider::okta);
    EXPECT_FALSE(changes.display_name || changes.role_assignments);
    EXPECT_TRUE(plan({}).changes_of(connection, assigned).role_assignments);
    EXPECT_TRUE(plan({}).changes_of(connection, {}).empty());
}

// What a member session needs (contract §2.4).
TEST_F(ConnectionPlan, AnUpdateNeedsThePermissionsOfWhatItChanges) {
    Connection connection{};
    connection.display_name = "A";
    std::vector<NamedRoleAssignment> const assigned{{"stytch_admin", group(1), "B"}};
    auto const actions = [&](ConnectionUpdate const& update) {
        std::vector<std::string> actions;
        for (auto const& needed : permissions_to_update(update, connection, assigned)) {
            actions.push_back(std::string(needed.resource) + " " + std::string(needed.action));
        }
        return actions;
    };
    std::string const fields = "stytch.scim update";
    std::string const roles = "stytch.organization update.settings.implicit-roles";
    using Actions = std::vector<std::string>;
    EXPECT_EQ(actions({}), Actions{fields});
    EXPECT_EQ(actions(plan({{"stytch_admin", to_string(group(2))}})), Actions{roles});
    EXPECT_EQ(actions(plan({{"stytch_admin", to_string(group(1))}})), Actions{roles});
    EXPECT_EQ(actions(plan({})), Actions{roles});
    auto both = plan({{"stytch_admin", to_string(group(2))}});
    both.display_name = "B";
    EXPECT_EQ(actions(both), (Actions{fields, roles}));
    both.display_name = "A";
    EXPECT_EQ(actions(both), Actions{roles});
    // As Java sends it.
    auto name = plan({});
    name.display_name = "B";
    EXPECT_EQ(actions(name), (Actions{fields, roles}));
    auto const needed = permissions_to_update(name, connection, {});
    ASSERT_EQ(needed.size(), 1U);
    EXPECT_EQ(needed.front().action, "update");
}

TEST_F(ConnectionPlan, EntraHasASecondSpellingInRequests) {
    for (auto const* spelling : {"microsoft-entra", "microsoftentra"}) {
        ConnectionFields fields;
        fields.identity_provider = spelling;
        auto const update = plan_connection_update(fields, Environment::test, policy, limits);
        EXPECT_EQ(update->identity_provider, IdentityProvider::microsoft_entra) << spelling;
    }
}

TEST_F(ConnectionPlan, EventsNeverHoldSecrets) {
    auto const event = connection_event(EventAction::update, {}, "Directory", {}, {});
    EXPECT_EQ(event_name(event), "direct.scim_connection.update");
    EXPECT_EQ(event.label, "Directory");
}

}  // namespace
}  // namespace rollcall::directory

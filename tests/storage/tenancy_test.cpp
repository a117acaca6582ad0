// No key reaches what belongs to another tenant.
#include "store_case.hpp"

namespace rollcall::tests {
namespace {

using namespace directory;

class Tenancy : public StoreCase {
protected:
    storage::ProjectKey project = world.project();
    Tenant ours = in("ours");
    Tenant theirs = in("theirs");
    User user = world.user(theirs.connection, "ada");
    Group group = world.group(theirs.connection, "group", {member(user)});

    Tenant in(std::string const& slug) {
        auto const organization = world.organization(project, slug);
        return {organization, world.connection(organization)};
    }
};
ON_EVERY_STORE(Tenancy);

TEST_P(Tenancy, hides_organizations_of_other_projects) {
    auto const other = world.project();
    auto const id = to_string(ours.organization.id());
    EXPECT_TRUE(get(store().find_organization(project, id)));
    EXPECT_FALSE(get(store().find_organization(other, id)));
    EXPECT_FALSE(get(store().find_organization(other, "ours")));
    EXPECT_FALSE(get(store().find_organization_record(other, id)));
}

TEST_P(Tenancy, hides_connections_of_other_organizations) {
    EXPECT_FALSE(get(store().find_connection(ours.organization, theirs.connection.id())));
    EXPECT_EQ(get(store().find_active_connection(ours.organization))->connection.id,
              ours.connection.id());
}

TEST_P(Tenancy, keeps_policies_apart) {
    Role const role{"auditor", "", {{"stytch.scim", {"get"}}}};
    get(store().put_policy(project, {{}, {}, {role}, {}}));
    get(store().put_organization_policy(theirs.organization, {{role}}, at(1), {}));
    EXPECT_TRUE(get(store().get_policy(world.project())).custom_roles.empty());
    EXPECT_TRUE(get(store().get_organization_policy(ours.organization)).roles.empty());
    get(store().put_organization_policy(ours.organization, {}, at(2), {}));
    EXPECT_EQ(get(store().get_organization_policy(theirs.organization)).roles.size(), 1U);
}

TEST_P(Tenancy, hides_users) {
    auto const key = ours.connection;
    EXPECT_FALSE(get(store().find_user(key, user.id, true)));
    EXPECT_TRUE(get(store().resolve_users(key, {user.id})).empty());
    EXPECT_EQ(get(store().list_users(key, {})).total, 0U);
    for (auto const& index : std::vector<UserIndex>{
             ById{user.id.uuid}, ByUserName{"ada@example.com"}, ByEmail{"ada@example.com", {}}}) {
        UserQuery query;
        query.index = index;
        EXPECT_EQ(get(store().list_users(key, query)).total, 0U);
    }
    EXPECT_TRUE(
        get(store().find_link_candidates(key, "ada@example.com", "x", "ada@example.com")).empty());
    UserUpdate update{.state = state_of("eve"), .expected_version = 1, .events = {}, .now = at(1)};
    EXPECT_EQ(error_of(store().update_user(key, user.id, update)).code(), ErrorCode::not_found);
    EXPECT_EQ(error_of(store().delete_user(key, user.id, {}, at(1), {})).code(),
              ErrorCode::not_found);
    EXPECT_EQ(get(store().find_user(theirs.connection, user.id, false))->version, 1U);
}

TEST_P(Tenancy, hides_groups) {
    auto const key = ours.connection;
    EXPECT_FALSE(get(store().find_group(key, group.id, true)));
    EXPECT_TRUE(get(store().list_group_summaries(key, {}, 10)).empty());
    for (auto const& index :
         std::vector<GroupIndex>{std::monostate{}, ById{group.id.uuid}, ByDisplayName{"group"},
                                 ByMember{member(user).ref}}) {
        GroupQuery query;
        query.index = index;
        EXPECT_EQ(get(store().list_groups(key, query)).total, 0U);
    }
    GroupChange change;
    change.clear_members = true;
    EXPECT_EQ(error_of(store().apply_group_change(key, group.id, change)).code(),
              ErrorCode::not_found);
    EXPECT_EQ(error_of(store().delete_group(key, group.id, {}, at(1))).code(),
              ErrorCode::not_found);
    EXPECT_EQ(get(store().find_group(theirs.connection, group.id, true))->members.size(), 1U);
}

TEST_P(Tenancy, does_not_let_groups_take_foreign_members) {
    auto const own = world.group(ours.connection, "own");
    GroupChange change;
    change.add = {member(user), member(group)};
    auto const applied = get(store().apply_group_change(ours.connection, own.id, change));
    EXPECT_EQ(applied.unknown.size(), 2U);
    EXPECT_FALSE(applied.changed);
    EXPECT_EQ(get(store().find_user(theirs.connection, user.id, true))->groups.size(), 1U);
}

TEST_P(Tenancy, lets_tenants_have_the_same_names) {
    auto const same_user = world.user(ours.connection, "ada");
    auto const same_group = world.group(ours.connection, "group");
    EXPECT_NE(same_user.id, user.id);
    EXPECT_NE(same_group.id, group.id);
}

TEST_P(Tenancy, keeps_events_apart) {
    auto const before = world.last_position(ours.organization);
    world.group(theirs.connection, "another");
    EXPECT_TRUE(world.events(ours.organization, before).empty());
}

TEST_P(Tenancy, refuses_the_token_of_another_connection) {
    EXPECT_FALSE(
        get(store().authenticate_connection({Environment::test, {}}, digest_of("token"), at(1))));
    auto connection = world.new_connection(ours.organization, "theirs alone");
    must(run_task(store().delete_connection(ours.connection, at(1), {})));
    get(store().create_connection(ours.organization, connection, {}));
    EXPECT_FALSE(get(
        store().authenticate_connection(theirs.connection.id(), digest_of("theirs alone"), at(1))));
}

}  // namespace
}  // namespace rollcall::tests

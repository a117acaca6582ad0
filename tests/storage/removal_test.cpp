// Removal in one stroke, and the purging that follows: nothing visible depends on it.
#include "store_case.hpp"

namespace rollcall::tests {
namespace {

using namespace directory;

class Removal : public StoreCase {
protected:
    storage::ProjectKey project = world.project();

    Tenant filled(std::string const& slug) {
        auto const organization = world.organization(project, slug);
        auto const key = world.connection(organization);
        std::vector<GroupMember> members;
        for (int i = 0; i < 10; ++i) {
            auto creation = world.new_user(key, "user" + std::to_string(i));
            creation.state.external_id = "ext" + std::to_string(i);
            members.push_back(member(get(store().create_user(key, creation))));
        }
        auto const group = world.group(key, "everybody", members);
        world.group(key, "nested", {member(group), members[0]});
        storage::ConnectionChange change;
        change.role_assignments = std::vector<RoleAssignment>{{"admin", group.id}};
        get(store().update_connection(key, change));
        return {organization, key};
    }
    void expect_whole(Tenant const& tenant) {
        EXPECT_EQ(get(store().list_users(tenant.connection, {})).total, 10U);
        auto const groups = get(store().list_groups(tenant.connection, {}));
        ASSERT_EQ(groups.total, 2U);
        EXPECT_EQ(groups.groups[0].members.size(), 10U);
        EXPECT_EQ(groups.groups[1].members.size(), 2U);
        EXPECT_EQ(get(store().find_active_connection(tenant.organization))->role_assignments.size(),
                  1U);
    }
};
ON_EVERY_STORE(Removal);

TEST_P(Removal, purges_nothing_where_nothing_was_removed) {
    auto const tenant = filled("acme");
    EXPECT_FALSE(get(store().purge(1)));
    expect_whole(tenant);
}

TEST_P(Removal, of_groups_leaves_the_others) {
    auto const tenant = filled("acme");
    auto const key = tenant.connection;
    auto const gone =
        world.group(key, "gone", {member(get(store().list_users(key, {})).users.at(0))});
    must(run_task(store().delete_group(key, gone.id, {}, at(2))));
    purge_all();
    expect_whole(tenant);
    EXPECT_FALSE(get(store().purge(100)));
}

TEST_P(Removal, of_a_connection_leaves_other_organizations) {
    auto const first = filled("first");
    auto const second = filled("second");
    must(run_task(store().delete_connection(first.connection, at(2), {})));
    purge_all();
    expect_whole(second);
    EXPECT_EQ(get(store().list_users(first.connection, {})).total, 0U);
    auto const next = world.connection(first.organization);
    auto const found = get(store().find_link_candidates(next, "user3@example.com", "ext3", ""));
    ASSERT_EQ(found.size(), 1U);
    EXPECT_TRUE(found[0].was_registered);
}

TEST_P(Removal, of_an_organization_leaves_the_others) {
    auto const first = filled("first");
    auto const second = filled("second");
    auto const events = world.events(second.organization);
    EXPECT_FALSE(world.events(first.organization).empty());
    must(run_task(store().delete_organization(first.organization, at(2), {})));
    purge_all();
    expect_whole(second);
    EXPECT_TRUE(world.events(first.organization).empty());
    EXPECT_EQ(world.events(second.organization), events);
    // A key that was purged never names what is made later.
    auto const third = filled("first");
    EXPECT_NE(third.organization.row(), first.organization.row());
    EXPECT_NE(third.connection.row(), first.connection.row());
    EXPECT_EQ(get(store().list_users(first.connection, {})).total, 0U);
    EXPECT_FALSE(get(store().find_active_connection(first.organization)));
    expect_whole(third);
}

TEST_P(Removal, of_the_last_organization_keeps_the_newest_event) {
    auto const gone = filled("gone");
    auto const newest = world.last_position(gone.organization);
    must(run_task(store().delete_organization(gone.organization, at(2), {})));
    purge_all();
    EXPECT_EQ(world.events(gone.organization).size(), 1U);
    EXPECT_EQ(world.last_position(gone.organization), newest);
    // Positions grow, also over a restart.
    reopen();
    auto const next = filled("next");
    EXPECT_EQ(get(store().list_events(next.organization, newest, 1)).size(), 1U);
    EXPECT_TRUE(get(store().list_events(gone.organization, newest, 1)).empty());
}

TEST_P(Removal, of_old_events_is_bounded_and_keeps_the_newest) {
    auto const tenant = world.tenant();
    auto const remember = [&](int seconds) {
        auto event =
            world.event(tenant.organization, EventObject::scim_connection, EventAction::update);
        event.occurred_at = at(seconds);
        storage::ConnectionChange change;
        change.events = {event};
        get(store().update_connection(tenant.connection, change));
    };
    for (int i = 0; i < 10; ++i) remember(100 + i);
    auto const times = [&] {
        std::vector<Timestamp> all;
        for (auto const& event : get(store().list_events(tenant.organization, 0, 100))) {
            all.push_back(event.event.occurred_at);
        }
        return all;
    };
    while (get(store().forget_events(at(100), 3))) {
    }
    ASSERT_EQ(times().size(), 10U);
    EXPECT_TRUE(get(store().forget_events(at(105), 3)));
    EXPECT_EQ(times().size(), 7U);
    EXPECT_FALSE(get(store().forget_events(at(105), 3)));
    EXPECT_EQ(times().size(), 5U);
    EXPECT_EQ(times().front(), at(105));
    EXPECT_FALSE(get(store().forget_events(at(105), 3)));
    while (get(store().forget_events(at(1000), 3))) {
    }
    EXPECT_EQ(times(), std::vector{at(109)});
}

TEST_P(Removal, of_users_keeps_the_groups_right_after_purging) {
    auto const tenant = filled("acme");
    auto const key = tenant.connection;
    for (auto const& user : get(store().list_users(key, {})).users) {
        must(run_task(store().delete_user(key, user.id, {}, at(3), {})));
    }
    purge_all();
    auto const groups = get(store().list_groups(key, {})).groups;
    EXPECT_EQ(groups.at(0).members.size(), 0U);
    EXPECT_EQ(groups.at(1).members.size(), 1U);
    EXPECT_EQ(groups.at(1).member_count, 1U);
}

}  // namespace
}  // namespace rollcall::tests

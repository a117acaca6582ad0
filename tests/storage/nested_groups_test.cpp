// Groups in groups: stored, listed, indirect groups of users, cycles (checklist ).
#include "store_case.hpp"

namespace rollcall::tests {
namespace {

using namespace directory;

class NestedGroups : public StoreCase {
protected:
    Tenant tenant = world.tenant();
    storage::ConnectionKey key = tenant.connection;
    User ada = world.user(key, "ada");

    void add(Group const& container, GroupMember const& what) {
        GroupChange change;
        change.add = {what};
        change.now = at(4);
        get(store().apply_group_change(key, container.id, change));
    }
    std::string groups() {
        std::string text;
        for (auto const& group : get(store().find_user(key, ada.id, true))->groups) {
            text += group.display_name + (group.direct ? " " : "* ");
        }
        return text;
    }
};
ON_EVERY_STORE(NestedGroups);

TEST_P(NestedGroups, make_their_containers_indirect_groups) {
    auto const outer = world.group(key, "outer");
    auto const middle = world.group(key, "middle");
    auto const inner = world.group(key, "inner", {member(ada)});
    world.group(key, "unrelated");
    EXPECT_EQ(groups(), "inner ");
    add(middle, member(inner));
    EXPECT_EQ(groups(), "inner middle* ");
    add(outer, member(middle));
    EXPECT_EQ(groups(), "inner outer* middle* ");
    add(outer, member(ada));
    EXPECT_EQ(groups(), "outer inner middle* ");
    auto const read = get(store().find_group(key, outer.id, true));
    ASSERT_EQ(read->members.size(), 2U);
    EXPECT_EQ(read->members[0].ref, member(middle).ref);
    EXPECT_EQ(read->members[1].ref, member(ada).ref);
}

TEST_P(NestedGroups, may_form_cycles) {
    auto const a = world.group(key, "a", {member(ada)});
    auto const b = world.group(key, "b", {member(a)});
    add(a, member(b));
    add(a, member(a));
    EXPECT_EQ(groups(), "a b* ");
    must(run_task(store().delete_group(key, a.id, {}, at(5))));
    EXPECT_EQ(groups(), "");
    EXPECT_EQ(get(store().find_group(key, b.id, true))->member_count, 0U);
    purge_all();
    EXPECT_EQ(get(store().list_groups(key, {})).total, 1U);
}

TEST_P(NestedGroups, leave_their_containers_when_deleted) {
    auto const inner = world.group(key, "inner", {member(ada)});
    auto const outer = world.group(key, "outer", {member(inner)});
    auto const before = world.last_position(tenant.organization);
    must(run_task(store().delete_group(key, inner.id, {}, at(7))));
    auto const read = get(store().find_group(key, outer.id, true));
    EXPECT_TRUE(read->members.empty());
    EXPECT_EQ(read->member_count, 0U);
    EXPECT_EQ(read->version, 2U);
    EXPECT_EQ(read->last_modified, at(7));
    EXPECT_EQ(
        world.events(tenant.organization, before),
        (std::vector<std::string>{"scim.scim_group.delete inner", "scim.scim_group.update outer"}));
}

TEST_P(NestedGroups, no_longer_count_once_the_container_is_deleted) {
    auto const inner = world.group(key, "inner", {member(ada)});
    auto const middle = world.group(key, "middle", {member(inner)});
    world.group(key, "outer", {member(middle)});
    must(run_task(store().delete_group(key, middle.id, {}, at(7))));
    EXPECT_EQ(groups(), "inner ");
    GroupQuery query;
    query.index = ByMember{member(inner).ref};
    EXPECT_EQ(get(store().list_groups(key, query)).total, 0U);
}

TEST_P(NestedGroups, are_updates_of_their_container) {
    auto const inner = world.group(key, "inner");
    auto before = world.last_position(tenant.organization);
    auto const outer = world.group(key, "outer", {member(inner), member(ada)});
    EXPECT_EQ(world.events(tenant.organization, before),
              (std::vector<std::string>{"scim.scim_group.create outer",
                                        "scim.scim_member_group.create outer"}));
    before = world.last_position(tenant.organization);
    GroupChange change;
    change.remove = {member(inner).ref};
    get(store().apply_group_change(key, outer.id, change));
    EXPECT_EQ(world.events(tenant.organization, before),
              std::vector<std::string>{"scim.scim_group.update outer"});
    GroupQuery query;
    query.index = ByMember{member(inner).ref};
    EXPECT_EQ(get(store().list_groups(key, query)).total, 0U);
}

}  // namespace
}  // namespace rollcall::tests

// Groups: creating, deltas of members, versions, uniqueness, events, deletion.
#include "store_case.hpp"

namespace rollcall::tests {
namespace {

using namespace directory;

class Groups : public StoreCase {
protected:
    Tenant tenant = world.tenant();
    storage::ConnectionKey key = tenant.connection;
    User ada = world.user(key, "ada");
    User bob = world.user(key, "bob");
    User eve = world.user(key, "eve");

    AppliedGroupChange apply(Group const& group, GroupChange change, int seconds = 5) {
        change.now = at(seconds);
        return get(store().apply_group_change(key, group.id, std::move(change)));
    }
    std::string members(Group const& group) {
        auto const read = get(store().find_group(key, group.id, true));
        std::string text;
        for (auto const& entry : read->members) {
            for (auto const* user : {&ada, &bob, &eve}) {
                if (entry.ref == member(*user).ref) {
                    text += std::string(user->attributes.at("displayName").as_string());
                }
            }
            if (entry.display) text += "(" + *entry.display + ")";
            text += " ";
        }
        EXPECT_EQ(read->member_count, read->members.size());
        return text;
    }
    std::vector<std::string> events_of(auto const& change) {
        auto const before = world.last_position(tenant.organization);
        change();
        return world.events(tenant.organization, before);
    }
    static GroupChange adding(std::vector<GroupMember> members) {
        GroupChange change;
        change.add = std::move(members);
        return change;
    }
    static GroupChange removing(std::vector<MemberRef> members) {
        GroupChange change;
        change.remove = std::move(members);
        return change;
    }
    static GroupChange replacing(std::vector<GroupMember> members) {
        auto change = adding(std::move(members));
        change.clear_members = true;
        return change;
    }
};
ON_EVERY_STORE(Groups);

using Lines = std::vector<std::string>;

TEST_P(Groups, are_read_as_they_were_written) {
    auto creation = world.new_group(key, "Sales");
    creation.external_id = "ext";
    creation.members = {{member(bob).ref, "Bob!"}, member(ada)};
    auto const made = get(store().create_group(key, creation));
    EXPECT_TRUE(made.changed);
    EXPECT_TRUE(made.unknown.empty());
    EXPECT_EQ(made.group.member_count, 2U);
    EXPECT_TRUE(made.group.members.empty());
    reopen();
    auto const read = get(store().find_group(key, creation.id, false));
    ASSERT_TRUE(read);
    EXPECT_EQ(read->id, creation.id);
    EXPECT_EQ(read->display_name, "Sales");
    EXPECT_EQ(read->external_id, "ext");
    EXPECT_EQ(read->member_count, 2U);
    EXPECT_FALSE(read->members_unset);
    EXPECT_EQ(read->version, 1U);
    EXPECT_EQ(read->created_at, at(1));
    EXPECT_EQ(read->last_modified, at(1));
    EXPECT_TRUE(read->members.empty());
    EXPECT_EQ(members(*read), "bob(Bob!) ada ");
}

TEST_P(Groups, are_created_without_the_members_that_do_not_exist) {
    auto creation = world.new_group(key, "Sales");
    GroupMember const nobody{{MemberKind::user, world.ids().random_uuid()}, {}};
    GroupMember const wrong_kind{{MemberKind::group, ada.id.uuid}, {}};
    creation.members = {nobody, member(ada), wrong_kind, member(ada)};
    auto const made = get(store().create_group(key, creation));
    EXPECT_EQ(made.unknown, (std::vector<MemberRef>{nobody.ref, wrong_kind.ref}));
    EXPECT_EQ(made.group.member_count, 1U);
    EXPECT_EQ(members(made.group), "ada ");
}

TEST_P(Groups, have_their_name_alone) {
    auto const sales = world.group(key, "Sales");
    auto const error = error_of(store().create_group(key, world.new_group(key, "SALES")));
    EXPECT_EQ(error.code(), ErrorCode::uniqueness);
    EXPECT_NE(error.message().find("displayName"), std::string::npos);
    EXPECT_NE(error.message().find(to_string(sales.id)), std::string::npos);
    EXPECT_EQ(get(store().list_groups(key, {})).total, 1U);
    auto const other = world.group(key, "Other");
    GroupChange rename;
    rename.display_name = "sales";
    rename.name_key = "sales";
    rename.add = {member(ada)};
    EXPECT_EQ(error_of(store().apply_group_change(key, other.id, rename)).code(),
              ErrorCode::uniqueness);
    EXPECT_EQ(get(store().find_group(key, other.id, true))->member_count, 0U);
    EXPECT_EQ(apply(sales, rename).group.display_name, "sales");
}

// R-02, switched off: names may repeat, and a filter by name finds all of them.
TEST_P(Groups, share_a_name_where_the_rules_let_them) {
    auto const first = world.group(key, "Sales");
    auto creation = world.new_group(key, "SALES");
    creation.rules.unique_name = false;
    auto const second = get(store().create_group(key, creation)).group;
    auto const third = world.group(key, "Other");
    GroupChange rename;
    rename.display_name = "Sales";
    rename.name_key = "sales";
    rename.rules.unique_name = false;
    EXPECT_EQ(apply(third, rename).group.display_name, "Sales");
    reopen();
    GroupQuery query;
    query.index = ByDisplayName{"sales"};
    auto const page = get(store().list_groups(key, query));
    ASSERT_EQ(page.total, 3U);
    EXPECT_EQ(page.groups[0].id, first.id);
    EXPECT_EQ(page.groups[1].id, second.id);
    EXPECT_EQ(page.groups[2].id, third.id);
    must(run_task(store().delete_group(key, second.id, {}, at(6))));
    EXPECT_EQ(get(store().list_groups(key, query)).total, 2U);
}

// R-02, switched on again: whoever has the name keeps it, nobody else gets it.
TEST_P(Groups, keep_a_shared_name_when_names_must_be_unique_again) {
    auto const first = world.group(key, "Sales");
    auto creation = world.new_group(key, "sales");
    creation.rules.unique_name = false;
    auto const second = get(store().create_group(key, creation)).group;
    GroupChange same;
    same.display_name = "SALES";
    same.name_key = "sales";
    same.add = {member(ada)};
    EXPECT_EQ(apply(second, same).group.display_name, "SALES");
    EXPECT_EQ(apply(first, same).group.display_name, "SALES");
    auto const other = world.group(key, "Other");
    auto const error = error_of(store().apply_group_change(key, other.id, same));
    EXPECT_EQ(error.code(), ErrorCode::uniqueness);
    EXPECT_NE(error.message().find(to_string(first.id)), std::string::npos);
    EXPECT_EQ(error_of(store().create_group(key, world.new_group(key, "Sales"))).code(),
              ErrorCode::uniqueness);
    // One that gives the name up does not get it back while others have it.
    GroupChange away;
    away.display_name = "Marketing";
    away.name_key = "marketing";
    apply(second, away);
    EXPECT_EQ(error_of(store().apply_group_change(key, second.id, same)).code(),
              ErrorCode::uniqueness);
}

// R-07, strict: nothing of a write that names an unknown member is done.
TEST_P(Groups, refuse_unknown_members_where_the_rules_say_so) {
    GroupMember const nobody{{MemberKind::user, world.ids().random_uuid()}, {}};
    auto creation = world.new_group(key, "Sales");
    creation.members = {member(ada), nobody};
    creation.rules.known_members_only = true;
    auto const refused = error_of(store().create_group(key, creation));
    EXPECT_EQ(refused.code(), ErrorCode::invalid_value);
    EXPECT_NE(refused.message().find("members"), std::string::npos);
    EXPECT_NE(refused.message().find(to_string(MemberId{Environment::test, nobody.ref.id})),
              std::string::npos);
    EXPECT_EQ(get(store().list_groups(key, {})).total, 0U);

    auto const group = world.group(key, "Sales", {member(bob)});
    for (auto change : {adding({member(ada), nobody}), replacing({nobody})}) {
        change.rules.known_members_only = true;
        change.remove = {member(bob).ref};
        change.display_name = "Renamed";
        change.name_key = "renamed";
        EXPECT_EQ(error_of(store().apply_group_change(key, group.id, change)).code(),
                  ErrorCode::invalid_value);
    }
    EXPECT_EQ(members(group), "bob ");
    EXPECT_EQ(get(store().find_group(key, group.id, false))->version, 1U);

    auto known = adding({member(ada)});
    known.remove = {nobody.ref};
    known.rules.known_members_only = true;
    apply(group, known);
    EXPECT_EQ(members(group), "bob ada ");
}

TEST_P(Groups, free_the_name_they_give_up) {
    auto const sales = world.group(key, "Sales");
    GroupChange rename;
    rename.display_name = "Marketing";
    rename.name_key = "marketing";
    EXPECT_EQ(apply(sales, rename).group.display_name, "Marketing");
    world.group(key, "Sales");
    EXPECT_EQ(names(get(store().list_group_summaries(key, {}, 10))), (Lines{"Marketing", "Sales"}));
}

// P-06: removed first, then added
TEST_P(Groups, let_a_member_leave_and_come_back_at_the_end) {
    auto const group = world.group(key, "Sales", {{member(ada).ref, "old"}, member(bob)});
    auto change = adding({{member(ada).ref, "new"}, member(eve)});
    change.remove = {member(ada).ref, member(eve).ref};
    auto const applied = apply(group, change);
    EXPECT_TRUE(applied.changed);
    EXPECT_EQ(applied.group.version, 2U);
    EXPECT_EQ(applied.group.member_count, 3U);
    EXPECT_EQ(members(group), "bob ada(new) eve ");
}

// the order is stable, and a change names only what changes.
TEST_P(Groups, gain_members_in_order_of_insertion) {
    auto const group = world.group(key, "Sales", {member(bob)});
    auto const applied = apply(group, adding({member(eve), {member(ada).ref, "Ada L."}}));
    EXPECT_TRUE(applied.changed);
    EXPECT_EQ(applied.group.version, 2U);
    EXPECT_EQ(applied.group.last_modified, at(5));
    EXPECT_EQ(applied.group.member_count, 3U);
    EXPECT_EQ(members(group), "bob eve ada(Ada L.) ");
    auto const user = get(store().find_user(key, ada.id, true));
    ASSERT_EQ(user->groups.size(), 1U);
    EXPECT_EQ(user->groups[0].group, group.id);
    EXPECT_EQ(user->groups[0].display_name, "Sales");
    EXPECT_TRUE(user->groups[0].direct);
    EXPECT_EQ(user->version, 1U);
}

TEST_P(Groups, do_not_change_when_nothing_is_new) {
    auto const group = world.group(key, "Sales", {{member(bob).ref, "Bob"}});
    auto const events = events_of([&] {
        for (auto const& change :
             {adding({{member(bob).ref, "Robert"}}), removing({member(ada).ref}), GroupChange{},
              replacing({{member(bob).ref, "Bob"}})}) {
            auto const applied = apply(group, change);
            EXPECT_FALSE(applied.changed);
            EXPECT_EQ(applied.group.version, 1U);
            EXPECT_EQ(applied.group.last_modified, at(1));
        }
        GroupChange same;
        same.display_name = "Sales";
        same.name_key = "sales";
        same.external_id = std::optional<std::string>{};
        EXPECT_FALSE(apply(group, same).changed);
    });
    EXPECT_EQ(events, Lines{});
    EXPECT_EQ(members(group), "bob(Bob) ");
}

TEST_P(Groups, lose_members) {
    auto const group = world.group(key, "Sales", {member(ada), member(bob), member(eve)});
    auto const applied = apply(group, removing({member(bob).ref, member(bob).ref}));
    EXPECT_EQ(applied.removed, 1U);
    EXPECT_EQ(applied.group.member_count, 2U);
    EXPECT_EQ(applied.group.version, 2U);
    EXPECT_EQ(members(group), "ada eve ");
    EXPECT_TRUE(get(store().find_user(key, bob.id, true))->groups.empty());
    apply(group, adding({member(bob)}));
    EXPECT_EQ(members(group), "ada eve bob ");
}

TEST_P(Groups, replace_their_members_keeping_the_place_of_those_who_stay) {
    auto const group = world.group(key, "Sales", {member(ada), {member(bob).ref, "Bob"}});
    auto const applied = apply(group, replacing({member(eve), {member(bob).ref, "Robert"}}));
    EXPECT_EQ(applied.group.member_count, 2U);
    EXPECT_EQ(members(group), "bob(Robert) eve ");
    EXPECT_TRUE(get(store().find_user(key, ada.id, true))->groups.empty());
    EXPECT_TRUE(apply(group, replacing({member(eve), member(bob)})).changed);
    EXPECT_EQ(members(group), "bob eve ");
    EXPECT_EQ(apply(group, replacing({})).group.member_count, 0U);
    EXPECT_EQ(members(group), "");
}

TEST_P(Groups, remember_that_the_members_were_unset) {
    auto const group = world.group(key, "Sales", {member(ada)});
    GroupChange unset;
    unset.unset_members = true;
    auto applied = apply(group, unset);
    EXPECT_TRUE(applied.group.members_unset);
    EXPECT_EQ(applied.group.member_count, 0U);
    EXPECT_FALSE(apply(group, unset).changed);
    EXPECT_TRUE(get(store().find_group(key, group.id, false))->members_unset);
    GroupChange rename;
    rename.display_name = "New";
    rename.name_key = "new";
    EXPECT_TRUE(apply(group, rename).group.members_unset);
    applied = apply(group, removing({member(ada).ref}));
    EXPECT_TRUE(applied.changed);
    EXPECT_FALSE(applied.group.members_unset);
    EXPECT_FALSE(get(store().find_group(key, group.id, false))->members_unset);
}

TEST_P(Groups, change_only_at_the_expected_version) {
    auto const group = world.group(key, "Sales");
    auto change = adding({member(ada)});
    change.expected_version = 2;
    EXPECT_EQ(error_of(store().apply_group_change(key, group.id, change)).code(),
              ErrorCode::precondition_failed);
    EXPECT_EQ(members(group), "");
    change.expected_version = 1;
    EXPECT_EQ(apply(group, change).group.version, 2U);
}

TEST_P(Groups, set_and_clear_their_external_id) {
    auto const group = world.group(key, "Sales");
    GroupChange change;
    change.external_id = std::optional<std::string>{"ext"};
    EXPECT_EQ(apply(group, change).group.external_id, "ext");
    EXPECT_EQ(apply(group, adding({member(ada)})).group.external_id, "ext");
    change.external_id = std::optional<std::string>{};
    EXPECT_EQ(apply(group, change).group.external_id, std::nullopt);
}

TEST_P(Groups, tell_what_happened_in_order) {
    Group group;
    EXPECT_EQ(events_of([&] { group = world.group(key, "Sales", {member(bob), member(ada)}); }),
              (Lines{"scim.scim_group.create Sales", "scim.scim_member_group.create Sales",
                     "scim.scim_member_group.create Sales"}));
    EXPECT_EQ(events_of([&] {
                  auto change = adding({member(eve), member(ada)});
                  change.remove = {member(bob).ref};
                  change.display_name = "Marketing";
                  change.name_key = "marketing";
                  apply(group, change);
              }),
              (Lines{"scim.scim_group.update Marketing", "scim.scim_member_group.delete Marketing",
                     "scim.scim_member_group.create Marketing"}));
    EXPECT_EQ(
        events_of([&] { apply(group, replacing({member(bob)})); }),
        (Lines{"scim.scim_member_group.delete Marketing", "scim.scim_member_group.delete Marketing",
               "scim.scim_member_group.create Marketing"}));
    EXPECT_EQ(events_of([&] { must(run_task(store().delete_group(key, group.id, {}, at(9)))); }),
              Lines{"scim.scim_group.delete Marketing"});
}

TEST_P(Groups, name_member_and_group_in_membership_events) {
    auto const group = world.group(key, "Sales");
    auto const before = world.last_position(tenant.organization);
    apply(group, adding({member(ada)}), 8);
    auto const events = get(store().list_events(tenant.organization, before, 10));
    ASSERT_EQ(events.size(), 1U);
    EXPECT_EQ(events[0].event.object_id, to_string(ada.id));
    EXPECT_EQ(events[0].event.related_id, to_string(group.id));
    EXPECT_EQ(events[0].event.occurred_at, at(8));
    EXPECT_EQ(events[0].event.id.environment, Environment::test);
}

TEST_P(Groups, that_are_deleted_are_gone_at_once) {
    auto const group = world.group(key, "Sales", {member(ada)});
    EXPECT_EQ(error_of(store().delete_group(key, group.id, 9, at(2))).code(),
              ErrorCode::precondition_failed);
    must(run_task(store().delete_group(key, group.id, 1, at(2))));
    EXPECT_FALSE(get(store().find_group(key, group.id, true)));
    EXPECT_TRUE(get(store().find_user(key, ada.id, true))->groups.empty());
    EXPECT_TRUE(get(store().list_group_summaries(key, {}, 10)).empty());
    EXPECT_EQ(get(store().list_groups(key, {})).total, 0U);
    EXPECT_EQ(error_of(store().delete_group(key, group.id, {}, at(2))).code(),
              ErrorCode::not_found);
    EXPECT_EQ(error_of(store().apply_group_change(key, group.id, adding({member(ada)}))).code(),
              ErrorCode::not_found);
    auto const again = world.group(key, "Sales", {member(ada)});
    EXPECT_EQ(get(store().find_user(key, ada.id, true))->groups.at(0).group, again.id);
}

TEST_P(Groups, raise_the_generation) {
    auto const scope = tenant.organization.id().uuid;
    auto last = store().generation(scope);
    auto const expect_moved = [&] {
        EXPECT_NE(store().generation(scope), last);
        last = store().generation(scope);
    };
    auto const group = world.group(key, "Sales");
    expect_moved();
    apply(group, adding({member(ada)}));
    expect_moved();
    must(run_task(store().delete_group(key, group.id, {}, at(2))));
    expect_moved();
}

}  // namespace
}  // namespace rollcall::tests

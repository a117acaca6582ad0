// Lists of groups for identity providers, and the page of summaries.
#include "store_case.hpp"

namespace rollcall::tests {
namespace {

using namespace directory;

Limits small_limits() {
    Limits limits;
    limits.scan_rows_max = 5;
    limits.response_members_max = 4;
    return limits;
}

class GroupLists : public StoreCase {
protected:
    GroupLists() : StoreCase(small_limits()) {}

    storage::ConnectionKey key = world.tenant().connection;

    std::vector<Group> create(int count) {
        std::vector<Group> groups;
        for (int i = 0; i < count; ++i) {
            auto creation = world.new_group(key, "Group" + std::to_string(i));
            creation.external_id = i % 2 == 0 ? "even" : "odd";
            groups.push_back(get(store().create_group(key, creation)).group);
        }
        return groups;
    }
    std::string list(GroupIndex index, Window window = {},
                     std::function<bool(Group const&)> rest = {}) {
        GroupQuery query;
        query.index = std::move(index);
        query.window = window;
        query.rest = std::move(rest);
        auto const page = get(store().list_groups(key, query));
        auto text = std::to_string(page.total) + ":";
        for (auto const& group : page.groups) text += " " + group.display_name.substr(5);
        return text;
    }
    std::vector<std::string> page(std::optional<Uuid> after, std::size_t limit) {
        return names(get(store().list_group_summaries(key, after, limit)));
    }
};
ON_EVERY_STORE(GroupLists);

using Lines = std::vector<std::string>;

TEST_P(GroupLists, come_in_order_of_creation_through_a_window) {
    create(6);
    EXPECT_EQ(list({}), "6: 0 1 2 3 4 5");
    EXPECT_EQ(list({}, {3, 2}), "6: 2 3");
    EXPECT_EQ(list({}, {7, 2}), "6:");
    EXPECT_EQ(list({}, {1, 0}), "6:");
}

TEST_P(GroupLists, answer_from_indexes) {
    auto const groups = create(6);
    auto const user = world.user(key, "ada");
    for (auto const i : {1U, 4U}) {
        GroupChange change;
        change.add = {member(user)};
        get(store().apply_group_change(key, groups[i].id, change));
    }
    EXPECT_EQ(list(Nothing{}), "0:");
    EXPECT_EQ(list(ById{groups[2].id.uuid}), "1: 2");
    EXPECT_EQ(list(ById{Uuid{}}), "0:");
    EXPECT_EQ(list(ByDisplayName{"group3"}), "1: 3");
    EXPECT_EQ(list(ByDisplayName{"Group3"}), "0:");
    EXPECT_EQ(list(ByExternalId{"even"}, {2, 5}), "3: 2 4");
    EXPECT_EQ(list(ByMember{member(user).ref}), "2: 1 4");
    EXPECT_EQ(list(ByMember{member(groups[0]).ref}), "0:");
    EXPECT_EQ(list(ByMember{{MemberKind::user, Uuid{}}}), "0:");
    must(run_task(store().delete_group(key, groups[1].id, {}, at(3))));
    EXPECT_EQ(list(ByMember{member(user).ref}), "1: 4");
    EXPECT_EQ(list(ByDisplayName{"group1"}), "0:");
    EXPECT_EQ(list({}), "5: 0 2 3 4 5");
}

TEST_P(GroupLists, apply_the_rest_to_what_the_index_yields) {
    create(5);
    auto const later = [](Group const& group) { return group.display_name >= "Group2"; };
    EXPECT_EQ(list({}, {}, later), "3: 2 3 4");
    EXPECT_EQ(list({}, {3, 1}, later), "3: 4");
    EXPECT_EQ(list(ByExternalId{"even"}, {}, later), "2: 2 4");
}

// F-38
TEST_P(GroupLists, ask_each_candidate_for_a_member) {
    auto const groups = create(5);
    auto const user = world.user(key, "ada");
    for (auto const i : {0U, 1U, 4U}) {
        GroupChange change;
        change.add = {member(user)};
        get(store().apply_group_change(key, groups[i].id, change));
    }
    GroupQuery query;
    query.has_member = member(user).ref;
    query.with_members = false;
    auto const found = [&](GroupIndex index) {
        query.index = std::move(index);
        std::string text;
        for (auto const& group : get(store().list_groups(key, query)).groups) {
            EXPECT_TRUE(group.members.empty());
            text += group.display_name.substr(5);
        }
        return text;
    };
    EXPECT_EQ(found(ById{groups[1].id.uuid}), "1");
    EXPECT_EQ(found(ById{groups[2].id.uuid}), "");
    EXPECT_EQ(found(ByExternalId{"even"}), "04");
    EXPECT_EQ(found(ByDisplayName{"group4"}), "4");
    EXPECT_EQ(found(ByMember{member(user).ref}), "014");
    EXPECT_EQ(found({}), "014");
    EXPECT_EQ(found(ByLastModified{Timestamp::min(), Timestamp::max()}), "014");
    query.window = {2, 1};
    EXPECT_EQ(found(ByExternalId{"even"}), "4");
    query.window = {};
    query.rest = [](Group const& group) { return group.display_name != "Group0"; };
    EXPECT_EQ(found(ByExternalId{"even"}), "4");
    query.has_member = MemberRef{MemberKind::group, groups[0].id.uuid};
    EXPECT_EQ(found({}), "");
    query.has_member = MemberRef{MemberKind::user, Uuid{}};
    EXPECT_EQ(found(ById{groups[1].id.uuid}), "");
}

TEST_P(GroupLists, show_members_to_the_rest_and_to_the_caller_as_asked) {
    auto const user = world.user(key, "ada");
    world.group(key, "with", {member(user)});
    world.group(key, "without");
    GroupQuery query;
    query.rest = [](Group const& group) { return group.members.size() == 1; };
    query.examines_members = true;
    query.with_members = false;
    auto page = get(store().list_groups(key, query));
    ASSERT_EQ(page.total, 1U);
    EXPECT_EQ(page.groups[0].display_name, "with");
    EXPECT_TRUE(page.groups[0].members.empty());
    query.examines_members = false;
    EXPECT_EQ(get(store().list_groups(key, query)).total, 0U);
    query.rest = nullptr;
    query.with_members = true;
    page = get(store().list_groups(key, query));
    EXPECT_EQ(page.groups[0].members.size(), 1U);
    EXPECT_EQ(page.groups[1].members.size(), 0U);
}

TEST_P(GroupLists, refuse_to_look_at_too_many_rows) {
    create(6);
    GroupQuery query;
    query.rest = [](Group const&) { return true; };
    auto const error = error_of(store().list_groups(key, query));
    EXPECT_EQ(error.code(), ErrorCode::too_many);
    EXPECT_NE(error.message().find("displayName"), std::string::npos);
    query.index = ByExternalId{"even"};
    EXPECT_EQ(get(store().list_groups(key, query)).total, 3U);
}

TEST_P(GroupLists, refuse_to_return_too_many_members) {
    std::vector<GroupMember> three;
    for (auto const* name : {"ada", "bob", "eve"}) three.push_back(member(world.user(key, name)));
    auto const first = world.group(key, "first", three);
    world.group(key, "second", three);
    auto const error = error_of(store().list_groups(key, {}));
    EXPECT_EQ(error.code(), ErrorCode::too_many);
    EXPECT_NE(error.message().find("members"), std::string::npos);
    GroupQuery query;
    query.window = {1, 1};
    EXPECT_EQ(get(store().list_groups(key, query)).groups.at(0).members.size(), 3U);
    query.window = {};
    query.with_members = false;
    EXPECT_EQ(get(store().list_groups(key, query)).groups.size(), 2U);
    query.rest = [](Group const&) { return true; };
    query.examines_members = true;
    EXPECT_EQ(error_of(store().list_groups(key, query)).code(), ErrorCode::too_many);
    GroupChange more;
    more.add = {member(world.user(key, "joe")), member(world.user(key, "kim"))};
    get(store().apply_group_change(key, first.id, more));
    EXPECT_EQ(error_of(store().find_group(key, first.id, true)).code(), ErrorCode::too_many);
    EXPECT_EQ(get(store().find_group(key, first.id, false))->member_count, 5U);
}

TEST_P(GroupLists, page_through_summaries) {
    auto const groups = create(5);
    EXPECT_EQ(page({}, 2), (Lines{"Group0", "Group1"}));
    EXPECT_EQ(page(groups[1].id.uuid, 2), (Lines{"Group2", "Group3"}));
    EXPECT_EQ(page(groups[3].id.uuid, 2), (Lines{"Group4"}));
    EXPECT_EQ(page(groups[4].id.uuid, 2), Lines{});
    EXPECT_EQ(page({}, 0), Lines{});
    auto const summaries = get(store().list_group_summaries(key, {}, 10));
    EXPECT_EQ(summaries[0].id, groups[0].id);
}

TEST_P(GroupLists, keep_their_place_when_the_group_of_the_cursor_is_deleted) {
    auto const groups = create(4);
    must(run_task(store().delete_group(key, groups[1].id, {}, at(2))));
    EXPECT_EQ(page(groups[1].id.uuid, 2), (Lines{"Group2", "Group3"}));
    EXPECT_EQ(page({}, 10), (Lines{"Group0", "Group2", "Group3"}));
}

}  // namespace
}  // namespace rollcall::tests

// Lists of users: order, windows, indexes, the rest of a filter, bounds.
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

class UserLists : public StoreCase {
protected:
    UserLists() : StoreCase(small_limits()) {}

    storage::ConnectionKey key = world.tenant().connection;

    void create(int count) {
        for (int i = 0; i < count; ++i) {
            auto creation = world.new_user(key, "user" + std::to_string(i));
            creation.state.external_id = i % 2 == 0 ? "even" : "odd";
            creation.state.emails.push_back({"all@example.com", i == 0 ? "home" : "work"});
            get(store().create_user(key, creation));
        }
    }
    static std::string name_of(User const& user) {
        return std::string(user.attributes.at("displayName").as_string());
    }
    std::string list(UserIndex index, Window window = {},
                     std::function<bool(User const&)> rest = {}) {
        UserQuery query;
        query.index = std::move(index);
        query.window = window;
        query.rest = std::move(rest);
        auto const page = get(store().list_users(key, query));
        auto text = std::to_string(page.total) + ":";
        for (auto const& user : page.users) text += " " + name_of(user).substr(4);
        return text;
    }
};
ON_EVERY_STORE(UserLists);

TEST_P(UserLists, come_in_order_of_creation_through_a_window) {
    create(7);
    EXPECT_EQ(list({}), "7: 0 1 2 3 4 5 6");
    EXPECT_EQ(list({}, {1, 3}), "7: 0 1 2");
    EXPECT_EQ(list({}, {4, 3}), "7: 3 4 5");
    EXPECT_EQ(list({}, {7, 3}), "7: 6");
    EXPECT_EQ(list({}, {8, 3}), "7:");
    EXPECT_EQ(list({}, {1, 0}), "7:");
    EXPECT_EQ(list({}, {1, 1000}), "7: 0 1 2 3 4 5 6");
}

TEST_P(UserLists, skip_deleted_users) {
    create(4);
    UserQuery query;
    query.index = ByUserName{"user1@example.com"};
    auto const user = get(store().list_users(key, query)).users.at(0);
    must(run_task(store().delete_user(key, user.id, {}, at(3), {})));
    EXPECT_EQ(list({}), "3: 0 2 3");
    EXPECT_EQ(list({}, {2, 1}), "3: 2");
    EXPECT_EQ(list(ByUserName{"user1@example.com"}), "0:");
    EXPECT_EQ(list(ByExternalId{"odd"}), "1: 3");
    EXPECT_EQ(list(ByEmail{"all@example.com", {}}), "3: 0 2 3");
    EXPECT_EQ(list(ById{user.id.uuid}), "0:");
}

TEST_P(UserLists, answer_from_indexes) {
    create(7);
    EXPECT_EQ(list(Nothing{}), "0:");
    EXPECT_EQ(list(ByUserName{"user3@example.com"}), "1: 3");
    EXPECT_EQ(list(ByUserName{"nobody"}), "0:");
    EXPECT_EQ(list(ByExternalId{"odd"}), "3: 1 3 5");
    EXPECT_EQ(list(ByExternalId{"even"}, {2, 2}), "4: 2 4");
    EXPECT_EQ(list(ByExternalId{"even"}, {1, 0}), "4:");
    EXPECT_EQ(list(ByEmail{"all@example.com", {}}), "7: 0 1 2 3 4 5 6");
    EXPECT_EQ(list(ByEmail{"all@example.com", "work"}, {1, 2}), "6: 1 2");
    EXPECT_EQ(list(ByEmail{"all@example.com", "home"}), "1: 0");
    EXPECT_EQ(list(ByEmail{"user2@example.com", "other"}), "0:");
}

TEST_P(UserLists, follow_changed_keys) {
    create(2);
    UserQuery query;
    query.index = ByUserName{"user1@example.com"};
    auto const user = get(store().list_users(key, query)).users.at(0);
    UserUpdate update{
        .state = state_of("user9"), .expected_version = 1, .events = {}, .now = at(2)};
    update.state.external_id = "";
    update.state.emails = {{"user9@example.com", "work"},
                           {"user9@example.com", "work"},
                           {"user9@example.com", "home"}};
    get(store().update_user(key, user.id, update));
    EXPECT_EQ(list(ByExternalId{"odd"}), "0:");
    EXPECT_EQ(list(ByExternalId{""}), "0:");
    EXPECT_EQ(list(ByEmail{"all@example.com", {}}), "1: 0");
    EXPECT_EQ(list(ByEmail{"user9@example.com", {}}), "1: 9");
    EXPECT_EQ(list(ByUserName{"user9@example.com"}), "1: 9");
}

TEST_P(UserLists, apply_the_rest_to_what_the_index_yields) {
    create(5);
    auto const later = [](User const& user) { return name_of(user) >= "user2"; };
    EXPECT_EQ(list({}, {}, later), "3: 2 3 4");
    EXPECT_EQ(list({}, {2, 1}, later), "3: 3");
    EXPECT_EQ(list(ByExternalId{"even"}, {}, later), "2: 2 4");
    EXPECT_EQ(list({}, {1, 0}, later), "3:");
}

TEST_P(UserLists, refuse_to_look_at_too_many_rows) {
    create(6);
    UserQuery query;
    query.rest = [](User const&) { return true; };
    auto error = error_of(store().list_users(key, query));
    EXPECT_EQ(error.code(), ErrorCode::too_many);
    EXPECT_NE(error.message().find("userName"), std::string::npos);
    query.index = ByEmail{"all@example.com", {}};
    EXPECT_EQ(error_of(store().list_users(key, query)).code(), ErrorCode::too_many);
    query.index = ByEmail{"all@example.com", "work"};
    EXPECT_EQ(get(store().list_users(key, query)).total, 5U);
    query.rest = nullptr;
    query.index = ByEmail{"all@example.com", {}};
    EXPECT_EQ(get(store().list_users(key, query)).total, 6U);
}

TEST_P(UserLists, show_groups_when_asked) {
    create(1);
    auto const user = get(store().list_users(key, {})).users.at(0);
    world.group(key, "group", {member(user)});
    UserQuery query;
    EXPECT_EQ(get(store().list_users(key, query)).users.at(0).groups.size(), 1U);
    query.with_groups = false;
    EXPECT_TRUE(get(store().list_users(key, query)).users.at(0).groups.empty());
    // The rest of a filter sees them if it looks at them, and only then.
    query.rest = [](User const& candidate) { return candidate.groups.empty(); };
    EXPECT_EQ(get(store().list_users(key, query)).total, 1U);
    query.examines_groups = true;
    query.rest = [](User const& candidate) { return candidate.groups.size() == 1; };
    auto const page = get(store().list_users(key, query));
    ASSERT_EQ(page.total, 1U);
    EXPECT_TRUE(page.users.at(0).groups.empty());
}

// K-11, U-20
TEST_P(UserLists, refuse_to_return_or_examine_too_many_groups) {
    create(3);
    std::vector<GroupMember> all;
    for (auto const& user : get(store().list_users(key, {})).users) all.push_back(member(user));
    world.group(key, "first", all);
    EXPECT_EQ(get(store().list_users(key, {})).users.at(2).groups.size(), 1U);
    world.group(key, "second", {all[0]});
    EXPECT_EQ(get(store().list_users(key, {})).users.size(), 3U) << "as many as may be";
    world.group(key, "third", {all[0]});
    auto error = error_of(store().list_users(key, {}));
    EXPECT_EQ(error.code(), ErrorCode::too_many);
    EXPECT_NE(error.message().find("excludedAttributes=groups"), std::string::npos);
    UserQuery query;
    query.window = {1, 2};
    EXPECT_EQ(get(store().list_users(key, query)).users.at(0).groups.size(), 3U);
    query.window = {};
    query.with_groups = false;
    query.rest = [](User const&) { return true; };
    EXPECT_EQ(get(store().list_users(key, query)).total, 3U);
    query.examines_groups = true;
    error = error_of(store().list_users(key, query));
    EXPECT_EQ(error.code(), ErrorCode::too_many);
    EXPECT_NE(error.message().find("examined"), std::string::npos);
}

// K-11, U-20
TEST_P(UserLists, refuse_to_show_one_user_with_too_many_groups) {
    create(1);
    auto const user = get(store().list_users(key, {})).users.at(0);
    auto const groups_of_member = [&] {
        auto const found = get(store().find_member(key.organization(), to_string(user.id)));
        return found->registration->user.groups.size();
    };
    for (auto const* name : {"first", "second", "third"}) world.group(key, name, {member(user)});
    auto const inner = world.group(key, "inner", {member(user)});
    EXPECT_EQ(get(store().find_user(key, user.id, true))->groups.size(), 4U) << "as many as may be";
    EXPECT_EQ(groups_of_member(), 4U);
    world.group(key, "outer", {member(inner)});
    auto const error = error_of(store().find_user(key, user.id, true));
    EXPECT_EQ(error.code(), ErrorCode::too_many);
    EXPECT_NE(error.message().find("excludedAttributes=groups"), std::string::npos);
    EXPECT_TRUE(get(store().find_user(key, user.id, false))->groups.empty());
    EXPECT_EQ(groups_of_member(), 0U);
    get(store().delete_group(key, inner.id, std::nullopt, at(9)));
    EXPECT_EQ(get(store().find_user(key, user.id, true))->groups.size(), 3U);
}

TEST_P(UserLists, fail_with_the_error_of_the_rest) {
    create(2);
    UserQuery query;
    query.rest = [](User const&) -> Result<bool> {
        return fail({ErrorCode::too_many, "the rest costs too much"});
    };
    EXPECT_EQ(error_of(store().list_users(key, query)).message(), "the rest costs too much");
}

class LongUserLists : public StoreCase {};
ON_EVERY_STORE(LongUserLists);

TEST_P(LongUserLists, show_many_groups_like_few) {
    auto const key = world.tenant().connection;
    constexpr std::size_t users = 46;
    constexpr std::size_t groups = 45;
    std::vector<GroupMember> members;
    for (std::size_t i = 0; i < users; ++i) {
        members.push_back(member(world.user(key, "user" + std::to_string(i))));
    }
    for (std::size_t i = 0; i < groups; ++i) {
        world.group(key, "group" + std::to_string(i), members);
    }
    EXPECT_EQ(get(store().list_users(key, {})).users.size(), users);
    UserQuery query;
    query.rest = [](User const& user) { return user.groups.size() == groups; };
    query.examines_groups = true;
    auto const page = get(store().list_users(key, query));
    EXPECT_EQ(page.total, users);
    EXPECT_EQ(page.users.back().groups.size(), groups);

    for (std::size_t i = 0; i < 2000; ++i) {
        world.group(key, "other" + std::to_string(i), {members.front()});
    }
    auto const first = page.users.front().id;
    EXPECT_EQ(get(store().find_user(key, first, true))->groups.size(), groups + 2000);

    MemberQuery search;
    search.holds = [](MemberFacts const&) { return true; };
    search.examined_max = 1000;
    auto const found = get(store().list_members(key.organization(), search));
    EXPECT_EQ(found.members.size(), users);
    EXPECT_EQ(found.groups, users * groups + 2000);
    EXPECT_FALSE(found.more);
}

}  // namespace
}  // namespace rollcall::tests

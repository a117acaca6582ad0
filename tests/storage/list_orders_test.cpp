// Orders of lists, pages behind a place, and the indexes that came with them.
#include "directory/order_plan.hpp"
#include "store_case.hpp"

namespace rollcall::tests {
namespace {

using namespace directory;

Limits small_limits() {
    Limits limits;
    limits.scan_rows_max = 6;
    limits.response_members_max = 20;
    return limits;
}

class ListOrders : public StoreCase {
protected:
    ListOrders() : StoreCase(small_limits()) {}

    storage::ConnectionKey key = world.tenant().connection;

    /// Users with these names, created a second apart. A title is the name's last letter, if that
    /// is not 'x'.
    std::vector<User> create(std::vector<std::string> const& user_names) {
        std::vector<User> users;
        for (auto const& name : user_names) {
            auto creation = world.new_user(key, name);
            if (name.back() != 'x') {
                creation.state.attributes["title"] = name.substr(name.size() - 1);
            }
            creation.now = at(++now);
            users.push_back(get(store().create_user(key, creation)));
        }
        return users;
    }
    std::vector<Group> create_groups(std::vector<std::string> const& group_names) {
        std::vector<Group> groups;
        for (auto const& name : group_names) {
            auto creation = world.new_group(key, name);
            creation.now = at(++now);
            groups.push_back(get(store().create_group(key, creation)).group);
        }
        return groups;
    }
    static Order<User> by(std::string_view sort_by, bool descending = false) {
        scim::Notes notes;
        return must(plan_user_order({sort_by, descending, "https://x.test"}, scim::user_type(),
                                    Limits{}, notes))
            .order;
    }
    static Order<Group> groups_by(std::string_view sort_by, bool descending = false) {
        scim::Notes notes;
        return must(plan_group_order({sort_by, descending, "https://x.test"}, scim::group_type(),
                                     Limits{}, notes))
            .order;
    }
    static std::string text(UserPage const& page) {
        auto result = std::to_string(page.total) + ":";
        for (auto const& user : page.users) {
            result += " " + std::string(user.attributes.at("displayName").as_string());
        }
        EXPECT_EQ(page.places.size(), page.users.size());
        return result + (page.more ? " ..." : "");
    }
    static std::string text(GroupPage const& page) {
        auto result = std::to_string(page.total) + ":";
        for (auto const& group : page.groups) result += " " + group.display_name;
        EXPECT_EQ(page.places.size(), page.groups.size());
        return result + (page.more ? " ..." : "");
    }
    std::string list(UserQuery const& query) { return text(get(store().list_users(key, query))); }
    std::string list(GroupQuery const& query) { return text(get(store().list_groups(key, query))); }
    std::string list(Order<User> order, Window window = {}) {
        UserQuery query;
        query.order = std::move(order);
        query.window = std::move(window);
        return list(query);
    }
    std::string list(Order<Group> order, Window window = {}) {
        GroupQuery query;
        query.order = std::move(order);
        query.window = std::move(window);
        return list(query);
    }
    /// All pages of `count`, each from where the one before ended.
    template <class Query>
    std::string walk(Query query, std::size_t count) {
        std::string result;
        query.window = {1, count, std::nullopt};
        for (int pages = 0; pages < 20; ++pages) {
            auto const page = get(list_page(query));
            auto const part = text(page);
            result += (result.empty() ? "" : " |") + part.substr(part.find(':') + 1);
            if (!page.more) return result;
            query.window.after = page.places.back();
        }
        return result + " endless";
    }
    template <class Resource>
    std::string walk_by(Order<Resource> order, std::size_t count) {
        std::conditional_t<std::is_same_v<Resource, User>, UserQuery, GroupQuery> query;
        query.order = std::move(order);
        return walk(query, count);
    }
    void touch(User const& user, int seconds) {
        UserUpdate update{
            .state = state_of(std::string(user.attributes.at("displayName").as_string())),
            .expected_version = user.version,
            .events = {},
            .now = at(seconds)};
        get(store().update_user(key, user.id, update));
    }

    int now = 1;

private:
    Task<Result<UserPage>> list_page(UserQuery const& query) {
        return store().list_users(key, query);
    }
    Task<Result<GroupPage>> list_page(GroupQuery const& query) {
        return store().list_groups(key, query);
    }
};
ON_EVERY_STORE(ListOrders);

// O-04, O-05, O-06
TEST_P(ListOrders, of_users_follow_any_attribute) {
    create({"cb", "Ba", "ax", "dA", "Ec"});
    EXPECT_EQ(list(by("userName")), "5: ax Ba cb dA Ec");
    EXPECT_EQ(list(by("userName", true)), "5: Ec dA cb Ba ax");
    EXPECT_EQ(list(by("title")), "5: Ba dA cb Ec ax");
    EXPECT_EQ(list(by("title", true)), "5: ax Ec cb Ba dA");
    EXPECT_EQ(list(by("meta.created")), "5: cb Ba ax dA Ec");
    EXPECT_EQ(list(by("meta.created", true)), "5: Ec dA ax Ba cb");
    EXPECT_EQ(list(by("id")), list(by("meta.created"))) << "these ids are ordered by creation";
    EXPECT_EQ(list(by("id", true)), "5: Ec dA ax Ba cb");
    EXPECT_EQ(list(by("shoeSize", true)), "5: cb Ba ax dA Ec");
}

TEST_P(ListOrders, of_users_follow_the_last_change) {
    auto const users = create({"a", "b", "c"});
    touch(users[0], 50);
    EXPECT_EQ(list(by("meta.lastModified")), "3: b c a");
    EXPECT_EQ(list(by("meta.lastModified", true)), "3: a c b");
    touch(get(store().find_user(key, users[2].id, false)).value(), 50);
    EXPECT_EQ(list(by("meta.lastModified")), "3: b a c");
    EXPECT_EQ(list(by("meta.lastModified", true)), "3: a c b") << "equal ones by creation";
}

TEST_P(ListOrders, of_groups_follow_any_attribute) {
    auto const groups = create_groups({"cb", "Ba", "ad"});
    EXPECT_EQ(list(groups_by("displayName")), "3: ad Ba cb");
    EXPECT_EQ(list(groups_by("displayName", true)), "3: cb Ba ad");
    EXPECT_EQ(list(groups_by("id", true)), "3: ad Ba cb");
    EXPECT_EQ(list(groups_by("meta.created", true)), "3: ad Ba cb");
    GroupChange change;
    change.external_id = std::optional<std::string>("x");
    change.now = at(50);
    get(store().apply_group_change(key, groups[1].id, change));
    EXPECT_EQ(list(groups_by("meta.lastModified")), "3: cb ad Ba");
    EXPECT_EQ(list(groups_by("externalId")), "3: Ba cb ad");
    EXPECT_EQ(list(groups_by("externalId", true)), "3: cb ad Ba");
}

// F-45
TEST_P(ListOrders, compose_with_filter_and_window) {
    create({"cb", "Ba", "ax", "dA", "Ec"});
    EXPECT_EQ(list(by("userName"), {2, 2}), "5: Ba cb ...");
    EXPECT_EQ(list(by("userName", true), {4, 9}), "5: Ba ax");
    EXPECT_EQ(list(by("title"), {5, 1}), "5: ax");
    EXPECT_EQ(list(by("title"), {6, 1}), "5:");
    EXPECT_EQ(list(by("meta.created"), {9, 1}), "5:");
    EXPECT_EQ(list(by("title"), {1, 0}), "5: ...");
    UserQuery query;
    query.order = by("userName");
    query.rest = [](User const& user) { return user.attributes.contains("title"); };
    query.window = {2, 2};
    EXPECT_EQ(list(query), "4: cb dA ...");
    query.rest = nullptr;
    query.index = ByEmail{"ec@example.com", {}};
    query.window = {};
    EXPECT_EQ(list(query), "1: Ec");
}

TEST_P(ListOrders, are_walked_from_place_to_place) {
    create({"cb", "Ba", "ax", "dA", "Ec"});
    EXPECT_EQ(walk_by(Order<User>{}, 2), " cb Ba ... | ax dA ... | Ec");
    EXPECT_EQ(walk_by(by("userName"), 2), " ax Ba ... | cb dA ... | Ec");
    EXPECT_EQ(walk_by(by("userName", true), 4), " Ec dA cb Ba ... | ax");
    EXPECT_EQ(walk_by(by("title"), 1), " Ba ... | dA ... | cb ... | Ec ... | ax");
    EXPECT_EQ(walk_by(by("title", true), 2), " ax Ec ... | cb Ba ... | dA");
    EXPECT_EQ(walk_by(by("id", true), 3), " Ec dA ax ... | Ba cb");
    EXPECT_EQ(walk_by(by("meta.created", true), 3), " Ec dA ax ... | Ba cb");
    EXPECT_EQ(walk_by(by("meta.created"), 5), " cb Ba ax dA Ec");
    create_groups({"cb", "Ba", "ad"});
    EXPECT_EQ(walk_by(groups_by("displayName"), 2), " ad Ba ... | cb");
    EXPECT_EQ(walk_by(groups_by("meta.lastModified", true), 1), " ad ... | Ba ... | cb");
    EXPECT_EQ(walk_by(groups_by("members.value"), 2), " cb Ba ... | ad");
}

TEST_P(ListOrders, are_walked_within_an_index) {
    for (auto const* name : {"cb", "Ba", "ax", "dA"}) {
        auto creation = world.new_user(key, name);
        creation.state.external_id = "same";
        get(store().create_user(key, creation));
    }
    create({"other"});
    UserQuery query;
    query.index = ByExternalId{"same"};
    EXPECT_EQ(walk(query, 3), " cb Ba ax ... | dA");
    EXPECT_EQ(walk(query, 4), " cb Ba ax dA");
    query.order = by("userName");
    EXPECT_EQ(walk(query, 3), " ax Ba cb ... | dA");
}

TEST_P(ListOrders, of_equal_instants_are_by_creation_in_both_directions) {
    for (auto const* name : {"c", "a", "b"}) world.user(key, name);
    EXPECT_EQ(walk_by(by("meta.created"), 2), " c a ... | b");
    EXPECT_EQ(walk_by(by("meta.created", true), 2), " c a ... | b");
    EXPECT_EQ(walk_by(by("meta.lastModified", true), 1), " c ... | a ... | b");
}

// Y-15
TEST_P(ListOrders, keep_their_place_when_the_resource_there_is_deleted) {
    auto const users = create({"cb", "Ba", "ax", "dA", "Ec"});
    for (auto const* sort_by : {"", "userName", "title", "id", "meta.created"}) {
        UserQuery query;
        query.order = by(sort_by);
        query.window.count = 2;
        auto const page = get(store().list_users(key, query));
        query.window.after = page.places.back();
        auto const before = list(query);
        auto const gone = page.users.back();
        must(run_task(store().delete_user(key, gone.id, {}, at(60), {})));
        auto const after = list(query);
        EXPECT_EQ(after.substr(after.find(':')), before.substr(before.find(':'))) << sort_by;
        create({std::string(gone.attributes.at("displayName").as_string())});
    }
}

// O-01; docs/limits.md
TEST_P(ListOrders, without_an_index_are_bounded) {
    create({"a", "b", "c", "d", "e", "f"});
    EXPECT_EQ(list(by("title")).substr(0, 2), "6:");
    create({"g"});
    UserQuery query;
    query.order = by("title");
    auto const error = error_of(store().list_users(key, query));
    EXPECT_EQ(error.code(), ErrorCode::too_many);
    EXPECT_NE(error.message().find("sortBy"), std::string::npos);
    EXPECT_NE(error.message().find("userName"), std::string::npos);
    for (auto const* sort_by : {"userName", "id", "meta.created", "meta.lastModified"}) {
        EXPECT_EQ(list(by(sort_by)), "7: a b c d e f g") << sort_by;
    }
    query.index = ByUserName{"a@example.com"};
    EXPECT_EQ(list(query), "1: a");
    create_groups({"a", "b", "c", "d", "e", "f", "g"});
    GroupQuery groups;
    groups.order = groups_by("externalId");
    EXPECT_EQ(error_of(store().list_groups(key, groups)).code(), ErrorCode::too_many);
    EXPECT_EQ(list(groups_by("displayName")), "7: a b c d e f g");
}

TEST_P(ListOrders, look_at_members_within_the_bound) {
    auto const users = create({"a", "b"});
    world.group(key, "second", {member(users[1])});
    world.group(key, "first", {member(users[0]), member(users[1])});
    GroupQuery query;
    query.order = groups_by("members");
    query.examines_members = true;
    query.with_members = false;
    EXPECT_EQ(list(query), "2: first second");
}

// F-44
TEST_P(ListOrders, users_are_found_by_display_name) {
    auto const users = create({"Ann", "bob"});
    UserQuery query;
    query.index = ByDisplayName{"ann"};
    EXPECT_EQ(list(query), "1: Ann");
    UserUpdate update{.state = state_of("carl"), .expected_version = 1, .events = {}, .now = at(9)};
    get(store().update_user(key, users[0].id, update));
    EXPECT_EQ(list(query), "0:");
    query.index = ByDisplayName{"carl"};
    EXPECT_EQ(list(query), "1: carl");
    must(run_task(store().delete_user(key, users[0].id, {}, at(10), {})));
    EXPECT_EQ(list(query), "0:");
    reopen();
    query.index = ByDisplayName{"bob"};
    EXPECT_EQ(list(query), "1: bob");
}

TEST_P(ListOrders, what_changed_is_found_by_its_instant) {
    auto const users = create({"a", "b", "c"});  // at 2, 3, 4
    touch(users[0], 50);
    UserQuery query;
    query.index = ByLastModified{at(3), at(4)};
    EXPECT_EQ(list(query), "1: b");
    query.index = ByLastModified{at(4), Timestamp::max()};
    EXPECT_EQ(list(query), "2: a c") << "in order of creation";
    EXPECT_EQ(walk(query, 1), " a ... | c");
    query.window = {2, 5};
    EXPECT_EQ(list(query), "2: c");
    query.window = {};
    query.order = by("meta.lastModified");
    EXPECT_EQ(list(query), "2: c a");
    EXPECT_EQ(walk(query, 1), " c ... | a");
    query.order = by("meta.lastModified", true);
    EXPECT_EQ(walk(query, 1), " a ... | c");
    query.index = ByLastModified{Timestamp::min(), at(4)};
    EXPECT_EQ(list(query), "1: b");
    query.order = by("userName", true);
    query.index = ByLastModified{Timestamp::min(), Timestamp::max()};
    EXPECT_EQ(list(query), "3: c b a");

    create_groups({"x", "y"});  // at 5, 6
    GroupQuery groups;
    groups.index = ByLastModified{at(6), Timestamp::max()};
    EXPECT_EQ(list(groups), "1: y");
    groups.index = ByLastModified{Timestamp::min(), at(7)};
    groups.order = groups_by("meta.lastModified", true);
    EXPECT_EQ(walk(groups, 1), " y ... | x");
}

TEST_P(ListOrders, what_changed_is_not_counted_again) {
    create({"a", "b", "c"});
    UserQuery query;
    query.window.total = 99;
    EXPECT_EQ(list(query), "3: a b c");
    query.index = ByLastModified{at(0), Timestamp::max()};
    EXPECT_EQ(list(query), "3: a b c");
    query.order = order_of_change<User>();
    EXPECT_EQ(list(query), "99: a b c");
    query.window.total.reset();
    EXPECT_EQ(list(query), "3: a b c");
    create_groups({"x"});
    GroupQuery groups;
    groups.window.total = 99;
    groups.index = ByLastModified{at(0), Timestamp::max()};
    groups.order = order_of_change<Group>();
    EXPECT_EQ(list(groups), "99: x");
}

TEST_P(ListOrders, more_changes_than_may_be_examined_are_still_listed) {
    create({"a", "b", "c", "d", "e", "f", "g", "h"});
    UserQuery query;
    query.index = ByLastModified{at(2), Timestamp::max()};
    EXPECT_EQ(list(query), "8: a b c d e f g h");
    query.rest = [](User const& user) { return user.attributes.at("title") == "b"; };
    EXPECT_EQ(error_of(store().list_users(key, query)).code(), ErrorCode::too_many);
    query.index = ByLastModified{at(2), at(5)};
    EXPECT_EQ(list(query), "1: b");
}

// F-39, R-04
TEST_P(ListOrders, users_are_found_by_their_group) {
    auto const users = create({"a", "b", "c", "d"});
    auto const inner = world.group(key, "inner", {member(users[2]), member(users[0])});
    auto const outer =
        world.group(key, "outer", {member(users[3]), member(inner), member(users[0])});
    UserQuery query;
    query.index = ByGroup{inner.id.uuid};
    EXPECT_EQ(list(query), "2: a c");
    query.index = ByGroup{outer.id.uuid};
    EXPECT_EQ(list(query), "3: a c d") << "indirect ones too, each once, by creation";
    EXPECT_EQ(walk(query, 2), " a c ... | d");
    query.order = by("userName", true);
    EXPECT_EQ(list(query), "3: d c a");
    query.order = {};
    query.index = ByGroup{Uuid{}};
    EXPECT_EQ(list(query), "0:");
    GroupChange circle;
    circle.add = {member(outer)};
    get(store().apply_group_change(key, inner.id, circle));
    query.index = ByGroup{inner.id.uuid};
    EXPECT_EQ(list(query), "3: a c d");
    must(run_task(store().delete_group(key, outer.id, {}, at(70))));
    EXPECT_EQ(list(query), "2: a c");
    query.index = ByGroup{outer.id.uuid};
    EXPECT_EQ(list(query), "0:");
    auto const other = world.tenant().connection;
    query.index = ByGroup{inner.id.uuid};
    EXPECT_EQ(get(store().list_users(other, query)).total, 0U);
}

TEST_P(ListOrders, a_group_with_too_many_members_is_not_searched) {
    std::vector<GroupMember> many;
    for (int i = 0; i < 21; ++i) many.push_back(member(world.user(key, "u" + std::to_string(i))));
    auto const group = world.group(key, "many", many);
    UserQuery query;
    query.index = ByGroup{group.id.uuid};
    auto const error = error_of(store().list_users(key, query));
    EXPECT_EQ(error.code(), ErrorCode::too_many);
    EXPECT_NE(error.message().find("group"), std::string::npos);
}

}  // namespace
}  // namespace rollcall::tests

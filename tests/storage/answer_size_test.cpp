// Answers are bounded by bytes as well: at the bound they come, one byte beyond they do not.
#include "directory/order_plan.hpp"
#include "store_case.hpp"

#include <boost/json/serialize.hpp>

namespace rollcall::tests {
namespace {

using namespace directory;
using boost::json::object;

constexpr std::size_t bytes_max = 1000;

Limits small_answers() {
    Limits limits;
    limits.response_bytes_max = bytes_max;
    return limits;
}

/// An object with a text under `key` that has so many bytes as JSON.
object object_of(std::string_view key, std::size_t bytes) {
    object made{{key, ""}};
    made[key] = std::string(bytes - boost::json::serialize(made).size(), 'x');
    return made;
}

class AnswerSizes : public StoreCase {
protected:
    AnswerSizes() : StoreCase(small_answers()) {}

    storage::ConnectionKey key = world.tenant().connection;

    User user_of(std::size_t bytes) {
        auto creation = world.new_user(key, "user" + std::to_string(made_++));
        creation.state.attributes = object_of("title", bytes);
        return get(store().create_user(key, creation));
    }
    Group group_of(std::size_t name_bytes, std::vector<GroupMember> members = {}) {
        auto creation = world.new_group(key, std::to_string(made_++));
        creation.display_name.resize(name_bytes, 'x');
        creation.members = std::move(members);
        return get(store().create_group(key, creation)).group;
    }
    static GroupMember shown_as(User const& user, std::size_t display_bytes) {
        auto shown = member(user);
        shown.display = std::string(display_bytes, 'x');
        return shown;
    }
    static void expect_too_many(Error const& error, std::string_view words) {
        EXPECT_EQ(error.code(), ErrorCode::too_many);
        EXPECT_NE(error.message().find(words), std::string::npos) << error.message();
    }

private:
    int made_ = 0;
};
ON_EVERY_STORE(AnswerSizes);

// K-11
TEST_P(AnswerSizes, bound_the_users_of_a_page) {
    for (auto const bytes : {400U, 400U, 200U}) user_of(bytes);
    EXPECT_EQ(get(store().list_users(key, {})).users.size(), 3U) << "as many as may be";
    user_of(401);
    UserQuery query;
    query.window = {2, 3};
    expect_too_many(error_of(store().list_users(key, query)), "bytes of users; ask for fewer");
    query.window = {2, 2};
    EXPECT_EQ(get(store().list_users(key, query)).users.size(), 2U);
    // Users that are only looked at are not held.
    query.rest = [](User const&) { return true; };
    query.window = {1, 1};
    EXPECT_EQ(get(store().list_users(key, query)).total, 4U);
}

TEST_P(AnswerSizes, always_have_room_for_one_user) {
    auto const large = user_of(bytes_max + 1);
    user_of(20);
    EXPECT_TRUE(get(store().find_user(key, large.id, true)));
    UserQuery query;
    query.window = {1, 1};
    EXPECT_EQ(get(store().list_users(key, query)).users.size(), 1U);
    query.window = {1, 2};
    expect_too_many(error_of(store().list_users(key, query)), "bytes of users");
}

// K-11
TEST_P(AnswerSizes, count_the_names_of_groups_on_users) {
    auto const user = user_of(400);
    auto const groups_of_member = [&] {
        auto const found = get(store().find_member(key.organization(), to_string(user.id)));
        return found->registration->user.groups.size();
    };
    group_of(300, {member(user)});
    auto const inner = group_of(200, {member(user)});
    group_of(100, {member(inner)});
    EXPECT_EQ(get(store().find_user(key, user.id, true))->groups.size(), 3U) << "as many as may be";
    EXPECT_EQ(get(store().list_users(key, {})).users.at(0).groups.size(), 3U);
    EXPECT_EQ(groups_of_member(), 3U);

    group_of(1, {member(user)});
    auto const words = "excludedAttributes=groups";
    expect_too_many(error_of(store().find_user(key, user.id, true)), words);
    expect_too_many(error_of(store().list_users(key, {})), words);
    EXPECT_EQ(groups_of_member(), 0U);
    EXPECT_TRUE(get(store().find_user(key, user.id, false)));
    UserQuery query;
    query.with_groups = false;
    query.rest = [](User const&) { return true; };
    EXPECT_EQ(get(store().list_users(key, query)).total, 1U);
    query.examines_groups = true;
    expect_too_many(error_of(store().list_users(key, query)), "examined");
}

// K-11
TEST_P(AnswerSizes, bound_the_groups_of_a_page) {
    auto creation = world.new_group(key, "first");
    creation.external_id = std::string(100, 'e');
    creation.extensions["urn:x"] = object_of("text", 100);
    auto const itself = boost::json::serialize(creation.extensions).size() + 100;
    creation.display_name = std::string(500 - itself, 'n');
    get(store().create_group(key, creation));
    group_of(500);
    EXPECT_EQ(get(store().list_groups(key, {})).groups.size(), 2U) << "as many as may be";
    group_of(501);
    GroupQuery query;
    query.window = {1, 2};
    EXPECT_EQ(get(store().list_groups(key, query)).groups.size(), 2U);
    query.window = {2, 2};
    expect_too_many(error_of(store().list_groups(key, query)), "bytes of groups; ask for fewer");
    query.rest = [](Group const&) { return true; };
    query.window = {1, 1};
    EXPECT_EQ(get(store().list_groups(key, query)).total, 3U) << "what is only looked at";
}

// K-11
TEST_P(AnswerSizes, count_the_displays_of_members) {
    auto const ada = user_of(20);
    auto const bob = user_of(20);
    auto const fits = group_of(100, {shown_as(ada, 450), shown_as(bob, 450)});
    EXPECT_EQ(get(store().find_group(key, fits.id, true))->members.size(), 2U);
    EXPECT_EQ(get(store().list_groups(key, {})).groups.at(0).members.size(), 2U);

    auto const large = group_of(100, {shown_as(ada, 450), shown_as(bob, 451)});
    auto const words = "excludedAttributes=members";
    expect_too_many(error_of(store().find_group(key, large.id, true)), words);
    EXPECT_TRUE(get(store().find_group(key, large.id, false)));
    GroupQuery query;
    query.window = {2, 1};
    expect_too_many(error_of(store().list_groups(key, query)), words);
    query.with_members = false;
    EXPECT_EQ(get(store().list_groups(key, query)).groups.size(), 1U);
    query.rest = [](Group const&) { return true; };
    EXPECT_EQ(get(store().list_groups(key, query)).total, 2U);
    query.examines_members = true;
    expect_too_many(error_of(store().list_groups(key, query)), words);
}

// K-11
TEST_P(AnswerSizes, bound_the_texts_to_sort_by) {
    scim::Notes notes;
    UserQuery query;
    query.order =
        must(plan_user_order({"title", false, "https://x.test"}, scim::user_type(), {}, notes))
            .order;
    query.window = {1, 1};
    auto const key_bytes = 500 - (boost::json::serialize(object{{"title", ""}}).size());
    user_of(500);
    user_of(500);
    EXPECT_EQ(get(store().list_users(key, query)).total, 2U);
    user_of(500 - key_bytes + (bytes_max - 2 * key_bytes));
    EXPECT_EQ(get(store().list_users(key, query)).total, 3U) << "as many as may be";
    user_of(500 - key_bytes + 1);
    expect_too_many(error_of(store().list_users(key, query)), "sortBy");
}

// K-11
TEST_P(AnswerSizes, bound_a_page_in_order_of_long_names) {
    scim::Notes notes;
    GroupQuery query;
    query.order = must(plan_group_order({"displayName", false, "https://x.test"},
                                        scim::group_type(), {}, notes))
                      .order;
    group_of(500);
    group_of(500);
    query.window = {1, 2};
    EXPECT_EQ(get(store().list_groups(key, query)).groups.size(), 2U) << "as many as may be";
    group_of(501);
    query.window = {1, 3};
    EXPECT_EQ(error_of(store().list_groups(key, query)).code(), ErrorCode::too_many);
}

// What a provider pushed of members ends a page of the management API; it never fails.
// K-11
TEST_P(AnswerSizes, end_a_page_of_members) {
    auto const first = user_of(300);
    user_of(400);
    user_of(5000);
    group_of(100, {member(first)});
    MemberQuery query;
    query.examined_max = 1000;
    query.holds = [](MemberFacts const&) { return true; };
    auto const list = [&] { return get(store().list_members(key.organization(), query)); };
    auto const whole = list();
    ASSERT_EQ(whole.members.size(), 3U);
    EXPECT_EQ(whole.bytes, 5800U);
    EXPECT_FALSE(whole.more);

    query.bytes_max = 401;  // the second member exceeds it
    auto page = list();
    EXPECT_EQ(page.members.size(), 2U);
    EXPECT_EQ(page.bytes, 800U);
    EXPECT_TRUE(page.more);
    EXPECT_EQ(page.resume_after, page.members[1].member.id.uuid);
    query.bytes_max = 400;  // the first one has them all
    page = list();
    EXPECT_EQ(page.members.size(), 1U);
    query.after = page.resume_after;
    page = list();
    EXPECT_EQ(page.members.size(), 1U);
    query.after = page.resume_after;
    page = list();
    EXPECT_EQ(page.bytes, 5000U);
    EXPECT_FALSE(page.more);
}

/// With the bounds that apply outside of tests, of which those of io threads are lower.
class LargeAnswers : public StoreCase {};
ON_EVERY_STORE(LargeAnswers);

TEST_P(LargeAnswers, come_like_small_ones) {
    auto const key = world.tenant().connection;
    constexpr std::size_t users = 5;
    constexpr std::size_t bytes = 400'000;
    std::vector<GroupMember> members;
    for (std::size_t i = 0; i < users; ++i) {
        auto creation = world.new_user(key, "user" + std::to_string(i));
        creation.state.attributes = object_of("title", bytes);
        members.push_back(member(get(store().create_user(key, creation))));
        members.back().display = std::string(bytes, 'x');
    }
    auto const group = world.group(key, "group", members);
    EXPECT_EQ(get(store().list_users(key, {})).users.size(), users);
    EXPECT_EQ(get(store().find_group(key, group.id, true))->members.size(), users);
    EXPECT_EQ(get(store().list_groups(key, {})).groups.at(0).members.size(), users);
    MemberQuery query;
    query.examined_max = 1000;
    query.holds = [](MemberFacts const&) { return true; };
    auto const page = get(store().list_members(key.organization(), query));
    EXPECT_EQ(page.members.size(), users);
    EXPECT_FALSE(page.more);
}

}  // namespace
}  // namespace rollcall::tests

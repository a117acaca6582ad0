// Which order a sortBy becomes: `index key`, with the key of one resource.
#include "directory/order_plan.hpp"

#include <boost/json/parse.hpp>
#include <gtest/gtest.h>

#include <array>
#include <string>

namespace rollcall::directory {
namespace {

constexpr std::array<std::string_view, 6> index_names{"creation", "name",          "id",
                                                      "created",  "last_modified", "computed"};

template <class Resource>
std::string print(Order<Resource> const& order, Resource const& resource) {
    std::string text(index_names.at(static_cast<std::size_t>(order.index)));
    if (order.descending) text += " descending";
    if (!order.key) return text;
    auto const key = order.key(resource);
    if (auto const* name = std::get_if<std::string>(&key)) return text + " '" + *name + "'";
    if (auto const* at = std::get_if<std::int64_t>(&key)) return text + " " + std::to_string(*at);
    return text + " none";
}

std::string users(std::string_view sort_by, bool descending = false) {
    User user;
    user.attributes = boost::json::parse(
                          R"({"userName":"\uff21nn","title":"Chemist","emails":[{"value":"A@x"}]})")
                          .as_object();
    user.id.uuid.bytes.fill('i');
    user.created_at = Timestamp(std::chrono::microseconds(1234));
    user.last_modified = Timestamp(std::chrono::microseconds(5678));
    scim::Notes notes;
    auto const plan = plan_user_order({sort_by, descending, "https://x.test"}, scim::user_type(),
                                      Limits{}, notes);
    if (!plan) return std::string(to_string(plan.error().code()));
    return print(plan->order, user) + (plan->needs_groups ? " +groups" : "") +
           (notes.empty() ? "" : " noted");
}

std::string groups(std::string_view sort_by) {
    Group group;
    group.display_name = "Sales";
    group.external_id = "E1";
    group.members.push_back({{MemberKind::user, Uuid{}}, "First"});
    scim::Notes notes;
    auto const plan =
        plan_group_order({sort_by, false, "https://x.test"}, scim::group_type(), Limits{}, notes);
    if (!plan) return std::string(to_string(plan.error().code()));
    return print(plan->order, group) + (plan->needs_members ? " +members" : "");
}

TEST(UserOrder, UsesTheIndexesThereAre) {
    EXPECT_EQ(users("userName"), "name 'ann'") << "whatever its case and width";
    EXPECT_EQ(users("ID", true), "id descending 'iiiiiiiiiiiiiiii'");
    EXPECT_EQ(users("meta.created"), "created 1234");
    EXPECT_EQ(users("meta.lastModified"), "last_modified 5678");
}

TEST(UserOrder, ComputesTheRestFromTheRepresentation) {
    EXPECT_EQ(users("title", true), "computed descending 'chemist'");
    EXPECT_EQ(users("emails"), "computed 'a@x'");
    EXPECT_EQ(users("displayName"), "computed none");
    EXPECT_EQ(users("groups.display"), "computed none +groups");
    EXPECT_EQ(users("meta.resourceType"), "computed 'User'");
}

// O-07, O-08
TEST(UserOrder, IsThatOfCreationWhenNothingElseDecides) {
    EXPECT_EQ(users(""), "creation");
    EXPECT_EQ(users("shoeSize", true), "creation noted");
    EXPECT_EQ(users("password"), "creation noted");
    EXPECT_EQ(users("name"), "invalid_path");
}

TEST(GroupOrder, HasTheDisplayNameAsItsName) {
    EXPECT_EQ(groups("displayName"), "name 'sales'");
    EXPECT_EQ(groups("externalId"), "computed 'E1'");
    EXPECT_EQ(groups("members.display"), "computed 'first' +members");
    EXPECT_EQ(groups("userName"), "creation");
    EXPECT_EQ(groups("meta"), "invalid_path");
}

// O-04, O-06
TEST(Places, AreOrderedByKeyThenByCreation) {
    auto const place = [](char const* key, std::int64_t row) {
        return Place{key == nullptr ? scim::SortKey{} : scim::SortKey{std::string(key)}, row};
    };
    EXPECT_TRUE(precedes(place("a", 9), place("b", 1), false));
    EXPECT_TRUE(precedes(place("b", 1), place("a", 9), true));
    EXPECT_TRUE(precedes(place("a", 1), place("a", 2), false));
    EXPECT_TRUE(precedes(place("a", 1), place("a", 2), true));
    EXPECT_TRUE(precedes(place("a", 9), place(nullptr, 1), false));
    EXPECT_TRUE(precedes(place(nullptr, 9), place("a", 1), true));
    EXPECT_FALSE(precedes(place("a", 1), place("a", 1), false));
    EXPECT_FALSE(precedes(place("a", 1), place("a", 1), true));
}

}  // namespace
}  // namespace rollcall::directory

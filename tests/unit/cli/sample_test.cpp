// The made-up company: same seed same company, unique keys, sensible shapes.
#include "cli/sample.hpp"

#include "base/text.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <set>

namespace rollcall::cli {
namespace {

TEST(Sample, SameSeedSameCompany) {
    auto const a = make_sample(200, 20, 7);
    auto const b = make_sample(200, 20, 7);
    auto const c = make_sample(200, 20, 8);
    ASSERT_EQ(a.people.size(), b.people.size());
    for (std::size_t i = 0; i < a.people.size(); ++i) {
        EXPECT_EQ(a.people[i].user_name, b.people[i].user_name);
        EXPECT_EQ(a.people[i].external_id, b.people[i].external_id);
        EXPECT_NE(a.people[i].external_id, c.people[i].external_id);
    }
    for (std::size_t i = 0; i < a.groups.size(); ++i) {
        EXPECT_EQ(a.groups[i].members, b.groups[i].members);
    }
}

TEST(Sample, SequenceIsFixed) {
    // A change here would make old seeds mean other companies.
    auto const sample = make_sample(2, 1, 1);
    EXPECT_EQ(sample.people[0].user_name, "renee.haddad.1@acme-1.example");
    EXPECT_EQ(sample.people[1].user_name, "wanjiru.mueller.2@acme-1.example");
}

TEST(Sample, KeysAreUniqueWithoutCase) {
    auto const sample = make_sample(3000, 500, 1);
    std::set<std::string> user_names;
    std::set<std::string> external_ids;
    std::set<std::string> group_names;
    for (auto const& person : sample.people) {
        user_names.insert(fold(person.user_name));
        external_ids.insert(person.external_id);
    }
    for (auto const& group : sample.groups) {
        group_names.insert(fold(group.display_name));
        external_ids.insert(group.external_id);
    }
    EXPECT_EQ(user_names.size(), 3000U);
    EXPECT_EQ(group_names.size(), 500U);
    EXPECT_EQ(external_ids.size(), 3500U);
}

TEST(Sample, MembersAreDistinctPeopleInOrder) {
    auto const sample = make_sample(100, 30, 3);
    for (auto const& group : sample.groups) {
        EXPECT_EQ(std::ranges::adjacent_find(group.members, std::greater_equal{}),
                  group.members.end());
        for (auto const member : group.members) EXPECT_LT(member, 100U);
    }
    EXPECT_TRUE(sample.groups.back().members.empty());
    EXPECT_FALSE(sample.groups.front().members.empty());
}

TEST(Sample, SmallestCompanies) {
    EXPECT_EQ(make_sample(0, 0, 1).membership_count(), 0U);
    EXPECT_EQ(make_sample(0, 3, 1).membership_count(), 0U);
    EXPECT_EQ(make_sample(1, 1, 1).membership_count(), 1U);
}

}  // namespace
}  // namespace rollcall::cli

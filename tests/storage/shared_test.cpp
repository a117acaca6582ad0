// What the stores share: generations and the closure over containing groups.
#include "storage/generations.hpp"
#include "storage/nested_groups.hpp"

#include <gtest/gtest.h>

#include <map>

namespace rollcall::storage {
namespace {

using Keys = std::vector<std::int64_t>;

TEST(Generations, move_for_one_scope_or_for_all) {
    Generations generations;
    Uuid one{};
    one.bytes[8] = 1;
    Uuid two{};
    two.bytes[8] = 2;
    generations.raise(one);
    EXPECT_EQ(generations.get(one), 1U);
    EXPECT_EQ(generations.get(two), 0U);
    generations.raise_all();
    EXPECT_EQ(generations.get(one), 2U);
    EXPECT_EQ(generations.get(two), 1U);
}

TEST(IndirectGroups, follow_containers_to_any_depth_and_end_on_cycles) {
    std::map<std::int64_t, Keys> const parents{{1, {2, 5}}, {2, {3}}, {3, {1, 4}}, {5, {}}};
    auto const parents_of = [&](std::int64_t key) {
        auto const found = parents.find(key);
        return found == parents.end() ? Keys{} : found->second;
    };
    EXPECT_EQ(indirect_groups({1}, 9, parents_of), (Keys{2, 3, 4, 5}));
    EXPECT_EQ(indirect_groups({1, 2, 3}, 9, parents_of), (Keys{4, 5}));
    EXPECT_EQ(indirect_groups({4}, 9, parents_of), Keys{});
    EXPECT_EQ(indirect_groups({}, 9, parents_of), Keys{});
}

TEST(IndirectGroups, are_bounded) {
    auto const endless = [](std::int64_t key) { return Keys{key + 1}; };
    EXPECT_EQ(indirect_groups({1}, 9, endless), std::nullopt);
    auto const three = [](std::int64_t key) { return key < 3 ? Keys{key + 1} : Keys{}; };
    EXPECT_EQ(indirect_groups({1}, 3, three), (Keys{2, 3}));
    EXPECT_EQ(indirect_groups({1}, 2, three), std::nullopt);
}

}  // namespace
}  // namespace rollcall::storage

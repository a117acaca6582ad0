// Ids and tokens: order, uniqueness, alphabet.
#include "crypto/random.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <set>
#include <thread>
#include <vector>

namespace rollcall::crypto {
namespace {

Timestamp const instant{std::chrono::seconds{1'750'000'000}};

TEST(RandomIdSource, OrderedIdsGrowWithinOneMillisecondAndBeyondItsCounter) {
    RandomIdSource ids;
    auto previous = ids.ordered_uuid(instant);
    for (int i = 0; i < 10'000; ++i) {
        auto const next = ids.ordered_uuid(instant);
        ASSERT_LT(previous, next);
        previous = next;
    }
}

TEST(RandomIdSource, OrderedIdsGrowWhenTheClockStepsBack) {
    RandomIdSource ids;
    auto const first = ids.ordered_uuid(instant + std::chrono::hours{1});
    EXPECT_LT(first, ids.ordered_uuid(instant));
}

TEST(RandomIdSource, IdsOfSeveralThreadsAreDistinct) {
    RandomIdSource ids;
    constexpr std::size_t each = 5'000;
    std::vector<std::vector<Uuid>> made(4);
    {
        std::vector<std::jthread> threads;
        for (auto& mine : made) {
            threads.emplace_back([&ids, &mine] {
                for (std::size_t i = 0; i < each; ++i) mine.push_back(ids.ordered_uuid(instant));
            });
        }
    }
    std::set<Uuid> all;
    for (auto const& mine : made) {
        EXPECT_TRUE(std::ranges::is_sorted(mine));
        all.insert(mine.begin(), mine.end());
    }
    EXPECT_EQ(all.size(), 4 * each);
}

TEST(RandomText, HasItsLengthAndAlphabet) {
    auto const token = random_alphanumeric(48);
    EXPECT_EQ(token.reveal().size(), 48u);
    EXPECT_TRUE(
        std::ranges::all_of(token.reveal(), [](unsigned char c) { return std::isalnum(c); }));
    EXPECT_NE(random_url_safe(44).reveal(), random_url_safe(44).reveal());
    EXPECT_EQ(random_key(32).reveal().size(), 32u);
}

}  // namespace
}  // namespace rollcall::crypto

// The map of kept pages: current generation only, bounded bytes, oldest use leaves first.
#include "api/management/page_cache.hpp"
#include "base/limits.hpp"

#include <gtest/gtest.h>

namespace rollcall::api::management {
namespace {

KeptPage page_of(std::size_t size, char fill = 'x') {
    return {std::make_shared<std::string const>(size, fill), "o", "c"};
}

TEST(PageCache, FindsWhatWasKept) {
    PageCache cache(1'000'000);
    EXPECT_EQ(cache.find("a", 1), nullptr);
    cache.keep("a", 1, page_of(100));
    ASSERT_NE(cache.find("a", 1), nullptr);
    EXPECT_EQ(cache.find("a", 1)->body->size(), 100u);
    EXPECT_EQ(cache.find("b", 1), nullptr);
}

TEST(PageCache, ForgetsOtherGenerations) {
    PageCache cache(1'000'000);
    cache.keep("a", 1, page_of(100));
    EXPECT_EQ(cache.find("a", 2), nullptr);
    EXPECT_EQ(cache.bytes(), 0u);
    EXPECT_EQ(cache.find("a", 1), nullptr);
}

TEST(PageCache, ReplacesUnderTheSameKey) {
    PageCache cache(1'000'000);
    cache.keep("a", 1, page_of(100, 'x'));
    auto const bytes = cache.bytes();
    cache.keep("a", 2, page_of(100, 'y'));
    EXPECT_EQ(cache.bytes(), bytes);
    EXPECT_EQ(cache.find("a", 2)->body->front(), 'y');
}

TEST(PageCache, LeastRecentlyUsedLeavesFirst) {
    PageCache cache(4000);
    cache.keep("a", 1, page_of(1000));
    cache.keep("b", 1, page_of(1000));
    cache.keep("c", 1, page_of(1000));
    ASSERT_NE(cache.find("a", 1), nullptr);
    cache.keep("d", 1, page_of(1000));
    EXPECT_LE(cache.bytes(), 4000u);
    EXPECT_EQ(cache.find("b", 1), nullptr);
    EXPECT_NE(cache.find("a", 1), nullptr);
    EXPECT_NE(cache.find("d", 1), nullptr);
}

TEST(PageCache, KeepsNothingWithoutRoom) {
    PageCache cache(0);
    cache.keep("a", 1, page_of(1));
    EXPECT_EQ(cache.find("a", 1), nullptr);
    EXPECT_EQ(cache.bytes(), 0u);
}

TEST(PageCache, KeepsAsMuchAsTheLimitSays) {
    std::size_t const page_bytes = 1024 * 1024;
    auto const bytes_max = Limits{}.kept_pages_bytes_max;
    PageCache cache(bytes_max);
    for (std::size_t i = 0; i < 2 * bytes_max / page_bytes; ++i) {
        cache.keep("key " + std::to_string(i), 1, page_of(page_bytes));
        EXPECT_LE(cache.bytes(), bytes_max);
    }
    EXPECT_GT(cache.bytes() + 2 * page_bytes, bytes_max);
}

TEST(PageCache, NeverExceedsItsBytes) {
    PageCache cache(100'000);
    for (int i = 0; i < 1000; ++i) {
        cache.keep("key " + std::to_string(i), 1, page_of(static_cast<std::size_t>(i) * 13 % 5000));
        EXPECT_LE(cache.bytes(), 100'000u);
    }
    cache.keep("huge", 1, page_of(1'000'000));
    EXPECT_EQ(cache.find("huge", 1), nullptr);
    EXPECT_EQ(cache.bytes(), 0u);
}

}  // namespace
}  // namespace rollcall::api::management

// The bytes of cursors of searches: round trip, and what none was made of.
#include "service/search_position.hpp"

#include <gtest/gtest.h>

namespace rollcall::service {
namespace {

TEST(SearchPositionBytes, RoundTrip) {
    for (auto const& position :
         {SearchPosition{}, SearchPosition{Uuid{{1, 2, 3}}, {}}, SearchPosition{{}, 0},
          SearchPosition{Uuid{{0xff}}, std::uint64_t{1} << 63}}) {
        auto const read = unpack_search_position(pack(position));
        ASSERT_TRUE(read);
        EXPECT_EQ(read->after, position.after);
        EXPECT_EQ(read->total, position.total);
    }
}

TEST(SearchPositionBytes, WhatIsTooShortOrHasNoNumberIsNone) {
    auto const bytes = pack({Uuid{{1}}, 7});
    for (std::size_t size = 0; size < bytes.size(); ++size) {
        EXPECT_FALSE(unpack_search_position(std::string_view(bytes).substr(0, size))) << size;
    }
    EXPECT_FALSE(unpack_search_position(bytes + 'x'));
    EXPECT_FALSE(unpack_search_position(bytes + std::string(20, '9')));
}

}  // namespace
}  // namespace rollcall::service

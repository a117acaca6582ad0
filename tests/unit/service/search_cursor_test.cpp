// The bytes of cursors of SCIM lists: round trip, and every way to cut one short.
#include "service/search_cursor.hpp"

#include <gtest/gtest.h>

#include <chrono>
#include <limits>

namespace rollcall::service {
namespace {

using directory::Place;

SearchCursor cursor(std::optional<Place> users, std::optional<Place> groups) {
    return {.issued_at = Timestamp(std::chrono::microseconds(1'767'225'600'000'001)),
            .count = 250,
            .users = std::move(users),
            .groups = std::move(groups),
            .users_total = 1'000'000,
            .groups_total = 7};
}

std::vector<SearchCursor> examples() {
    using namespace std::string_literals;
    return {cursor({}, {}), cursor(Place{{}, 7}, {}), cursor({}, Place{std::int64_t{-5}, 1}),
            cursor(Place{"k\0ey"s, 3}, Place{-0.5, std::int64_t{1} << 40}),
            cursor(Place{""s, 1}, Place{std::string(1024, 'x'), 2})};
}

TEST(SearchCursorBytes, RoundTrip) {
    for (auto const& example : examples()) EXPECT_EQ(unpack_search_cursor(pack(example)), example);
}

TEST(SearchCursorBytes, WhatIsTooShortOrTooLongIsNone) {
    for (auto const& example : examples()) {
        auto const bytes = pack(example);
        for (std::size_t size = 0; size < bytes.size(); ++size) {
            EXPECT_FALSE(unpack_search_cursor(std::string_view(bytes).substr(0, size))) << size;
        }
        EXPECT_FALSE(unpack_search_cursor(bytes + 'x'));
    }
}

TEST(SearchCursorBytes, AnUnknownKindOfKeyIsNone) {
    auto bytes = pack(cursor(Place{{}, 7}, {}));
    bytes[12] = 9;
    EXPECT_FALSE(unpack_search_cursor(bytes));
}

TEST(SearchCursorBytes, APlaceThatIsNoNumberIsNone) {
    for (auto const real :
         {std::numeric_limits<double>::quiet_NaN(), std::numeric_limits<double>::infinity()}) {
        EXPECT_FALSE(unpack_search_cursor(pack(cursor(Place{real, 1}, {}))));
    }
}

}  // namespace
}  // namespace rollcall::service

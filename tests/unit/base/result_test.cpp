// Result, its macros, and the types that keep secrets.
#include "base/result.hpp"

#include "base/secret.hpp"

#include <gtest/gtest.h>

#include <memory>
#include <type_traits>

namespace rollcall {
namespace {

Error missing() {
    return {ErrorCode::not_found, "There is no such thing.", "looked in the box"};
}

Result<std::unique_ptr<int>> half(int value) {
    if (value % 2 != 0) return fail(missing());
    return std::make_unique<int>(value / 2);
}

Result<int> quarter(int value) {
    TRY(auto first, half(value));
    TRY(auto const second, half(*first));
    return *second;
}

Status is_even(int value) {
    CHECK(half(value));
    return {};
}

TEST(Try, MovesTheValueOutOrReturnsTheError) {
    EXPECT_EQ(quarter(12), 3);
    ASSERT_FALSE(quarter(6));
    EXPECT_EQ(quarter(6).error().code(), ErrorCode::not_found);
    EXPECT_TRUE(is_even(2));
    EXPECT_FALSE(is_even(3));
}

TEST(Error, KeepsTheCauseFromTheCaller) {
    auto const error = missing().with_kind("thing_not_found");
    EXPECT_EQ(error.for_caller().kind, "thing_not_found");
    EXPECT_EQ(error.for_caller().message, "There is no such thing.");
    EXPECT_EQ(error.cause(), "looked in the box");
    EXPECT_EQ(internal_error("disk on fire").message().find("fire"), std::string::npos);
}

TEST(Error, EveryCodeHasAName) {
    for (int code = 0; code <= static_cast<int>(ErrorCode::internal); ++code) {
        EXPECT_NE(to_string(static_cast<ErrorCode>(code)), "unknown") << code;
    }
}

template <class T>
concept Printable = requires(std::ostream& out, T const& value) { out << value; };

TEST(Secret, CannotBePrintedAndShowsItsLastFour) {
    static_assert(!Printable<Secret>);
    static_assert(!std::is_convertible_v<Secret, std::string>);
    EXPECT_EQ(Secret("abcdefgh").last_four(), "efgh");
    EXPECT_EQ(Secret("abc").last_four(), "abc");
}

TEST(Secret, LeavesNothingBehindWhenMoved) {
    Secret original("abcdefgh");
    Secret const taken = std::move(original);
    EXPECT_EQ(taken.reveal(), "abcdefgh");
    EXPECT_TRUE(
        original.reveal().empty());  // NOLINT(bugprone-use-after-move): the point of the test
}

TEST(Digest, ComparesEveryByte) {
    Digest a;
    Digest b;
    EXPECT_TRUE(equal_in_constant_time(a, b));
    b.bytes[31] = 1;
    EXPECT_FALSE(equal_in_constant_time(a, b));
}

}  // namespace
}  // namespace rollcall

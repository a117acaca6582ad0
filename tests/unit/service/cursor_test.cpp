// Cursors: round trip, binding, and every way to alter one.
#include "service/cursor.hpp"

#include "base/limits.hpp"
#include "crypto/random.hpp"

#include <gtest/gtest.h>

namespace rollcall::service {
namespace {

class CursorTest : public ::testing::Test {
protected:
    void expect_refused(CursorScope const& where, std::string const& text) {
        auto const result = signer.parse(where, text);
        ASSERT_FALSE(result) << text;
        EXPECT_EQ(result.error().code(), ErrorCode::invalid_cursor);
        EXPECT_EQ(result.error().kind(), "user_search_invalid_cursor");
    }

    crypto::RandomIdSource ids;
    CursorSigner signer{crypto::random_key(32)};
    CursorScope scope{
        {Environment::test, ids.random_uuid()}, PagedList::connection_groups, ids.random_uuid()};
    Uuid last = ids.random_uuid();
};

TEST_F(CursorTest, RoundTrip) {
    EXPECT_EQ(signer.parse(scope, signer.print(scope, last)), last);
    EXPECT_EQ(signer.parse(scope, signer.print(scope, Uuid{})), Uuid{});
}

TEST_F(CursorTest, BelongsToOneList) {
    auto const text = signer.print(scope, last);
    auto other = scope;
    other.parent = ids.random_uuid();
    expect_refused(other, text);
    other = scope;
    other.project.uuid = ids.random_uuid();
    expect_refused(other, text);
    other = scope;
    other.project.environment = Environment::live;
    expect_refused(other, text);
    other = scope;
    other.list = PagedList{2};
    expect_refused(other, text);
}

TEST_F(CursorTest, BelongsToOneInstallation) {
    CursorSigner const other{crypto::random_key(32)};
    expect_refused(scope, other.print(scope, last));
}

TEST_F(CursorTest, EveryAlterationIsRefused) {
    constexpr std::string_view alphabet =
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_=+/. ";
    auto const text = signer.print(scope, last);
    for (std::size_t i = 0; i < text.size(); ++i) {
        for (char const c : alphabet) {
            if (c == text[i]) continue;
            auto altered = text;
            altered[i] = c;
            expect_refused(scope, altered);
        }
        expect_refused(scope, text.substr(0, i));
        expect_refused(scope, text.substr(i + 1));
        auto longer = text;
        longer.insert(i, 1, 'A');
        expect_refused(scope, longer);
    }
}

TEST_F(CursorTest, MayHaveAsManyCharactersAsTheLimitSays) {
    // Three bytes are four characters; version and signature have 17 bytes.
    std::string const content(Limits::cursor_bytes_max / 4 * 3 - 17, 'x');
    auto const longest = signer.seal(scope, content);
    EXPECT_EQ(longest.size(), Limits::cursor_bytes_max);
    EXPECT_EQ(signer.open(scope, longest), content);
    EXPECT_FALSE(signer.open(scope, signer.seal(scope, content + 'x')));
}

}  // namespace
}  // namespace rollcall::service

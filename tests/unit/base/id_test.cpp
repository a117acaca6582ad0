// Identifiers: canonical forms in, exactly the same out, everything else refused.
#include "base/id.hpp"

#include <gtest/gtest.h>

#include <array>

namespace rollcall {
namespace {

constexpr std::string_view uuid_text = "0190a6c0-7a3e-7c11-8d2f-0123456789ab";

TEST(Uuid, PrintsWhatItReads) {
    auto const uuid = parse_uuid(uuid_text);
    ASSERT_TRUE(uuid);
    EXPECT_EQ(to_string(*uuid), uuid_text);
}

TEST(Uuid, RefusesEverythingButTheCanonicalForm) {
    for (std::string_view text :
         {"", "0190a6c0", "0190A6C0-7a3e-7c11-8d2f-0123456789ab",
          "0190a6c07a3e7c118d2f0123456789ab", "0190a6c0-7a3e-7c11-8d2f-0123456789ag",
          "0190a6c0-7a3e-7c11-8d2f-0123456789ab ", "0190a6c0_7a3e-7c11-8d2f-0123456789ab",
          "{190a6c0-7a3e-7c11-8d2f-0123456789ab}"}) {
        EXPECT_FALSE(parse_uuid(text)) << text;
    }
}

TEST(Uuid, Version7SortsByTimeThenSequence) {
    std::array<std::uint8_t, 8> random{};
    random.fill(0xff);
    Timestamp const now{std::chrono::seconds{1'750'000'000}};
    auto const first = make_uuid_v7(now, 1, random);
    random.fill(0);
    auto const second = make_uuid_v7(now, 2, random);
    auto const later = make_uuid_v7(now + std::chrono::milliseconds{1}, 0, random);
    EXPECT_LT(first, second);
    EXPECT_LT(second, later);
    EXPECT_EQ(to_string(first)[14], '7');
    EXPECT_EQ(to_string(first)[19], 'b');  // variant bits 10, then the random bits
}

TEST(Uuid, Version4HasItsVersionAndVariant) {
    std::array<std::uint8_t, 16> random{};
    random.fill(0xff);
    EXPECT_EQ(to_string(make_uuid_v4(random)), "ffffffff-ffff-4fff-bfff-ffffffffffff");
}

TEST(Id, PrintsKindEnvironmentAndUuid) {
    GroupId const id{Environment::live, *parse_uuid(uuid_text)};
    auto const text = to_string(id);
    EXPECT_EQ(text, std::string("scim-group-live-") + std::string(uuid_text));
    EXPECT_EQ(parse_id<GroupId>(text), id);
}

TEST(Id, RefusesAnotherKindOrEnvironment) {
    auto const member = "member-test-" + std::string(uuid_text);
    EXPECT_TRUE(parse_id<MemberId>(member));
    EXPECT_FALSE(parse_id<GroupId>(member));
    EXPECT_FALSE(parse_id<MemberId>("member-prod-" + std::string(uuid_text)));
    EXPECT_FALSE(parse_id<MemberId>("member-test"));
    EXPECT_FALSE(parse_id<MemberId>(""));
}

}  // namespace
}  // namespace rollcall

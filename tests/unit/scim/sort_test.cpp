// What sortBy names, and the value it takes from a resource.
#include "scim/sort.hpp"

#include "support.hpp"

#include <gmock/gmock.h>

#include <algorithm>
#include <vector>

namespace rollcall::scim {
namespace {

using testing::ElementsAre;

constexpr std::size_t text_bytes_max = 16;

/// The key of `sort_by` as text: "-" for no value, "unknown" for an attribute nobody has.
std::string key(std::string_view sort_by, std::string_view resource) {
    auto const ref = parse_sort_by(sort_by, user_type());
    if (!ref) return std::string(to_string(ref.error().code()));
    if (!*ref) return "unknown";
    auto const value = sort_key(**ref, object(resource), text_bytes_max);
    if (auto const* text = std::get_if<std::string>(&value)) return *text;
    if (auto const* integer = std::get_if<std::int64_t>(&value)) return std::to_string(*integer);
    return std::holds_alternative<std::monostate>(value) ? "-" : "real";
}

// G-02, O-02
TEST(SortBy, NamesAttributesInStandardNotation) {
    EXPECT_EQ(key("title", R"({"title":"Chemist"})"), "chemist");
    EXPECT_EQ(key("TITLE", R"({"title":"Chemist"})"), "chemist");
    EXPECT_EQ(key("name.familyName", R"({"name":{"familyName":"Adler"}})"), "adler");
    EXPECT_EQ(key("urn:ietf:params:scim:schemas:core:2.0:User:title", R"({"title":"x"})"), "x");
    auto const* const department =
        R"({"urn:ietf:params:scim:schemas:extension:enterprise:2.0:User":{"department":"Ops"}})";
    EXPECT_EQ(
        key("urn:ietf:params:scim:schemas:extension:enterprise:2.0:User:department", department),
        "ops");
    EXPECT_EQ(key("department", department), "ops");
}

// O-02, O-08
TEST(SortBy, TakesThePrimaryElementOfAListOrElseTheFirst) {
    auto const* const primary =
        R"({"emails":[{"value":"a@x","type":"home"},{"value":"b@x","type":"work","primary":true}]})";
    EXPECT_EQ(key("emails", primary), "b@x");
    EXPECT_EQ(key("emails.value", primary), "b@x");
    EXPECT_EQ(key("emails.type", primary), "work");
    auto const* const plain = R"({"emails":[{"value":"a@x"},{"value":"b@x","primary":false}]})";
    EXPECT_EQ(key("emails", plain), "a@x");
    EXPECT_EQ(key("emails", R"({"emails":[]})"), "-");
    EXPECT_EQ(key("addresses.locality", R"({"addresses":[{"locality":"Bern"}]})"), "bern");
}

// O-08
TEST(SortBy, RefusesAComplexAttributeWithoutAValue) {
    for (auto const* sort_by :
         {"name", "addresses", "meta", "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User",
          "urn:ietf:params:scim:schemas:core:2.0:User"}) {
        EXPECT_EQ(key(sort_by, "{}"), "invalid_path") << sort_by;
    }
    EXPECT_NE(failure(parse_sort_by("name", user_type())).find("sortBy: name"), std::string::npos);
    auto const* const managed =
        R"({"urn:ietf:params:scim:schemas:extension:enterprise:2.0:User":{"manager":{"value":"M"}}})";
    EXPECT_EQ(key("manager", managed), "m");
}

// O-07
TEST(SortBy, AnAttributeNobodyHasIsNoError) {
    EXPECT_EQ(key("shoeSize", "{}"), "unknown");
    EXPECT_EQ(key("name.shoeSize", "{}"), "unknown");
    EXPECT_EQ(key("password", R"({"password":"x"})"), "unknown");
    EXPECT_EQ(key("emails[type eq \"work\"]", "{}"), "unknown");
}

// O-05, G-22
TEST(SortKey, FollowsTypeAndCaseRule) {
    EXPECT_EQ(key("userName", "{\"userName\":\"\xc3\x84NN\"}"), "\xc3\xa4nn");
    EXPECT_EQ(key("externalId", R"({"externalId":"Ab"})"), "Ab");
    EXPECT_EQ(key("active", R"({"active":true})"), "1");
    EXPECT_EQ(key("active", R"({"active":false})"), "0");
    EXPECT_EQ(key("meta.created", R"({"meta":{"created":"1970-01-01T01:00:01+01:00"}})"),
              "1000000");
    EXPECT_EQ(key("meta.created", R"({"meta":{"created":"1970-01-01T00:00:00.5Z"}})"), "500000");
    EXPECT_EQ(key("title", R"({"title":""})"), "-");
    EXPECT_EQ(key("title", R"({"title":null})"), "-");
    EXPECT_EQ(key("title", "{}"), "-");
}

TEST(SortKey, IsBounded) {
    EXPECT_EQ(key("title", R"({"title":"ABCDEFGHIJKLMNOPQRST"})"), "abcdefghijklmnop");
    // The Kelvin sign has three bytes and becomes one.
    std::string kelvins;
    for (int i = 0; i < 60; ++i) kelvins += "\xe2\x84\xaa";
    EXPECT_EQ(key("title", R"({"title":")" + kelvins + "\"}"), std::string(16, 'k'));
}

// O-04
TEST(SortKey, NoValueComesLast) {
    std::vector<SortKey> keys{std::string("b"), {}, std::string("a")};
    std::ranges::sort(keys, [](SortKey const& a, SortKey const& b) { return precedes(a, b); });
    EXPECT_THAT(keys, ElementsAre(SortKey(std::string("a")), SortKey(std::string("b")), SortKey()));
    EXPECT_FALSE(precedes(SortKey(), SortKey()));
    EXPECT_TRUE(precedes(SortKey(std::int64_t{-1}), SortKey(std::int64_t{2})));
    EXPECT_TRUE(precedes(SortKey(-1.5), SortKey(-1.25)));
}

}  // namespace
}  // namespace rollcall::scim

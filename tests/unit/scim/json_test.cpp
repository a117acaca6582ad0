// JSON text under the project's rules.
#include "support.hpp"

#include <fmt/format.h>

namespace rollcall::scim {
namespace {

std::string_view code(std::string_view text) {
    return outcome(parse_json(text, limits));
}

std::string message(std::string_view text) {
    return failure(parse_json(text, limits));
}

TEST(Json, values_come_out_as_they_are) {
    constexpr auto text =
        R"({"a":[1,-2,3.5,18446744073709551615,true,false,null,"x\ty\u00e9"],"b":{}})";
    auto const parsed = parse_json(text, limits);
    ASSERT_TRUE(parsed.has_value()) << failure(parsed);
    EXPECT_TRUE(equals(*parsed, text));
    EXPECT_EQ(code(" [] \r\n"), "ok");
    EXPECT_EQ(code("\"a\""), "ok");
}

TEST(Json, I09_a_byte_order_mark_is_skipped) {
    EXPECT_EQ(code("\xef\xbb\xbf{}"), "ok");
    EXPECT_EQ(code("\xef\xbb\xbf"), "invalid_syntax");
}

TEST(Json, G04_no_key_twice_in_one_object) {
    EXPECT_EQ(code(R"({"a":1,"a":2})"), "invalid_syntax");
    EXPECT_EQ(code(R"({"userName":1,"UserName":2})"), "invalid_syntax");
    EXPECT_NE(message(R"({"x":{"userName":1,"UserName":2}})").find("\"UserName\""),
              std::string::npos);
    EXPECT_EQ(code(R"({"a":{"b":1},"b":{"a":2},"c":[{"a":1},{"a":2}]})"), "ok");
    EXPECT_EQ(code(R"({"a":{"b":1},"c":2,"A":3})"), "invalid_syntax");
    EXPECT_EQ(code(R"({"\u0061":1,"a":2})"), "invalid_syntax");
}

TEST(Json, G04_also_in_objects_with_many_keys) {
    std::string text = "{";
    for (int i = 0; i < 100; ++i) text += fmt::format("\"key{}\":{{\"key{}\":1}},", i, i + 1);
    EXPECT_EQ(code(text + "\"last\":1}"), "ok");
    EXPECT_EQ(code(text + "\"KEY50\":1}"), "invalid_syntax");
}

TEST(Json, H14_depth_is_bounded) {
    auto const nested = [](std::size_t depth) {
        return std::string(depth, '[') + std::string(depth, ']');
    };
    EXPECT_EQ(code(nested(limits.json_depth_max)), "ok");
    EXPECT_EQ(code(nested(limits.json_depth_max + 1)), "invalid_syntax");
    EXPECT_EQ(code(std::string(1'000'000, '[')), "invalid_syntax");
}

TEST(Json, K13_nul_and_unpaired_surrogates) {
    EXPECT_EQ(code(R"({"a":"x\u0000y"})"), "invalid_value");
    EXPECT_EQ(code(R"({"a\u0000":1})"), "invalid_value");
    EXPECT_EQ(code(R"(["\ud800"])"), "invalid_value");
    EXPECT_EQ(code(R"(["\ud800x"])"), "invalid_value");
    EXPECT_EQ(code(R"(["\ud800\u0041"])"), "invalid_value");
    EXPECT_EQ(code(R"(["\udc00"])"), "invalid_value");
    EXPECT_EQ(code(R"(["\ud83d\ude00"])"), "ok");
    // An escaped backslash in front makes it no escape.
    EXPECT_EQ(code("[\"\\\\ud800\n\"]"), "invalid_syntax");
    EXPECT_EQ(code("[\"\\\\\\ud800\n\"]"), "invalid_value");
}

TEST(Json, K13_invalid_utf8) {
    EXPECT_EQ(code("[\"\xff\"]"), "invalid_syntax");
    EXPECT_EQ(code("[\"\xed\xa0\x80\"]"), "invalid_syntax");
    EXPECT_EQ(code("[\"\xc0\xaf\"]"), "invalid_syntax");
    EXPECT_EQ(code("[\"\xe2\x82"), "invalid_syntax");
}

TEST(Json, C06_what_is_not_json) {
    for (auto const* text : {"", "  ", "{", "{\"a\":}", "[1,]", "{'a':1}", "nul", "[1] [2]", "{}x",
                             "\"a", "[\"\n\"]", "// c\n1", "01", "+1", "NaN", "{\"a\" 1}"}) {
        EXPECT_EQ(code(text), "invalid_syntax") << text;
    }
    EXPECT_EQ(message("[1,,2]"),
              "invalid_syntax: The body is not JSON in UTF-8: error at position 4.");
    EXPECT_EQ(message("{} x"), "invalid_syntax: Something follows the JSON value at position 4.");
}

}  // namespace
}  // namespace rollcall::scim

// JSON text under the project's rules.
#include "scim/json.hpp"

#include "support.hpp"

#include <fmt/format.h>

namespace rollcall::scim {
namespace {

std::string_view code(std::string_view text, Keys keys = Keys::without_case) {
    return outcome(parse_json(text, keys, limits));
}

std::string message(std::string_view text) {
    return failure(parse_json(text, Keys::without_case, limits));
}

std::string printed(std::string_view text) {
    auto const value = parse_json(text, Keys::exact, limits);
    return value ? boost::json::serialize(*value) : failure(value);
}

TEST(Json, values_come_out_as_they_are) {
    constexpr auto text =
        R"({"a":[1,-2,3.5,18446744073709551615,true,false,null,"x\ty\u00e9"],"b":{}})";
    auto const parsed = parse_json(text, Keys::without_case, limits);
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

// Names of JSON and of JWTs that differ in case are two names (RFC 7519 §4).
TEST(Json, keys_may_be_compared_exactly) {
    EXPECT_EQ(code(R"({"exp":1,"Exp":2})", Keys::exact), "ok");
    EXPECT_EQ(code(R"({"exp":1,"exp":2})", Keys::exact), "invalid_syntax");
    EXPECT_EQ(code(R"({"exp":1,"\u0065xp":2})", Keys::exact), "invalid_syntax");
    std::string text = "{";
    for (int i = 0; i < 100; ++i) text += fmt::format("\"key{}\":1,", i);
    EXPECT_EQ(code(text + "\"KEY50\":1}", Keys::exact), "ok");
    EXPECT_EQ(code(text + "\"key50\":1}", Keys::exact), "invalid_syntax");
}

TEST(Json, numbers_are_finite) {
    for (auto const* text : {"1e999", "-1e999", "1e99999", "1.8e308", "9e2147483648"}) {
        EXPECT_EQ(code(text), "invalid_value") << text;
        EXPECT_FALSE(parse_plain_json(text)) << text;
    }
    EXPECT_EQ(message(R"({"a":1,"score":1e999})"),
              "invalid_value: A number in \"score\" is out of range: error at position 21.");
    EXPECT_EQ(message(R"({"a":{"b":[1]},"c":[{},1e999]})"),
              "invalid_value: A number in \"c\" is out of range: error at position 29.");
    EXPECT_EQ(message("1e999"), "invalid_value: A number is out of range: error at position 6.");
}

TEST(Json, numbers_are_read_exactly) {
    EXPECT_EQ(printed("[0e999,0.0e99999,-0e999,1e-999,-1e-999,5e-324,-0.0]"),
              "[0E0,0E0,-0E0,0E0,-0E0,5E-324,-0E0]");
    EXPECT_EQ(printed("[1e308,1.7976931348623157e308,123456789.12345679,9007199254740993]"),
              "[1E308,1.7976931348623157E308,1.2345678912345679E8,9007199254740993]");
    EXPECT_EQ(printed("[18446744073709551615,18446744073709551616,-9223372036854775808]"),
              "[18446744073709551615,1.8446744073709552E19,-9223372036854775808]");
}

TEST(Json, what_was_printed_is_read_as_it_was) {
    auto const text =
        R"([1E308,1.7976931348623157E308,2.2250738585072014E-308,5E-324,-0E0,1E-1,)"
        R"(1.2345678912345679E8,9007199254740993,18446744073709551615,-9223372036854775808])";
    auto const read = parse_plain_json(text);
    ASSERT_TRUE(read);
    EXPECT_EQ(boost::json::serialize(*read), text);
    EXPECT_TRUE(parse_plain_json(std::string(255, '[') + std::string(255, ']')));
    EXPECT_TRUE(parse_plain_json(R"({"a":1,"A":"\u0000"})"));
    for (auto const* bad : {"", "{", "1 2", "Infinity", "[\"\\ud800\"]", "\"\xff\""}) {
        EXPECT_FALSE(parse_plain_json(bad)) << bad;
    }
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
    EXPECT_EQ(message(R"({"a":1,"name":"x\u0000y","b":2})"),
              "invalid_value: A string in \"name\" must not contain NUL (U+0000).");
    EXPECT_EQ(message(R"({"a":1,"list":[{"b":1},["\u0000"]]})"),
              "invalid_value: A string in \"list\" must not contain NUL (U+0000).");
    EXPECT_EQ(message(R"({"a":1,"b\u0000":1})"),
              "invalid_value: The key \"b\\u0000\" must not contain NUL (U+0000).");
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

// The runner's own comparisons: what must hold, and what must be noticed.
#include "replay/matcher.hpp"

#include <boost/json/parse.hpp>
#include <gtest/gtest.h>

#include <stdexcept>

namespace rollcall::replay {
namespace {

boost::json::value json(std::string_view text) {
    return boost::json::parse(text);
}

bool matches(std::string_view actual, std::string_view expected) {
    auto const value = json(actual);
    return !mismatch(&value, json(expected));
}

bool missing_matches(std::string_view expected) {
    return !mismatch(nullptr, json(expected));
}

TEST(Matcher, PlainValuesAreEqualInTypeAndOrder) {
    EXPECT_TRUE(matches(R"({"a":1,"b":[1,2]})", R"({"b":[1,2],"a":1})"));
    EXPECT_FALSE(matches("[1,2]", "[2,1]"));
    EXPECT_FALSE(matches("1", R"("1")"));
    EXPECT_FALSE(missing_matches("null"));
}

TEST(Matcher, ExistsAndAbsent) {
    EXPECT_TRUE(matches("false", R"({"$exists":true})"));
    EXPECT_FALSE(matches("null", R"({"$exists":true})"));
    EXPECT_FALSE(missing_matches(R"({"$exists":true})"));
    EXPECT_TRUE(missing_matches(R"({"$absent":true})"));
    EXPECT_TRUE(matches("[]", R"({"$absent":true})"));
    EXPECT_FALSE(matches(R"("")", R"({"$absent":true})"));
}

TEST(Matcher, LengthAndRegex) {
    EXPECT_TRUE(matches("[1,2]", R"({"$length":2})"));
    EXPECT_TRUE(matches(R"("äb")", R"({"$length":2})"));
    EXPECT_FALSE(matches("[1]", R"({"$length":2})"));
    EXPECT_TRUE(matches(R"("http://x/Users/1")", R"({"$regex":"/Users/[0-9]$"})"));
    EXPECT_FALSE(matches(R"("x")", R"({"$regex":"y"})"));
    EXPECT_FALSE(matches("7", R"({"$regex":"7"})"));
}

TEST(Matcher, ContainsCoversElements) {
    EXPECT_TRUE(matches(R"([{"value":"1","type":"User"}])", R"({"$contains":{"value":"1"}})"));
    EXPECT_FALSE(matches(R"([{"type":"User"}])", R"({"$contains":{"value":"1"}})"));
    EXPECT_TRUE(matches(R"(["b","a"])", R"({"$contains":["a","b"]})"));
    EXPECT_FALSE(matches(R"(["b"])", R"({"$contains":["a","b"]})"));
    EXPECT_TRUE(matches(R"("abc")", R"({"$contains":"b"})"));
}

TEST(Matcher, SeveralKeysMustAllHold) {
    EXPECT_TRUE(matches("[1]", R"({"$length":1,"$contains":1})"));
    EXPECT_FALSE(matches("[1]", R"({"$length":1,"$contains":2})"));
}

TEST(Matcher, UnknownMatcherIsAnError) {
    auto const value = json("1");
    EXPECT_THROW((void)mismatch(&value, json(R"({"$near":1})")), std::runtime_error);
}

TEST(Substitution, KeepsTypeOfALoneVariable) {
    Variables const variables{{"n", 3}, {"id", "x-1"}};
    EXPECT_EQ(substitute(json(R"({"a":"{{n}}","b":"/{{id}}/{{n}}"})"), variables),
              json(R"({"a":3,"b":"/x-1/3"})"));
    EXPECT_THROW((void)substitute_text("{{other}}", variables), std::runtime_error);
}

}  // namespace
}  // namespace rollcall::replay

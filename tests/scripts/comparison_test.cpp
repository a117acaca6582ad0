// Comparison of answers with expectations: what must hold, and what must be noticed.
#include "scripts/comparison.hpp"

#include <boost/json/parse.hpp>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace rollcall::scripts {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

class Compared : public testing::Test {
protected:
    std::vector<std::string> compare(std::string_view actual, std::string_view expected) {
        auto const value = boost::json::parse(actual);
        return differences("", &value, boost::json::parse(expected), variables);
    }

    replay::Variables variables{{"known", "7"}, {"number", 3}};
};

TEST_F(Compared, ObjectsMayHaveMoreButListsMayNot) {
    EXPECT_THAT(compare(R"({"a":1,"b":{"c":2,"d":3}})", R"({"b":{"c":2}})"), IsEmpty());
    EXPECT_THAT(compare(R"({"a":[{"x":1,"y":2}]})", R"({"a":[{"x":1}]})"), IsEmpty());
    EXPECT_THAT(compare(R"({"a":[1,2]})", R"({"a":[1]})"),
                ElementsAre("/a: expected a list of 1, got [1,2]"));
    EXPECT_THAT(compare("[1,2]", "[2,1]"),
                ElementsAre("/0: expected 2, got 1", "/1: expected 1, got 2"));
    EXPECT_THAT(compare("{}", R"({"a":[]})"), ElementsAre("/a: expected a list of 0, got nothing"));
    EXPECT_THAT(compare(R"({"a":1})", R"({"a":{"b":1}})"),
                ElementsAre(R"(/a: expected {"b":1}, got 1)"));
}

TEST_F(Compared, ExactObjectsHaveNothingMore) {
    EXPECT_THAT(compare(R"({"a":{"b":1}})", R"({"$exact":{"a":{"b":1}}})"), IsEmpty());
    EXPECT_THAT(compare(R"({"a":{"b":1,"c":2},"d":3})", R"({"a":{"$exact":{"b":1}}})"),
                ElementsAre("/a/c: not expected, got 2"));
}

TEST_F(Compared, AVariableBindsOnceAndMatchesAfterwards) {
    EXPECT_THAT(compare(R"({"id":"x","copy":"x"})", R"({"id":"{{new}}","copy":"{{new}}"})"),
                IsEmpty());
    EXPECT_EQ(variables.at("new"), "x");
    EXPECT_THAT(compare(R"("y")", R"("{{new}}")"), ElementsAre(R"(: expected "x", got "y")"));
    EXPECT_THAT(compare(R"({"a":3,"b":"/7"})", R"({"a":"{{number}}","b":"/{{known}}"})"),
                IsEmpty());
    EXPECT_THAT(compare(R"({"a":"3"})", R"({"a":"{{number}}"})"),
                ElementsAre(R"(/a: expected 3, got "3")"));
}

TEST_F(Compared, AMissingValueBindsNothing) {
    EXPECT_THROW((void)compare("{}", R"({"id":"{{new}}"})"), std::runtime_error);
    EXPECT_THROW((void)compare(R"({"id":null})", R"({"id":"{{new}}"})"), std::runtime_error);
}

TEST_F(Compared, Matchers) {
    EXPECT_THAT(compare(R"({"a":[1,2],"b":"c7","d":[]})",
                        R"({"a":{"$length":2},"b":{"$regex":"{{known}}$"},"d":"$absent"})"),
                IsEmpty());
    EXPECT_THAT(compare(R"({"a":[{"value":"7"}]})", R"({"a":{"$contains":{"value":"{{known}}"}}})"),
                IsEmpty());
    EXPECT_THAT(
        compare(R"({"a":1})", R"({"a":"$absent","b":"$any"})"),
        ElementsAre("/a: expected $absent true, got 1", "/b: expected $exists true, got nothing"));
}

}  // namespace
}  // namespace rollcall::scripts

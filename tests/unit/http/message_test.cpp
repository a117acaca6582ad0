// Requests taken apart: headers, percent-encoding, query strings.
#include "http/message.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace rollcall::http {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;
using testing::Pair;

TEST(Message, header_lookup_ignores_case_and_takes_the_first) {
    Request request;
    request.headers = {{"Accept", "a"}, {"accept", "b"}, {"Empty", ""}};
    EXPECT_EQ(request.header("ACCEPT"), "a");
    EXPECT_EQ(request.header("Accep"), "");
    EXPECT_TRUE(request.has_header("empty"));
    EXPECT_FALSE(request.has_header("Accept "));
}

TEST(Message, percent_decode) {
    EXPECT_EQ(percent_decode("", false), "");
    EXPECT_EQ(percent_decode("a%20b%2Fc%2fd", false), "a b/c/d");
    EXPECT_EQ(percent_decode("%00%ff", false), std::string("\0\xff", 2));
    EXPECT_EQ(percent_decode("a+b", false), "a+b");
    EXPECT_EQ(percent_decode("a+b%2B", true), "a b+");
    EXPECT_EQ(percent_decode("%", false), "%");
    EXPECT_EQ(percent_decode("%4", false), "%4");
    EXPECT_EQ(percent_decode("%4g%zz", false), "%4g%zz");
    EXPECT_EQ(percent_decode("%%41", false), "%A");
}

TEST(Message, parse_query) {
    EXPECT_THAT(parse_query(""), IsEmpty());
    EXPECT_THAT(parse_query("&&"), IsEmpty());
    EXPECT_THAT(parse_query("a=1&&b=&c&=d"),
                ElementsAre(Pair("a", "1"), Pair("b", ""), Pair("c", ""), Pair("", "d")));
    EXPECT_THAT(parse_query("filter=userName+eq+%22a%3Db%26c%22&filter=x=y"),
                ElementsAre(Pair("filter", "userName eq \"a=b&c\""), Pair("filter", "x=y")));
}

TEST(Message, names_of_methods) {
    EXPECT_EQ(to_string(Method::get), "GET");
    EXPECT_EQ(to_string(Method::head), "HEAD");
    EXPECT_EQ(to_string(Method::post), "POST");
    EXPECT_EQ(to_string(Method::put), "PUT");
    EXPECT_EQ(to_string(Method::patch), "PATCH");
    EXPECT_EQ(to_string(Method::delete_), "DELETE");
    EXPECT_EQ(to_string(Method::options), "OPTIONS");
}

}  // namespace
}  // namespace rollcall::http

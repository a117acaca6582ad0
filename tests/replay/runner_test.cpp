// The runner's own behaviour, against a server made of a lambda.
#include "replay/runner.hpp"

#include <boost/json/parse.hpp>
#include <gtest/gtest.h>

#include <string>
#include <vector>

namespace rollcall::replay {
namespace {

boost::json::array steps(std::string_view text) {
    return boost::json::parse(text).as_array();
}

class Runner : public testing::Test {
protected:
    std::optional<Failure> play(std::string_view text) {
        Stage const stage{"http://s/b", "t0k", [this](Request const& request) {
                              sent.push_back(request);
                              return answer;
                          }};
        return replay::play(steps(text), stage);
    }

    Response answer{200, {{"ETag", "W/\"1\""}}, R"({"id":"7","list":[]})"};
    std::vector<Request> sent;
};

TEST_F(Runner, CapturesAndDefaultHeaders) {
    EXPECT_FALSE(play(R"([
        {"name":"a","method":"POST","path":"/U","body":{"x":1},
         "expect":{"status":[200]},"capture":{"u":"/id"}},
        {"name":"b","method":"GET","path":"/U/{{u}}","headers":{"authorization":null},
         "expect":{"status":[200],"json":{"/id":"{{u}}"},"headers":{"etag":"W/\"1\""}}}])"));
    ASSERT_EQ(sent.size(), 2U);
    EXPECT_EQ(sent[0].body, R"({"x":1})");
    EXPECT_EQ(sent[0].headers.size(), 3U);
    EXPECT_EQ(sent[0].headers[0].second, "Bearer t0k");
    EXPECT_EQ(sent[1].path, "/U/7");
    EXPECT_EQ(sent[1].headers.size(), 1U);
}

TEST_F(Runner, RawBody) {
    EXPECT_FALSE(play(R"([{"name":"a","method":"POST","path":"/U","body":"{broken",
                           "expect":{"status":[200]}}])"));
    EXPECT_EQ(sent[0].body, "{broken");
}

TEST_F(Runner, ReportsEachExpectationAndStops) {
    auto const failure = play(R"([
        {"name":"bad","method":"GET","path":"/","expect":{"status":[201],
         "json":{"/id":"8","/none":{"$exists":true}},"headers":{"etag":"x"}}},
        {"name":"never","method":"GET","path":"/","expect":{"status":[200]}}])");
    ASSERT_TRUE(failure);
    EXPECT_EQ(failure->step, "bad");
    EXPECT_EQ(failure->expectations.size(), 4U);
    EXPECT_EQ(sent.size(), 1U);
}

TEST_F(Runner, AMissingCaptureFails) {
    auto const failure = play(R"([{"name":"a","method":"GET","path":"/",
        "expect":{"status":[200]},"capture":{"u":"/nothing"}}])");
    ASSERT_TRUE(failure);
    EXPECT_EQ(failure->step, "a");
}

TEST_F(Runner, JsonAppliesOnlyWhenThereIsABodyIfSeveralStatusesAreAccepted) {
    answer = {204, {}, ""};
    EXPECT_FALSE(play(R"([{"name":"a","method":"PATCH","path":"/",
        "expect":{"status":[200,204],"json":{"/id":"7"}}}])"));
    EXPECT_TRUE(play(R"([{"name":"a","method":"PATCH","path":"/",
        "expect":{"status":[204],"json":{"/id":"7"}}}])"));
}

}  // namespace
}  // namespace rollcall::replay

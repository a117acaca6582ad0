// The player's own behaviour, against a server made of lambdas.
#include "scripts/player.hpp"

#include <boost/json/parse.hpp>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

namespace rollcall::scripts {
namespace {

using testing::Contains;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::Pair;

class Played : public testing::Test {
protected:
    std::optional<Failure> play(std::string const& steps) {
        Stage const stage{{{"okta_token", "t0k"}, {"okta_base", "http://s/b"}},
                          [this](std::string const&, replay::Request const& request) {
                              sent.push_back(request);
                              return answer;
                          },
                          [this](std::string const&) { return events; },
                          [this](Declaration const& one) { declared.push_back(one.urn); }};
        return scripts::play(
            parse_script("# name: n\n# ids: P-01\ngiven connection okta\n" + steps), stage);
    }

    replay::Response answer{200, {{"ETag", "W/\"1\""}}, R"({"id":"7"})"};
    boost::json::array events;
    std::vector<replay::Request> sent;
    std::vector<std::string> declared;
};

TEST_F(Played, SchemasAreDeclaredAndWithdrawnInTheirPlace) {
    EXPECT_FALSE(
        play("declare User\n{\"id\":\"urn:acme:x\"}\n\nGET /U\n---- 200\n\n"
             "withdraw urn:acme:y\n"));
    EXPECT_THAT(declared, ElementsAre("urn:acme:x", "urn:acme:y"));
    EXPECT_EQ(sent.size(), 1U);
}

TEST_F(Played, VariablesGoFromAnswersToRequests) {
    EXPECT_FALSE(
        play("POST /U\n{}\n---- 200\nETag: $tag\n{\"id\": \"$id\"}\n\n"
             "PUT /U/$id?filter=a eq \"b\"\nIf-Match: $tag\nAuthorization:\n"
             "{\"$ref\": \"$okta_base/$id\", \"version\": \"$tag\"}\n---- 200 204\n"));
    ASSERT_EQ(sent.size(), 2U);
    EXPECT_THAT(sent[0].headers, Contains(Pair("Authorization", "Bearer t0k")));
    EXPECT_EQ(sent[1].path, "/U/7?filter=a%20eq%20\"b\"");
    EXPECT_EQ(sent[1].body, R"({"$ref": "http://s/b/7", "version": "W/\"1\""})");
    EXPECT_THAT(sent[1].headers, Contains(Pair("If-Match", "W/\"1\"")));
    EXPECT_THAT(sent[1].headers, testing::Not(Contains(Pair("Authorization", testing::_))));
}

TEST_F(Played, ReportsEachDifferenceAndStops) {
    auto const failure = play("GET /U\n---- 201 204\nETag: x\nno body\n\nGET /never\n---- 200\n");
    ASSERT_TRUE(failure);
    EXPECT_EQ(failure->line, 4U);
    EXPECT_THAT(failure->conversation, HasSubstr("GET /U\n"));
    EXPECT_THAT(failure->conversation, HasSubstr("answered 200\nETag: W/\"1\"\n{\"id\":\"7\"}"));
    EXPECT_THAT(failure->differences,
                ElementsAre("status: expected 201 204, got 200",
                            R"(ETag: expected "x", got "W/\"1\"")", "body: expected none"));
    EXPECT_EQ(sent.size(), 1U);
}

TEST_F(Played, ABodyIsNeededUnlessSeveralStatusesAreAccepted) {
    answer = {204, {}, ""};
    EXPECT_FALSE(play("GET /U\n---- 200 204\n{\"id\": \"7\"}\n"));
    EXPECT_TRUE(play("GET /U\n---- 204\n{\"id\": \"7\"}\n"));
}

TEST_F(Played, AnUnknownVariableFails) {
    auto const failure = play("GET /U/$nobody\n---- 200\n");
    ASSERT_TRUE(failure);
    EXPECT_THAT(failure->differences, ElementsAre("variable {{nobody}} is not bound"));
}

TEST_F(Played, Notes) {
    answer.notes = {"x: 7 left out", "y: read as text"};
    std::string const get = "GET /U\n---- 200\n{\"id\": \"$id\"}\n\n";
    EXPECT_FALSE(play(get + "notes\n----\nx: $id left out\ny: read as text\n"));
    EXPECT_TRUE(play(get + "notes\n----\nx: $id left out\n"));
    EXPECT_TRUE(play(get + "notes\n----\ny: read as text\nx: $id left out\n"));
    EXPECT_FALSE(play("notes\n----\n"));
}

TEST_F(Played, Events) {
    events = boost::json::parse(R"([["a","1"],["b","2","3"]])").as_array();
    EXPECT_FALSE(play("events\n----\na $x\nb\n\nevents\n----\na $x\nb 2 3\n"));
    EXPECT_TRUE(play("events\n----\na 2\nb\n"));
    EXPECT_TRUE(play("events\n----\na\n"));
    EXPECT_TRUE(play("events\n----\na 1 9\nb\n"));
}

}  // namespace
}  // namespace rollcall::scripts
